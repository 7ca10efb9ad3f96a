"""Which articles hold a frequent word of three syllables?

Such a word has no term of its own: its two grams give places, and the text decides which of
them are meant, 10 nanoseconds each where 대통령 has 23,000. So the frequent ones keep a list of
their articles beside the terms, as frequent grams do; any other is looked up by its places.

    tri_key                 `first unit << 32 | second << 16 | third`, ascending
    tri_…                   the list of each one's articles, see `lists`

Which ones have a list decides how fast an answer comes, not what it is. They are chosen by an
estimate from one of SAMPLE sources of a merge; the lists are made from all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.index import packing
from corpus.index.arrays import Array, ArrayWriter
from corpus.index.blocks import Blocks
from corpus.index.characters import HANGUL, KIND
from corpus.index.lists import tally
from corpus.index.postings import Postings
from corpus.index.sets import among

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]

SAMPLE = 8
_MOST = 1 << 20  # positions looked at in one source of the sample
_AT_ONCE = 1 << 21  # positions gathered at once, in all sources together
_SIEVE = 18  # bits of the numbers by which nearly all other trigrams are told apart


class Side(NamedTuple):
    """One source of a merge: its text, the table of its blocks, the positions of its terms, the
    number of each among the grams of the merge (ascending, less than 0 for runs), what becomes
    of its articles, and what lets go of what was read."""

    text: Array
    blocks: Blocks
    postings: Postings
    numbers: I64
    moved: Callable[[I64], tuple[I64, Mask | None]]
    release: Callable[[], None]


def write(out: ArrayWriter, sides: Sequence[Side], keys: U32, counts: I64, articles: int) -> None:
    """The lists of the frequent ones; `keys` are those of all grams and `counts` the positions of
    each that stay, `articles` those of the merged segment."""
    least = packing.SIZES.least(articles)
    wanted = _chosen(sides, keys, counts, least)
    seen = np.zeros(1 << _SIEVE, bool)
    seen[_sieved(wanted)] = True
    grams = np.unique(wanted >> 16)
    none = np.zeros(0, np.int64)
    numbers, articles_of, frequencies = [none], [none.astype(np.uint32)], [none.astype(np.uint32)]
    for side in sides:
        for some in _batches(grams, counts):
            positions, codes = _followed(side, some)
            likely = seen.take(_sieved(codes)).nonzero()[0]
            positions, codes = positions.take(likely), codes.take(likely)
            same = among(codes, wanted)
            number, positions = wanted.searchsorted(codes[same]), positions[same]
            order = number.argsort(kind="stable")
            number, positions = number.take(order), positions.take(order)
            starts = np.flatnonzero(np.diff(number, prepend=-1))
            found = tally(positions, side.blocks, starts)
            moved, stay = side.moved(found.articles)
            number, frequency = number.take(found.first), found.frequency
            if stay is not None:
                number, frequency = number[stay], frequency[stay]
            numbers.append(number)
            articles_of.append(moved.astype(np.uint32))
            frequencies.append(frequency.astype(np.uint32))
        side.release()
    number = np.concatenate(numbers)
    order = number.argsort(kind="stable")  # within a trigram the sources one behind the other
    sizes = np.bincount(number, minlength=len(wanted))
    with packing.ListWriter(out, "tri", articles) as lists:
        held, often = (np.concatenate(part).take(order) for part in (articles_of, frequencies))
        lists.add(held, often, sizes[sizes > 0])
    written = wanted[sizes > 0]
    key = keys.take(written >> 16).astype(np.uint64) << np.uint64(16)
    out.add("tri_key", (key | (written & 0xFFFF).astype(np.uint64),), "u8")


def _followed(side: Side, grams: I64, most: int | None = None) -> tuple[I64, I64]:
    """(positions of some grams, gram by gram and ascending; `number of the gram << 16 | the unit
    behind it` of each), or some of them spread over all where they are more than `most`."""
    there = grams[among(grams, side.numbers)]
    terms = side.numbers.searchsorted(there).tolist()
    found, order, sizes = side.postings.each(terms)
    codes = (there.take(order) << 16).repeat(sizes) if terms else there
    step = 1 if most is None else 1 + len(found) // most
    positions, codes = found[::step].astype(np.int64), codes[::step]
    if len(positions):
        codes |= side.text[2:].take(positions, mode="clip")  # the last gram may end the text
    return positions, codes


def _chosen(sides: Sequence[Side], keys: U32, counts: I64, least: int) -> I64:
    """The trigrams that seem to have `least` positions, as `_followed` has them, ascending."""
    frequent = (counts >= least).nonzero()[0]
    first, second = keys.take(frequent) >> 16, keys.take(frequent) & 0xFFFF
    # Both grams of a trigram are as frequent at least.
    frequent = frequent[np.isin(second, first) & (KIND.take(second) == HANGUL)]
    parts = [np.zeros(0, np.int64)]
    for side in sides[::SAMPLE]:
        parts.append(_followed(side, frequent, _MOST)[1])
        side.release()
    codes, seen = np.unique(np.concatenate(parts), return_counts=True)
    gram = codes >> 16
    share = counts / np.maximum(1, np.bincount(gram, seen, len(counts)))
    return codes[(seen * share.take(gram) >= least) & (KIND.take(codes & 0xFFFF) == HANGUL)]


def _batches(grams: I64, counts: I64) -> Iterator[I64]:
    """The grams, as many at a time as have some _AT_ONCE positions (at least one)."""
    batch = counts.take(grams).cumsum() // _AT_ONCE
    return iter(np.split(grams, np.flatnonzero(np.diff(batch)) + 1) if len(grams) else ())


def _sieved(codes: I64) -> npt.NDArray[np.uint32]:
    """A number of _SIEVE bits for each code, well spread (Knuth's multiplicative hash)."""
    hashed = codes.astype(np.uint32) * np.uint32(2654435761)
    hashed >>= np.uint32(32 - _SIEVE)
    return hashed
