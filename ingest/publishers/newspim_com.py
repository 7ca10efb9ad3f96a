"""뉴스핌 (newspim.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("newspim.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#news-contents, #news_contents",
        title="#main-title, .bodynews_title h1",
        subtitle="#sub-title, .bodynews_title h2",
        captions=".caption, figcaption",
    ),
)
