"""노컷뉴스 (nocutnews.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("nocutnews.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#pnlContent",
        title=".subhead h2, .h_info h2",
        captions=".fr-inner",
        drop=".relatednews, .news-report",
    ),
)
