"""The character tables agree with Unicode, and units with code points."""

from __future__ import annotations

import unicodedata

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus.index import characters


def test_the_tables_agree_with_this_python_on_every_character_it_knows() -> None:
    kinds, folds = characters.tables()
    known = [code for code in range(0x20000) if unicodedata.category(chr(code)) != "Cn"]
    assert [c for c in known if characters.kind_of(chr(c)) != kinds[c]] == []
    assert [c for c in known if c < 0x10000 and characters.FOLD[c] != folds[c]] == []


def test_folding_is_one_to_one_and_changes_nothing_twice() -> None:
    for code in range(0x10000):
        if not 0xD800 <= code < 0xE000:
            folded = characters.fold(chr(code))
            assert len(folded) == 1 and characters.fold(folded) == folded


def test_what_is_written_for_a_character_is_all_that_folds_to_it() -> None:
    written: dict[str, str] = {}
    for code in [*range(0xD800), *range(0xE000, 0x20000)]:
        folded = characters.fold(chr(code))
        if folded != chr(code):
            written[folded] = written.get(folded, "") + chr(code)
    for folded, others in written.items():
        assert characters.written.__wrapped__(folded) == others
    for plain in "가金あ １ㆍ😀":
        assert characters.written(plain) == written.get(plain, "")


@given(st.text(max_size=30))
def test_there_is_one_unit_per_code_point(text: str) -> None:
    encoded = characters.encode(text)
    assert len(encoded.units) == len(text)
    for at, (unit, character) in enumerate(zip(encoded.units.tolist(), text, strict=True)):
        if ord(character) > 0xFFFF:
            assert encoded.astral[at] == ord(character)
            assert unit == characters.STAND_IN + characters.kind_of(character)
        else:
            assert unit == ord(character) and at not in encoded.astral


def test_a_lone_surrogate_becomes_a_replacement_character() -> None:
    assert characters.encode("가\ud800나").units.tolist() == [0xAC00, 0xFFFD, 0xB098]


@given(st.text("가A1 ̣́.あ", min_size=1, max_size=12))
def test_a_mark_has_the_kind_of_what_it_stands_on_wherever_one_looks(text: str) -> None:
    units = characters.encode(characters.fold(text)).units
    kinds = characters.kinds(units)
    at = np.arange(-1, len(units) + 1)
    looked_up = characters.kind_at(units, at)
    assert looked_up[1:-1].tolist() == kinds.tolist()
    assert looked_up[0] == looked_up[-1] == characters.NONE
