"""헤럴드경제 (heraldcorp.com), before and after the redesign of 2024."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("heraldcorp.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#articleText",
        title="h1.news_title, .article_title",
        subtitle=".article-subtitle, .sub_title",
        captions="figcaption, .ctxt",
    ),
)
