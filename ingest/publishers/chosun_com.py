"""조선일보 (chosun.com) on Arc since 2020: the body is only in Fusion.globalContent. Not TV조선."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = (
    "chosun.com",
    "biz.chosun.com",
)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(body="section.article-body", embedded="fusion", checked=True),
    Layout(
        until=date(2020, 8, 31),
        body="#news_body_id, .par",
        title="#news_title_text_id",
        drop=".news_body_title",
    ),
)
