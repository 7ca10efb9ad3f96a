"""The distance for all words at once is the one that a plain table gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus.index import jamo, keyboard

keys = st.text("rRtkoEh", max_size=7)


def plain(typed: str, meant: str, costs: jamo.Costs) -> float:
    """Optimal string alignment, cell by cell."""
    one, two = keyboard.codes(typed), keyboard.codes(meant)
    table = np.zeros((len(one) + 1, len(two) + 1))
    for i in range(len(one) + 1):
        for j in range(len(two) + 1):
            ways = [] if i or j else [0.0]
            if i:
                twice = i > 1 and one[i - 1] == one[i - 2]
                ways.append(table[i - 1, j] + (costs.twice if twice else costs.extra))
            if j:
                ways.append(table[i, j - 1] + costs.missing)
            if i and j:
                same = one[i - 1] == two[j - 1]
                kinds = keyboard.classes(one)[i - 1], keyboard.classes(two)[j - 1]
                ways.append(table[i - 1, j - 1] + (0 if same else costs.instead[kinds]))
                if (
                    i > 1
                    and j > 1
                    and not same
                    and (one[i - 1], one[i - 2])
                    == (
                        two[j - 2],
                        two[j - 1],
                    )
                ):
                    ways.append(table[i - 2, j - 2] + costs.swapped)
            table[i, j] = min(ways)
    return float(table[-1, -1])


def at_once(typed: str, words: list[str], most: int, costs: jamo.Costs) -> list[float]:
    codes = [keyboard.codes(word) for word in words]
    rows = np.zeros((len(words), max(map(len, codes), default=0)), np.uint16)
    for row, code in zip(rows, codes, strict=True):
        row[: len(code)] = code
    lengths = np.array([len(code) for code in codes], np.int64)
    return jamo.distances(keyboard.codes(typed), rows, lengths, most, costs).tolist()


@given(keys, st.lists(keys, min_size=1, max_size=5), st.booleans())
def test_all_at_once_is_one_by_one(typed: str, words: list[str], weighted: bool) -> None:
    costs = jamo.slips() if weighted else jamo.plain()
    found = at_once(typed, words, 8, costs)
    assert np.allclose(found, [plain(typed, word, costs) for word in words])


@given(keys, st.lists(keys, min_size=1, max_size=5), st.integers(0, 3))
def test_what_is_near_is_exact_within_a_band(typed: str, words: list[str], most: int) -> None:
    whole = [plain(typed, word, jamo.plain()) for word in words]
    for found, true in zip(at_once(typed, words, most, jamo.plain()), whole, strict=True):
        assert found == true if true <= most else found > most


def test_frequent_slips_are_nearer_than_others() -> None:
    (beside, alike, other) = at_once("ro", ["to", "rp", "rb"], 1, jamo.slips())
    assert beside < other
    assert alike < other
    assert at_once("rro", ["ro"], 1, jamo.slips()) < at_once("rto", ["ro"], 1, jamo.slips())
