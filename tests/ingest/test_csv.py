"""Is a table read as spreadsheets and BIGKinds write it, and is every row that is none named?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from ingest_inputs import BODY, BYLINE, FIRST, TEXT, Read, given

from corpus.article import Reporter
from corpus.cli.output import cell
from corpus.ingest import csv_rows
from corpus.ingest.records import key_of


def table(*rows: Sequence[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


KOREAN = ("제목", "본문", "기자", "언론사", "날짜", "섹션", "URL", "조회수")
ROW = (
    "다리",
    BODY,
    "도은설 기자",
    "한빛일보",
    "2021.10.07 13:50",
    "사회",
    "https://hanbit.example/1",
    "12",
)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_table_with_korean_names_fills_the_record(
    tmp_path: Path, delimiter: str, charset: str
) -> None:
    read = given(tmp_path, "t", table(KOREAN, ROW, delimiter=delimiter).encode(charset))
    assert read.rejects == []
    (article,) = read.articles
    assert (article.title, article.body) == ("다리", BODY)
    assert article.reporters == (Reporter("도은설"),)
    assert (article.publisher, article.section) == ("한빛일보", "사회")
    assert article.published is not None
    assert article.published.isoformat() == "2021-10-07T13:50:00+09:00"
    assert article.url == "https://hanbit.example/1"
    assert article.extra == {"조회수": "12"}
    assert read.found[0].line == 2


@pytest.mark.parametrize(
    ("names", "key"),
    [
        ("제목 기사제목 Title headline", "title"),
        ("본문 내용 기사본문 text Content", "body"),
        ("기자 기자명 작성자 기고자 author reporter", "reporters"),
        ("언론사 매체 매체명 press publisher", "publisher"),
        ("날짜 일자 입력일 입력일시 등록일 게재일 작성일 date PubDate published_at", "published"),
        ("섹션 분류 category", "section"),
        ("URL 링크 주소 기사URL link", "url"),
        ("부제", "subtitle"),
        ("수정일", "modified"),
        ("id _id 기사ID", "id"),
    ],
)
def test_names_of_columns_are_known_however_they_are_written(names: str, key: str) -> None:
    if key == "url":
        names = names.replace(" 기사URL", "")
    assert {key_of(name) for name in names.split()} == {key}
    assert key_of(names.split()[0] + " ") == key


def test_the_original_of_a_row_is_its_record_and_gives_the_same_article(tmp_path: Path) -> None:
    from corpus.ingest.sources import extract_bytes

    read = given(tmp_path, "t.csv", table(KOREAN, ROW))
    original = read.found[0].original
    assert json.loads(original) == dict(zip(KOREAN, ROW, strict=True))
    again = extract_bytes(original, origin=str(tmp_path / "t.csv"))
    assert again == read.articles[0]


def test_quoted_line_feeds_stay_in_the_cell_and_lines_are_those_of_the_file(tmp_path: Path) -> None:
    body = f'그는 "좋다"고 했다.\n{SECOND_LINE}'
    text = table(("제목", "본문"), ("하나", body), ("둘", FIRST)) + "셋,넷,다섯\r\n"
    read = given(tmp_path, "t.csv", text, clean=True)
    assert [article.body for article in read.articles] == [body, FIRST]
    assert [found.line for found in read.found] == [2, 4]
    assert str(read.rejects[0]) == f"{tmp_path}/t.csv:5: row 4: 3 cells, the header has 2"


SECOND_LINE = "둘째 줄이다."


def test_bylines_go_out_of_the_body_of_a_row(tmp_path: Path) -> None:
    read = given(tmp_path, "t.csv", table(("제목", "본문"), ("다리", f"{BODY}\n{BYLINE}")))
    assert read.articles[0].body == BODY
    assert read.articles[0].reporters == (Reporter("도은설", "snow@hanbit.example"),)


@pytest.mark.parametrize("kind", ["auto", "csv"])
def test_a_table_without_a_header_is_refused_with_the_names_it_needs(
    tmp_path: Path, kind: str
) -> None:
    read = given(tmp_path, "t.csv", table(ROW, ROW), kind=kind)
    (reject,) = read.all
    assert reject in read.rejects
    for part in ("다리", "제목", "title", "본문", "언론사"):
        assert part in read.rejects[0].reason


def test_a_text_with_commas_is_no_table(tmp_path: Path) -> None:
    assert given(tmp_path, "t.txt", f"제목, {TEXT}").articles[0].body == BODY


def test_a_quote_that_never_closes_costs_its_row_only(tmp_path: Path) -> None:
    text = f'제목,본문\n하나,{FIRST}\n둘,"열린 따옴표\n셋,{FIRST}\n넷,{FIRST}\n'
    read = given(tmp_path, "t.csv", text)
    assert read.titles == ["하나", "셋", "넷"]
    assert [(reject.line, "never closed" in reject.reason) for reject in read.rejects] == [
        (3, True)
    ]


def test_an_open_quote_in_a_large_file_stops_at_the_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_rows, "MOST_BYTES", 5000)
    rows = "".join(f"제목 {number},{FIRST}\n" for number in range(300))
    read = given(tmp_path, "t.csv", f'제목,본문\n둘,"열린 따옴표\n{rows}')
    assert len(read.articles) == 300
    assert [reject.line for reject in read.rejects] == [2]


def test_ten_megabytes_in_one_cell_are_one_article(tmp_path: Path) -> None:
    body = "가나다라 마바사\n" * 400_000
    read = given(
        tmp_path, "t.csv", table(("제목", "본문"), ("길다", body), ("둘", FIRST)), clean=True
    )
    assert [len(article.body) for article in read.articles] == [len(body) - 1, len(FIRST)]


def test_a_cell_over_the_bound_is_rejected_and_the_next_row_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_rows, "MOST_BYTES", 5000)
    read = given(tmp_path, "t.csv", table(("제목", "본문"), ("길다", "가" * 9000), ("둘", FIRST)))
    assert read.titles == ["둘"]
    assert [reject.line for reject in read.rejects] == [2]
    assert "row 2" in read.rejects[0].reason


def test_rows_in_another_charset_than_their_table_are_read(tmp_path: Path) -> None:
    data = b"title,body\n" + f"하나,{FIRST}\n".encode() + f"둘,{FIRST}\n".encode("cp949")
    padding = b"".join(b"a%d,b\n" % number for number in range(2000))
    read = given(tmp_path, "t.csv", b"title,body\n" + padding + data[11:])
    assert read.titles[-2:] == ["하나", "둘"]
    assert {article.body for article in read.articles[-2:]} == {FIRST}


def test_empty_rows_short_rows_and_nul_bytes_do_no_harm(tmp_path: Path) -> None:
    text = f"\n제목,본문,기자\n\n,,\n하나,{FIRST}\n둘,\0{FIRST},,\n"
    read = given(tmp_path, "t.csv", text)
    assert read.rejects == []
    assert read.titles == ["하나", "둘"]
    assert [article.body.strip() for article in read.articles] == [FIRST, FIRST]


def test_excels_own_word_for_the_separator_is_understood(tmp_path: Path) -> None:
    read = given(tmp_path, "t.csv", f"sep=;\r\n제목;본문\r\n하나;{FIRST}\r\n")
    assert read.rejects == []
    assert read.titles == ["하나"]


def test_two_columns_of_one_meaning_are_both_kept(tmp_path: Path) -> None:
    read = given(
        tmp_path,
        "t.csv",
        table(("제목", "본문", "날짜", "입력일"), ("가", FIRST, "2021-01-02", "2021-01-03")),
    )
    assert str(read.articles[0].published) == "2021-01-02"
    assert read.articles[0].extra == {"입력일": "2021-01-03"}


def test_a_bigkinds_export_is_read_as_what_its_columns_mean(tmp_path: Path) -> None:
    names = "뉴스 식별자,일자,언론사,기고자,제목,통합 분류1,통합 분류2,인물,키워드,본문,URL"
    lead = (FIRST + SECOND_LINE) * 5
    cells = ("01100101.20211007135000001", "20211007", "한빛일보", "도은설", "다리", "정치>행정_자치",
             "", "", "가람시,다리,주민", lead[:200], "https://hanbit.example/1")  # fmt: skip
    read = given(tmp_path, "NewsResult.csv", table(names.split(","), cells).encode("cp949"))
    (article,) = read.articles
    assert article.id == "01100101.20211007135000001"
    assert str(article.published) == "2021-10-07"
    assert (article.publisher, article.section) == ("한빛일보", "정치")
    assert article.reporters == (Reporter("도은설"),)
    assert article.completeness == "lead"
    assert article.keywords == ()
    assert article.extra == {"통합 분류1": "정치>행정_자치", "키워드": "가람시,다리,주민"}


def test_what_export_writes_as_a_table_is_read_again(tmp_path: Path) -> None:
    first = given(tmp_path, "a.txt", TEXT, publisher="한빛일보").articles[0]
    columns = [name for name in first.to_dict() if name not in ("origin", "captured")]
    row = [cell(first.to_dict()[name]) for name in columns] + ["true"]
    read = given(tmp_path, "t.csv", table([*columns, "clean"], row))
    assert read.rejects == []
    second = read.articles[0].to_dict()
    assert {name: second[name] for name in columns} == {
        name: first.to_dict()[name] for name in columns
    }


CELLS = st.text('가a ",\n;', min_size=1, max_size=6).filter(lambda text: text.strip() != "")


@settings(max_examples=150, deadline=None)
@drawn(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_any_table_is_cut_as_csv_cuts_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("drawn") / "t.csv"
    path.write_text(table(("제목", "본문"), *rows), encoding="utf-8", newline="")
    read = Read(path)
    assert read.rejects == []
    assert [json.loads(found.original) for found in read.found] == [
        {"제목": title.strip(), "본문": body.strip()} for title, body in rows
    ]
