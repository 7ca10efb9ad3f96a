"""국민일보 (kmib.co.kr), before and after the redesign of 2023."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("kmib.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body=".article_content, .article_body",
        title=".article_header h1, h1.article_header",
        subtitle=".article_subtit",
    ),
    Layout(
        until=date(2023, 10, 31),
        body="#articleBody, .NwsCon .tx",
        title=".nwsti h3",
        captions=".phocap, .ArticlePhoto",
    ),
)
