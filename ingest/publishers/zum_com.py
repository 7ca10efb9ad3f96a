"""ZUM news (news.zum.com), copies of other papers' articles."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("zum.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#article_body, .article_body",
        title=".article_head .title",
        captions=".caption, figcaption",
        publisher=".article_info .media",
        published=".article_info .time",
        original="a.origin",
    ),
)
