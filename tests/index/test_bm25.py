"""The articles that are passed over without a score are none of the first."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
import pytest
from indexing import build_index

from corpus.article import Article
from corpus.index import bm25, lists, packing
from corpus.index.protocol import Request

I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]

WORDS = [chr(ord("가") + 28 * at) + chr(ord("나") + 28 * (at % 7)) for at in range(40)]


def some_articles(chance: random.Random) -> list[Article]:
    weights = [1 / (at + 1) ** 1.5 for at in range(len(WORDS))]

    def text(most: int) -> str:
        return " ".join(chance.choices(WORDS, weights, k=chance.randint(1, most)))

    return [
        Article(id=f"a{at:04}", title=text(3), body=text(60), publisher="가" if at % 3 else "나")
        for at in range(700)
    ]


def queries(chance: random.Random) -> list[str]:
    def word() -> str:
        return WORDS[int(chance.random() ** 2 * len(WORDS))]

    made = []
    for _ in range(40):
        one, other, third = word(), word(), word()
        made += [
            one,
            f"{one} {other}",
            f"{one} {other} {third}",
            f"{one} OR {other}",
            f"{one} OR {other} OR {third}",
            f"{one} OR ({other} {third})",
            f"{one} -{other}",
            f"{one} publisher:가",
            f'"{one} {other}"',
            f"title:{one} OR {other}",
        ]
    return made


@pytest.mark.parametrize("cuts", [[], [200, 450]], ids=["one segment", "three segments"])
def test_the_first_few_of_many_are_the_first_of_all(tmp_path: Path, cuts: list[int]) -> None:
    chance = random.Random(7)
    passed_over: list[bool] = []
    outdo = bm25.outdo

    def counted(known: F64, others: float, most: int) -> bool:
        passed_over.append(outdo(known, others, most))
        return passed_over[-1]

    likely: list[float] = []
    first = bm25.first

    def measured(
        articles: I64, words: Sequence[tuple[float, I64]], norms: bm25.F32, most: int
    ) -> I64 | None:
        places = first(articles, words, norms, most)
        if places is not None:
            likely.append(len(places) / len(articles))
        return places

    sizes = packing.Sizes(listed=40, share=1 << 20)
    with (
        patch.object(packing, "SIZES", sizes),
        patch.object(lists, "_SUMMED", 40),
        patch.object(bm25, "MANY", 20),
        patch.object(bm25, "outdo", counted),
        patch.object(bm25, "first", measured),
    ):
        index = build_index(tmp_path / "index", some_articles(chance), cuts)
        for query in queries(chance):
            every = index.search(Request(query, exact=True), limit=None)
            for few in (1, 3, 10):
                some = index.search(Request(query, exact=True), limit=few)
                assert (some.total, some.rows) == (every.total, every.rows[:few]), query
    assert passed_over.count(True) > 20
    assert passed_over.count(False) > 20
    assert len(likely) > 200
    assert np.mean(likely) < 0.2


def test_a_border_is_reached_by_as_many_as_are_asked_for() -> None:
    chance = np.random.default_rng(3)
    for size in (0, 5, 100, 3000, 20_000):
        known = chance.random(size)
        for most in (1, 5, 10):
            least = bm25.border(known, most)
            assert least == 0.0 if size < most else int((known >= least).sum()) >= most
