"""Naver news, copies of other papers' articles: the page since 2021 and the one before it."""

from corpus.ingest.publishers.systems import SYSTEMS

DOMAINS = ("naver.com",)

# Other portals run the same system, so the layouts stand among the shared ones.
LAYOUTS = tuple(
    layout for layout in SYSTEMS if "#dic_area" in layout.body or "#articleBody" in layout.body
)
