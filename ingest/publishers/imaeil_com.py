"""매일신문 (imaeil.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("imaeil.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#articlebody",
        title=".article_head .title, h1.tit",
        subtitle=".article_head .subtitle, p.sub_tit",
        captions="figcaption, .img_caption",
    ),
)
