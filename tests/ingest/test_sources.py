"""Is every source read, in a stable order, and what cannot be read named with its reason?"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.errors import ArticleRejected
from corpus.ingest import EXTRACTOR
from corpus.ingest.raw import Result
from corpus.ingest.sources import Extracted, extract_bytes, read

FIRST = "가람시가 낡은 다리를 걷어내고 새 다리를 놓기로 했다고 12일 밝혔다."
SECOND = "시는 주민 설명회를 세 차례 열어 의견을 듣고 내년 봄에 공사를 시작할 계획이다."
TEXT = f"다리\n{FIRST}\n{SECOND}\n도은설 기자 snow@hanbit.example\n"
PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>다리 - 한빛일보</title>"
    "<meta property='og:title' content='다리'></head><body><article>"
    f"<p>{FIRST}</p><p>{SECOND}</p><p>도은설 기자 snow@hanbit.example</p>"
    "</article></body></html>"
)


def line(**record: object) -> str:
    return json.dumps({"title": "다리", "body": FIRST, **record}, ensure_ascii=False)


def parts(
    found: list[Result],
) -> tuple[list[Extracted], list[ArticleRejected]]:
    articles = [item for item in found if isinstance(item, Extracted)]
    return articles, [item for item in found if isinstance(item, ArticleRejected)]


def test_content_decides_what_a_file_is_not_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(line(id="r1") + "\n", encoding="utf-8")
    (tmp_path / "c.dat").write_text(PAGE, encoding="utf-8")
    articles, rejects = parts(list(read([tmp_path])))
    assert rejects == []
    assert [item.article.title for item in articles] == ["다리"] * 3
    assert [item.line for item in articles] == [None, 1, None]
    assert [item.article.body for item in articles] == [
        f"{FIRST}\n{SECOND}",
        FIRST,
        f"{FIRST}\n{SECOND}",
    ]


def test_originals_are_the_bytes_of_exactly_one_article(tmp_path: Path) -> None:
    records = tmp_path / "r.jsonl"
    records.write_bytes(f"{line(id='1')}\r\n\n  {line(id='2')}".encode())
    text = tmp_path / "t.txt"
    text.write_bytes(TEXT.encode())
    articles, _ = parts(list(read([records, text])))
    assert [item.original for item in articles] == [
        line(id="1").encode(),
        line(id="2").encode(),
        TEXT.encode(),
    ]
    assert [item.line for item in articles] == [1, 3, None]
    assert [item.article.origin for item in articles] == [str(records), str(records), str(text)]
    assert {item.article.extractor for item in articles} == {EXTRACTOR}


def test_a_folder_is_read_with_all_below_it_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/d/3.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    articles, _ = parts(list(read([tmp_path])))
    assert [
        Path(item.article.origin or "").relative_to(tmp_path).as_posix() for item in articles
    ] == [
        "a.txt",
        "b/1.txt",
        "b/2.txt",
        "c/d/3.txt",
    ]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".hidden").mkdir()
    for name in (".x.txt", ".hidden/y.txt", "z.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    articles, rejects = parts(list(read([tmp_path])))
    assert [Path(item.article.origin or "").name for item in articles] == ["z.txt"]
    assert rejects == []


def test_a_loop_of_links_is_survived_and_said(tmp_path: Path) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    (inner / "a.txt").write_text(TEXT, encoding="utf-8")
    (inner / "up").symlink_to(tmp_path, target_is_directory=True)
    articles, rejects = parts(list(read([tmp_path])))
    assert len(articles) == 1
    assert [Path(item.origin).name for item in rejects] == ["up"]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(TEXT, encoding="utf-8")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (tmp_path / "page.html").write_text("<html><body></body></html>", encoding="utf-8")
    articles, rejects = parts(list(read([tmp_path / "missing", tmp_path])))
    assert [item.article.origin for item in articles] == [str(good)]
    reasons = {Path(item.origin).name: item.reason for item in rejects}
    assert set(reasons) == {"missing", "nowhere.txt", "empty.txt", "picture.txt", "page.html"}
    assert "no such file" in reasons["missing"]
    assert "leads nowhere" in reasons["nowhere.txt"]
    assert "empty" in reasons["empty.txt"]
    assert "PNG" in reasons["picture.txt"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file"
)
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    _, rejects = parts(list(read([path])))
    assert "cannot be read" in rejects[0].reason


def test_broken_lines_are_named_by_number_and_the_others_taken(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(f'{line(id="1")}\n{{"title": \n{line(id="3")}\n[1]\n', encoding="utf-8")
    articles, rejects = parts(list(read([path])))
    assert [item.line for item in articles] == [1, 3]
    assert [item.line for item in rejects] == [2, 4]
    assert str(rejects[0]).startswith(f"{path}:2: not JSON")


def test_a_first_line_that_is_broken_does_not_hide_the_others(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(f'{{"title": "a",\n{line(id="2")}\n', encoding="utf-8")
    articles, rejects = parts(list(read([path])))
    assert [item.article.id for item in articles] == ["2"]
    assert [item.line for item in rejects] == [1]


def test_one_record_spread_over_many_lines_is_one_record(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps(json.loads(line(id="1")), indent=2), encoding="utf-8")
    articles, rejects = parts(list(read([path])))
    assert rejects == []
    assert [(item.article.id, item.line) for item in articles] == [("1", None)]


def test_records_in_cp949_and_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(line(id="1").encode("cp949"))
    (tmp_path / "b.jsonl").write_bytes(b"\xef\xbb\xbf" + line(id="2").encode())
    articles, rejects = parts(list(read([tmp_path])))
    assert rejects == []
    assert [item.article.body for item in articles] == [FIRST, FIRST]


def test_standard_input_is_read_as_any_file() -> None:
    articles, _ = parts(list(read(["-"], stdin=io.BytesIO(TEXT.encode()))))
    assert articles[0].article.origin == "-"
    assert articles[0].article.title == "다리"
    stream = io.BytesIO(f"{line(id='1')}\n{line(id='2')}\n".encode())
    articles, _ = parts(list(read(["-"], stdin=stream)))
    assert [item.article.id for item in articles] == ["1", "2"]


def test_standard_input_is_the_processes_own_when_none_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    articles, _ = parts(list(read(["-"])))
    assert articles[0].article.title == "다리"


def test_an_unknown_kind_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="kind"):
        read([], kind="docx")


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"\x1f\x8b\x08" + bytes(20), "gzip"),
        (b"PK\x03\x04" + bytes(20), "zip"),
        (b"WARC/1.0\r\n", "record"),
        (b"<?xml version='1.0'?><rss version='2.0'></rss>", "without entries"),
        (b"", "empty"),
    ],
)
def test_what_holds_no_article_is_refused_by_name(data: bytes, part: str) -> None:
    with pytest.raises(ArticleRejected, match=part):
        extract_bytes(data)


def test_a_kind_that_is_named_is_believed() -> None:
    article = extract_bytes(PAGE.encode(), kind="text")
    assert article.title.startswith("<!DOCTYPE")


def test_one_record_is_one_article_and_two_are_refused() -> None:
    assert extract_bytes(line(id="1").encode()).id == "1"
    with pytest.raises(ArticleRejected, match="several records"):
        extract_bytes(f"{line(id='1')}\n{line(id='2')}".encode())


def test_a_declared_charset_that_is_wrong_is_overruled_and_flagged() -> None:
    article = extract_bytes(TEXT.encode(), declared="euc-kr")
    assert article.title == "다리"
    assert "encoding" in article.flags


def test_a_text_in_cp949_is_read() -> None:
    assert extract_bytes(TEXT.encode("cp949")).body == f"{FIRST}\n{SECOND}"


def test_clean_leaves_the_bodies_of_all_kinds_as_they_are(tmp_path: Path) -> None:
    byline = "도은설 기자 snow@hanbit.example"
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(line(body=f"{FIRST}\n{byline}"), encoding="utf-8")
    articles, _ = parts(list(read([tmp_path], clean=True)))
    assert [item.article.body.split("\n")[-1] for item in articles] == [byline] * 3
    assert all(item.article.removed == () for item in articles)


def test_publisher_section_and_prefix_reach_the_articles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(line(id="1"), encoding="utf-8")
    articles, _ = parts(
        list(read([tmp_path], publisher="한빛일보", section="사회", id_prefix="hb-"))
    )
    assert {item.article.publisher for item in articles} == {"한빛일보"}
    assert {item.article.section for item in articles} == {"사회"}
    assert [item.article.id for item in articles] == [None, "hb-1"]


@pytest.mark.parametrize(
    "text",
    [
        "제목\n" + "가나다라마바사 " * 900_000,
        json.dumps({"title": "제목", "body": "가나다. " * 1_200_000}, ensure_ascii=False),
        "가" * 7_000_000,
    ],
    ids=["text", "record", "no space"],
)
def test_twenty_megabytes_on_one_line_take_seconds_not_minutes(text: str) -> None:
    started = time.monotonic()
    extract_bytes(text.encode())
    assert time.monotonic() - started < 20


def test_the_room_of_ingest_opens_without_an_html_parser() -> None:
    import subprocess

    code = "import sys, corpus.ingest, corpus.ingest.sources; print('lxml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_fault_of_the_rules_on_one_article_is_its_reject_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.ingest import byline

    real = byline.strip

    def faulty(lines: Sequence[str]) -> byline.Stripped:
        if "터진다" in lines[0]:
            raise ZeroDivisionError("by zero")
        return real(lines)

    monkeypatch.setattr(byline, "strip", faulty)
    good, bad = '{"title": "가", "body": "나라"}', '{"title": "다", "body": "터진다"}'
    (tmp_path / "a.jsonl").write_text(f"{good}\n{bad}\n{good}\n", encoding="utf-8")
    first, rejected, last = read([tmp_path / "a.jsonl"])
    assert isinstance(first, Extracted) and isinstance(last, Extracted)
    assert isinstance(rejected, ArticleRejected)
    assert rejected.line == 2 and "a bug of ours" in rejected.reason
