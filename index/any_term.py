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

from corpus.index.layout import BLOCK_BITS, LONE
from corpus.index.query import ALL_FIELDS, Asked, AskedTerm
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
F64 = npt.NDArray[np.float64]

K1 = 0.8
B = 0.65
PAIR = 0.3
WITHIN = 12  # characters

_NONE: U32 = np.zeros(0, np.uint32)


class Gathered(NamedTuple):
    """What a question's terms have in one segment, live articles only.

    Of every position of every term, term by term: `at`, its `articles` and the `weight` of the
    field; `starts` [terms + 1] are where each term's begin, `df` [terms] how many different
    articles it has.
    """

    at: U32
    articles: I64
    weight: npt.NDArray[np.uint8]
    starts: list[int]
    df: I64


class _Values(NamedTuple):
    """What each term and pair of a question adds where it is found."""

    terms: F64  # times tf / (tf + norm)
    pairs: list[float]


def gather(asked: Asked, view: SegmentView) -> Gathered:
    """Look up everything that a question asks of a segment."""
    numbers = _numbers(asked.terms, view)
    held = [_NONE if number is None else view.positions(number) for number in numbers]
    if asked.fields != ALL_FIELDS:
        held = [each[np.isin(view.field_of(each), asked.fields)] for each in held]
    at = np.concatenate(held)
    blocks = view.block_doc.take(at >> BLOCK_BITS)
    weight = blocks.astype(np.uint8)  # the low byte
    blocks >>= 8
    starts = [0, *accumulate(map(len, held))]
    if view.live is not None:
        live = view.live.take(blocks)
        before = np.zeros(len(live) + 1, np.int64)
        np.cumsum(live, out=before[1:])
        at, blocks, weight = at[live], blocks[live], weight[live]
        starts = before.take(starts).tolist()
    new = _new(blocks, starts)
    df = [np.count_nonzero(new[start:end]) for start, end in pairwise(starts)]
    return Gathered(at, blocks.astype(np.int64), weight, starts, np.array(df))


def scores(
    asked: Asked, gathered: Sequence[Gathered], norms: Sequence[F64], articles: int, segment: int
) -> F64:
    """[articles of a segment] their scores, 0 for those that do not match.

    `gathered` and `norms` are of all segments, `articles` is the number of live ones.
    """
    norm = norms[segment]
    return _scored(asked, gathered[segment], _values(asked, gathered, articles), norm, len(norm))


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

    The rare terms are added up. The best by these get their full scores, and so does every
    article that could still be better: a term adds less than weight * idf * (K1 + 1), so what
    the frequent ones and the pairs can add at most is known (Turtle and Flood, "Query
    evaluation: strategies and optimizations", 1995).
    """
    own, norm = gathered[segment], norms[segment]
    values = _values(asked, gathered, articles)
    held = np.zeros(len(norm), bool)
    held[own.articles] = True
    total = int(np.count_nonzero(held))
    rare, rest = _rare(asked, own.starts, values)
    if most and total > 4 * most:
        some = _of_terms(own, rare)
        known = _total(_entries(some, values.terms.take(rare), norm), None, len(norm))
        chosen = known >= max(_border(known, most), _LEAST)
        found, full = _of_articles(asked, own, chosen, values, norm)
        if len(found) >= most:
            # With room for the rounding of sums in another order.
            border = np.partition(full, -most)[-most] * (1 - 1e-9) - rest
            if border > 0:
                more = known >= border
                if np.count_nonzero(more) > len(found):
                    more |= chosen
                    found, full = _of_articles(asked, own, more, values, norm)
                return found, full, total
    found = held.nonzero()[0]
    return found, _scored(asked, own, values, norm, len(norm)).take(found), total


# The rarest terms are added up until they have so many positions together.
_RARE = 24_000
_LEAST = 1e-300  # any score


def _rare(asked: Asked, starts: Sequence[int], values: _Values) -> tuple[list[int], float]:
    """(the places of the rare terms, what all others and the pairs can add at most)."""
    sizes = [end - start for start, end in pairwise(starts)]
    rare: list[int] = []
    room = _RARE
    for place in sorted(range(len(sizes)), key=sizes.__getitem__):
        room -= sizes[place]
        if room < 0 and rare:
            break
        rare.append(place)
    rare.sort()
    others = set(range(len(sizes))).difference(rare)
    rest = sum([float(values.terms[place]) for place in others if sizes[place]])
    for (one, other), value in zip(asked.pairs, values.pairs, strict=True):
        if sizes[one] and sizes[other]:
            rest += value
    return rare, rest


# Articles of a stretch, of which only the best is looked at first.
_STRETCH = 64


def _border(known: F64, most: int) -> float:
    """A score that `most` articles have at least."""
    whole = len(known) // _STRETCH * _STRETCH
    if whole < 4 * most * _STRETCH:
        return float(np.partition(known, -most)[-most]) if len(known) >= most else 0.0
    # The best of each stretch: to put all in order takes ten times as long.
    peaks = known[:whole].reshape(-1, _STRETCH).max(axis=1)
    return float(np.partition(peaks, -most)[-most])


def _values(asked: Asked, gathered: Sequence[Gathered], articles: int) -> _Values:
    df = gathered[0].df if len(gathered) == 1 else np.sum([each.df for each in gathered], axis=0)
    terms = np.log1p((articles - df + 0.5) / (df + 0.5))
    idf = terms.tolist()
    terms *= [term.weight * (K1 + 1) for term in asked.terms]
    return _Values(terms, [PAIR * (idf[one] + idf[other]) / 2 for one, other in asked.pairs])


def _of_articles(
    asked: Asked, own: Gathered, chosen: npt.NDArray[np.bool_], values: _Values, norm: F64
) -> tuple[I64, F64]:
    """(the chosen articles, their full scores)."""
    found = chosen.nonzero()[0]
    few = chosen.take(own.articles).nonzero()[0]
    # Numbered among themselves: what is added up is as short as they are few.
    articles = found.searchsorted(own.articles.take(few))
    starts = few.searchsorted(own.starts).tolist()
    some = Gathered(own.at.take(few), articles, own.weight.take(few), starts, own.df)
    return found, _scored(asked, some, values, norm.take(found), len(found))


def _of_terms(own: Gathered, places: Sequence[int]) -> Gathered:
    """The same of some terms alone, without `at`."""
    slices = [slice(own.starts[place], own.starts[place + 1]) for place in places]
    articles = np.concatenate([own.articles[each] for each in slices])
    weight = np.concatenate([own.weight[each] for each in slices])
    starts = [0, *accumulate([each.stop - each.start for each in slices])]
    return Gathered(own.at, articles, weight, starts, own.df)


def _scored(asked: Asked, own: Gathered, values: _Values, norm: F64, size: int) -> F64:
    """[size] the full scores of the articles that `own` tells of."""
    return _total(_entries(own, values.terms, norm), _together(asked, own, values), size)


def _entries(own: Gathered, values: F64, norm: F64) -> tuple[I64, F64]:
    """(articles, what a term adds there), term by term."""
    at = _new(own.articles, own.starts).nonzero()[0]
    counts = np.diff(at.searchsorted(own.starts))
    frequency = np.empty(len(at))
    np.subtract(at[1:], at[:-1], out=frequency[:-1])
    frequency[-1:] = len(own.articles) - at[-1:]
    # Few stand in the title or subtitle, and count more.
    heavy = (own.weight > 1).nonzero()[0]
    np.add.at(frequency, at.searchsorted(heavy, "right") - 1, own.weight.take(heavy) - 1.0)
    articles = own.articles.take(at)
    frequency /= frequency + norm.take(articles)
    frequency *= np.repeat(values, counts)
    return articles, frequency


def _together(asked: Asked, own: Gathered, values: _Values) -> tuple[I64, F64] | None:
    """(articles, what a pair adds there), pair by pair; None where no pair stands together."""
    starts = own.starts
    pairs = [
        (one, other, value)
        for (one, other), value in zip(asked.pairs, values.pairs, strict=True)
        if starts[one] < starts[one + 1] and starts[other] < starts[other + 1]
    ]
    if not pairs:
        return None
    # Term and place as one number, ascending: one search finds for every pair at once what
    # comes next behind the first.
    sizes = np.diff(starts)
    keys = np.repeat(np.arange(len(sizes)) << 32, sizes)
    keys |= own.at
    ones = [np.arange(starts[one], starts[one + 1]) for one, _, _ in pairs]
    counts = [len(each) for each in ones]
    mine = np.concatenate(ones)
    wanted = keys.take(mine)
    wanted += np.repeat(np.array([(other - one) << 32 for one, other, _ in pairs]), counts)
    its = keys.searchsorted(wanted, "right")
    gap = keys.take(its, mode="clip")
    gap -= wanted
    near = ((gap > 0) & (gap <= WITHIN)).nonzero()[0]
    if not len(near):
        return None
    mine, its = mine.take(near), its.take(near)
    articles = own.articles.take(mine)
    # Neighbouring fields of an article differ in weight.
    same = (articles == own.articles.take(its)) & (own.weight.take(mine) == own.weight.take(its))
    pair = np.repeat(np.arange(len(pairs)), counts).take(near)[same]
    articles = articles[same]
    new = np.ones(len(articles), bool)
    np.not_equal(articles[1:], articles[:-1], out=new[1:])
    new[1:] |= pair[1:] != pair[:-1]
    worth = np.array([value for _, _, value in pairs])
    return articles[new], worth.take(pair[new])


def _total(entries: tuple[I64, F64], together: tuple[I64, F64] | None, size: int) -> F64:
    """Adds in the order of the arrays: the same sums however an archive is split."""
    articles, parts = entries
    if together is not None:
        articles = np.concatenate((articles, together[0]))
        parts = np.concatenate((parts, together[1]))
    return np.bincount(articles, parts, size)  # type: ignore[return-value] # floats, with weights


def _new(articles: npt.NDArray[np.integer], starts: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Which positions are the first of their term in an article."""
    new = np.ones(len(articles) + 1, bool)
    np.not_equal(articles[1:], articles[:-1], out=new[1:-1])
    new[starts] = True
    return new[:-1]


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
