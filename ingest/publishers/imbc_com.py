"""MBC 뉴스 (imnews.imbc.com) since 2020."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("imbc.com",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (Layout(body=".news_txt", title=".art_title", checked=True),)
