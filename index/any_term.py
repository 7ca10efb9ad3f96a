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
from corpus.index.common import Common, ones
from corpus.index.layout import LONE
from corpus.index.lists import BITS, tally
from corpus.index.postings import ranges
from corpus.index.query import ALL_FIELDS, Asked, AskedTerm
from corpus.index.sets import together
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]
F64 = npt.NDArray[np.float64]

K1 = 0.8
B = 0.65
PAIR = 0.3
WITHIN = 12  # characters

_NONE: U32 = np.zeros(0, np.uint32)
_NOWHERE: I64 = np.zeros(0, np.int64)
_NOTHING: Array = np.zeros(0, np.uint8)


class _Entries(NamedTuple):
    """Which articles hold some `terms`, term by term and ascending, how often, weighted by
    field, and how many articles each term has."""

    terms: list[int]
    articles: I64
    frequency: Array
    sizes: list[int]


class Gathered:
    """What a question's terms have in one segment, live articles only.

    Term by term the `articles` that hold it, ascending, and its weighted `frequency` in each:
    of the terms `those`, whose begin at `starts` [those + 1]. The most frequent terms are not
    among them: they wait as bitmaps (`common`) until somebody asks what they have in which
    articles. `df` [terms] are the articles of each.
    """

    def __init__(self, asked: Asked, view: SegmentView) -> None:
        self._view = view
        self._numbers = _numbers(asked.terms, view)
        self._fields = asked.fields
        self._held: dict[int, U32] = {}  # by term its positions, as far as they were asked for
        self.common: dict[int, Common] = {}
        # Positions of a term in a pair are wanted soon: its list would be read besides.
        heads = {term for pair in asked.pairs for term in pair}
        counted: list[int] = []
        listed: list[tuple[int, int]] = []
        there = [term for term, number in enumerate(self._numbers) if number is not None]
        for term, place in zip(there, self._lists(there), strict=True):
            if place is not None and view.lists.kind(place) == BITS:
                self.common[term] = Common(view.lists, place, view)
            elif place is None or term in heads:
                counted.append(term)
            else:
                listed.append((term, place))
        parts = [self._listed(listed)] if listed else []
        if counted:
            parts.append(self._counted(counted))
        if len(parts) == 1:
            self.those, self.articles, self.frequency, sizes = parts[0]
        else:
            self.those = [term for part in parts for term in part.terms]
            self.articles = np.concatenate([_NOWHERE, *[part.articles for part in parts]])
            self.frequency = np.concatenate([_NOTHING, *[part.frequency for part in parts]])
            sizes = [size for part in parts for size in part.sizes]
        self.starts = [0, *accumulate(sizes)]
        if view.live is not None:
            live = view.live.take(self.articles)
            self.starts = np.concatenate(([0], np.cumsum(live))).take(self.starts).tolist()
            self.articles, self.frequency = self.articles[live], self.frequency[live]
        self.sizes = [end - start for start, end in pairwise(self.starts)]
        df = [0] * len(self._numbers)
        for term, size in zip(self.those, self.sizes, strict=True):
            df[term] = size
        for term, common in self.common.items():
            df[term] = common.df
        self.df: I64 = np.array(df)

    def _lists(self, terms: Sequence[int]) -> list[int | None]:
        """The place of each term's list, None where it has none."""
        known = self._view.list_term
        if self._fields != ALL_FIELDS or not len(known):
            return [None] * len(terms)
        numbers = np.array([self._numbers[term] for term in terms], np.uint32)
        places = known.searchsorted(numbers)
        same = known.take(places, mode="clip") == numbers
        found = zip(places.tolist(), same.tolist(), strict=True)
        return [place if there else None for place, there in found]

    def _listed(self, terms: Sequence[tuple[int, int]]) -> _Entries:
        """What the lists of some terms say; each with the place of its list."""
        lists = self._view.lists
        articles, frequency = lists.several([place for _, place in terms])
        sizes = [lists.size(place) for _, place in terms]
        return _Entries([term for term, _ in terms], articles, frequency, sizes)

    def _counted(self, terms: list[int]) -> _Entries:
        """What the positions of some terms say."""
        terms, at, sizes = self._decode(terms)
        if not len(at):
            return _Entries(terms, _NOWHERE, _NOTHING, sizes)
        begins = [0, *accumulate(sizes)]
        # A term that has nothing begins where the next one does.
        articles, frequency, new = tally(at, self._view.blocks, np.array(begins[:-1]))
        ends = new.searchsorted(begins).tolist()
        return _Entries(terms, articles, frequency, [end - at for at, end in pairwise(ends)])

    def _decode(self, terms: Sequence[int]) -> tuple[list[int], U32, list[int]]:
        """(the terms that occur, their positions, term by term, how many each has)."""
        numbers = [number for term in terms if (number := self._numbers[term]) is not None]
        at, order, sizes = self._view.postings.each(numbers)
        if self._fields != ALL_FIELDS:
            kept = np.isin(self._view.field_of(at), self._fields)
            edges = np.concatenate(([0], np.cumsum(kept))).take([0, *accumulate(sizes)]).tolist()
            at, sizes = at[kept], [end - start for start, end in pairwise(edges)]
        terms = [terms[place] for place in order]
        start = 0
        for term, size in zip(terms, sizes, strict=True):
            self._held[term] = at[start : start + size]
            start += size
        return terms, at, sizes

    def _positions(self, terms: Sequence[int]) -> list[U32]:
        """The positions of some terms, each ascending."""
        new = [term for term in terms if term not in self._held and self._numbers[term] is not None]
        if new:
            self._decode(new)
        return [self._held.get(term, _NONE) for term in terms]

    def matching(self) -> Mask:
        """[articles of the segment] which have any of the terms."""
        held = np.zeros(self._view.articles, bool)
        held[self.articles] = True
        return np.unpackbits(self._or_common(held), count=len(held)).view(bool)

    def total(self, held: Mask) -> int:
        """How many articles match, `held` being those that the terms `those` have."""
        return ones(self._or_common(held)) if self.common else int(np.count_nonzero(held))

    def _or_common(self, held: Mask) -> U8:
        """Those of `held` and those that have a common term, as np.packbits has them."""
        bits = np.packbits(held)
        for common in self.common.values():
            bits |= common.bits
        return bits

    def of(self, terms: Sequence[int]) -> tuple[I64, list[int]]:
        """(the articles of some terms, term by term, how many each has); none of the common."""
        which = [self.those.index(term) for term in terms]
        sizes = [self.starts[each + 1] - self.starts[each] for each in which]
        parts = [self.articles[self.starts[each] : self.starts[each + 1]] for each in which]
        return np.concatenate([_NOWHERE, *parts]), sizes

    def places(self, terms: Sequence[int], wanted: I64) -> tuple[U32, list[int]]:
        """Where `terms` stand in the `wanted` articles, ascending: positions, term by term and
        ascending, and where those of each term begin [terms + 1]."""
        view, many = self._view, len(wanted)
        edges = np.concatenate((view.start.take(wanted), view.end.take(wanted)))
        edges = edges.astype(np.uint32)  # other numbers would have all positions converted
        held = self._positions(terms)
        bounds = np.array([each.searchsorted(edges) for each in held])
        bounds += np.array([0, *accumulate(map(len, held[:-1]))])[:, None]
        low = bounds[:, :many]
        count = bounds[:, many:] - low
        at = np.concatenate(held).take(ranges(low.ravel(), count.ravel()))
        return at, [0, *accumulate(count.sum(axis=1).tolist())]

    def fields_of(self, positions: Array) -> tuple[U32, U8]:
        """The article of each position, and the weight of its field."""
        return self._view.blocks.of(positions)

    def scratch(self) -> F64:
        """[articles of the segment] zeros, to be left as zeros."""
        return self._view.scratch(np.float64)


class _Values(NamedTuple):
    """What each term and pair of a question adds where it is found."""

    terms: list[float]  # times tf / (tf + norm)
    pairs: list[float]


def scores(
    asked: Asked, gathered: Sequence[Gathered], norms: Sequence[F64], articles: int, segment: int
) -> F64:
    """[articles of a segment] their scores, 0 for those that do not match.

    `gathered` and `norms` are of all segments, `articles` is the number of live ones.
    """
    own, norm = gathered[segment], norms[segment]
    values = _values(asked, gathered, articles)
    found = np.zeros(len(norm))
    _add_those(own, values, norm, found)
    _add_common(own, values, norm, found)
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

    The most frequent terms add little. The others are added up for all articles; what could be
    among the best with all the frequent terms and pairs gets its full sum, and what could be
    with all the pairs whose rarer term it has is asked for its pairs: some 25 of 50,000 (Turtle
    and Flood, "Query evaluation: strategies and optimizations", 1995).
    """
    own, norm = gathered[segment], norms[segment]
    values = _values(asked, gathered, articles)
    known = own.scratch()
    try:
        return _first(asked, own, values, norm, most, known)
    finally:
        known.fill(0)


def _first(
    asked: Asked, own: Gathered, values: _Values, norm: F64, most: int, known: F64
) -> tuple[I64, F64, int]:
    """`first` of one segment; `known` are zeros by article."""
    _add_those(own, values, norm, known)
    total = own.total(known > 0)
    if not most:
        return _NOWHERE, known[:0], total
    pairs = _pairs(asked, own, values)
    common = list(own.common)
    worth = [0.0] * len(values.terms)  # of the pairs whose rarer term it is
    df = own.df.tolist()
    for one, other, pair in pairs:
        worth[one if df[one] < df[other] else other] += pair
    rarer = [term for term in own.those if worth[term]]
    articles, sizes = own.of(rarer)
    bonus = np.array([worth[term] for term in rarer]).repeat(sizes)

    def likely(least: float) -> tuple[I64, F64]:
        """The articles that have so much with all their pairs, and how much that is."""
        np.add.at(known, articles, bonus)
        found = (known >= max(least, _LEAST)).nonzero()[0]
        high = known.take(found)
        np.subtract.at(known, articles, bonus)  # exactly, see _WHOLE
        return found, high

    least = border(known, most)
    more = sum([values.terms[term] + worth[term] for term in common])
    found, high = likely(least - more)
    if common and (least <= more or len(found) * _FEW > len(known)):
        # The common terms decide, or too many articles are left to ask for them one by one.
        _add_common(own, values, norm, known)
        more = sum([worth[term] for term in common])
        found, high = likely(border(known, most) - more)
        common = []
    scored = known.take(found)
    common.sort(key=values.terms.__getitem__)
    while common:
        term = common.pop()
        held, frequency = own.common[term].among(found)
        parts = _parts(values.terms[term], frequency, norm.take(found.take(held)))
        scored[held] += parts
        high[held] += parts + worth[term]
        more = sum([values.terms[term] + worth[term] for term in common])
        chosen = (high >= border(scored, most) - more).nonzero()[0]
        found, scored, high = found.take(chosen), scored.take(chosen), high.take(chosen)
    return found, _with_pairs(pairs, own, found, scored), total


def _add_those(own: Gathered, values: _Values, norm: F64, known: F64) -> None:
    """Add to each article what the terms add that are not common."""
    value = np.array([values.terms[term] for term in own.those]).repeat(own.sizes)
    np.add.at(known, own.articles, _parts(value, own.frequency, norm.take(own.articles)))


def _add_common(own: Gathered, values: _Values, norm: F64, known: F64) -> None:
    """Add to each article what the common terms add."""
    for term, common in own.common.items():
        articles = common.articles
        known[articles] += _parts(values.terms[term], common.frequency, norm.take(articles))


_LEAST = 1e-300  # any score
# Added and taken away again, it leaves of a number a multiple of _STEP: sums of these are exact
# below 8,192, hence the same in any order and however an archive is split.
_WHOLE = 1.5 * 2.0**12
_STEP = 2.0**-40
# From one of so many articles on, common terms are added up for all.
_FEW = 8


def _values(asked: Asked, gathered: Sequence[Gathered], articles: int) -> _Values:
    df = gathered[0].df if len(gathered) == 1 else np.sum([each.df for each in gathered], axis=0)
    terms = np.log1p((articles - df + 0.5) / (df + 0.5))
    idf = terms.tolist()
    terms *= [term.weight * (K1 + 1) for term in asked.terms]
    pairs = [PAIR * (idf[one] + idf[other]) / 2 + _WHOLE - _WHOLE for one, other in asked.pairs]
    return _Values(terms.tolist(), pairs)


def _parts(value: F64 | float, frequency: Array, norm: F64) -> F64:
    """What a term of such a value adds, by its frequencies in articles of such norms."""
    parts = frequency.astype(np.float64)  # once: mixed types cost five times as much
    parts /= parts + norm
    parts *= value
    parts += _WHOLE + _STEP  # never nothing
    parts -= _WHOLE
    return parts


_Pair = tuple[int, int, float]  # two terms that occur, and what they add together


def _pairs(asked: Asked, own: Gathered, values: _Values) -> list[_Pair]:
    there = own.df.tolist()
    return [
        (one, other, value)
        for (one, other), value in zip(asked.pairs, values.pairs, strict=True)
        if there[one] and there[other]
    ]


def _with_pairs(pairs: Sequence[_Pair], own: Gathered, found: I64, known: F64) -> F64:
    """The full scores of the articles `found` (ascending), of which the terms are `known`."""
    if not pairs:
        return known
    terms = list(dict.fromkeys([term for one, other, _ in pairs for term in (one, other)]))
    at, starts = own.places(terms, found)
    # Term and position as one number: one search finds for every pair at once what comes next
    # behind the first.
    keys = (np.arange(len(terms)) << 32).repeat([end - start for start, end in pairwise(starts)])
    keys |= at
    slots = [(terms.index(one), terms.index(other)) for one, other, _ in pairs]
    wanted = np.concatenate([keys[starts[one] : starts[one + 1]] for one, _ in slots])
    counts = [starts[one + 1] - starts[one] for one, _ in slots]
    wanted += np.array([(other - one) << 32 for one, other in slots]).repeat(counts)
    gap = keys.take(keys.searchsorted(wanted, "right"), mode="clip") if len(keys) else wanted
    gap -= wanted
    near = ((gap > 0) & (gap <= WITHIN)).nonzero()[0]
    if not len(near):
        return known
    ones = wanted.take(near) & 0xFFFFFFFF
    articles, weight = own.fields_of(np.concatenate((ones, ones + gap.take(near))))
    many = len(near)
    # Neighbouring fields of an article differ in weight.
    same = ((articles[:many] == articles[many:]) & (weight[:many] == weight[many:])).nonzero()[0]
    pair = np.arange(len(pairs)).repeat(counts).take(near.take(same))
    # A pair counts once in an article.
    once = together([pair * len(found) + found.searchsorted(articles.take(same))])
    worth = np.array([value for _, _, value in pairs])
    np.add.at(known, once % len(found), worth.take(once // len(found)))
    return known


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
