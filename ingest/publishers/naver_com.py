"""Naver news, copies of other papers' articles: the page since 2021 and the one before it."""

from corpus.ingest.publishers.systems import NAVER

DOMAINS = ("naver.com",)

# Old copies were saved without their address, so the layouts stand among the shared ones.
LAYOUTS = NAVER
