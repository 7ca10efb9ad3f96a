"""`corpus log`"""

from __future__ import annotations

import json
from pathlib import Path


def test_the_log_lists_runs_newest_first(run, archive: Path) -> None:
    assert run("--corpus", archive, "delete", "tide-0001", "--reason", "철회").code == 0
    result = run("--corpus", archive, "log")
    assert (result.code, result.err) == (0, "")
    deleted, ids, reason, ingested, sources = result.lines
    assert "delete: 1 deleted" in deleted
    assert (ids.strip(), reason.strip()) == ("tide-0001", "철회")
    assert "ingest: 14 added" in ingested
    assert "articles.jsonl" in sources
    assert len(run("--corpus", archive, "log", "--limit", "1").lines) == 3
    assert run("--corpus", archive, "log", "--limit", "all").out == result.out


def test_the_log_of_a_new_corpus_is_empty(run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "archive").code == 0
    result = run("--corpus", tmp_path / "archive", "log")
    assert (result.code, result.out) == (0, "nothing was done to this corpus yet\n")


def test_the_log_as_json(run, built: Path) -> None:
    document = json.loads(run("--corpus", built, "log", "--format", "json").out)
    assert document["format_version"] == 1
    assert [entry["added"] for entry in document["runs"]] == [14]
    [line] = run("--corpus", built, "log", "--format", "jsonl").lines
    assert json.loads(line)["what"] == "ingest"


def test_a_limit_that_is_no_number_is_2(run, built: Path) -> None:
    result = run("--corpus", built, "log", "--limit", "-1")
    assert result.code == 2
    assert "neither a number nor all" in result.err
