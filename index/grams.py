"""How is a text cut into index terms?

Into bigrams inside a run of Hangul, Hanja or kana, because particles attach to nouns and
words have no fixed edges; runs of Latin letters, of digits and of other scripts stay
whole, because "AI" must not match "said". A character that is a run of its own makes a
LONE term, so that every character stands in some term; which articles hold a character,
and how often, is kept beside the terms (`lists`). A position is an offset in the text.
The price: a posting for every two characters that stand together.

There are two forms, tested equal on arbitrary text: `invert` for thousands of articles at
once, and `terms`, term by term, which `tokenizer` gives Whoosh.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.index import characters
from corpus.index.characters import FIRST_WHOLE, HANGUL, KANA, NONE
from corpus.index.cut import Cut
from corpus.index.words import LONGEST, Words, arrange, spelled

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Postings:
    """Terms of one text and where each stands, both in ascending order.

    `runs` [R]: the whole runs, folded, in code-point order; `grams` [K]: `first unit << 16 |
    second unit` (second unit LONE for a run of one character). `counts` [R + K], `positions`
    [sum of counts]: offsets in units, those of the runs first.
    """

    runs: list[str]
    grams: U32
    counts: U32
    positions: U32


def invert(cut: Cut) -> Postings:
    """All terms of a text below 4 G units.

    Term and position are sorted together as one 64-bit number: np.sort is several times
    faster on that than any argsort is on the terms.
    """
    following = np.zeros(len(cut.kinds), bool)  # the next unit is of the same run
    np.equal(cut.kinds[1:], cut.kinds[:-1], out=following[:-1])
    runs, numbers, starts = _whole_runs(cut, following)
    run_counts = np.bincount(numbers, minlength=len(runs))
    _, run_positions = _in_order(numbers, starts)

    # A gram begins at every unit but the last one of a run of several.
    mask = following.copy()
    mask[:1] = True
    mask[1:] |= ~following[:-1]
    mask &= cut.kinds - np.uint8(HANGUL) <= KANA - HANGUL  # one comparison: NONE becomes 255
    at = mask.nonzero()[0]
    width = cut.letters.width
    second = np.uint32((1 << width) - 1)
    terms = cut.letters.pairs.take(at)
    # That of a run of one character has no second one.
    terms[(~following.take(at)).nonzero()[0]] &= ~second
    terms, positions = _in_order(terms, at)
    edge = np.ones(len(terms) + 1, bool)
    np.not_equal(terms[1:], terms[:-1], out=edge[1:-1])
    edges = edge.nonzero()[0] if len(terms) else np.zeros(1, np.int64)
    terms = terms.take(edges[:-1])
    units = cut.letters.units.astype(np.uint32)
    return Postings(
        runs,
        units.take(terms >> width) << np.uint32(16) | units.take(terms & second),
        np.concatenate((run_counts, np.diff(edges))).astype(np.uint32),
        np.concatenate((run_positions, positions)),
    )


def _in_order(terms: npt.NDArray[np.integer], positions: I64) -> tuple[U32, U32]:
    """The terms ascending and their positions, ascending within a term; takes the memory of
    `positions`, since fresh memory costs as much as what is done with it."""
    halves = positions.view(np.uint32).reshape(-1, 2)
    halves[:, _HIGH] = terms
    positions.view(np.uint64).sort()
    return halves[:, _HIGH], halves[:, 1 - _HIGH]


_HIGH = 1 if sys.byteorder == "little" else 0


def _whole_runs(cut: Cut, following: npt.NDArray[np.bool_]) -> tuple[list[str], I64, I64]:
    """(different runs that stay whole in code-point order; for every one of the text its
    number among them, its offset)."""
    at = (cut.kinds >= FIRST_WHOLE).nonzero()[0]  # few units of a text
    goes_on = following.take(at)
    lengths = at[~goes_on] + 1
    # Where one goes on, the next one of `at` is of the same run.
    opens = np.ones(len(at), bool)
    np.logical_not(goes_on[:-1], out=opens[1:])
    starts = at[opens]
    lengths -= starts
    short = (lengths <= LONGEST).nonzero()[0]
    order, first = arrange(cut.letters, starts.take(short), lengths.take(short))
    order = short.take(order)
    firsts = order[first]
    at, size = starts.take(firsts), lengths.take(firsts)
    names = spelled(cut.folded, Words.of(at, size.astype(np.uint8), size))
    numbers = np.empty(len(starts), np.int64)
    numbers[order] = np.cumsum(first) - 1
    if len(short) == len(starts):
        return names, numbers, starts
    # The long ones, which are few, go between them.
    long_at = (lengths > LONGEST).nonzero()[0]
    long_names = [
        cut.folded[start : start + length].tobytes().decode("utf-16-le", "surrogatepass")
        for start, length in zip(
            starts.take(long_at).tolist(), lengths.take(long_at).tolist(), strict=True
        )
    ]
    every = sorted({*names, *long_names})
    number_of = {name: number for number, name in enumerate(every)}
    numbers[short] = np.array([number_of[name] for name in names], np.int64).take(numbers[short])
    numbers[long_at] = [number_of[name] for name in long_names]
    return every, numbers, starts


def terms(text: str) -> Iterator[tuple[str, int]]:
    """(term, offset) of every gram and whole run of a normalised text, in the text's order.

    A term of one character is a run of its own.

    >>> list(terms("LG전자는 5G 수 조"))
    [('lg', 0), ('전자', 2), ('자는', 3), ('5', 6), ('g', 7), ('수', 9), ('조', 11)]
    """
    folded = characters.fold(text)
    kind = NONE
    start = 0
    for at, character in enumerate([*folded, "\0"]):
        found = characters.kind_of(character)
        if found == characters.MARK:
            found = kind
        if found == kind:
            continue
        if kind >= FIRST_WHOLE or (at - start == 1 and kind != NONE):
            yield folded[start:at], start
        elif kind != NONE:
            for first in range(start, at - 1):
                yield folded[first : first + 2], first
        kind, start = found, at
