"""세계일보 (segye.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("segye.com",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(
        body="#article_txt article, .viewBox2, #article_txt",
        title="#title_sns",
        subtitle="em.precis",
        captions=".caption, figcaption",
    ),
)
