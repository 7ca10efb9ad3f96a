"""`corpus reextract` shows and applies what newer rules change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.cli.width import columns
from corpus.ingest import byline

FINISHED = 14  # the records of conftest.py
BYLINE = "김가온 기자 gaon@hanbit.example"


def lines(path: Path, records: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return path


@pytest.fixture
def old(archive: Path, run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The corpus of ARTICLES and two more that rules without bylines have read."""
    records = [
        {
            "id": f"ferry-{number}",
            "title": f"섬마을 여객선 {number}호 취항",
            "body": "여객선이 첫 배를 띄웠다고 군이 12일 밝혔다. " * 5 + f"\n{BYLINE}",
            "publisher": "한빛일보",
        }
        for number in (1, 2)
    ]
    source = lines(tmp_path / "ferry.jsonl", records)
    with monkeypatch.context() as patch:
        patch.setattr(byline, "strip", lambda lines: byline.Stripped(tuple(lines)))
        assert run("--corpus", archive, "ingest", source).code == 0
    return archive


def test_a_diff_reads_as_one_of_diff_u_in_80_columns(old: Path, run) -> None:
    result = run("--corpus", old, "reextract", "--diff")
    assert (result.code, result.err) == (0, "")
    assert all(columns(line, ambiguous=2) <= 80 for line in result.lines)
    assert "ferry-1  섬마을 여객선 1호 취항" in result.lines
    assert f"    - {BYLINE}" in result.lines
    assert "    + 김가온 <gaon@hanbit.example>" in result.lines
    assert "  would change          2" in result.lines
    assert f'  finished             {FINISHED}  records that say "clean": true' in result.lines
    assert result.lines[-1] == "nothing was written (--diff)"
    assert run("--corpus", old, "show", "ferry-1", "--revisions").out.count("changed") == 0


def test_json_lists_every_change(old: Path, run) -> None:
    result = run("--corpus", old, "reextract", "섬마을", "--diff", "--format", "json")
    found = json.loads(result.out)
    assert (found["format_version"], found["changed"], found["diff"]) == (1, 2, True)
    assert sorted(each["id"] for each in found["changes"]) == ["ferry-1", "ferry-2"]
    fields = {each["field"]: each["after"] for each in found["changes"][0]["fields"]}
    assert fields["reporters"] == [{"name": "김가온", "email": "gaon@hanbit.example"}]


def test_it_applies_and_says_so_and_the_second_time_nothing(old: Path, run) -> None:
    result = run("--corpus", old, "reextract", "섬마을")
    assert (result.code, result.err) == (0, "")
    assert result.lines[1] == "  changed            2"
    assert "by field: body 2, completeness 2, reporters 2, removed 2" in result.lines
    assert "read as: 섬마을" in result.lines
    assert BYLINE not in run("--corpus", old, "show", "ferry-1").out.split("removed")[-1]
    again = run("--corpus", old, "reextract", "섬마을")
    assert again.lines[1:3] == ["  changed            0", "  unchanged          2"]


def test_edits_that_stay_are_named(old: Path, run, tmp_path: Path) -> None:
    record = json.loads(run("--corpus", old, "export", "id:ferry-1").out)
    record["title"] = "섬마을 여객선 1호 취항 (정정)"
    edited = lines(tmp_path / "edited.jsonl", [record])
    run("--corpus", old, "ingest", edited)
    result = run("--corpus", old, "reextract")
    assert result.code == 0
    said = "corpus: kept ferry-1 title: edited in revision 2; rules say: 섬마을 여객선 1호…"
    assert said[:60] in result.err
    assert "  edits kept          1  where the rules say something else" in result.lines


def test_a_refused_original_is_named_and_exits_with_4(
    old: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.errors import ArticleRejected
    from corpus.ingest import records

    def refuse(*_arguments: object, origin: str, line: int, **_options: object) -> None:
        raise ArticleRejected(origin, line, "title and body are both empty")

    monkeypatch.setattr(records, "article_of", refuse)
    result = run("--corpus", old, "reextract", "섬마을")
    assert result.code == 4
    assert "title and body are both empty; the article stays as it is" in result.err
    assert "refused" in result.out


def test_a_bad_query_and_a_missing_corpus_are_told_as_elsewhere(old: Path, run, tmp_path) -> None:
    assert run("--corpus", old, "reextract", "date:2021-13").code == 2
    assert run("--corpus", tmp_path / "none", "reextract").code == 3
