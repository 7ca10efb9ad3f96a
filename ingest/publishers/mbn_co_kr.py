"""MBN (mbn.co.kr), the broadcaster. Not 매일경제 of the same group."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("mbn.co.kr",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (Layout(body="#newsViewArea", drop="#player, #ie10browser_wrapper", checked=True),)
