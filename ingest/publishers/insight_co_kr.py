"""인사이트 (insight.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("insight.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(body=".news-read-content-memo", title=".news-header h1", captions="figcaption, .cap"),
)
