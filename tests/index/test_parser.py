"""How a query is read, and what is said of one that cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import QueryError
from corpus.index import parser


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", "all articles"),
        ("   ", "all articles"),
        ("네이버 논문", "네이버 AND 논문"),
        ("네이버 AND 논문 OR AI NOT 카카오", "네이버 AND 논문 OR AI AND NOT 카카오"),
        ("네이버 (논문 OR 학회)", "네이버 AND (논문 OR 학회)"),
        ("-(a b)", "NOT (a AND b)"),
        ("NOT NOT 가", "NOT NOT 가"),
        ('"이 대통령" ="AI" “큰 따옴표”', '"이 대통령" AND ="AI" AND “큰 따옴표”'),
        ("제목:네이버 body:(a OR b)", "title:네이버 AND (body:a OR body:b)"),
        ("3:2 http://a.example/b 서울=연합", "3:2 AND http://a.example/b AND 서울=연합"),
        ("[속보] C++ and or", "[속보] AND C++ AND and AND or"),
        ("2021-10 인공-지능", "2021-10 AND 인공-지능"),
        ('publisher:"한국 일보" 언론사:KBS', 'publisher:"한국 일보" AND 언론사:KBS'),
        ("이란* *이란", "이란* AND *이란"),
        ("1~2월", "1~2월"),
    ],
)
def test_queries_are_read_as_people_mean_them(text: str, read: str) -> None:
    assert str(parser.parse(text)) == read


@pytest.mark.parametrize(
    ("text", "position", "hint"),
    [
        ("네이버 AND", 7, "a word is missing after AND"),
        ("OR 네이버", 0, "a word is missing after the beginning"),
        ("네이버 OR OR 라인", 7, "a word is missing after OR"),
        ("(네이버", 0, r"this \( has no partner"),
        ("네이버)", 3, r"this \) has no partner"),
        ("()", 1, "a word is missing after"),
        ("NOT", 3, "a word is missing after NOT"),
        ('네이버 "인공 지능', 4, "quotation mark has no partner"),
        ("닫기”", 2, "quotation mark has no partner"),
        ('""', 0, "hold nothing"),
        ('" \u200b "', 0, "hold nothing"),
        ("\u200b", 0, "needs a word"),
        ("네이버 - 카카오", 4, "excludes nothing"),
        ("title: 네이버", 0, "without a space"),
        ("title:", 0, "without a space"),
        ("publisher:(a OR b)", 10, "publisher:A OR publisher:B"),
        ('publisher:""', 10, "needs a value"),
        ("date:2021-13", 10, "no month 13"),
        ("date:2021-02-30", 13, "2021-02 has no day 30"),
        ("date:2021..2020-99", 16, "no month 99"),
        ("date:..", 5, "a date at one end"),
        ("date:2022..2021", 5, "2022 is after 2021"),
        ("date:7d", 5, "relative dates are not in this version"),
        ("date:어제", 5, "'어제' is no date"),
        ("*", 0, "needs a word"),
        ("*가*", 0, "found anywhere"),
        ("가*나", 1, "inside a word is not in this version"),
        ("검?대", 1, "not in this version"),
        ("네이버~", 0, "~ for similar words is not in this version"),
        ("가 NEAR/3 나", 2, "NEAR/3 is not in this version"),
        ("가 ADJ/3 나", 2, "ADJ/3 is not in this version"),
        ("query:mine", 0, "query: is not in this version"),
        ("가" * 10_001, 10_000, "10,000 characters at most"),
        ("가 " * 1_001, 2_000, "1,000 terms at most"),
        ("(" * 60 + "가" + ")" * 60, 50, "50 deep at most"),
        ("NOT " * 60 + "가", 200, "50 deep at most"),
    ],
)
def test_an_error_names_the_place_and_what_to_write(text: str, position: int, hint: str) -> None:
    with pytest.raises(QueryError, match=hint) as caught:
        parser.parse(text)
    assert caught.value.position == position and caught.value.query == text


@settings(max_examples=1000)
@given(st.text(max_size=20) | st.text('가a1 ()"“”-*?:=~AND ORT', max_size=20))
def test_any_text_is_a_tree_or_a_query_error_within_the_text(text: str) -> None:
    try:
        parser.parse(text)
    except QueryError as error:
        assert error.position is not None and 0 <= error.position <= len(text)
