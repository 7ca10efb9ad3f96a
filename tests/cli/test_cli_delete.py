"""`corpus delete`"""

from __future__ import annotations

import json
from pathlib import Path


def test_deleted_articles_are_found_no_more_and_kept_out(run, archive: Path) -> None:
    result = run("--corpus", archive, "delete", "tide-0001", "undate", "--reason", "시험")
    assert (result.code, result.out) == (0, "tide-0001\nundated-0001\n")
    assert result.err == "2 articles deleted\n"
    assert run("--corpus", archive, "search", "조석표").lines[0] == "0 articles"
    gone = run("--corpus", archive, "show", "tide-0001")
    assert gone.code == 1
    again = run("--corpus", archive, "ingest", archive.parent / "again.jsonl", "--format", "json")
    assert again.code == 4, "there is no such file"
    record = {"id": "tide-0001", "title": "돌아온 기사", "body": "다시 왔다."}
    (archive.parent / "again.jsonl").write_text(json.dumps(record), encoding="utf-8")
    again = run("--corpus", archive, "ingest", archive.parent / "again.jsonl", "--format", "json")
    assert [kept["id"] for kept in json.loads(again.out)["kept_out"]] == ["tide-0001"]


def test_one_unknown_id_and_nothing_is_deleted(run, archive: Path) -> None:
    result = run("--corpus", archive, "delete", "tide-0001", "nothing-here", "--reason", "시험")
    assert (result.code, result.out) == (1, "")
    assert "nothing-here" in result.err
    assert run("--corpus", archive, "show", "tide-0001").code == 0


def test_a_reason_is_required(run, archive: Path) -> None:
    assert run("--corpus", archive, "delete", "tide-0001").code == 2
    assert run("--corpus", archive, "delete", "tide-0001", "--reason", " ").code == 2
    assert run("--corpus", archive, "delete", "--reason", "시험").code == 2
    assert run("--corpus", archive, "show", "tide-0001").code == 0
