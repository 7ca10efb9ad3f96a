"""Which articles answer a question in natural language, and how well?

Those in which at least one of its terms stands (`question`), by

    score = sum over terms of weight * idf * tf * (K1 + 1) / (tf + norm)
          + PAIR * sum over pairs that stand together of the mean of their two idf
    norm  = K1 * (1 - B + B * length / mean length)
    idf   = ln(1 + (N - df + 0.5) / (df + 0.5))

The first line is BM25F as in `evaluate`, over grams and whole runs, df by the articles that
hold them. A pair are the beginnings of two words that follow each other in the question; they
stand together where the second begins at most WITHIN characters behind the first in one field.
The idea that closeness of query terms adds to BM25 is Rasolofo and Savoy's ("Term proximity
scoring for keyword-based retrieval systems", ECIR 2003), who weigh every occurrence by its
distance; that it stands in an article at all did as well here and costs no sum.

K1 is lower than the usual 1.2: a question has many terms, and an article that holds more of
them is better than one that repeats a few. docs/decisions/0005-ranking.md has what each number
is worth, benchmarks/retrieval measures it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array
from corpus.index.bm25 import border
from corpus.index.layout import BLOCK_BITS, LONE
from corpus.index.lists import tally
from corpus.index.postings import ranges
from corpus.index.query import ALL_FIELDS, Asked, AskedTerm
from corpus.index.sets import summed
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
F64 = npt.NDArray[np.float64]

K1 = 0.8
B = 0.65
PAIR = 0.3
WITHIN = 12  # characters

_NONE: U32 = np.zeros(0, np.uint32)
_NOWHERE: I64 = np.zeros(0, np.int64)


class Places(NamedTuple):
    """Where some terms of a question stand in some articles: the positions `at`, term by term
    and ascending, the place of the article of each among those asked for, and the `weight` of
    the field. `starts` [terms + 1] are where each term's begin."""

    at: I64
    articles: I64
    weight: npt.NDArray[np.uint8]
    starts: list[int]


class Gathered:
    """What a question's terms have in one segment, live articles only.

    Term by term the `articles` that hold it, ascending, and its weighted `frequency` in each;
    `starts` [terms + 1] are where each term's begin, `df` [terms] how many each has. Frequent
    terms are read from their lists, so their positions wait until somebody asks for them.
    """

    def __init__(self, asked: Asked, view: SegmentView) -> None:
        self._view = view
        self._numbers = _numbers(asked.terms, view)
        whole = asked.fields == ALL_FIELDS
        listed: dict[int, tuple[I64, Array]] = {}
        self._held: dict[int, U32] = {}  # by term its positions
        for place, number in enumerate(self._numbers):
            if whole and number is not None and (found := view.listed(number)) is not None:
                listed[place] = view.only_live(*found)
            else:
                held = _NONE if number is None else view.positions(number)
                if not whole:
                    held = held[np.isin(view.field_of(held), asked.fields)]
                self._held[place] = held
        sizes = [len(self._held.get(place, _NONE)) for place in range(len(self._numbers))]
        begins = [0, *accumulate(sizes)]
        at = np.concatenate((_NONE, *self._held.values()))
        articles, frequency, new = tally(at, view.block_doc, np.array(begins[:-1]))
        starts: list[int] = new.searchsorted(begins).tolist()
        if view.live is not None:
            live = view.live.take(articles)
            starts = np.concatenate(([0], np.cumsum(live))).take(starts).tolist()
            articles, frequency = articles[live], frequency[live]
        if listed:
            parts = [
                listed.get(place) or (articles[start:end], frequency[start:end])
                for place, (start, end) in enumerate(pairwise(starts))
            ]
            articles = np.concatenate([part for part, _ in parts])
            frequency = np.concatenate([part for _, part in parts])
            starts = [0, *accumulate([len(part) for part, _ in parts])]
        self.articles: I64 = articles
        self.frequency: Array = frequency
        self.starts = starts
        self.df: I64 = np.diff(starts)

    def places(self, terms: Sequence[int], wanted: I64) -> Places:
        """Where `terms` stand in the `wanted` articles, ascending."""
        view = self._view
        # Numbers of another type would have all positions converted.
        first, last = (edge.take(wanted).astype(np.uint32) for edge in (view.start, view.end))
        held = list(map(self._positions, terms))
        low, count = np.empty((2, len(held), len(wanted)), np.int64)
        for slot, positions in enumerate(held):
            low[slot] = positions.searchsorted(first)
            count[slot] = positions.searchsorted(last)
        count -= low
        low += np.array([0, *accumulate(map(len, held[:-1]))])[:, None]
        at = np.concatenate(held).take(ranges(low.ravel(), count.ravel())).astype(np.int64)
        weight = view.block_doc.take(at >> BLOCK_BITS).astype(np.uint8)
        places = np.tile(np.arange(len(wanted)), len(held))
        starts = [0, *accumulate(count.sum(axis=1).tolist())]
        return Places(at, np.repeat(places, count.ravel()), weight, starts)

    def _positions(self, place: int) -> U32:
        found = self._held.get(place)
        if found is None:
            number = self._numbers[place]
            assert number is not None  # it has a list
            found = self._held[place] = self._view.positions(number)
        return found


class _Values(NamedTuple):
    """What each term and pair of a question adds where it is found."""

    terms: F64  # times tf / (tf + norm)
    pairs: list[float]


def scores(
    asked: Asked, gathered: Sequence[Gathered], norms: Sequence[F64], articles: int, segment: int
) -> F64:
    """[articles of a segment] their scores, 0 for those that do not match.

    `gathered` and `norms` are of all segments, `articles` is the number of live ones.
    """
    own, norm = gathered[segment], norms[segment]
    values = _values(asked, gathered, articles)
    found = _by_terms(own, values, norm)
    wanted = found.nonzero()[0]
    pairs = _pairs(asked, own, values)
    found[wanted] = _with_pairs(pairs, own, wanted, found.take(wanted))
    return found


def first(
    asked: Asked,
    gathered: Sequence[Gathered],
    norms: Sequence[F64],
    articles: int,
    segment: int,
    most: int,
) -> tuple[I64, F64, int]:
    """(articles of a segment, ascending, their scores, how many match): at least those that
    can be among the first `most`, with the scores that `scores` gives them.

    All terms are added up. Only articles that could be among the best with all the pairs
    whose rarer term they have are asked for their pairs: some 25 of 50,000 (Turtle and Flood,
    "Query evaluation: strategies and optimizations", 1995).
    """
    own, norm = gathered[segment], norms[segment]
    values = _values(asked, gathered, articles)
    known = _by_terms(own, values, norm)
    total = int(np.count_nonzero(known > 0))
    if not most:
        return _NOWHERE, known[:0], total
    pairs = _pairs(asked, own, values)
    if total <= 4 * most:
        found = known.nonzero()[0]
    else:
        # With room for the rounding of sums in another order.
        least = max(border(known, most) * (1 - 1e-9), _LEAST)
        found = (known >= least - sum([value for _, _, value in pairs])).nonzero()[0]
        if pairs:
            likely = known.take(found) + _most(pairs, own, len(norm)).take(found) >= least
            found = found[likely]
    return found, _with_pairs(pairs, own, found, known.take(found)), total


_LEAST = 1e-300  # any score


def _values(asked: Asked, gathered: Sequence[Gathered], articles: int) -> _Values:
    df = gathered[0].df if len(gathered) == 1 else np.sum([each.df for each in gathered], axis=0)
    terms = np.log1p((articles - df + 0.5) / (df + 0.5))
    idf = terms.tolist()
    terms *= [term.weight * (K1 + 1) for term in asked.terms]
    return _Values(terms, [PAIR * (idf[one] + idf[other]) / 2 for one, other in asked.pairs])


def _by_terms(own: Gathered, values: _Values, norm: F64) -> F64:
    """[articles of a segment] what the terms add, in their order: the same sums however an
    archive is split."""
    parts = own.frequency.astype(np.float64)  # once: mixed types cost five times as much
    parts /= parts + norm.take(own.articles)
    parts *= np.repeat(values.terms, own.df)
    return summed(own.articles, parts, len(norm))


_Pair = tuple[int, int, float]  # two terms that occur, and what they add together


def _pairs(asked: Asked, own: Gathered, values: _Values) -> list[_Pair]:
    there = own.df.tolist()
    return [
        (one, other, value)
        for (one, other), value in zip(asked.pairs, values.pairs, strict=True)
        if there[one] and there[other]
    ]


def _most(pairs: Sequence[_Pair], own: Gathered, size: int) -> F64:
    """[size] what the pairs can add at most: those of whose terms an article has the rarer."""
    df = own.df.tolist()
    rarer = [min(one, other, key=df.__getitem__) for one, other, _ in pairs]
    articles = [own.articles[own.starts[term] : own.starts[term + 1]] for term in rarer]
    worth = np.repeat([value for _, _, value in pairs], list(map(len, articles)))
    return summed(np.concatenate(articles), worth, size)


def _with_pairs(pairs: Sequence[_Pair], own: Gathered, found: I64, known: F64) -> F64:
    """The full scores of the articles `found` (ascending), of which the terms are `known`."""
    if not pairs:
        return known
    terms = list(dict.fromkeys([term for one, other, _ in pairs for term in (one, other)]))
    at, articles, weight, starts = own.places(terms, found)
    # Term and place as one number, ascending: one search finds for every pair at once what
    # comes next behind the first.
    keys = np.repeat(np.arange(len(terms)) << 32, np.diff(starts))
    keys |= at
    slots = [(terms.index(one), terms.index(other)) for one, other, _ in pairs]
    ones = [np.arange(starts[one], starts[one + 1]) for one, _ in slots]
    counts = list(map(len, ones))
    mine = np.concatenate(ones)
    wanted = keys.take(mine)
    wanted += np.repeat(np.array([(other - one) << 32 for one, other in slots]), counts)
    its = keys.searchsorted(wanted, "right")
    gap = keys.take(its, mode="clip") if len(keys) else wanted
    gap -= wanted
    near = ((gap > 0) & (gap <= WITHIN)).nonzero()[0]
    if not len(near):
        return known
    mine, its = mine.take(near), its.take(near)
    having = articles.take(mine)
    # Neighbouring fields of an article differ in weight.
    same = (having == articles.take(its)) & (weight.take(mine) == weight.take(its))
    pair = np.repeat(np.arange(len(pairs)), counts).take(near)[same]
    having = having[same]
    new = np.ones(len(having), bool)
    np.not_equal(having[1:], having[:-1], out=new[1:])
    new[1:] |= pair[1:] != pair[:-1]
    worth = np.array([value for _, _, value in pairs]).take(pair[new])
    # Added in the order of the pairs: the same sums however an archive is split.
    articles = np.concatenate((np.arange(len(found)), having[new]))
    return summed(articles, np.concatenate((known, worth)), len(found))


def _numbers(terms: Sequence[AskedTerm], view: SegmentView) -> list[int | None]:
    """The terms' numbers in a segment, None where one does not occur."""
    keys = list(map(_key, terms))
    grams, runs = view.gram_keys, len(view.runs)
    places = grams.searchsorted(np.array(keys, np.uint32))
    there = grams.take(places, mode="clip").tolist() if len(grams) else [None] * len(keys)
    return [
        (runs + place if found == key else None) if key else view.term_of_run(term.text)
        for term, key, place, found in zip(terms, keys, places.tolist(), there, strict=True)
    ]


def _key(term: AskedTerm) -> int:
    """The key of a gram or a lone syllable; 0 for another run."""
    if term.alone:
        return ord(term.text) << 16 | LONE if term.lone else 0
    return ord(term.text[0]) << 16 | ord(term.text[1])
