"""Which articles does a query tree match, and how well?

Sets of articles are sorted arrays of article numbers within a segment; AND, OR and NOT
are set operations on them. Scores come afterwards, for the articles that matched.

Score: BM25F in its simple form (Robertson, Zaragoza and Taylor, "Simple BM25 extension to
multiple weighted fields", CIKM 2004): the weighted frequencies of a word in the fields are
summed before saturation,

    tf = sum over fields of weight * occurrences     length = sum of weight * characters
    score = idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / mean length))
    idf = ln(1 + (N - df + 0.5) / (df + 0.5))

where df is the number of live articles in which the word as asked was found, N and the
mean length are over live articles. AND and OR add the scores of their parts in the order
of the query, whatever the segments, so the same archive gives the same numbers however it
is split. Filters and NOT add nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from corpus.index import characters
from corpus.index.find import find, find_unit, single_unit
from corpus.index.query import (
    ALL_FIELDS,
    All,
    Days,
    Either,
    Everything,
    Node,
    Undated,
    Value,
    Without,
    Words,
)
from corpus.index.segment import BLOCK, HEAD
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]

WEIGHTS = np.array([3.0, 2.0, 1.0])  # of an occurrence in title, subtitle, body
K1 = 1.2
B = 0.75

# Found words kept between searches, in positions (32 MB) and in words.
_KEPT = 1 << 22
_KEPT_WORDS = 1024


@dataclass(frozen=True, slots=True)
class Found:
    """One word in one segment: live articles ascending, their weighted frequencies, and
    the offsets of all matches (in live articles and asked fields): ascending, or in any
    order with the article of each in `owners`."""

    articles: I64
    frequency: F64
    positions: I64
    owners: npt.NDArray[np.uint32] | None = None

    def within(self, article: int, start: int, end: int) -> list[int]:
        """The offsets in one article, whose text lies from `start` to `end`, ascending."""
        if self.owners is not None:
            return sorted(self.positions[self.owners == article].tolist())
        low, high = self.positions.searchsorted((start, end)).tolist()
        return self.positions[low:high].tolist()


class Snapshot:
    """The segments of one commit, with what queries share: statistics and found words."""

    def __init__(self, views: Sequence[SegmentView]) -> None:
        self.views = tuple(views)
        self._found: dict[object, tuple[Found, ...]] = {}
        self._kept = 0  # positions in `_found`

    @cached_property
    def articles(self) -> int:
        """Live articles."""
        return sum(int(view.live_mask.sum()) for view in self.views)

    @cached_property
    def norms(self) -> tuple[F64, ...]:
        """Per segment, what each article's length adds to its frequencies: K1 * (1 - B + …)."""
        mean = self.mean_length or 1.0  # without any text nothing is ever scored
        return tuple(K1 * (1 - B + B * (view.field_length @ WEIGHTS) / mean) for view in self.views)

    @cached_property
    def mean_length(self) -> float:
        """The mean weighted length of live articles, in characters."""
        # Whole characters first: the same mean whatever the order of the articles.
        characters_of = np.zeros(3, np.int64)
        for view in self.views:
            characters_of += view.field_length[view.live_mask].sum(axis=0, dtype=np.int64)
        return float(characters_of @ WEIGHTS) / max(1, self.articles)

    def found(self, words: Words) -> tuple[Found, ...]:
        """Where `words` stand, per segment."""
        found = self._found.get(words.key)
        if found is None:
            found = self._found[words.key] = tuple(_look_up(words, view) for view in self.views)
            self._kept += sum(len(each.positions) for each in found)
        return found

    def forget(self) -> None:
        """Let go of found words where they are many: a page turned finds its words again."""
        if self._kept > _KEPT or len(self._found) > _KEPT_WORDS:
            self._found.clear()
            self._kept = 0

    def idf(self, words: Words) -> float:
        """Inverse document frequency of the word as asked, over live articles."""
        df = sum(len(found.articles) for found in self.found(words))
        return math.log(1 + (self.articles - df + 0.5) / (df + 0.5))

    # evaluation

    def matching(self, node: Node, segment: int) -> I64:
        """The live articles of a segment that `node` matches, ascending."""
        view = self.views[segment]
        match node:
            case Words():
                return self.found(node)[segment].articles
            case Days():
                day = view.day
                held = (day >= node.first) & (day <= node.last)
                held = held | (day == 0) if node.undated else held & (day != 0)
                return np.flatnonzero(held & view.live_mask)
            case Undated():
                return np.flatnonzero((view.day == 0) & view.live_mask)
            case Value():
                return _with_value(node, view)
            case Everything():
                return np.flatnonzero(view.live_mask)
            case Without():
                held = view.live_mask.copy()
                held[self.matching(node.query, segment)] = False
                return np.flatnonzero(held)
            case All():
                parts = sorted((self.matching(part, segment) for part in node.subqueries), key=len)
                common = parts[0]
                for articles in parts[1:]:
                    common = common[_contains(articles, common)]
                return common
            case Either():
                held = np.zeros(view.articles, bool)
                for part in node.subqueries:
                    held[self.matching(part, segment)] = True
                return np.flatnonzero(held)
        raise TypeError(f"{node!r} is no node of this index's queries")

    def scores(self, node: Node, segment: int, articles: I64) -> F64:
        """The score of each of `articles` (ascending); 0.0 where `node` does not match."""
        match node:
            case Words():
                return self._word_scores(node, segment, articles)
            case All() | Either():
                total = np.zeros(len(articles))
                for part in node.subqueries:
                    total += self.scores(part, segment, articles)
                if isinstance(node, All):
                    total[~_contains(self.matching(node, segment), articles)] = 0.0
                return total
        return np.zeros(len(articles))

    def _word_scores(self, words: Words, segment: int, articles: I64) -> F64:
        found = self.found(words)[segment]
        if found.articles is articles:  # a query of one word
            tf, norm = found.frequency, self.norms[segment].take(articles)
            return self.idf(words) * tf * (K1 + 1) / (tf + norm)
        scores = np.zeros(len(articles))
        if not len(found.articles):
            return scores
        at = found.articles.searchsorted(articles)
        np.minimum(at, len(found.articles) - 1, out=at)
        hit = found.articles.take(at) == articles
        tf = found.frequency.take(at[hit])
        norm = self.norms[segment].take(articles[hit])
        scores[hit] = self.idf(words) * tf * (K1 + 1) / (tf + norm)
        return scores


def _look_up(words: Words, view: SegmentView) -> Found:
    unit = single_unit(words.pattern)
    if unit is not None:
        positions = find_unit(unit, words.pattern, view)
    else:
        positions = find(words.pattern, view)
    blocks = view.block_doc.take(positions // BLOCK)
    articles = blocks & ~HEAD
    held = None if view.live is None else view.live.take(articles)
    if words.fields != ALL_FIELDS:
        asked = np.isin(view.field_of(positions, articles), words.fields)
        held = asked if held is None else held & asked
    if held is not None and not held.all():
        positions, articles, blocks = positions[held], articles[held], blocks[held]
    if not len(positions):
        return _NOTHING
    # Nearly all matches stand in bodies; only blocks with the HEAD bit can hold others.
    head = (blocks >= HEAD).nonzero()[0]
    fields = view.field_of(positions.take(head), articles.take(head))
    more = WEIGHTS.take(fields) - WEIGHTS[2]
    if unit is not None:
        counted = np.bincount(articles, minlength=view.articles)
        found = counted.nonzero()[0]
        frequency = counted.take(found) * WEIGHTS[2]
        of = found.searchsorted(articles.take(head))
        owners = articles
    else:
        change = np.empty(len(articles), bool)
        change[0] = True
        np.not_equal(articles[1:], articles[:-1], out=change[1:])
        first = change.nonzero()[0]
        found = articles.take(first).astype(np.int64)
        frequency = np.diff(first, append=len(articles)) * WEIGHTS[2]
        of = first.searchsorted(head, side="right") - 1
        owners = None
    if len(head):
        frequency += np.bincount(of, weights=more, minlength=len(found))
    return Found(found, frequency, positions, owners)


_NOTHING = Found(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64))


def _with_value(node: Value, view: SegmentView) -> I64:
    if node.name == "id":
        articles = np.array(view.ids.equal(node.value), np.int64)
    else:
        codes = view.folded(node.name).equal(characters.fold(node.value))
        articles = view.with_codes(node.name, codes) if codes else np.zeros(0, np.int64)
    return articles[view.live_mask.take(articles)]


def _contains(ordered: I64, wanted: I64) -> npt.NDArray[np.bool_]:
    """Which of `wanted` occur in `ordered` (both ascending)."""
    if not len(ordered):
        return np.zeros(len(wanted), bool)
    at = ordered.searchsorted(wanted)
    np.minimum(at, len(ordered) - 1, out=at)
    found: npt.NDArray[np.bool_] = ordered.take(at) == wanted
    return found


def positive_words(node: Node) -> list[Words]:
    """The words whose matches a reader wants to see: those under no NOT, in order."""
    match node:
        case Words():
            return [node]
        case All() | Either():
            return [words for part in node.subqueries for words in positive_words(part)]
    return []
