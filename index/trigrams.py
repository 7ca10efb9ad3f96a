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

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.index import packing
from corpus.index.arrays import Array, ArrayWriter
from corpus.index.blocks import Blocks
from corpus.index.characters import HANGUL, KIND
from corpus.index.lists import entries, split, tally

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]

SAMPLE = 8


class Side(NamedTuple):
    """One source of a merge: its text, the table of its `blocks`, the `positions` of a gram by its
    number among the grams of the merge, what becomes of entries of its lists, and `release`,
    which lets go of what was read."""

    text: Array
    blocks: Blocks
    positions: Callable[[int], U32]
    moved: Callable[[U64], tuple[Array, Mask | None]]
    release: Callable[[], None]


def write(out: ArrayWriter, sides: Sequence[Side], keys: U32, counts: I64, articles: int) -> None:
    """The lists of the frequent ones; `keys` are those of all grams and `counts` the positions of
    each that stay, `articles` those of the merged segment."""
    least = max(packing.SIZES.listed, articles // packing.SIZES.trigram_share)
    chosen = _chosen(sides, keys, counts, least)
    parts: dict[int, list[U64]] = {
        int(keys[gram]) << 16 | third: [] for gram, thirds in chosen for third in thirds
    }
    for side in sides:
        for gram, thirds in chosen:
            positions, following = _followed(side, gram)
            for third in thirds:
                found = tally(positions[following == third], side.blocks)
                held, _ = side.moved(entries(found.articles, found.frequency.astype(np.int64)))
                parts[int(keys[gram]) << 16 | third].append(held)
        side.release()
    merged = {key: np.concatenate(some) for key, some in parts.items()}
    merged = {key: some for key, some in merged.items() if len(some)}
    with packing.ListWriter(out, "tri", articles) as lists:
        for some in merged.values():
            lists.add(*split(some), np.array([len(some)]))
    out.add("tri_key", (np.array(list(merged), np.uint64),), "u8")


def _followed(side: Side, gram: int) -> tuple[I64, Array]:
    """The positions of a gram, and the unit behind it at each."""
    positions = side.positions(gram).astype(np.int64)
    if not len(positions):
        return positions, side.text[:0]
    return positions, side.text[2:].take(positions, mode="clip")  # the last gram may end the text


def _chosen(
    sides: Sequence[Side], keys: U32, counts: I64, least: int
) -> list[tuple[int, list[int]]]:
    """(number of a gram, third units): the trigrams that seem to have `least` positions."""
    frequent = (counts >= least).nonzero()[0]
    first, second = keys.take(frequent) >> 16, keys.take(frequent) & 0xFFFF
    # Both grams of a trigram are as frequent at least.
    frequent = frequent[np.isin(second, first) & (KIND.take(second) == HANGUL)]
    behind: dict[int, list[Array]] = {gram: [] for gram in frequent.tolist()}
    for side in sides[::SAMPLE]:
        for gram, some in behind.items():
            some.append(_followed(side, gram)[1])
        side.release()
    found = []
    for gram, some in behind.items():
        units, seen = np.unique(np.concatenate(some), return_counts=True)
        often = seen * (int(counts[gram]) / max(1, int(seen.sum()))) >= least
        thirds = units[often & (KIND.take(units) == HANGUL)].tolist()
        if thirds:
            found.append((gram, thirds))
    return found
