"""Daum news (v.daum.net), copies of other papers' articles."""

from corpus.ingest.publishers.systems import DAUM

DOMAINS = ("daum.net", "kakao.com")

# Old copies were saved without their address, so the layouts stand among the shared ones.
LAYOUTS = DAUM
