"""Is a record taken with every key it has, or refused with the key that is wrong?"""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from typing import Any

import pytest

from corpus.article import Article, Contributor, Note, Print, Removed, Reporter
from corpus.errors import ArticleRejected
from corpus.ingest.records import article_of, parse_record

FIRST = "가람시가 낡은 다리를 걷어내고 새 다리를 놓기로 했다고 12일 밝혔다."
SECOND = "공사는 내년 봄에 시작한다."


def taken(record: dict[str, Any], **options: Any) -> Article:
    data = json.dumps(record, ensure_ascii=False).encode()
    return article_of(
        parse_record(data, origin="a.jsonl", line=3), origin="a.jsonl", line=3, **options
    )


def refusal(record: dict[str, Any]) -> ArticleRejected:
    with pytest.raises(ArticleRejected) as caught:
        taken(record)
    return caught.value


def test_other_archives_names_of_keys_are_understood() -> None:
    article = taken(
        {
            "_id": "a-1",
            "title": "다리",
            "text": FIRST,
            "date": "2021-10-07T13:50:00+09:00",
            "press": "한빛일보",
            "author": "도은설 기자",
        }
    )
    assert article.id == "a-1"
    assert article.body == FIRST
    assert article.published is not None
    assert article.published.isoformat() == "2021-10-07T13:50:00+09:00"
    assert article.publisher == "한빛일보"
    assert article.reporters == (Reporter("도은설"),)


def test_a_key_of_ours_wins_over_another_name_for_it_and_nothing_is_lost() -> None:
    article = taken({"title": "다리", "body": FIRST, "text": "다른 글"})
    assert article.body == FIRST
    assert article.extra == {"text": "다른 글"}


def test_unknown_keys_are_kept_in_extra() -> None:
    article = taken(
        {"title": "다리", "views": 12, "extra": {"desk": "사회부"}, "nested": {"a": [1]}}
    )
    assert article.extra == {"views": 12, "desk": "사회부", "nested": {"a": [1]}}


def test_bodies_lose_their_bylines_and_keep_what_they_said() -> None:
    article = taken(
        {"title": "다리", "body": f"(가람=한빛통신) 도은설 기자 = {FIRST}\nsnow@hanbit.example"}
    )
    assert article.body == FIRST
    assert article.reporters == (Reporter("도은설", "snow@hanbit.example"),)
    assert [piece.reason for piece in article.removed] == ["dateline", "e-mail"]


def test_a_clean_body_is_left_as_it_is() -> None:
    body = f"{FIRST}\n도은설 기자 snow@hanbit.example"
    for article in (
        taken({"title": "다리", "body": body, "clean": True}),
        taken({"title": "다리", "body": body}, clean=True),
    ):
        assert article.body == body
        assert article.removed == ()


FULL = Article(
    id="a-1",
    title="다리",
    subtitle="첫 줄\n둘째 줄",
    body=f"{FIRST}\n{SECOND}",
    captions=("옛 다리. 가람시 제공", "옛 다리. 가람시 제공"),
    completeness="full",
    language="ko",
    reporters=(Reporter("도은설", "snow@hanbit.example"), Reporter(None, "x@hanbit.example")),
    contributors=(Contributor("임다온", "사진", "한빛일보", None),),
    publisher="한빛일보",
    agency="한빛통신",
    place="가람",
    section="사회",
    series="다리",
    keywords=("다리", "가람"),
    published=date(2021, 10, 7),
    print=Print("2021-10-07", "서울", "A18"),
    url="https://hanbit.example/1",
    source_id="77",
    rights="ⓒ 한빛일보\n무단 전재 금지",
    sha256="00ff",
    extractor="1",
    removed=(Removed(1, 0, "(가람=한빛통신) ", "dateline"), Removed(3, 0, "(끝)\n", "end-mark")),
    notes=(Note("helpline", "상담 전화 109"),),
    flags=("encoding",),
    extra={"views": 3, "published_raw": "어느 날"},
)


def test_what_export_writes_comes_back_as_it_was() -> None:
    record = {**FULL.to_dict(), "clean": True}
    back = taken(record)
    assert back == Article.from_json(FULL.to_json().replace(b'{"id"', b'{"origin":"a.jsonl","id"'))


def test_notes_are_kept_in_the_form_of_all_text_so_that_queries_find_them() -> None:
    note = {
        "kind": "helpline",
        "text": unicodedata.normalize("NFD", " 상담\u200b  전화\r\n\r\n109 "),
    }
    assert taken({"title": "다리", "notes": [note]}).notes == (Note("helpline", "상담 전화\n109"),)


def test_revision_first_seen_and_origin_are_the_stores_to_give() -> None:
    article = taken(
        {"title": "다리", "revision": 4, "first_seen": "2021-10-07T00:00:00+09:00", "origin": "x"}
    )
    assert article.revision is None
    assert article.first_seen is None
    assert article.origin == "a.jsonl"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("도은설 기자", ["도은설"]),
        (["도은설 기자", "임다온 기자"], ["도은설", "임다온"]),
        ([{"name": "도은설", "email": "snow@hanbit.example"}], ["도은설"]),
        ({"name": "도은설"}, ["도은설"]),
        ("가람일보 편집국", []),
        ("", []),
    ],
)
def test_authors_come_as_text_list_or_object(author: object, names: list[str]) -> None:
    assert [who.name for who in taken({"title": "다리", "author": author}).reporters] == names


@pytest.mark.parametrize("text", ["2021-13-01", "2021-02-30", "어제"])
def test_an_impossible_date_leaves_the_article_undated_and_keeps_the_text(text: str) -> None:
    article = taken({"title": "다리", "body": FIRST, "published": text})
    assert article.published is None
    assert "undated" in article.flags
    assert article.extra["published_raw"] == text


def test_a_date_without_a_clock_stays_a_date_and_no_zone_means_seoul() -> None:
    day = taken({"title": "다리", "date": "2021-10-07"}).published
    assert day == date(2021, 10, 7)
    time = taken({"title": "다리", "date": "2021-10-07T13:50:00"}).published
    assert time is not None
    assert time.isoformat() == "2021-10-07T13:50:00+09:00"


@pytest.mark.parametrize(
    ("record", "key"),
    [
        ({"title": 5}, '"title"'),
        ({"title": "다리", "body": ["문단"]}, '"body"'),
        ({"title": "다리", "published": 20211007}, '"published"'),
        ({"title": "다리", "keywords": {"a": 1}}, '"keywords"'),
        ({"title": "다리", "reporters": 5}, '"reporters"'),
        ({"title": "다리", "removed": [{"line": "1"}]}, '"removed"'),
        ({"title": "다리", "extra": []}, '"extra"'),
        ({"title": "다리", "clean": "yes"}, '"clean"'),
        ({"title": "다리", "id": ["a"]}, '"id"'),
        ({"title": "다리", "id": "a\u0007b"}, "control character"),
        ({"title": "다리", "id": ""}, "empty"),
        ({"body": "", "title": " "}, "title and body are both empty"),
        ({"date": "2021-10-07"}, "title and body are both empty"),
    ],
)
def test_a_wrong_record_is_refused_by_place_and_key(record: dict[str, Any], key: str) -> None:
    error = refusal(record)
    assert key in error.reason
    assert (error.origin, error.line) == ("a.jsonl", 3)
    assert str(error).startswith("a.jsonl:3: ")


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b'{"title": "a"', "not JSON"),
        (b'{"title": NaN}', "NaN is not JSON, write null"),
        (b'{"title": "a", "x": -Infinity}', "Infinity is not JSON"),
        (b'["a"]', "a list"),
        (b'"a"', "a text"),
        (b"\xff\xfe{", "not JSON"),
        (b"[" * 100_000, ""),
    ],
)
def test_what_is_no_record_is_refused(data: bytes, part: str) -> None:
    with pytest.raises(ArticleRejected) as caught:
        parse_record(data, origin="a.jsonl", line=1)
    assert part in caught.value.reason


def test_half_a_character_in_a_text_is_replaced_and_flagged() -> None:
    record = parse_record(
        b'{"title": "\\ud800ab", "x": ["\\udc00"], "y\\ud800": 1}', origin="a", line=1
    )
    article = article_of(record, origin="a", line=1)
    assert article.title == "\ufffdab"
    assert article.extra == {"x": ["\ufffd"], "y\ufffd": 1}
    assert "mojibake" in article.flags


def test_half_a_character_in_an_id_is_refused() -> None:
    record = parse_record(b'{"id": "a\\ud800", "title": "b"}', origin="a", line=1)
    with pytest.raises(ArticleRejected, match="lone surrogate"):
        article_of(record, origin="a", line=1)


def test_numbers_as_ids_and_prefixes() -> None:
    assert taken({"id": 77, "title": "다리"}).id == "77"
    assert taken({"id": "77", "title": "다리"}, id_prefix="hb-").id == "hb-77"
    assert taken({"title": "다리"}, id_prefix="hb-").id is None


def test_publisher_and_section_are_for_records_that_name_none() -> None:
    options = {"publisher": "한빛일보", "section": "사회"}
    article = taken({"title": "다리", "body": FIRST}, **options)
    assert (article.publisher, article.section) == ("한빛일보", "사회")
    named = taken({"title": "다리", "publisher": "가람신문", "section": "경제"}, **options)
    assert (named.publisher, named.section) == ("가람신문", "경제")
