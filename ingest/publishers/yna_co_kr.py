"""연합뉴스 (yna.co.kr and its language editions). Not 연합뉴스TV."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = (
    "yna.co.kr",
    "yonhapnews.co.kr",
)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(
        body=".story-news",
        title=".tit01, h1.tit",
        subtitle=".tit-sub h2, .tit-sub",
        reporters="#newsWriterCarousel01 .tit-name, .writer-zone01 .tit-name",
        drop=".txt-copyright, .related-group, .comp-box.youtube-group, .writer-zone01, "
        ".related-zone, .tag-group, .aside-box",
        checked=True,
    ),
    Layout(until=date(2019, 6, 30), body="#articleWrap .article, .article", drop=".adrs"),
)
