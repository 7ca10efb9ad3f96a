"""부산일보 (busan.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("busan.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body=".article_content",
        title=".article_view .title",
        captions="figcaption",
        drop=".article_relate, .google_ad",
    ),
)
