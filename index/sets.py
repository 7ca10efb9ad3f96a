"""What do sorted arrays of numbers have in common, and what have they together?

For short arrays beside long ones, where `np.isin` and `np.unique` build a table or a hash first
(100 microseconds for some hundred numbers).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]
T = TypeVar("T", bound=np.generic)


def among(values: I64, known: I64) -> npt.NDArray[np.bool_]:
    """Which of `values` are in `known`, ascending.

    >>> among(np.array([3, 1, 9]), np.array([1, 3, 5])).tolist()
    [True, True, False]
    """
    if not len(known):
        return np.zeros(len(values), bool)
    same: npt.NDArray[np.bool_] = known.take(known.searchsorted(values), mode="clip") == values
    return same


def together(parts: Sequence[npt.NDArray[T]]) -> npt.NDArray[T]:
    """What is in any of `parts` (at least one), ascending, each once.

    >>> together([np.array([1, 5]), np.array([3, 5])]).tolist()
    [1, 3, 5]
    """
    found = np.concatenate(parts)
    found.sort()
    first = np.ones(len(found), bool)
    np.not_equal(found[1:], found[:-1], out=first[1:])
    return found[first]


def numbered(parts: Sequence[npt.NDArray[T]]) -> tuple[npt.NDArray[T], list[I64]]:
    """(`together`, for every one of `parts` the places in it of its own values).

    Of numbers of 32 bits at most, each with its place sorted as one: half of what it takes to
    look them all up.

    >>> every, places = numbered([np.array([1, 5], np.uint32), np.array([3, 5], np.uint32)])
    >>> every.tolist(), [own.tolist() for own in places]
    ([1, 3, 5], [[0, 2], [1, 2]])
    """
    joined = np.concatenate(parts)
    values = joined.astype(np.uint64) << 32
    values |= np.arange(len(values), dtype=np.uint64)
    values.sort()
    order = (values & np.uint64(0xFFFFFFFF)).view(np.int64)
    values >>= 32
    first = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    places = np.empty(len(values), np.int64)
    places[order] = np.cumsum(first) - 1
    ends = np.cumsum(list(map(len, parts)))
    return values[first].astype(joined.dtype), np.split(places, ends[:-1])


def summed(places: I64, values: F64, size: int) -> F64:
    """[size] the sum of the values at each place, added in the order in which they come.

    >>> summed(np.array([1, 0, 1]), np.array([0.5, 2.0, 0.25]), 3).tolist()
    [2.0, 0.75, 0.0]
    """
    return np.bincount(places, values, size)  # type: ignore[return-value] # floats, with weights
