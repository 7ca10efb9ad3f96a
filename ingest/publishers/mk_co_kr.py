"""매일경제 (mk.co.kr), article pages since 2022. Not MBN, the broadcaster of the same group."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("mk.co.kr",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(
        body=".news_cnt_detail_wrap", title="h2.news_ttl", subtitle=".midtitle_text", checked=True
    ),
    Layout(
        until=date(2022, 8, 31),
        body="#article_body, .art_txt",
        title=".top_title, .head_tit",
        subtitle=".sub_title1",
    ),
)
