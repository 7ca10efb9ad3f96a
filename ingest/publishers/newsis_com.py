"""뉴시스 (newsis.com)."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("newsis.com",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(
        body="article, div.viewer",
        title="h1.tit.title_area, h1.title_area",
        subtitle=".summury_view, .summary_view",
        drop=".summury_view, .summary_view, .btm, .top",
        section=".tipCont, .nowLocation a",
        captions=".photojournal, .thumCont p.photojournal",
    ),
    Layout(until=date(2020, 12, 31), body="#textBody", captions=".center_img td"),
)
