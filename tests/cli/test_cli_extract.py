"""`corpus extract`"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

PAGE = """<!doctype html><html lang="ko"><head><meta charset="utf-8">
<title>갯벌의 하루</title><meta property="og:title" content="갯벌의 하루">
<meta property="og:type" content="article"></head><body><article><h1>갯벌의 하루</h1>
<p>조석표를 손으로 그리는 사람이 있다. 물때는 달을 따라 날마다 조금씩 늦어진다고 그는 말했다.</p>
<p>카카오 지도에는 없는 길을 그는 삼십 년 동안 걸었고, 올해부터는 아이들도 함께 걷는다.</p>
<p>김가온 기자 gaon@hanbit.example</p></article></body></html>
"""


def test_extract_prints_the_article_of_each_file(run, tmp_path: Path) -> None:
    (tmp_path / "2021-0412.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("제목이다\n본문이다.\n", encoding="utf-8")
    result = run("extract", tmp_path / "2021-0412.html", tmp_path / "b.txt")
    assert (result.code, result.err) == (0, "")
    page, text = (json.loads(line) for line in result.lines)
    assert (page["id"], page["title"], page["clean"]) == ("2021-0412", "갯벌의 하루", True)
    assert page["reporters"] == [{"name": "김가온", "email": "gaon@hanbit.example"}]
    assert "gaon@" not in page["body"]
    assert (text["id"], text["body"]) == ("b", "본문이다.")


def test_many_records_of_one_file_have_the_line_in_their_ids(run, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(
        '{"title": "하나"}\n{"id": "own", "title": "둘"}\n{"title": "셋"}\n', encoding="utf-8"
    )
    ids = [json.loads(line)["id"] for line in run("extract", path).lines]
    assert ids == ["news-1", "own", "news-3"]


def test_what_extract_prints_is_taken_back_unchanged(run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    lines = run("extract", tmp_path / "a.html").out
    assert run("init", tmp_path / "archive").code == 0
    assert run("--corpus", tmp_path / "archive", "ingest", "-", stdin=lines).code == 0
    exported = json.loads(run("--corpus", tmp_path / "archive", "export").out)
    skip = ("revision", "first_seen", "origin", "sha256", "captured")
    before = {name: value for name, value in json.loads(lines).items() if name not in skip}
    assert {name: exported[name] for name in before} == before


def test_explain_says_what_was_taken_out_and_why(run, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    result = run("extract", path, "--explain")
    assert result.code == 0
    assert f"{path}:" in result.err
    assert "byline" in result.err
    assert "김가온 기자" in result.err
    assert len(result.lines) == 1


def test_what_holds_no_article_is_named_and_the_rest_is_printed(run, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "b.txt").write_text("제목이다\n본문이다.\n", encoding="utf-8")
    result = run("extract", tmp_path / "empty.html", tmp_path / "none.txt", tmp_path / "b.txt")
    assert result.code == 4
    assert "empty.html: " in result.err
    assert "none.txt: " in result.err
    assert [json.loads(line)["id"] for line in result.lines] == ["b"]


def test_extract_reads_standard_input(run) -> None:
    result = run("extract", "-", stdin="제목이다\n본문이다.\n")
    assert json.loads(result.out)["id"] == "stdin"


def test_extract_without_a_file_is_a_usage_error(run) -> None:
    assert run("extract").code == 2


SITE = """<!doctype html><html><head><meta charset="utf-8"><title>강물이 맑아졌다 - 솔빛신문</title>
<meta property="og:title" content="강물이 맑아졌다"><link rel="canonical" href="https://solbit.example/1">
</head><body><h1>강물이 맑아졌다</h1><div class="zone"><p class="deck9">상류 열두 곳 조사</p>
<p>강물이 맑아졌다는 조사 결과가 나왔다. 조사는 지난달 상류와 하류 열두 곳에서 이뤄졌다.</p>
<p class="tip9">누구나 이 자리에 글을 보낼 수 있다.</p>
<p>물고기도 돌아왔다. 시는 내년에도 조사를 이어 가겠다고 밝혔다.</p></div></body></html>"""
LAYOUT = """[[layouts]]
domains = ["solbit.example"]
body = ".zone"
subtitle = ".deck9"
drop = ".tip9"
"""


def test_explain_names_the_rule_of_every_field_and_of_every_line_taken_out(
    run, tmp_path: Path
) -> None:
    page, report = tmp_path / "a.html", tmp_path / "why.jsonl"
    page.write_text(PAGE, encoding="utf-8")
    result = run("extract", page, "--explain", "--explain-to", report)
    assert "meta og:title" in result.err
    said = json.loads(report.read_text(encoding="utf-8"))
    rules = {each["field"]: each["rule"] for each in said["decisions"]}
    assert rules["title"] == "meta og:title"
    assert rules["body"] == "container: article"
    assert rules["reporters"] == "byline in the text"
    assert (said["format_version"], said["id"], said["line"]) == (1, "a", None)
    removed = [(each["reason"], each["text"]) for each in said["removed"]]
    assert ("byline", "김가온 기자 gaon@hanbit.example\n") in removed
    assert all(each["rule"] for each in said["removed"])


def test_a_layout_in_a_file_is_used_and_named(run, tmp_path: Path) -> None:
    page, own = tmp_path / "a.html", tmp_path / "own.toml"
    page.write_text(SITE, encoding="utf-8")
    own.write_text(LAYOUT, encoding="utf-8")
    plain = json.loads(run("extract", page).out)
    assert "글을 보낼 수 있다" in plain["body"]
    result = run("extract", page, "--layouts", own, "--explain")
    article = json.loads(result.out)
    assert article["subtitle"] == "상류 열두 곳 조사"
    assert "글을 보낼 수 있다" not in article["body"]
    assert "layout .zone: div.zone" in result.err
    assert "element p.tip9" in result.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[layouts]]\nbody = "#a"\n', "domains"),
        ('[[layouts]]\ndomains = ["a.example"]\nbody = "p:first-child"\n', "no selector"),
        ('[[layouts]]\ndomains = ["a.example"]\nbodies = "p"\n', "unknown key"),
        ('[[layouts]]\ndomains = ["a.example"]\nbody = "p"\nuntil = "2023"\n', "until"),
        ('[layouts]\nbody = "p"\n', "two brackets"),
        ("[[layouts]\n", "correct it"),
    ],
)
def test_a_layout_that_cannot_be_read_is_a_usage_error_that_says_where(
    run, tmp_path: Path, text: str, said: str
) -> None:
    page, own = tmp_path / "a.html", tmp_path / "own.toml"
    page.write_text(SITE, encoding="utf-8")
    own.write_text(text, encoding="utf-8")
    result = run("extract", page, "--layouts", own)
    assert result.code == 2
    assert said in result.err
    assert "own.toml" in result.err


def test_ingest_uses_the_layouts_of_corpus_toml(run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(SITE, encoding="utf-8")
    archive = tmp_path / "archive"
    assert run("init", archive).code == 0
    (archive / "corpus.toml").write_text(LAYOUT, encoding="utf-8")
    assert run("--corpus", archive, "ingest", tmp_path / "a.html").code == 0
    assert json.loads(run("--corpus", archive, "export").out)["subtitle"] == "상류 열두 곳 조사"
    (archive / "corpus.toml").write_text('[[layouts]]\nbody = "#a"\n', encoding="utf-8")
    result = run("--corpus", archive, "ingest", tmp_path / "a.html")
    assert result.code == 5
    assert "domains" in result.err


def test_extract_reads_tables_and_archives_and_names_what_has_no_id(run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("제목,본문\n하나,본문이다.\n", encoding="utf-8")
    (tmp_path / "b.json").write_text('[{"title": "둘"}, {"title": "셋"}]', encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("2021/page.html", PAGE)
    files = [tmp_path / name for name in ("a.csv", "b.json", "c.zip")]
    result = run("extract", *files, "--jobs", "2")
    assert (result.code, result.err) == (0, "")
    records = [json.loads(line) for line in result.lines]
    assert [record["id"] for record in records] == ["a-2", "b-1", "b-2", "page"]
    assert records[-1]["origin"] == f"{tmp_path / 'c.zip'}!/2021/page.html"
