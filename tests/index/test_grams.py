"""The two forms of the analyzer are equal, and Whoosh can use the one made for it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.index import characters, grams
from corpus.index.cut import Cut
from corpus.index.tokenizer import GramTokenizer


def inverted(text: str) -> list[tuple[str, int]]:
    postings = grams.invert(Cut.of(characters.encode(text).units))
    found = []
    at = 0
    # A LONE term has no second unit.
    spelled = [chr(key >> 16) + chr(key & 0xFFFF).strip("\0") for key in postings.grams.tolist()]
    terms = [*postings.runs, *spelled]
    for term, count in zip(terms, postings.counts.tolist(), strict=True):
        found += [(term, position) for position in postings.positions[at : at + count].tolist()]
        at += count
    return sorted(found, key=lambda pair: pair[1])


@settings(max_examples=500)
@given(st.text(max_size=60) | st.text("가나다 aB１2,\n金あ̣ж", max_size=60))
def test_the_tokenizer_and_the_inversion_agree_on_any_text(text: str) -> None:
    stand_ins = "".join(
        chr(characters.STAND_IN + characters.kind_of(c)) if ord(c) > 0xFFFF else c for c in text
    )
    spelled = {at: chr(unit) for at, unit in enumerate(map(ord, characters.fold(stand_ins)))}
    expected = [
        ("".join(spelled[offset + i] for i in range(len(term))), offset)
        for term, offset in grams.terms(text)
    ]
    assert inverted(text) == expected


def test_runs_of_any_length_and_script_stay_whole() -> None:
    text = "a abcdefgh abcdefghi straße 12345678 123456789012 москва a"
    assert inverted(text) == list(grams.terms(text))
    assert {term for term, _ in inverted(text)} == set(text.split())


def test_whoosh_gets_offsets_of_the_text_as_positions() -> None:
    tokens = [(t.text, t.pos, t.startchar, t.endchar) for t in GramTokenizer()("LG전자는")]
    assert tokens == [("lg", 0, 0, 2), ("전자", 2, 2, 4), ("자는", 3, 3, 5)]


def test_an_empty_text_has_no_terms() -> None:
    assert inverted("") == [] and inverted(" .\n") == []
