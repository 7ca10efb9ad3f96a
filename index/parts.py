"""What do the parts of an AND or OR have for some articles of a segment?

Sorted arrays beside sorted arrays: by a search where one is much shorter, by a table of all
articles elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array
from corpus.index.common import Common
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Part:
    """One part of a group in one segment: its articles, and by article the frequency of a
    word with `idf`, or scores where it is no word, or nothing where it does not score; `here`
    is the same for the articles that are left. A `common` word is only read where all of its
    articles are wanted."""

    __slots__ = ("_own", "_values", "here", "idf")

    def __init__(
        self, own: I64 | Common, values: Array | None = None, idf: float | None = None
    ) -> None:
        self._own, self._values, self.idf = own, values, idf
        self.here: Array | None = None

    def __len__(self) -> int:
        return self._own.df if isinstance(self._own, Common) else len(self._own)

    @property
    def articles(self) -> I64:
        """Ascending."""
        return self._own.articles if isinstance(self._own, Common) else self._own

    @property
    def values(self) -> Array | None:
        """By article."""
        if isinstance(self._own, Common) and self.idf is not None:
            return self._own.frequency
        return self._values

    @property
    def scored(self) -> bool:
        """Whether there are `values`."""
        return self.idf is not None or self._values is not None

    def common(self, wanted: I64, view: SegmentView) -> Common | None:
        """What to ask about the `wanted` articles; None where all are at hand, or where so many
        are wanted that to read all is as quick."""
        few = len(wanted) * _FEW < view.articles
        return self._own if few and isinstance(self._own, Common) else None


_FEW = 8  # 4 to 16 take the same within 5 in 100, among 50,000 articles and among 800,000


def thinned(articles: I64, keep: Mask, parts: Sequence[Part]) -> I64:
    """The articles that `keep` leaves, in the parts as well."""
    places = keep.nonzero()[0]  # once: a mask is turned into places by whoever gets it
    if len(places) == len(articles):
        return articles
    for part in parts:
        if part.here is not None:
            part.here = part.here.take(places)
    return articles.take(places)


def count_any(parts: Sequence[Part], place: int, view: SegmentView) -> int:
    """How many articles have any of the parts; the values of all others are `here` for the
    articles of the one at `place`."""
    if len(parts) == 2:
        other = parts[1 - place]
        assert other.here is not None
        return len(parts[place]) + len(other) - int(np.count_nonzero(other.here))
    held = view.scratch(bool)
    for part in parts:
        held[part.articles] = True
    total = int(np.count_nonzero(held))
    for part in parts:
        held[part.articles] = False
    return total


# A search in the longer array costs about as much as 16 steps along it.
_SEARCH = 16


def aligned(part: Part, articles: I64, view: SegmentView) -> tuple[Mask, Array | None]:
    """(which of `articles` the part has, its value for each of them or None)."""
    if part.idf is not None:  # no frequency is zero
        found = spread(part, articles, view)
        return found != 0, found
    if (common := part.common(articles, view)) is not None:
        return common.holds(articles), None
    own, values = part.articles, part.values
    if len(own) and len(articles) * _SEARCH < len(own):
        at = own.searchsorted(articles)
        there = own.take(at, mode="clip") == articles
    elif len(own) * _SEARCH < len(articles):
        at = articles.searchsorted(own)
        there = np.zeros(len(articles), bool)
        there[at[articles.take(at, mode="clip") == own]] = True
    else:
        held = view.scratch(bool)
        held[own] = True
        there = held.take(articles)
        held[own] = False
    return there, None if values is None else spread(part, articles, view)


def spread(part: Part, articles: I64, view: SegmentView) -> Array:
    """The part's value for each of `articles`; zero where it has none."""
    if (common := part.common(articles, view)) is not None:
        places, frequency = common.among(articles)
        found = np.zeros(len(articles), frequency.dtype)
        found[places] = frequency
        return found
    own, values = part.articles, part.values
    assert values is not None
    if own is articles:
        return values
    if not len(own):
        return np.zeros(len(articles), values.dtype)
    if len(articles) * _SEARCH < len(own):
        at = own.searchsorted(articles)
        found = values.take(at, mode="clip")
        found[own.take(at, mode="clip") != articles] = 0
        return found
    if len(own) * _SEARCH < len(articles):
        at = articles.searchsorted(own)
        there = articles.take(at, mode="clip") == own
        found = np.zeros(len(articles), values.dtype)
        found[at[there]] = values[there]
        return found
    table = view.scratch(values.dtype)
    table[own] = values
    found = table.take(articles)
    table[own] = 0
    return found
