"""TV조선 뉴스 (news.tvchosun.com), the pages until the redesign of 2023."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("tvchosun.com",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(body=".text-box, .article-body"),
    Layout(
        until=date(2023, 9, 30),
        body=".article_detail_body .article",
        title=".title .article_tit, h3.title",
        captions=".aboutPhoto",
        checked=True,
    ),
)
