"""OSEN (osen.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("osen.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(body="#articleBody, .view-cont", title=".view-info-title, h1", captions=".view_photo"),
)
