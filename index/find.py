"""Where does a pattern stand in a segment?

The rarest of its terms gives the candidates; the text itself decides. One syllable is all
the grams that begin with it. A pattern of signs alone is looked for in the text: one pass of
a vectorised comparison.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    found = _candidates(pattern, units, kinds, view)
    # Candidates ascend, so what reaches over an end stands at the ends.
    low, high = found.searchsorted((0, len(view.text) - len(units) + 1))
    found = _verified(found[low:high], units, view)
    if pattern.left_edge:
        found = found[characters.kind_at(view.text, found - 1) != kinds[0]]
    if pattern.right_edge:
        found = found[characters.kind_at(view.text, found + len(units)) != kinds[-1]]
    for place, code in encoded.astral.items():
        found = _with_astral(found, place, code, view)
    return found


def _candidates(pattern: Pattern, units: U16, kinds: characters.U8, view: SegmentView) -> I64:
    """A superset of the matches: the positions of the rarest term, moved to the beginning."""
    if characters.KIND[units[0]] == MARK:
        # In the text the mark joins what follows to a run before it.
        return _scan(units, view)
    rarest: tuple[int, int, int] | None = None  # occurrences, term, its place in the pattern
    partial: list[tuple[int, int]] = []
    for start, end in _stretches(kinds):
        if kinds[start] == NONE:
            continue
        places: list[tuple[int | None, int]]
        if kinds[start] >= FIRST_WHOLE:
            whole = (start > 0 or pattern.left_edge) and (end < len(units) or pattern.right_edge)
            if not whole:
                partial.append((start, end))
                continue
            places = [(view.term_of_run(_spell(units[start:end])), start)]
        else:
            places = [
                (view.term_of_gram(int(units[at]), int(units[at + 1])), at)
                for at in range(start, end - 1)
            ]
            if end < len(units) or pattern.right_edge:
                places.append((view.term_of_gram(int(units[end - 1]), END), end - 1))
        for term, at in places:
            if term is None:
                return _NOWHERE
            count = view.occurrences(term)
            if rarest is None or count < rarest[0]:
                rarest = (count, term, at)
    if rarest is not None:
        _, term, at = rarest
        return view.positions(term).astype(np.int64) - at
    if not partial and (single := next(_singles(kinds), None)) is not None:
        return view.of_unit(int(units[single])).astype(np.int64) - single
    for start, end in partial:
        if start > 0 or pattern.left_edge or end < len(units) or pattern.right_edge:
            return _partial_run(units, start, end, pattern, view)
    return _scan(units, view)


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


def _verified(found: I64, units: U16, view: SegmentView) -> I64:
    for at, unit in enumerate(units.tolist()):
        if not len(found):
            break
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
