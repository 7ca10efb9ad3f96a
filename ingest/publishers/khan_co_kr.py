"""경향신문 (khan.co.kr)."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("khan.co.kr",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(
        body="#articleBody, .art_body",
        title="#article_title",
        subtitle=".art_body .editor, .editor-summary",
        drop=".art_photo_wrap .btn, .srch-kw",
        captions=".caption",
        section=".art_category a, .category a",
        modified=".art_info .modified",
    ),
    Layout(until=date(2022, 12, 31), body="#artBody, .content_text"),
)
