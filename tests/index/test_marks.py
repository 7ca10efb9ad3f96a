"""Matches are found in the article itself, by the rules of the index."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Word

from corpus.article import Article
from corpus.index import characters
from corpus.index.marks import Marker
from corpus.index.near import paired
from corpus.index.protocol import Match
from corpus.index.query import Near, Pattern, Words

# Few letters at a time, so that words and texts collide often; the last ones hold what NFC
# leaves decomposed: an old jamo, a letter with a mark that has no composed form.
ALPHABETS = (
    "오 ",
    "가나\n ",
    "aA가 \n",
    "1２, ",
    "金あカ가 ",
    "Σσςİ가",
    "K\u212ak\u0131I",
    "😀𠀀가a",
    "\U00010400\U00010428a가 ",
    "가\u0301x\u0323 ",
    "\u1112\u1161\u11abx\u0304 한",
    "·ㆍ-.1 ",
)
letters = st.shared(st.sampled_from(ALPHABETS), key="letters of marks")
texts = letters.flatmap(lambda some: st.text(some, max_size=14))


def as_words(word: Word) -> Words:
    pattern = (
        Pattern.phrase(word.text, pure=word.pure)
        if word.phrase
        else Pattern.word(word.text, begins=word.begins, ends=word.ends)
    )
    return Words(pattern, [oracle.FIELDS.index(field) for field in word.fields], word.text)


@st.composite
def words(draw: st.DrawFn) -> Word:
    drawn = draw(letters.flatmap(lambda some: st.text(some, min_size=1, max_size=4)))
    text = " ".join(drawn.split()) or "가"
    phrase = draw(st.booleans())
    star = "" if phrase else draw(st.sampled_from(("", "", "begins", "ends")))
    fields = draw(st.sampled_from((oracle.FIELDS, oracle.FIELDS, ("title",), ("subtitle", "body"))))
    return Word(
        text, star == "begins", star == "ends", phrase, phrase and draw(st.booleans()), fields
    )


articles = st.builds(
    lambda title, subtitle, body: Article(title=title, subtitle=subtitle or None, body=body),
    texts,
    texts,
    texts,
)


def places(found: Sequence[Match]) -> list[tuple[str, int, int]]:
    assert all(match.kind == "literal" for match in found)
    return [(match.field, match.start, match.end) for match in found]


def in_order(spans: set[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    return sorted(spans, key=lambda span: (oracle.FIELDS.index(span[0]), *span[1:]))


@settings(max_examples=1500, deadline=None)
@given(st.lists(words(), min_size=1, max_size=3), articles)
def test_marks_are_what_a_scan_finds_in_order_and_each_once(
    asked: list[Word], article: Article
) -> None:
    expected = in_order({span for word in asked for span in oracle.matches(word, article)})
    assert places(Marker([as_words(word) for word in asked])(article)) == expected


@pytest.mark.parametrize(
    ("text", "word", "starts"),
    [
        ("오오오", "오오", [0, 1]),
        ("LG전자 lg ＬＧ LGU", "lg", [0, 5, 8]),
        ("인공\n지능 인공 지능", "인공 지능", [0, 6]),
        ("x̄ x", "x", [3]),
        ("😀AI😀 AI", "ai", [1, 5]),
    ],
)
def test_what_readers_trip_over(text: str, word: str, starts: list[int]) -> None:
    found = Marker([as_words(Word(word))])(Article(body=text))
    assert places(found) == [("body", at, at + len(word)) for at in starts]


def test_without_words_nothing_is_marked() -> None:
    assert Marker([])(Article(title="가", body="가")) == ()


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(words(), min_size=1, max_size=2),
    st.lists(words(), min_size=1, max_size=2),
    st.integers(0, 3),
    st.booleans(),
    articles,
)
def test_of_near_words_only_those_with_a_partner_are_marked(
    first: list[Word], second: list[Word], distance: int, ordered: bool, article: Article
) -> None:
    node = Near([*map(as_words, first)], [*map(as_words, second)], distance, ordered=ordered)
    pairs = oracle.near_pairs(first, second, article, distance=distance, ordered=ordered)
    expected = in_order({span for pair in pairs for span in pair})
    assert places(Marker([node])(article)) == expected


def test_a_word_near_itself_is_no_pair_but_two_of_it_are() -> None:
    one, two = (0, 3), (4, 7)
    assert paired([one], [one], "네이버", distance=9, ordered=False) == []
    assert paired([one, two], [one, two], "네이버 네이버", distance=1, ordered=True) == [one, two]


def fold_slowly(text: str) -> str:
    folded = []
    for character in text:
        if "\uff01" <= character <= "\uff5e":
            character = chr(ord(character) - 0xFEE0)
        lower = character.lower()
        folded.append(lower if len(lower) == 1 else character)
    return "".join(folded)


def test_folding_is_by_code_point_for_every_one_of_them() -> None:
    # Characters that a later Unicode made up are not in the table, and fold to themselves.
    known = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) not in ("Cn", "Cs")]
    for start in range(0, len(known), 1000):
        text = "".join(known[start : start + 1000])
        assert characters.fold(text) == "".join(map(characters.fold, text)) == fold_slowly(text)


@given(st.text(max_size=40))
def test_folding_a_text_is_folding_its_characters(text: str) -> None:
    assert characters.fold(text) == fold_slowly(text)


def test_surrogates_side_by_side_stay_two() -> None:
    assert characters.fold("A가\ud83d\ude00") == "a가\ud83d\ude00"


def test_nothing_else_folds_to_what_is_looked_for_unfolded() -> None:
    # Hangul, Hanja, kana and white space: the marker relies on it.
    for character in map(chr, range(0x110000)):
        folded = characters.fold(character)
        if folded != character:
            assert not characters.HANGUL <= characters.kind_of(folded) <= characters.KANA
            assert folded not in " \n"
