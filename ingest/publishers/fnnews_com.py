"""파이낸셜뉴스 (fnnews.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("fnnews.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#article_content",
        title=".view_hd h1, .tit_view",
        subtitle=".view_hd .sub_tit",
        captions=".cap, .caption, figcaption",
        drop="#customByline, .copyright",
    ),
)
