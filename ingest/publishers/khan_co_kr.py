"""경향신문 (khan.co.kr)."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("khan.co.kr",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(body="#articleBody, .art_body", drop=".art_photo_wrap .btn", captions=".caption"),
    Layout(until=date(2022, 12, 31), body="#artBody, .content_text"),
)
