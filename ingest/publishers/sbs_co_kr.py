"""SBS 뉴스 (news.sbs.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("sbs.co.kr",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (Layout(body=".text_area", title=".article_main_tit, #vmNewsTitle", checked=True),)
