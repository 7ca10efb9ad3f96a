"""Words that could be misspelled are told from operators, values and what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QueryError
from corpus.index.parser import parse
from corpus.index.query_words import query_words, replaced


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("네이버 논문", ["네이버", "논문"]),
        ("네이버 AND (가나 OR 다라)", ["네이버", "가나", "다라"]),
        ("가나 NEAR/3 다라", ["가나", "다라"]),
        ('"가나 다라" 마바', ["가나", "다라", "마바"]),
        ("가나 -다라 NOT 마바 -(사아 OR 자차) 카타", ["가나", "카타"]),
        ('NOT "가나 다라" 마바', ["마바"]),
        ('="가나" 다라', ["다라"]),
        ("publisher:한빛일보 title:가나 날짜:2021", ["가나"]),
        ('publisher:"한빛 일보" 다라', ["다라"]),
        ("title:(가나 다라)", ["가나", "다라"]),
        ("가나* *다라 마?바 사아~ 자*차", ["가나", "다라"]),
        ("3:2 [속보]", ["3:2", "[속보]"]),
        (") 가나 )", ["가나"]),
        ("", []),
    ],
)
def test_the_words_of_a_query(query: str, words: list[str]) -> None:
    found = query_words(query)
    assert [word.text for word in found] == words
    assert [query[word.start : word.end] for word in found] == words


@given(st.text('가 ()"“-:*=?NOTtitle', max_size=30))
def test_words_stand_where_they_are_said_to_be(query: str) -> None:
    try:
        found = query_words(query)
    except QueryError:  # of a text that cannot be cut, as parse says
        with pytest.raises(QueryError):
            parse(query)
        return
    for word in found:
        assert word.text
        assert query[word.start : word.end] == word.text


@pytest.mark.parametrize(
    ("query", "by", "expected"),
    [
        ("가나 다라", "마바", "마바 다라"),
        ("가나 다라", "마바 사아", "마바 사아 다라"),
        ("가나 OR 다라", "마바 사아", "(마바 사아) OR 다라"),
        ("title:가나", "마바 사아", "title:(마바 사아)"),
        ('"가나 다라"', "마바 사아", '"마바 사아 다라"'),
        ("가나* -다라", "마바", "마바* -다라"),
    ],
)
def test_everything_but_the_word_stays(query: str, by: str, expected: str) -> None:
    assert replaced(query, query_words(query)[0], by) == expected
