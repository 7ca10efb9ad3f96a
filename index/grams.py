"""How is a text cut into index terms?

Into bigrams inside a run of Hangul, Hanja or kana, because particles attach to nouns and
words have no fixed edges; runs of Latin letters, of digits and of other scripts stay
whole, because "AI" must not match "said". The last character of a run makes an END gram
with nothing behind it: so every character begins exactly one gram, and all grams that
begin with a syllable tell where the syllable stands. A position is an offset in the text.
The price: a posting for every character that is no space or sign.

There are two forms, tested equal on arbitrary text: `invert` for thousands of articles at
once, and `terms`, term by term, which `tokenizer` gives Whoosh.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.index import characters
from corpus.index.characters import FIRST_WHOLE, FOLD, HANGUL, KANA, NONE, U8, U16

_SHORT = 8  # ASCII letters of a run that fit one 64-bit number
# A gram's key is its two units; the keys below the first combining mark are run numbers.
MOST_RUNS = 0x0300 << 16
END = 0


@dataclass(frozen=True, slots=True)
class Postings:
    """Terms of one text and where each stands, both in ascending order.

    `runs`: the whole runs, folded, in code-point order; the key of a run is its place
    here, the key of a gram `first unit << 16 | second unit` (second unit END for the last
    of its run). `keys` [K], `counts` [K],
    `positions` [sum of counts]: offsets in units.
    """

    runs: list[str]
    keys: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.uint32]
    positions: npt.NDArray[np.uint32]


def invert(units: U16) -> Postings:
    """All terms of `units`, a text as `characters.encode` gives it (below 4 G units).

    Key and position are sorted together as one 64-bit number: np.sort is several times
    faster on that than any argsort is on the keys.
    """
    folded = FOLD.take(units)
    kinds = characters.kinds(folded)
    following = np.zeros(len(kinds), bool)  # the next unit is of the same run
    np.equal(kinds[1:], kinds[:-1], out=following[:-1])
    second = np.zeros(len(kinds), np.uint16)
    second[:-1] = folded[1:] * following[:-1]  # END (0) where the run ends
    at = np.flatnonzero((kinds >= HANGUL) & (kinds <= KANA))
    grams = folded.take(at).astype(np.uint64) << np.uint64(48)
    grams |= second.take(at).astype(np.uint64) << np.uint64(32)
    grams |= at.astype(np.uint64)

    starts, lengths = _whole_runs(kinds, following)
    runs, numbers = _number_runs(folded, starts, lengths)
    if len(runs) >= MOST_RUNS:
        raise OverflowError(f"{len(runs)} different runs in one chunk, at most {MOST_RUNS}")
    both = np.concatenate(
        ((numbers.astype(np.uint64) << np.uint64(32)) | starts.astype(np.uint64), grams)
    )
    both.sort()
    all_keys = (both >> np.uint64(32)).astype(np.uint32)
    positions = both.astype(np.uint32)
    first = np.flatnonzero(np.concatenate(([True], all_keys[1:] != all_keys[:-1])))
    if not len(all_keys):
        first = first[:0]
    counts = np.diff(np.append(first, len(all_keys))).astype(np.uint32)
    return Postings(runs, all_keys.take(first), counts, positions)


def _whole_runs(
    kinds: U8, following: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(starts, lengths) of the runs that stay whole."""
    whole = kinds >= FIRST_WHOLE
    first = whole.copy()
    first[1:] &= ~following[:-1]
    starts = np.flatnonzero(first)
    ends = np.flatnonzero(whole & ~following) + 1
    return starts, ends - starts


def _number_runs(
    folded: U16, starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]
) -> tuple[list[str], npt.NDArray[np.int64]]:
    """(different runs in code-point order, the number of each run among them).

    Nearly all runs are a few ASCII letters or digits: those are packed into one number
    each, by column, and become strings only once per different run.
    """
    packed = np.zeros(len(starts), np.uint64)
    short = lengths <= _SHORT
    for column in range(_SHORT):
        live = lengths > column
        units = np.where(live, folded.take(starts + column, mode="clip"), 0)
        short &= units < 128
        packed |= (units & 127).astype(np.uint64) << np.uint64(8 * (_SHORT - 1 - column))
    different, inverse = np.unique(packed[short], return_inverse=True)
    names = [name.decode().rstrip("\0") for name in np.atleast_1d(_as_bytes(different))]
    long_at = np.flatnonzero(~short)
    long_names = [
        folded[start : start + length].tobytes().decode("utf-16-le", "surrogatepass")
        for start, length in zip(
            starts.take(long_at).tolist(), lengths.take(long_at).tolist(), strict=True
        )
    ]
    runs = sorted({*names, *long_names})
    number_of = {run: number for number, run in enumerate(runs)}
    numbers = np.empty(len(starts), np.int64)
    by_name = np.fromiter((number_of[name] for name in names), np.int64, len(names))
    numbers[short] = by_name.take(inverse)
    numbers[long_at] = [number_of[name] for name in long_names]
    return runs, numbers


def _as_bytes(packed: npt.NDArray[np.uint64]) -> list[bytes]:
    data = packed.astype(">u8").tobytes()
    return [data[at : at + 8] for at in range(0, len(data), 8)]


def terms(text: str) -> Iterator[tuple[str, int]]:
    """(term, offset) of every gram and whole run of a normalised text, in the text's order.

    A term of one character is the END gram of its run.

    >>> list(terms("LG전자는 5G"))
    [('lg', 0), ('전자', 2), ('자는', 3), ('는', 4), ('5', 6), ('g', 7)]
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
        if kind >= FIRST_WHOLE:
            yield folded[start:at], start
        elif kind != NONE:
            for first in range(start, at):
                yield folded[first : min(first + 2, at)], first
        kind, start = found, at
