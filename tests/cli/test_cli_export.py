"""`corpus export`"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def export(run, built: Path) -> Callable[..., Any]:
    return lambda *args, **options: run("--corpus", built, "export", *args, **options)


def test_everything_is_exported_newest_first_and_never_capped(export) -> None:
    result = export()
    assert (result.code, result.err) == (0, "14 articles exported\n")
    ids = [json.loads(line)["id"] for line in result.lines]
    assert len(ids) == 14
    assert (ids[0], ids[-1]) == ("tide-0001", "undated-0001")
    assert all(json.loads(line)["clean"] is True for line in result.lines)


def test_export_into_a_new_corpus_is_the_identity(run, export, tmp_path: Path) -> None:
    lines = export().out
    assert run("init", tmp_path / "b").code == 0
    assert run("--corpus", tmp_path / "b", "ingest", "-", stdin=lines).code == 0
    again = run("--corpus", tmp_path / "b", "export").out
    skip = ("revision", "first_seen", "origin")

    def bare(text: str) -> list[dict[str, Any]]:
        records = [json.loads(line) for line in text.splitlines()]
        return [{name: record[name] for name in record if name not in skip} for record in records]

    assert bare(again) == bare(lines)


def test_a_query_narrows_the_export(export) -> None:
    assert len(export("연구소", "--publisher", "새벽통신").lines) == 6
    assert len(export("조석표", "-카카오").lines) == 1
    nothing = export("없는말이다")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "0 articles exported\n")


def test_csv_holds_whole_bodies(export) -> None:
    result = export("갯벌", "--format", "csv", "--columns", "id,reporters,body")
    rows = list(csv.reader(io.StringIO(result.out)))
    assert rows[0] == ["id", "reporters", "body"]
    assert rows[1][2].count("\n") == 1
    header = export("갯벌", "--format", "csv").lines[0].split(",")
    assert header[:4] == ["id", "title", "subtitle", "body"]


def test_a_byte_order_mark_for_excel(export) -> None:
    assert export("갯벌", "--format", "csv", "--bom").data.startswith(b"\xef\xbb\xbfid,title")
    assert export("갯벌", "--bom").code == 2


def test_a_query_error_is_2_before_any_output(export) -> None:
    result = export("(연구소")
    assert (result.code, result.out) == (2, "")


def test_what_a_question_finds_is_exported(export) -> None:
    assert len(export("--match", "any", "조석표는", "무엇인가요?").lines) == 2
