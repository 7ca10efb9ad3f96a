"""국제신문 (kookje.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("kookje.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body=".news_article, #news_textArea",
        title=".news_title h1, .news_title",
        subtitle=".news_subtitle, .f_news_subtitle",
        captions=".caption, figcaption",
    ),
)
