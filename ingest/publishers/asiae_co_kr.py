"""아시아경제 (asiae.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("asiae.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#txt_area",
        title=".area_title h1",
        subtitle=".area_title h3, .sub_tit",
        captions=".txt_photo, figcaption",
        drop=".txt_copyright, .article_ad",
    ),
)
