"""Korea JoongAng Daily (koreajoongangdaily.joins.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("koreajoongangdaily.joins.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#article_body, .article_body_container",
        title=".view-article-title, h1",
        captions=".caption, figcaption",
    ),
)
