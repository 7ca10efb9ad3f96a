"""대한경제 (dnews.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("dnews.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (Layout(body=".articleContent, .view_contents .text", captions="figcaption, .caption"),)
