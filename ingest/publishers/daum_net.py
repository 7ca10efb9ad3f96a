"""Daum news (v.daum.net), copies of other papers' articles."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("daum.net",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(
        body="#harmonyContainer, .article_view section",
        title=".tit_view",
        drop="[dmcf-ptype=embed]",
        captions=".txt_caption",
    ),
)
