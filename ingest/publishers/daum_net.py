"""Daum news (v.daum.net), copies of other papers' articles."""

from corpus.ingest.publishers.layouts import Layout
from corpus.ingest.publishers.systems import SYSTEMS

DOMAINS = ("daum.net",)

LAYOUTS = (
    *(layout for layout in SYSTEMS if layout.body == "#harmonyContainer"),
    Layout(body=".article_view section", title=".tit_view", captions=".txt_caption"),
)
