"""경인일보 (kyeongin.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("kyeongin.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#article-body, .view-con",
        title=".news-tit, h1.article-title",
        captions="figcaption, .photo-desc",
    ),
)
