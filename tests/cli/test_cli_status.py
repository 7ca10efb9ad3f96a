"""`corpus status`"""

from __future__ import annotations

import json
import shutil
from pathlib import Path


def test_status_says_what_the_corpus_holds(run, built: Path) -> None:
    result = run("--corpus", built, "status")
    assert (result.code, result.err) == (0, "")
    facts = dict(line.split(None, 1) for line in result.lines if not line.startswith("last run"))
    assert facts["corpus"] == str(built)
    assert facts["articles"] == "14"
    assert facts["index"].startswith("current: 14 articles")
    assert "14 added" in result.out


def test_status_of_an_empty_corpus_says_how_to_begin(run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "archive").code == 0
    result = run("--corpus", tmp_path / "archive", "status")
    assert result.code == 0
    assert "none yet: corpus ingest" in result.out


def test_status_as_json(run, built: Path) -> None:
    document = json.loads(run("--corpus", built, "status", "--format", "json").out)
    assert (document["format_version"], document["articles"]) == (1, 14)
    assert document["index"]["state"] == "current"


def test_status_tells_a_missing_index(run, archive: Path) -> None:
    shutil.rmtree(archive / "index")
    result = run("--corpus", archive, "status")
    assert result.code == 0
    assert "corpus index" in result.out


def test_status_without_a_corpus_is_3(run, tmp_path: Path) -> None:
    assert run("--corpus", tmp_path, "status").code == 3
