"""오마이뉴스 (ohmynews.com). A note of the writer stands under the story."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("ohmynews.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body=".at_contents, .news_view .text, .article_view",
        title=".tit_subject, h2.article_tit",
        subtitle=".tit_sub, .sub_tit",
        captions="table.photoCenter, table.photoLeft, table.photoRight",
        reporters=".newswrap .name, .atc-sponsor .name",
    ),
)
