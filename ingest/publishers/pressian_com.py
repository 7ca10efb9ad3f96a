"""프레시안 (pressian.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("pressian.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body=".article_body",
        title=".view_header .title, p.title",
        subtitle=".view_header .sub_title, p.sub_title",
        captions="figcaption, .caption",
        drop=".article_ad, .article_sub",
    ),
)
