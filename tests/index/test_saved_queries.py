"""What query:NAME stands for, and what it cannot."""

from __future__ import annotations

import pytest

from corpus.errors import QueryError
from corpus.index import parser
from corpus.index.protocol import Request
from corpus.index.request import read

SAVED = {
    "포털": "네이버 OR 카카오",
    "new": "날짜:2021.. 포털",
    "both": "query:포털 query:new",
    "self": "가 query:self",
    "a": "query:b",
    "b": "나 OR query:a",
    "bad": "가 AND",
    "gone": "query:nobody",
    "values": "publisher:없는신문",
}


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("query:포털", "네이버 OR 카카오"),
        ("질의:포털 논문", "(네이버 OR 카카오) AND 논문"),
        ("-query:포털", "NOT (네이버 OR 카카오)"),
        ("title:(query:포털)", "title:네이버 OR title:카카오"),
        ("query:포털 NEAR/3 논문", "(네이버 OR 카카오) NEAR/3 논문"),
        ("query:both", "(네이버 OR 카카오) AND 날짜:2021.. AND 포털"),
        ("a/query:포털", "a/query:포털"),
    ],
)
def test_a_saved_query_stands_as_if_in_parentheses(text: str, read_as: str) -> None:
    assert str(parser.parse(text, saved=SAVED)) == read_as


def test_its_dates_filter_as_dates_beside_it_do() -> None:
    saved = tuple(SAVED.items())
    named, spelled = (
        read(Request("query:new 논문", saved=saved)),
        read(Request("날짜:2021.. 포털 논문")),
    )
    assert str(named.undated) == str(spelled.undated) != "None"


@pytest.mark.parametrize(
    ("text", "position", "hint"),
    [
        ("가 query:포탈", 8, "no saved query '포탈'; near: 포털"),
        ("query:self", 6, r"would stand for itself \(self, self\) \(at character 9\)"),
        ("가 query:a", 8, r"in the saved query a: in the saved query b: .*\(a, b, a\)"),
        ("query:bad", 6, r"in the saved query bad: a word is missing after AND \(at character 6\)"),
        ("query:gone", 6, "in the saved query gone: there is no saved query 'nobody'"),
    ],
)
def test_what_is_wrong_in_a_saved_query_is_told_at_its_name(
    text: str, position: int, hint: str
) -> None:
    with pytest.raises(QueryError, match=hint) as caught:
        parser.parse(text, saved=SAVED)
    assert caught.value.position == position and caught.value.query == text


def test_a_value_in_a_saved_query_is_pointed_at_by_its_name() -> None:
    reading = read(Request("가 query:values", saved=tuple(SAVED.items())))
    assert [value.position for value in reading.values] == [8]


def test_what_saved_queries_stand_for_is_bounded() -> None:
    doubling = {"q0": "가 나"} | {f"q{n}": f"query:q{n - 1} query:q{n - 1}" for n in range(1, 12)}
    assert str(parser.parse("query:q3", saved=doubling)).count("가") == 8
    with pytest.raises(QueryError, match="1,000 terms at most"):
        parser.parse("query:q11", saved=doubling)
    chain = {"q0": "가"} | {f"q{n}": f"query:q{n - 1}" for n in range(1, 60)}
    with pytest.raises(QueryError, match="50 deep at most"):
        parser.parse("query:q59", saved=chain)
    with pytest.raises(QueryError, match="100,000 characters at most"):
        parser.parse("query:long " * 20, saved={"long": "가" * 9000})
