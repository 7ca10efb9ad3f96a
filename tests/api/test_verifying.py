"""Damage anywhere in the store or the index is found, and named by article."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import corpus


def test_a_sound_corpus_has_no_problems_and_says_what_it_read(c: corpus.Corpus) -> None:
    found = c.verify()
    assert (found.sound, found.problems) == (True, ())
    assert (found.articles, found.revisions, found.originals, found.pending) == (3, 3, 3, 0)


_TITLE = "UPDATE revisions SET record = replace(CAST(record AS TEXT), '카카오', '가가오')"


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE originals SET data = X'00' WHERE number = 2", "article techm-0002: its original"),
        (
            "UPDATE originals SET data = (SELECT data FROM originals WHERE number = 1)"
            " WHERE number = 2",
            "article techm-0002: its original",
        ),
        (f"{_TITLE} WHERE number = 2", "article techm-0002: the record of revision 1"),
        ("UPDATE revisions SET record = X'7B' WHERE number = 3", "article jeonbuk-01: the record"),
        ("DELETE FROM revisions WHERE number = 1", "article techm-0001: its current revision 1"),
        ("UPDATE articles SET revisions = 2 WHERE number = 1", "article techm-0001: 1 of its 2"),
        ("UPDATE articles SET seq = 99 WHERE number = 1", "article techm-0001: its change 99"),
        ("DELETE FROM originals WHERE number = 1", "a row of revisions points nowhere"),
        ("DROP INDEX articles_seq; REINDEX", None),
    ],
)
def test_harm_to_the_store_is_named(folder: Path, harm: str, said: str | None) -> None:
    with closing(sqlite3.connect(folder / "articles.db")) as connection:
        connection.executescript(harm)
        connection.commit()
    with corpus.open(folder) as c:
        problems = c.verify().problems
    assert said is None or any(said in problem for problem in problems), problems
    assert all("restore it" in problem or "index rebuild" in problem for problem in problems)


def test_an_index_that_differs_is_named_by_article(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "articles.db")) as connection:
        connection.executescript(
            "UPDATE articles SET deleted_at = '2021-01-01', deleted_reason = 'x' WHERE number = 1;"
            "UPDATE articles SET number = 9 WHERE number = 2;"
            "UPDATE revisions SET number = 9 WHERE number = 2;"
        )
        connection.commit()
    with corpus.open(folder) as c:
        problems = c.verify().problems
    assert [problem.split(";")[0] for problem in problems] == [
        "article techm-0002 is missing from the index",
        "the index holds article number 1, the store does not",
        "the index holds article number 2, the store does not",
    ]
