"""Small indexes for tests: articles in, an open index out, split into segments at will."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.article import Article, Note, Reporter
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


def some_articles(count: int, seed: int = 1) -> list[Article]:
    """Random articles with every kind of value, text beyond the BMP and empty fields."""
    draw, of_notes = random.Random(seed), random.Random(seed)
    letters = "가나다라마 바사\nAB12😀𠀀金カ,."
    names = ["한빛일보", "새벽신문", "KBX", "kbx"]

    def text(most: int, draw: random.Random = draw) -> str:
        return "".join(draw.choice(letters) for _ in range(draw.randrange(most)))

    return [
        Article(
            id=f"id-{number}",
            title=text(10),
            subtitle=text(6) or None,
            body=text(80),
            publisher=draw.choice([*names, None]),
            section=draw.choice(["정치", "경제", None]),
            url=draw.choice([f"https://hanbit.example/{number}", None]),
            reporters=tuple(
                Reporter(
                    draw.choice(["김가람", "이나래", None]), draw.choice(["a@b.example", None])
                )
                for _ in range(draw.randrange(3))
            ),
            notes=tuple(Note("", text(5, of_notes)) for _ in range(of_notes.randrange(3))),
            revision=draw.randrange(1, 4),
        )
        for number in range(count)
    ]
