"""디지털타임스 (dt.co.kr), before and after the redesign of 2023."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("dt.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body=".article_view, .news_text",
        title=".article_head h1, .art_tit",
        subtitle=".article_head h2, .art_subtit",
        captions="figcaption, .art_img p",
    ),
)
