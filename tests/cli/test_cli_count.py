"""`corpus count`"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def count(run, built: Path) -> Callable[..., Any]:
    return lambda *args, **options: run("--corpus", built, "count", *args, **options)


def test_without_a_query_all_articles_are_counted(count) -> None:
    result = count()
    assert (result.code, result.lines[0]) == (0, "14 articles")


def test_a_query_and_filters_narrow_the_count(count) -> None:
    assert count("조석표", "-카카오").lines[0] == "1 article"
    result = count("조석표", "--since", "2020")
    assert result.lines[0] == "1 article"
    assert "left out: 1 undated (--undated include)" in result.lines
    assert count("없는말이다").lines[0] == "0 articles"


def test_groups_have_a_line_each(count) -> None:
    result = count("조석표", "--by", "publisher")
    assert result.lines[0] == "2 articles by publisher"
    assert [line.split()[:2] for line in result.lines[1:3]] in (
        [["한빛일보", "1"], ["(none)", "1"]],
        [["(none)", "1"], ["한빛일보", "1"]],
    )


def test_groups_as_a_table(count) -> None:
    result = count("연구소", "--by", "year", "--until", "2012", "--format", "csv")
    assert result.lines == ["year,articles", "2010,1", "2011,1", "2012,1"]
    result = count("연구소", "--by", "year", "--until", "2010", "--format", "tsv")
    assert result.lines == ["year\tarticles", "2010\t1"]
    result = count("연구소", "--by", "year", "--until", "2010", "--format", "jsonl")
    assert json.loads(result.out) == {"year": "2010", "articles": 1}


def test_json_has_the_version_of_the_format(count) -> None:
    document = json.loads(count("연구소", "--format", "json").out)
    assert (document["format_version"], document["total"]) == (1, 12)


def test_a_batch_counts_every_line(count, tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_text("연구소\n\n조석표 -카카오\n없는말이다\n", encoding="utf-8")
    assert count("--batch", path, "--format", "csv").lines == [
        "query,articles",
        "연구소,12",
        "조석표 -카카오,1",
        "없는말이다,0",
    ]
    assert count("--batch", path).lines[0] == "12  연구소"
    assert count("--batch", "-", "--format", "tsv", stdin="연구소\n").lines[1] == "연구소\t12"
    document = json.loads(count("--batch", path, "--format", "json").out)
    assert document["counts"][0] == {"query": "연구소", "articles": 12}


def test_a_bad_query_in_a_batch_is_named_with_its_line(count, tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_text("연구소\n(조석표\n", encoding="utf-8")
    result = count("--batch", path)
    assert (result.code, result.out) == (2, "")
    assert f"{path}:2: " in result.err


def test_a_batch_excludes_a_query_and_groups(count, tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_text("연구소\n", encoding="utf-8")
    assert count("조석표", "--batch", path).code == 2
    assert count("--by", "year", "--batch", path).code == 2
    assert count("--batch", tmp_path / "none.txt").code == 2


def test_a_query_error_is_2(count) -> None:
    result = count("(연구소")
    assert result.code == 2
    assert "at character" in result.err


def test_a_question_is_counted_as_it_is_searched(count) -> None:
    result = count("--match", "any", "조석표는", "언제", "나왔나요?")
    assert result.lines[0] == "2 articles"
    assert count("--match", "any", "조석표는?", "--since", "2020").lines[0] == "1 article"
