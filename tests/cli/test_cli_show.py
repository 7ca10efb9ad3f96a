"""`corpus show`"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.cli.width import columns


@pytest.fixture
def show(run, built: Path) -> Callable[..., Any]:
    return lambda *args: run("--corpus", built, "show", *args)


def test_an_article_is_readable_in_80_columns(show) -> None:
    result = show("lab-0001")
    assert (result.code, result.err) == (0, "")
    assert result.lines[0] == "새 연구소 1호 문 열어"
    assert "published  2010-03-01 09:00 +09:00" in result.lines
    assert "reporters  김가온 <gaon@hanbit.example>" in result.lines
    assert "한빛대는 1일 판교에 연구소를 열었다고 밝혔다." in result.lines
    assert all(columns(line) <= 80 for line in result.lines)


def test_a_unique_prefix_is_enough(show) -> None:
    assert show("undate").lines[0] == "날짜를 잃은 기사"
    assert "published  undated" in show("undate").lines


def test_an_unknown_id_is_1_and_an_ambiguous_prefix_names_its_candidates(show) -> None:
    result = show("nothing-here")
    assert (result.code, result.out) == (1, "")
    assert "nothing-here" in result.err
    assert show("lab-00").code == 1
    assert "lab-0001" in show("lab-00").err


def test_json_is_the_record(show) -> None:
    document = json.loads(show("tide-0001", "--format", "json").out)
    assert document["format_version"] == 1
    assert document["subtitle"] == "조석표를 손으로 그린다"
    assert document["modified"] is None


def test_the_original_is_given_back_byte_for_byte(run, tmp_path: Path) -> None:
    data = "제목이다\r\n본문이다. 한 글자는 특별하다: 똠\r\n".encode("cp949")
    (tmp_path / "a.txt").write_bytes(data)
    assert run("init", tmp_path / "archive").code == 0
    assert run("--corpus", tmp_path / "archive", "ingest", tmp_path / "a.txt").code == 0
    [name] = run("--corpus", tmp_path / "archive", "search", "본문", "--format", "ids").lines
    result = run("--corpus", tmp_path / "archive", "show", name, "--original")
    assert (result.code, result.data) == (0, data)


def test_what_was_stripped_is_shown_with_its_reason(run, show, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "갯벌의 하루\n조석표를 손으로 그리는 사람이 있다.\n김가온 기자 gaon@hanbit.example\n",
        encoding="utf-8",
    )
    archive = tmp_path / "archive"
    assert run("init", archive).code == 0
    assert run("--corpus", archive, "ingest", tmp_path / "a.txt").code == 0
    [name] = run("--corpus", archive, "search", "조석표", "--format", "ids").lines
    result = run("--corpus", archive, "show", name, "--removed")
    assert result.code == 0
    assert "byline" in result.out
    assert "김가온 기자" in result.out
    as_json = run("--corpus", archive, "show", name, "--removed", "--format", "json")
    assert json.loads(as_json.out)["removed"]
    assert show("lab-0001", "--removed").out == "nothing was taken out\n"


def test_revisions_say_what_changed(run, archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "edited.jsonl"
    path.write_text(
        json.dumps({"id": "undated-0001", "title": "날짜를 찾은 기사", "body": "오월이었다."}),
        encoding="utf-8",
    )
    assert run("--corpus", archive, "ingest", path).code == 0
    result = run("--corpus", archive, "show", "undated-0001", "--revisions")
    assert result.code == 0
    assert "날짜를 잃은 기사" in result.lines[0]
    assert "날짜를 찾은 기사" in result.lines[1]
    assert "changed: title, body" in result.lines[2]
    as_json = run("--corpus", archive, "show", "undated-0001", "--revisions", "--format", "json")
    assert len(json.loads(as_json.out)["revisions"]) == 2
