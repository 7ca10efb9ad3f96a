"""아주경제 (ajunews.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("ajunews.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#articleBody",
        title=".article_top h1, h1",
        subtitle=".article_top h2, .sub_tit",
        captions=".imgBox, figcaption",
    ),
)
