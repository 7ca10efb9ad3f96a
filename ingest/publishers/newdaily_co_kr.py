"""뉴데일리 (newdaily.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("newdaily.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#article_conent, .nd-news-body",
        title=".nd-news-title, .article-title",
        captions=".nd-news-photo, figcaption",
    ),
)
