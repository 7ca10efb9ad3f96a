"""Do columns line up, and do lines fit, with Hangul two columns wide?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.cli.width import columns, cut, pad, wrap

TEXT = st.text(alphabet="가나a1 ‘’…·㎞́ﬁ漢", max_size=60)


@given(TEXT, st.integers(4, 40))
def test_a_cut_text_never_overflows(text: str, limit: int) -> None:
    assert columns(cut(text, limit), ambiguous=2) <= limit


@given(TEXT, st.integers(2, 40))
def test_a_padded_text_fills_its_column(text: str, width: int) -> None:
    assert columns(pad(text, width)) == width


@given(TEXT, st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    lines = list(wrap(text, width))
    assert all(columns(line, ambiguous=2) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
