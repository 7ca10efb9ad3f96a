"""중앙일보 (joongang.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = (
    "joongang.co.kr",
    "joins.com",
)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(
        body="#article_body",
        title=".headline",
        captions=".caption, .photo_caption",
        drop=".ab_related_article, .ab_telescope",
    ),
)
