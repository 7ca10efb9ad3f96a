"""비즈니스포스트 (businesspost.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("businesspost.co.kr",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (Layout(body=".detail_editor", captions=".image_caption"),)
