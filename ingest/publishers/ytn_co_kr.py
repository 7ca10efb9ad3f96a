"""YTN (ytn.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("ytn.co.kr",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(body="#CmAdContent", title=".news_title, .article_tit", drop=".ad_box", checked=True),
)
