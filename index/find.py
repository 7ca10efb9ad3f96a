"""Where does a pattern stand in a segment?

The rarest of its terms gives the candidates; the text itself decides. A pattern of signs
alone is looked for in the text: one pass of a vectorised comparison.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

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
    STAND_IN,
)
from corpus.index.grams import LONE
from corpus.index.query import Pattern
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]

NOWHERE: I64 = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a pattern looks up in any segment: its `units` and `kinds`, the `keys` of its
    grams with their `places` in the pattern, its whole `runs` (spelling, start), the
    stretches of which only a part is given, `partial`; characters beyond the BMP, `astral`.

    `exact`: what alone answers the pattern, with no look at the text: the list of a
    character, a gram or a whole run.
    """

    units: list[int]
    kinds: list[int]
    keys: npt.NDArray[np.uint32]
    places: list[int]
    runs: list[tuple[str, int]]
    partial: list[tuple[int, int]]
    astral: dict[int, int]
    exact: Literal["character", "gram", "run"] | None


@lru_cache(maxsize=1024)
def plan(pattern: Pattern) -> Plan:
    """The plan of a pattern (6-10 microseconds; kept, since every segment wants it)."""
    text = pattern.text
    kinds = characters.kinds_of(text)
    astral = {at: ord(one) for at, one in enumerate(text) if ord(one) > 0xFFFF}
    units = [STAND_IN + kinds[at] if at in astral else ord(one) for at, one in enumerate(text)]
    keys: list[int] = []
    places: list[int] = []
    runs: list[tuple[str, int]] = []
    partial: list[tuple[int, int]] = []
    stretches = _stretches(kinds)
    for start, end in stretches:
        begins = start > 0 or pattern.left_edge
        ends = end < len(units) or pattern.right_edge
        if kinds[start] == NONE:
            continue
        if kinds[start] >= FIRST_WHOLE:
            if begins and ends:
                runs.append((_spell(units[start:end]), start))
            else:
                partial.append((start, end))
            continue
        for at in range(start, end - 1):
            keys.append(units[at] << 16 | units[at + 1])
            places.append(at)
        if end - start == 1 and begins and ends:
            keys.append(units[start] << 16 | LONE)
            places.append(start)
    exact: Literal["character", "gram", "run"] | None = None
    if len(stretches) == 1 and not astral:
        free = not (pattern.left_edge or pattern.right_edge)
        if HANGUL <= kinds[0] <= KANA and len(units) == 1 and free:
            exact = "character"
        elif len(keys) == 1 and (free if len(units) == 2 else len(units) == 1):
            exact = "gram"
        elif runs:
            exact = "run"
    found = np.array(keys, np.uint32)
    return Plan(units, kinds, found, places, runs, partial, astral, exact)


def term_of(pattern: Plan, view: SegmentView) -> int | None:
    """The one term that answers an exact pattern of a gram or run; None where it is absent."""
    if pattern.exact == "run":
        return view.term_of_run(pattern.runs[0][0])
    found = view.terms_of_grams(pattern.keys)
    return None if found is None else found[0]


def find(pattern: Pattern, view: SegmentView) -> I64:
    """The offsets in the segment's text at which `pattern` begins, ascending.

    Deleted articles are included. Every offset is a match: scattered grams are none.
    """
    known = plan(pattern)
    units = known.units
    if not units:
        return NOWHERE
    some = _candidates(pattern, known, view)
    at = some.at
    # Candidates ascend, so what reaches over an end stands at the ends.
    if len(at) and (at[0] < 0 or at[-1] > len(view.text) - len(units)):
        low, high = at.searchsorted((0, len(view.text) - len(units) + 1))
        at = at[low:high]
    at = _verified(at, known, some.covered, view)
    if pattern.left_edge and not some.left_known:
        at = at[characters.kind_at(view.text, at - 1) != known.kinds[0]]
    if pattern.right_edge and not some.right_known:
        at = at[characters.kind_at(view.text, at + len(units)) != known.kinds[-1]]
    for place, code in known.astral.items():
        at = _with_astral(at, place, code, view)
    return at


@dataclass(frozen=True, slots=True)
class _Candidates:
    """A superset of the matches, ascending, and what needs no look at the text any more:
    the units `covered` by the term that gave them, and the edges that it ends at."""

    at: I64
    covered: range = range(0)
    left_known: bool = False
    right_known: bool = False


def _candidates(pattern: Pattern, known: Plan, view: SegmentView) -> _Candidates:
    units = known.units
    if characters.KIND[units[0]] == MARK:
        # In the text the mark joins what follows to a run before it.
        return _Candidates(_scan(units, view))
    count = -1
    for run, start in known.runs:
        number = view.term_of_run(run)
        if number is None:
            return _Candidates(NOWHERE)
        often = view.occurrences(number)
        if count < 0 or often < count:
            count, term, covered, whole = often, number, range(start, start + len(run)), True
    if known.places:
        numbers = view.terms_of_grams(known.keys)
        if numbers is None:
            return _Candidates(NOWHERE)
        for at, number in enumerate(numbers):
            often = view.occurrences(number)
            if count < 0 or often < count:
                start = known.places[at]
                whole = known.keys[at] & 0xFFFF == LONE
                count, term, covered = often, number, range(start, start + (1 if whole else 2))
    if count >= 0:
        found = view.positions(term).astype(np.int64)
        if covered.start:
            found -= covered.start
        return _Candidates(
            found,
            covered,
            left_known=bool(whole) and covered.start == 0,
            right_known=bool(whole) and covered.stop == len(units),
        )
    for start, end in known.partial:
        if start > 0 or pattern.left_edge or end < len(units) or pattern.right_edge:
            return _Candidates(_partial_run(units, start, end, pattern, view))
    for at, kind in enumerate(known.kinds):
        if HANGUL <= kind <= KANA:
            # A stretch of one character: any longer one has grams.
            begins = at > 0 or pattern.left_edge
            ends = at + 1 < len(units) or pattern.right_edge
            there = _of_unit(units[at], view, begins=begins, ends=ends)
            return _Candidates(there - at, range(at, at + 1))
    return _Candidates(_scan(units, view))


def _of_unit(unit: int, view: SegmentView, *, begins: bool, ends: bool) -> I64:
    """At least the offsets where a unit stands, ascending; where `begins` or `ends`, at
    least those where it begins or ends a run."""
    parts = []
    if not ends:
        parts.append(view.beginning_with(unit))
    elif (lone := view.term_of_gram(unit, LONE)) is not None:
        parts.append(view.positions(lone))
    if not begins:
        parts.append(view.ending_runs(unit))
    found = np.concatenate([np.zeros(0, np.uint32), *parts])
    found.sort()
    return found.astype(np.int64)


def _partial_run(
    units: list[int], start: int, end: int, pattern: Pattern, view: SegmentView
) -> I64:
    """Candidates from a run of which only the beginning or only the end is given."""
    given = _spell(units[start:end])
    begins = start > 0 or pattern.left_edge
    numbers = view.runs.beginning(given) if begins else view.runs.ending(given)
    found = [NOWHERE]
    for number in numbers:
        ahead = 0 if begins else _length(view.runs.raw(number)) - (end - start)
        found.append(view.positions(number).astype(np.int64) + (ahead - start))
    joined: I64 = np.sort(np.concatenate(found))
    return joined


def _length(raw: bytes) -> int:
    return len(raw.decode("utf-8", "surrogatepass"))


def _scan(units: list[int], view: SegmentView) -> I64:
    """Where the first unit that is no space stands in the text, however it is written."""
    place = next(at for at, unit in enumerate(units) if unit != SPACE)
    written = np.flatnonzero(units[place] == FOLD).astype(np.uint16)
    seen = view.text == written[0]
    for unit in written[1:]:
        seen |= view.text == unit
    found: I64 = np.flatnonzero(seen) - place
    return found


# Up to so many candidates all units are compared before any candidate is dropped: calls
# cost more than the work. Above, the first unit drops most of them.
_FEW = 1000


def _verified(found: I64, known: Plan, covered: range, view: SegmentView) -> I64:
    text = view.text
    few = len(found) <= _FEW
    keep: npt.NDArray[np.bool_] | None = None
    for at, unit in enumerate(known.units):
        if at in covered:
            continue
        there = text.take(found + at if at else found)
        if unit == SPACE:
            same = (there == SPACE) | (there == LINE_FEED)
        elif HANGUL <= known.kinds[at] <= KANA:
            same = there == unit  # no letter folds to one of these
        else:
            same = FOLD.take(there) == unit
        if not few:
            found = found[same]
            few = len(found) <= _FEW
        elif keep is None:
            keep = same
        else:
            keep &= same
    return found if keep is None else found[keep]


def _with_astral(found: I64, place: int, code: int, view: SegmentView) -> I64:
    """Those whose stand-in at `place` is the very character."""
    at, codes = view.arrays["astral_at"], view.arrays["astral_code"]
    if not len(at):
        return NOWHERE
    which = np.searchsorted(at, found + place).clip(max=len(at) - 1)
    same = characters.fold(chr(code))
    folded = [characters.fold(chr(one)) == same for one in codes.take(which).tolist()]
    return found[(at.take(which) == found + place) & np.array(folded, bool)]


def _stretches(kinds: list[int]) -> list[tuple[int, int]]:
    """(start, end) of the stretches of one kind."""
    edges = [at for at in range(1, len(kinds)) if kinds[at] != kinds[at - 1]]
    return list(zip([0, *edges], [*edges, len(kinds)], strict=True)) if kinds else []


def _spell(units: list[int]) -> str:
    return "".join(map(chr, units))
