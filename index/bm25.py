"""What does a word add to an article's score, and when do articles without it need none?

BM25F in its simple form (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple
weighted fields", CIKM 2004): the weighted frequencies of a word in the fields are summed
before saturation,

    tf = sum over fields of weight * occurrences     length = sum of weight * characters
    score = idf * tf * (K1 + 1) / (tf + norm)        norm = K1 * (1 - B + B * length / mean length)
    idf = ln(1 + (N - df + 0.5) / (df + 0.5))

where df is the number of live articles in which the word as asked was found, N and the
mean length are over live articles.

A word adds less than idf * (K1 + 1) to any article. Where one of several words gives as many
articles as are wanted more than the others can, articles without it need no score (Turtle and
Flood, "Query evaluation: strategies and optimizations", 1995).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

I64 = npt.NDArray[np.int64]
F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]
Array = npt.NDArray[Any]

K1 = 1.2
B = 0.75

# Fewer articles are all scored: calls cost more than the work.
MANY = 4000
_ROUNDING = 1 - 1e-9
_ROUGH = 1e-5  # of what a word adds in 32 bits
# Articles of a stretch, of which only the best is looked at first.
_STRETCH = 64


def scores(idf: float, frequency: Array, norm: F64) -> F64:
    """What a word adds to each of some articles."""
    found: F64 = frequency.astype(np.float64)  # mixed types take twice as long
    found /= found + norm
    found *= idf * (K1 + 1)
    return found


def border(known: F64 | F32, most: int) -> float:
    """A score that at least `most` (not 0) of the `known` have; 0.0 where there are fewer."""
    whole = len(known) // _STRETCH * _STRETCH
    if whole < 4 * most * _STRETCH:
        if len(known) < most:
            return 0.0
        peaks = known.copy()
    else:
        # The best of each stretch: to put all in order takes ten times as long.
        peaks = known[:whole].reshape(_STRETCH, -1).max(axis=0)
    peaks.partition(-most)
    return float(peaks[-most])


def first(articles: I64, words: Sequence[tuple[float, Array]], norms: F32, most: int) -> I64 | None:
    """The places of those of some articles that can be among the first `most`; None where they
    are few. All have all the `words`: idf, and frequency in each. `norms` [articles of the
    segment] are rounded: half the bytes, and half of what it costs to score 20,000 articles is
    to bring them from memory."""
    if len(articles) < MANY or not most or not words:
        return None
    norm, rough = norms.take(articles), np.zeros(len(articles), np.float32)
    for idf, frequency in words:
        own = frequency.astype(np.float32)
        own /= own + norm
        own *= np.float32(idf)
        rough += own
    return (rough >= border(rough, most) * (1 - _ROUGH * len(words))).nonzero()[0]


def leading(idfs: Sequence[float], sizes: Sequence[int], most: int) -> int | None:
    """Which of some words, one of which is to be found, has articles enough to be the first
    `most` alone; None where all articles are to be scored."""
    if sum(sizes) < MANY or not most:
        return None
    place = max(range(len(idfs)), key=idfs.__getitem__)
    return place if sizes[place] >= most else None


def outdo(known: F64, others: float, most: int) -> bool:
    """Whether `most` articles score more than any that has only words of `others`, the sum of
    their idf."""
    return border(known, most) * _ROUNDING > others * (K1 + 1)
