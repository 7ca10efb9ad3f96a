"""중도일보 (joongdo.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("joongdo.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (Layout(body="article.hd-news-info, #font", captions="figcaption, .caption"),)
