"""이투데이 (etoday.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("etoday.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body=".articleView",
        title=".main_title",
        subtitle=".sub_title",
        captions=".img_box_desc, figcaption",
        drop=".recommend_btn, .relation_newslist, .view_bottom_txt",
    ),
)
