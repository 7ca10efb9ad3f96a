"""전자신문 (etnews.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("etnews.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#articleBody",
        title="#article_title_h2, .article_title h2",
        captions="figcaption, .caption",
        drop=".related_wrap, .ad_newsroom",
    ),
)
