"""강원일보 (kwnews.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("kwnews.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#articlebody, #article_body",
        title=".article_head h1, h1.title",
        subtitle=".sub_title",
        captions="figcaption, .caption",
    ),
)
