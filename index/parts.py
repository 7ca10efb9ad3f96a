"""What do the parts of an AND or OR have for some articles of a segment?

Sorted arrays beside sorted arrays: by a search where one is much shorter, by a table of all
articles elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Part:
    """One part of a group in one segment: its articles, and by article the frequency of a
    word with `idf`, or scores where it is no word, or nothing where it does not score; `here`
    is the same for the articles that are left."""

    __slots__ = ("articles", "here", "idf", "values")

    def __init__(
        self, articles: I64, values: Array | None = None, idf: float | None = None
    ) -> None:
        self.articles, self.values, self.idf = articles, values, idf
        self.here: Array | None = None

    def __len__(self) -> int:
        return len(self.articles)


def thinned(articles: I64, keep: Mask, parts: Sequence[Part]) -> I64:
    """The articles that `keep` leaves, in the parts as well."""
    places = keep.nonzero()[0]  # once: a mask is turned into places by whoever gets it
    if len(places) == len(articles):
        return articles
    for part in parts:
        if part.here is not None:
            part.here = part.here.take(places)
    return articles.take(places)


def count_any(parts: Sequence[Part], articles: I64, view: SegmentView) -> int:
    """How many articles have any of the parts, of which one has `articles`; the values of the
    others are `here` for these."""
    if len(parts) == 2:
        other = parts[parts[0].articles is articles]
        assert other.here is not None
        return len(articles) + len(other.articles) - int(np.count_nonzero(other.here))
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
    own, values = part.articles, part.values
    if values is not None and part.idf is not None:  # no frequency is zero
        found = spread(part, articles, view)
        return found != 0, found
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
