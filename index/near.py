"""How many words apart do two matches stand, and which matches make a pair?

A word is what stands between white space (an eojeol), and a match may reach over several.
The distance of two matches is that of the last word of the one and the first word of the
other; it is 0 within one word, and where they overlap.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

Span = tuple[int, int]
_WHITE = " \n"


def paired(
    first: Sequence[Span], second: Sequence[Span], text: str, *, distance: int, ordered: bool
) -> list[Span]:
    """The (start, end) of `first` and `second` that have a partner in the other list at most
    `distance` words away, ascending and each once.

    Where `ordered`, the partner out of `first` must not start after the one out of `second`.
    A match is no partner of itself.

    >>> text = "네이버 논문 백 편과 카카오 논문"
    >>> paired([(0, 3)], [(4, 6), (16, 18)], text, distance=1, ordered=False)
    [(0, 3), (4, 6)]
    >>> paired([(12, 15)], [(4, 6), (16, 18)], text, distance=3, ordered=True)
    [(12, 15), (16, 18)]
    """
    if not first or not second:
        return []
    gaps = white_runs(text)
    left, right = _placed(first, gaps), _placed(second, gaps)
    found: set[Span] = set()
    begin = 0
    for span, opens, closes in left:
        # What is too far before this one is too far before all that follow it.
        while begin < len(right) and right[begin][2] < opens - distance:
            begin += 1
        for other, other_opens, other_closes in right[begin:]:
            if other_opens - closes > distance:
                break
            if ordered and span[0] > other[0]:
                continue
            if span != other and (
                _overlapping(span, other)
                or (other_opens - closes if span < other else opens - other_closes) <= distance
            ):
                found.update((span, other))
    return sorted(found)


def white_runs(text: str) -> list[int]:
    """Where each run of white space begins, ascending.

    >>> white_runs("가 나\\n다")
    [1, 3]
    """
    return [
        at
        for at, character in enumerate(text)
        if character in _WHITE and not (at and text[at - 1] in _WHITE)
    ]


def _placed(spans: Sequence[Span], gaps: Sequence[int]) -> list[tuple[Span, int, int]]:
    """Each span with the ordinals of the words that it begins and ends in, ascending."""
    return [
        (span, bisect_left(gaps, span[0]), bisect_left(gaps, span[1] - 1)) for span in sorted(spans)
    ]


def _overlapping(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
