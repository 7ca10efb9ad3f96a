"""Is text always stored in one form?"""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from corpus import normal

NASTY = st.text(
    alphabet=st.sampled_from(
        [
            *"가각힣a1 .\n\t\r\u0301\u200b\u00ad\u00a0\u3000\u2028\x0b\x0c\x85\x00\x9f\ufeff",
            "\u1100",
            "\u1161",
            "\u11a8",
            "\ud800",
            "\U0001f600",
            "\uf9e1",
        ]
    ),
    max_size=40,
)


@given(NASTY)
def test_normal_text_is_a_fixed_point(raw: str) -> None:
    once = normal.text(raw)
    assert normal.text(once) == once


@given(NASTY)
def test_normal_text_has_no_empty_line_no_double_space_and_nothing_invisible(raw: str) -> None:
    for line in normal.lines(raw):
        assert line
        assert line == " ".join(line.split(" "))
        assert "  " not in line
        assert line == line.strip()
        assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in line)
        assert unicodedata.is_normalized("NFC", line)


@given(NASTY)
def test_a_line_is_the_text_on_one_line(raw: str) -> None:
    assert normal.line(raw) == " ".join(normal.lines(raw))


def test_every_kind_of_line_break_is_a_line_feed() -> None:
    raw = "가\r\n나\r다\u2028라\u2029마\x0b바\x0c사\x85아\n자"
    assert normal.lines(raw) == list("가나다라마바사아자")


def test_decomposed_hangul_is_composed() -> None:
    assert normal.text(unicodedata.normalize("NFD", "한국 뉴스")) == "한국 뉴스"


def test_letters_that_meet_when_something_invisible_goes_are_composed() -> None:
    assert normal.text("\u1112\u200b\u1161\u11ab") == "한"


def test_compatibility_ideographs_become_the_usual_ones() -> None:
    assert normal.text("\uf9e1") == "李"


def test_clean_text_comes_back_as_the_same_object() -> None:
    clean = "첫 문단이다.\n둘째 문단이다."
    assert normal.text(clean) is clean


def test_lone_surrogates_become_replacement_characters_and_are_noticed() -> None:
    assert normal.text("가\ud800나") == "가\ufffd나"
    assert normal.damaged("가\ud800나")
    assert not normal.damaged("가나")


def test_compatibility_jamo_and_full_width_letters_stay() -> None:
    assert normal.text("ㆍ ㅣ ＡＢ") == "ㆍ ㅣ ＡＢ"


def test_joiners_inside_pictures_stay_and_others_go() -> None:
    assert (
        normal.text("👩\u200d🚀 가\u200d나 ❤\ufe0f\u200d🔥\u200d")
        == "👩\u200d🚀 가나 ❤\ufe0f\u200d🔥"
    )


def test_half_width_letters_are_put_together() -> None:
    assert normal.text("ﾡￂﾤﾷￂﾱ 1ﾾﾾ") == "간암 1ㅎㅎ"


def test_c1_numbers_are_the_signs_of_cp1252() -> None:
    assert normal.text("\x93말\x94 \x80\x81") == "“말” €"
