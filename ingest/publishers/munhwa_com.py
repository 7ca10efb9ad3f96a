"""문화일보 (munhwa.com), before and after the redesign of 2023."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("munhwa.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#News_content, .article-body",
        title="#View_title, h1.article-title",
        captions=".photo_desc, figcaption",
        subtitle=".subtitle, .article-subtitle",
    ),
)
