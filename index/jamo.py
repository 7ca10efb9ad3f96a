"""How far is one word from another, as fingers and ears go astray?

Words are compared as the keys that write them (`keyboard.keys`): one key more, one less,
another one, or two in the wrong order. `plain` counts each as 1. `slips` weighs them: what
fingers do often (a key twice, the key beside it) and what sounds alike (ㅐ for ㅔ) is near.
The distance is that of Damerau and Levenshtein in its restricted form, in which no stretch is
changed twice ("optimal string alignment": Boytsov, "Indexing methods for approximate dictionary
searching", JEA 16, 2011, section 2).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.index import keyboard
from corpus.index.characters import U16

F32 = npt.NDArray[np.float32]
I64 = npt.NDArray[np.int64]

# Jamo that are written for each other because they sound alike, as keys.
_ALIKE = "op OP rR rz eE ex qQ qv wW wc tT hn hj mn jk sf lo dg"


class Costs(NamedTuple):
    """What each slip costs, in edits; `instead` [64, 64] by the key typed and the key meant."""

    instead: F32
    extra: float  # a key too many
    twice: float  # the same key again
    missing: float
    swapped: float


@cache
def plain() -> Costs:
    """Every slip is one edit."""
    return Costs(_table(1.0, 1.0), 1.0, 1.0, 1.0, 1.0)


@cache
def slips() -> Costs:
    """What fingers and ears do often is near (docs/decisions/0010-suggestions.md)."""
    return Costs(_table(1.4, 0.9), extra=1.3, twice=0.6, missing=0.9, swapped=0.8)


def _table(other: float, likely: float) -> F32:
    """One key instead of another: `likely` where they touch or sound alike."""
    table = np.full((64, 64), other, np.float32)
    letters = "abcdefghijklmnopqrstuvwxyzQWERTOP"  # no digit is meant by a letter
    for one in letters:
        for two in letters:
            alike = f"{one}{two}" in _ALIKE.split() or f"{two}{one}" in _ALIKE.split()
            if alike or keyboard.beside(one, two):
                table[tuple(keyboard.classes(keyboard.codes(one + two)))] = likely
    return table


def distances(typed: U16, words: U16, lengths: I64, most: int, costs: Costs) -> F32:
    """[n] how far each word is from what was typed; only those within `most` edits are exact.

    `typed` [L], `words` [n, W] with zeros behind, `lengths` [n]: keys by `keyboard.codes`, or,
    where every slip costs the same, any other units.
    Further ones are at least as far as they are said to be near: infinite or more than that.
    Only the 2 * most + 1 diagonals in the middle are computed, for all words at once.
    """
    count, width = words.shape
    far = np.full(count, np.inf, np.float32)
    typed_class, word_class = keyboard.classes(typed), keyboard.classes(words)
    # rows[i][j]: the first i keys typed against the first j of each word.
    before: dict[int, F32] = {}
    row: dict[int, F32] = {
        j: np.full(count, j * costs.missing, np.float32) for j in range(min(width, most) + 1)
    }
    found = far.copy()
    for i in range(1, len(typed) + 1):
        again = i > 1 and typed[i - 1] == typed[i - 2]
        extra = np.float32(costs.twice if again else costs.extra)
        new: dict[int, F32] = {}
        for j in range(max(0, i - most), min(width, i + most) + 1):
            best = row[j] + extra if j in row else far
            if j:
                same = words[:, j - 1] == typed[i - 1]
                instead = costs.instead[typed_class[i - 1]].take(word_class[:, j - 1])
                best = np.minimum(best, row.get(j - 1, far) + np.where(same, 0, instead))
                if j - 1 in new:
                    best = np.minimum(best, new[j - 1] + np.float32(costs.missing))
                if i > 1 and j > 1 and j - 2 in before:
                    crossed = (words[:, j - 1] == typed[i - 2]) & (words[:, j - 2] == typed[i - 1])
                    crossed &= ~same
                    swapped = before[j - 2] + np.float32(costs.swapped)
                    best = np.where(crossed, np.minimum(best, swapped), best)
            new[j] = best
        before, row = row, new
    for j, values in row.items():
        ends = lengths == j
        found[ends] = values[ends]
    return found
