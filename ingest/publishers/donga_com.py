"""동아일보 (donga.com)."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("donga.com",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(body=".news_view, .main_view", subtitle="h2.sub_tit", drop=".sub_cont, .view_bottom"),
    Layout(
        until=date(2023, 12, 31),
        leading_subtitle=True,
        body="#article_txt, .article_txt",
        captions=".articlePhotoC, .articlePhotoL, .articlePhotoR",
        title=".article_title h1, .article_title02 h1, h2.title",
    ),
)
