"""`corpus words` lists what a query matched, in every format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import corpus
from corpus.cli.width import columns


def test_words_are_listed_by_how_often_they_stand(built: Path, run: Callable[..., Any]) -> None:
    result = run("--corpus", built, "words", "연구소")
    assert (result.code, result.err) == (0, "")
    assert result.lines == [
        "3 words in 60 places of 12 articles; 3 shown",
        "  36  연구소는",
        "  12  연구소",
        "  12  연구소를",
        "read as: 연구소",
    ]


def test_a_limit_says_how_many_more_there_are(built: Path, run: Callable[..., Any]) -> None:
    result = run("--corpus", built, "words", "연구소", "--limit", "1")
    assert result.lines[-1] == "more: 2 words (--limit all)"
    assert result.lines[0].endswith("; 1 shown")
    assert "more:" not in run("--corpus", built, "words", "연구소", "--limit", "all").out


def test_stars_and_filters_hold(built: Path, run: Callable[..., Any]) -> None:
    assert "조석표가" in run("--corpus", built, "words", "조석*").out
    assert "조석표가" not in run("--corpus", built, "words", "*조석표").out
    found = run("--corpus", built, "words", "연구소", "--since", "2021", "--format", "json")
    assert json.loads(found.out)["articles"] == 1


def test_every_format_has_the_same_words(built: Path, run: Callable[..., Any]) -> None:
    args = ("--corpus", built, "words", "조석표", "--format")
    with corpus.open(built) as c:
        found = c.words("조석표")
    expected = [{"word": word, "count": count} for word, count in found.words]
    assert len(expected) == 2
    document = json.loads(run(*args, "json").out)
    assert document["words"] == expected
    assert (document["format_version"], document["different"]) == (1, 2)
    lines = run(*args, "jsonl")
    assert [json.loads(line) for line in lines.lines] == expected
    assert "2 words in 3 places of 2 articles; 2 shown" in lines.err
    table = list(csv.DictReader(io.StringIO(run(*args, "csv", "--bom").out.lstrip("\ufeff"))))
    assert [row["word"] for row in table] == [row["word"] for row in expected]
    tsv = run(*args, "tsv", "--columns", "word")
    assert tsv.lines == ["word", *(row["word"] for row in expected)]


def test_a_query_is_needed_and_ids_make_no_sense(built: Path, run: Callable[..., Any]) -> None:
    assert run("--corpus", built, "words").code == 2
    assert run("--corpus", built, "words", "가", "--format", "ids").code == 2
    empty = run("--corpus", built, "words", "없는말")
    assert (empty.code, empty.lines[0]) == (0, "0 words in 0 places of 0 articles; 0 shown")


def test_lines_fit_eighty_columns(built: Path, run: Callable[..., Any]) -> None:
    assert all(columns(line) <= 80 for line in run("--corpus", built, "words", "는").lines)


def test_deleted_articles_do_not_count(archive: Path) -> None:
    with corpus.open(archive, mode="w") as c:
        c.delete("lab-0001", reason="a test")
        assert dict(c.words("연구소").words) == {"연구소는": 33, "연구소": 11, "연구소를": 11}
