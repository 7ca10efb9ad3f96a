"""서울신문 (seoul.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("seoul.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#articleContent .viewContent, .viewContent",
        title=".atic_title2, h1.h38",
        subtitle=".subHeading, h2.h24_2",
        captions=".img_text, .v_photo_caption",
        drop=".v_photoarea .expendImageWrap button, .stit",
    ),
)
