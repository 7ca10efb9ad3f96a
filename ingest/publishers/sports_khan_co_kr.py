"""스포츠경향 (sports.khan.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("sports.khan.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (Layout(body="#articleBody, .art_body", captions=".caption, figcaption"),)
