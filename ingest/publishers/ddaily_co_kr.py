"""디지털데일리 (ddaily.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("ddaily.co.kr",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (Layout(body="#news_body_area, .article_content"),)
