"""마이데일리 (mydaily.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("mydaily.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (Layout(body="#article, .article_content", captions="figcaption, .caption"),)
