"""Keys write what an input method writes, and every Hangul text comes back from its keys."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.index import keyboard

syllables = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@given(st.text(syllables, max_size=8))
def test_syllables_come_back_from_their_keys(text: str) -> None:
    assert keyboard.hangul(keyboard.keys(text)) == text


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("dlsrhdwlsmd", "인공지능"),
        ("rkqtdl", "값이"),
        ("rkqtl", "갑시"),  # the vowel takes half of a double final
        ("ehlwl", "되지"),
        ("gkTek", "핬다"),
        ("dhkk", "와ㅏ"),
        ("kr", "ㅏㄱ"),
        ("GKRKS", "하깐"),  # shift changes R, but not G, K and S
        ("r2d", "ㄱ2ㅇ"),
        ("", ""),
    ],
)
def test_keys_write_syllables_as_an_input_method_does(typed: str, written: str) -> None:
    assert keyboard.hangul(typed) == written


def test_only_initial_consonants_are_initials() -> None:
    assert keyboard.initials("ㅎㅇㅍ") == "ㅎㅇㅍ"
    assert keyboard.initials("ㅎㅏ") is None
    assert keyboard.initials("ㄳ") is None  # begins no syllable
    assert keyboard.initials("") is None


@given(st.text(syllables | st.sampled_from("ab7ㄱㅘㄳ金"), min_size=1, max_size=6))
def test_tables_have_the_keys_that_text_has(text: str) -> None:
    units = np.array([ord(letter) for letter in text])
    rows = keyboard.unit_keys()[units].ravel()
    assert rows[rows > 0].tolist() == keyboard.codes(keyboard.keys(text)).tolist()


def test_neighbours_touch_and_write_jamo() -> None:
    assert set(keyboard.neighbours("k")) == set("ioOjlm")
    assert "r" in keyboard.neighbours("R")
    assert all("k" in keyboard.neighbours(other) for other in "iojlm")
