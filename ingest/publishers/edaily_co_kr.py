"""이데일리 (edaily.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("edaily.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body=".news_body",
        title=".news_titles h1, .news_titles h2",
        captions=".gd_caption, .gd_cap",
        subtitle=".news_titles .sub_title",
    ),
)
