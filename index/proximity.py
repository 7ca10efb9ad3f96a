"""In which articles do two words stand within some eojeol of each other?

An eojeol is what stands between white space. The distance of two matches is the number of
white spaces from the one that ends first to the other, 0 where they overlap or stand in one
eojeol. Both words' positions are known, so what remains is to count white space: the text of
the articles that have both is gathered, a million units at a time, and counted at once.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from corpus.index.characters import LINE_FEED, SEPARATOR, SPACE
from corpus.index.query import Near
from corpus.index.united import all_places
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_GATHERED = 1 << 20  # units
_FAR = 1 << 20  # more eojeol than any distance: what a border between fields counts


def near_articles(node: Near, articles: I64, view: SegmentView) -> I64:
    """Those of `articles` (ascending) in which a word of `node.first` stands near one of
    `node.second`."""
    # Where each word stands, ascending, and its length.
    first = [places for words in node.first for places in all_places(words, view)]
    second = [places for words in node.second for places in all_places(words, view)]
    found = []
    for some in _portions(articles, view):
        there = _Gathered(some, view)
        near = np.zeros(len(some), bool)
        for one, length in first:
            for other, other_length in second:
                at = there.near(one, length, other, other_length, node)
                near[there.owner(at)] = True
        found.append(some[near])
    return np.concatenate([np.zeros(0, np.int64), *found])


def _portions(articles: I64, view: SegmentView) -> Iterator[I64]:
    """The articles in stretches of about _GATHERED units of text."""
    lengths = view.end[articles] - view.start[articles]
    edges = np.searchsorted(np.cumsum(lengths), np.arange(_GATHERED, lengths.sum(), _GATHERED))
    return (part for part in np.split(articles, edges) if len(part))


class _Gathered:
    """The text of some articles as one; `_count` [units] counts white space up to each unit."""

    def __init__(self, articles: I64, view: SegmentView) -> None:
        self._start = view.start[articles]
        lengths = view.end[articles] - self._start
        self._base = np.cumsum(lengths) - lengths
        self._end = self._start + lengths
        shift = np.repeat(self._start - self._base, lengths)
        text = view.text.take(shift + np.arange(len(shift)))
        white = (text == SPACE) | (text == LINE_FEED)
        opens = white.astype(np.int64)  # a stretch of white space counts once
        opens[1:] &= ~white[:-1]
        opens[text == SEPARATOR] = _FAR
        self._count = np.cumsum(opens)

    def owner(self, at: I64) -> I64:
        """The place of the article that holds each unit of the gathered text."""
        return self._base.searchsorted(at, side="right") - 1

    def _here(self, positions: I64) -> I64:
        """Those positions that lie in these articles, as places in the gathered text."""
        article = self._start.searchsorted(positions, side="right") - 1
        inside = (article >= 0) & (positions < self._end.take(article, mode="clip"))
        article = article[inside]
        return positions[inside] - self._start.take(article) + self._base.take(article)

    def near(self, one: I64, length: int, other: I64, other_length: int, node: Near) -> I64:
        """The matches of the one word that have a match of the other near them.

        Matches of one word are of one length, so of all before a place the last to begin is
        the nearest, and of all after it the first.
        """
        one, other = self._here(one), self._here(other)
        if not len(one) or not len(other):
            return one[:0]
        after = other.searchsorted(one, side="right")
        same = other.take(after - 1, mode="wrap") == one
        near = self._close(one, length, other, after, node.distance)
        if length != other_length:
            near |= same & (after > 0)  # two different matches that begin together
        elif not node.ordered:
            after = after - same
        if not node.ordered:
            near |= self._close_before(one, other, other_length, after - 1, node.distance)
        return one[near]

    def _close(self, one: I64, length: int, other: I64, place: I64, distance: int) -> Mask:
        """Whether the match of `other` at `place`, which begins later, is close."""
        exists = place < len(other)
        begins = other.take(place, mode="clip")
        last = one + length - 1
        gap = self._count.take(begins) - self._count.take(last)
        return exists & ((begins <= last) | (gap <= distance))

    def _close_before(self, one: I64, other: I64, length: int, place: I64, distance: int) -> Mask:
        """Whether the match of `other` at `place`, which begins no later, is close."""
        exists = place >= 0
        last = other.take(place, mode="clip") + length - 1
        gap = self._count.take(one) - self._count.take(last, mode="clip")
        return exists & ((last >= one) | (gap <= distance))
