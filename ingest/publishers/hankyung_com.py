"""한국경제 (hankyung.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("hankyung.com",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(body="#articletxt", title=".headline", captions=".figure-caption", subtitle=".summary"),
)
