"""Small indexes for tests: articles in, an open index out, split into segments at will."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.article import Article
from corpus.index.engine import WhooshIndex, open_index
from corpus.index.protocol import Change

Build = Callable[..., WhooshIndex]


def build_index(folder: Path, articles: Sequence[Article], cuts: Sequence[int] = ()) -> WhooshIndex:
    """One commit for every stretch between `cuts`; numbers count from 1."""
    index = open_index(folder)
    edges = sorted({0, *(cut for cut in cuts if 0 < cut < len(articles)), len(articles)})
    for seq, (start, end) in enumerate(itertools.pairwise(edges), 1):
        changes = [Change(at + 1, articles[at]) for at in range(start, end)]
        index.apply(changes, store="a store", seq=seq)
    return index


def article(id: str, title: str = "", body: str = "", **more: object) -> Article:
    return Article(id=id, title=title, body=body, **more)  # type: ignore[arg-type] # as given
