"""에너지경제 (ekn.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("ekn.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(body="#news_body_area_contents, #news_body_area", captions="figcaption, .caption"),
)
