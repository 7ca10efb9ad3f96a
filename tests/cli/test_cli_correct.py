"""Where little is found, `corpus search` offers other queries and applies one only if told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus.errors import CorpusError


def test_suggestions_are_offered_and_not_applied(built: Path, run: Callable[..., Any]) -> None:
    result = run("--corpus", built, "search", "dlsrhdwlsmd")
    assert result.lines == [
        "0 articles",
        "read as: dlsrhdwlsmd",
        "perhaps: 인공지능 (12 articles, typed in the Latin layout)",
    ]


def test_correct_applies_the_first_and_says_so(built: Path, run: Callable[..., Any]) -> None:
    result = run("--corpus", built, "search", "인공지눙", "--correct", "--limit", "1")
    assert result.err == "corrected: 인공지눙 -> 인공지능 (similar spelling)\n"
    assert result.lines[0] == "12 articles; 1 shown"
    assert "read as: 인공지능" in result.lines


def test_correct_leaves_alone_what_finds_enough(built: Path, run: Callable[..., Any]) -> None:
    args = ("--corpus", built, "search", "인공지능")
    assert run(*args, "--correct") == run(*args)


def test_json_tells_what_was_offered_and_what_was_corrected(
    built: Path, run: Callable[..., Any]
) -> None:
    args = ("--corpus", built, "search", "인공지눙", "--format", "json", "--limit", "1")
    offered = {"query": "인공지능", "total": 12, "reason": "similar spelling"}
    document = json.loads(run(*args).out)
    assert (document["suggestions"], document["corrected"]) == ([offered], None)
    document = json.loads(run(*args, "--correct").out)
    assert (document["suggestions"], document["corrected"]) == ([], offered)


def test_suggestions_of_tables_stand_on_stderr(built: Path, run: Callable[..., Any]) -> None:
    result = run("--corpus", built, "search", "인공지눙", "--format", "ids")
    assert result.out == ""
    assert "perhaps: 인공지능 (12 articles, similar spelling)" in result.err


def test_suggestions_are_looked_for_when_they_are_read(built: Path) -> None:
    with corpus.open(built) as c:
        hits, again = c.search("인공지눙"), c.search("인공지눙")
        late = c.search("인공지눙")
        assert [each.query for each in hits.suggestions] == ["인공지능"]
        assert hits.suggestions is hits.suggestions
        assert hits == again
        assert "corrected=None" in repr(hits)
        assert c.search("인공지눙", correct=True).corrected == hits.suggestions[0]
    assert hits.suggestions
    with pytest.raises(CorpusError, match="closed"):
        late.suggestions  # noqa: B018 - the access is what is tested
