"""Where does a pattern stand in a segment?

The rarest of its terms gives the candidates; the text itself decides. One syllable is all
the grams that begin with it. A pattern of signs alone is looked for in the text: one pass of
a vectorised comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from corpus.index import characters
from corpus.index.characters import (
    FIRST_WHOLE,
    FOLD,
    HANGUL,
    KANA,
    LINE_FEED,
    MARK,
    NONE,
    SPACE,
    U16,
)
from corpus.index.grams import END
from corpus.index.query import Pattern
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]

_NOWHERE: I64 = np.zeros(0, np.int64)


def find(pattern: Pattern, view: SegmentView) -> I64:
    """The offsets in the segment's text at which `pattern` begins, ascending.

    Deleted articles are included. Every offset is a match: scattered grams are none.
    """
    encoded = characters.encode(pattern.text)
    units = encoded.units
    if not len(units):
        return _NOWHERE
    kinds = characters.kinds(units)
    some = _candidates(pattern, units, kinds, view)
    # Candidates ascend, so what reaches over an end stands at the ends.
    low, high = some.at.searchsorted((0, len(view.text) - len(units) + 1))
    found = _verified(some.at[low:high], units, some.covered, view)
    if pattern.left_edge and not some.left_known:
        found = found[characters.kind_at(view.text, found - 1) != kinds[0]]
    if pattern.right_edge and not some.right_known:
        found = found[characters.kind_at(view.text, found + len(units)) != kinds[-1]]
    for place, code in encoded.astral.items():
        found = _with_astral(found, place, code, view)
    return found


def single_unit(pattern: Pattern) -> int | None:
    """The unit of a pattern that is one syllable, Hanja or kana; None for any other."""
    if len(pattern.text) != 1 or ord(pattern.text) > 0xFFFF:
        return None
    return ord(pattern.text) if HANGUL <= characters.kind_of(pattern.text) <= KANA else None


def find_unit(unit: int, pattern: Pattern, view: SegmentView) -> I64:
    """The same as `find` for a pattern of one unit, but in no order.

    Ordering the half million places of 이 costs ten times what counting them does.
    """
    found = view.of_unit(unit).astype(np.int64)
    kind = characters.KIND[unit]
    if pattern.left_edge:
        found = found[characters.kind_at(view.text, found - 1) != kind]
    if pattern.right_edge:
        found = found[characters.kind_at(view.text, found + 1) != kind]
    return found


@dataclass(frozen=True, slots=True)
class _Candidates:
    """A superset of the matches, ascending, and what needs no look at the text any more:
    the units `covered` by the term that gave them, and the edges that it ends at."""

    at: I64
    covered: range = range(0)
    left_known: bool = False
    right_known: bool = False


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the pattern: how often it occurs, its number, and the units it stands for."""

    count: int
    number: int
    covers: range
    whole: bool  # a run from edge to edge
    ends: bool  # an END gram


def _candidates(
    pattern: Pattern, units: U16, kinds: characters.U8, view: SegmentView
) -> _Candidates:
    if characters.KIND[units[0]] == MARK:
        # In the text the mark joins what follows to a run before it.
        return _Candidates(_scan(units, view))
    rarest: _Term | None = None
    partial: list[tuple[int, int]] = []
    for start, end in _stretches(kinds):
        if kinds[start] == NONE:
            continue
        whole = kinds[start] >= FIRST_WHOLE
        if whole and not (
            (start > 0 or pattern.left_edge) and (end < len(units) or pattern.right_edge)
        ):
            partial.append((start, end))
            continue
        to_end = end < len(units) or pattern.right_edge
        for number, covers in (
            [(view.term_of_run(_spell(units[start:end])), range(start, end))]
            if whole
            else _grams(units, start, end, view, to_end=to_end)
        ):
            if number is None:
                return _Candidates(_NOWHERE)
            count = view.occurrences(number)
            if rarest is None or count < rarest.count:
                rarest = _Term(count, number, covers, bool(whole), len(covers) == 1 and not whole)
    if rarest is not None:
        covers = rarest.covers
        return _Candidates(
            view.positions(rarest.number).astype(np.int64) - covers.start,
            covers,
            left_known=rarest.whole and covers.start == 0,
            right_known=(rarest.whole or rarest.ends) and covers.stop == len(units),
        )
    if not partial and (single := next(_singles(kinds), None)) is not None:
        at = np.sort(view.of_unit(int(units[single]))).astype(np.int64) - single
        return _Candidates(at, range(single, single + 1))
    for start, end in partial:
        if start > 0 or pattern.left_edge or end < len(units) or pattern.right_edge:
            return _Candidates(_partial_run(units, start, end, pattern, view))
    return _Candidates(_scan(units, view))


def _grams(
    units: U16, start: int, end: int, view: SegmentView, *, to_end: bool
) -> Iterator[tuple[int | None, range]]:
    """The grams of a stretch, with the END gram where the stretch goes `to_end` of its run."""
    held = units[start:end].tolist()
    for at, (first, second) in enumerate(pairwise(held), start):
        yield view.term_of_gram(first, second), range(at, at + 2)
    if to_end:
        yield view.term_of_gram(held[-1], END), range(end - 1, end)


def _singles(kinds: characters.U8) -> Iterator[int]:
    """The places of characters whose grams all begin alike: Hangul, Hanja, kana."""
    return (at for at, kind in enumerate(kinds.tolist()) if HANGUL <= kind <= KANA)


def _partial_run(units: U16, start: int, end: int, pattern: Pattern, view: SegmentView) -> I64:
    """Candidates from a run of which only the beginning or only the end is given."""
    given = _spell(units[start:end])
    begins = start > 0 or pattern.left_edge
    numbers = view.runs.beginning(given) if begins else view.runs.ending(given)
    found = [_NOWHERE]
    for number in numbers:
        ahead = 0 if begins else _length(view.runs.raw(number)) - (end - start)
        found.append(view.positions(number).astype(np.int64) + (ahead - start))
    joined: I64 = np.sort(np.concatenate(found))
    return joined


def _length(raw: bytes) -> int:
    return len(raw.decode("utf-8", "surrogatepass"))


def _scan(units: U16, view: SegmentView) -> I64:
    """Where the first unit that is no space stands in the text, however it is written."""
    place = next(at for at, unit in enumerate(units.tolist()) if unit != SPACE)
    written = np.flatnonzero(units[place] == FOLD).astype(np.uint16)
    seen = view.text == written[0]
    for unit in written[1:]:
        seen |= view.text == unit
    found: I64 = np.flatnonzero(seen) - place
    return found


def _verified(found: I64, units: U16, covered: range, view: SegmentView) -> I64:
    for at, unit in enumerate(units.tolist()):
        if not len(found):
            break
        if at in covered:
            continue
        there = view.text.take(found + at)
        if unit == SPACE:
            found = found[(there == SPACE) | (there == LINE_FEED)]
        elif HANGUL <= characters.KIND[unit] <= KANA:
            found = found[there == unit]  # no letter folds to one of these
        else:
            found = found[FOLD.take(there) == unit]
    return found


def _with_astral(found: I64, place: int, code: int, view: SegmentView) -> I64:
    """Those whose stand-in at `place` is the very character."""
    at, codes = view.arrays["astral_at"], view.arrays["astral_code"]
    if not len(at):
        return _NOWHERE
    which = np.searchsorted(at, found + place).clip(max=len(at) - 1)
    same = characters.fold(chr(code))
    folded = [characters.fold(chr(one)) == same for one in codes.take(which).tolist()]
    return found[(at.take(which) == found + place) & np.array(folded, bool)]


def _stretches(kinds: characters.U8) -> list[tuple[int, int]]:
    """(start, end) of the stretches of one kind."""
    edges = (np.flatnonzero(np.diff(kinds)) + 1).tolist()
    return list(zip([0, *edges], [*edges, len(kinds)], strict=True))


def _spell(units: U16) -> str:
    return units.tobytes().decode("utf-16-le", "surrogatepass")
