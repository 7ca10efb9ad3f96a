"""위키트리 (wikitree.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("wikitree.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (Layout(body="#wikicon", captions="figcaption, .caption"),)
