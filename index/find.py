"""Where does a pattern stand in a segment?

The rarest of its terms gives the candidates; the text itself decides. A pattern of signs
alone is looked for in the text: one pass of a vectorised comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.index import characters
from corpus.index.characters import (
    FIRST_WHOLE,
    FOLD,
    HANGUL,
    KANA,
    MARK,
    NONE,
    SPACE,
    STAND_IN,
    any_of,
)
from corpus.index.forms import CLASSES
from corpus.index.layout import LONE
from corpus.index.postings import ranges
from corpus.index.query import ALL_FIELDS, Pattern, Varying, Words
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]

NOWHERE: I64 = np.zeros(0, np.int64)

# Units of a pattern that stand for several of the text.
_SIGNS = {SPACE: " \n", **{ord(name): signs for name, signs in CLASSES.items()}}


class Plan(NamedTuple):
    """What a pattern looks up in any segment: its `units` and `kinds`, the `keys` of its
    grams with their `places` in the pattern, its whole `runs` (spelling, start), the
    stretches of which only a part is given, `partial`; characters beyond the BMP, `astral`.

    `exact`: what alone answers the pattern, with no look at the text: the list of a
    character, a gram or a whole run; of a trigram only where it has one.
    """

    units: list[int]
    kinds: list[int]
    keys: list[int]
    places: list[int]
    runs: list[tuple[str, int]]
    partial: list[tuple[int, int]]
    astral: dict[int, int]
    exact: Literal["character", "gram", "trigram", "run"] | None
    lone: list[bool]  # of the grams, which are runs of one character
    plain: bool  # all of Hangul, Hanja or kana: nothing to fold, no space
    first_is_mark: bool
    signs: list[int]  # the places of white space and classes of signs


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
    exact: Literal["character", "gram", "trigram", "run"] | None = None
    if len(stretches) == 1 and not astral:
        free = not (pattern.left_edge or pattern.right_edge)
        if HANGUL <= kinds[0] <= KANA and len(units) == 1 and free:
            exact = "character"
        elif len(keys) == 1 and (free if len(units) == 2 else len(units) == 1):
            exact = "gram"
        elif len(units) == 3 and kinds[0] == HANGUL and free:
            exact = "trigram"
        elif runs:
            exact = "run"
    plain = not astral and all(HANGUL <= kind <= KANA for kind in kinds)
    lone = [key & 0xFFFF == LONE for key in keys]
    marked = bool(units) and int(characters.KIND[units[0]]) == MARK
    signs = [] if plain else [at for at, unit in enumerate(units) if unit in _SIGNS]
    return Plan(
        units, kinds, keys, places, runs, partial, astral, exact, lone, plain, marked, signs
    )


def term_of(pattern: Plan, view: SegmentView) -> int | None:
    """The one term that answers a pattern of a gram or run; None for any other, and where it is
    absent."""
    if pattern.exact == "run":
        return view.term_of_run(pattern.runs[0][0])
    if pattern.exact != "gram":
        return None
    found = view.terms_of_grams(pattern.keys)
    return None if found is None else found[0]


# To find an article's places among others costs as much as to look at so many of these.
_LOOKING = 8


def find(
    pattern: Pattern, view: SegmentView, among: I64 | None = None, *, inside: I64 | None = None
) -> I64:
    """The offsets in the segment's text at which `pattern` begins, ascending; given `among`,
    those of them; given `inside`, at least those in these articles (ascending).

    Deleted articles are included. Every offset is a match: scattered grams are none.
    """
    known = plan(pattern)
    units = known.units
    if not units:
        return NOWHERE
    some = candidates(pattern, known, view) if among is None else Candidates(among)
    at = some.at
    if inside is not None and len(inside) * _LOOKING < len(at):
        low, high = (at.searchsorted(edge.take(inside)) for edge in (view.start, view.end))
        at = at.take(ranges(low, high - low))
    # Candidates ascend, so what reaches over an end stands at the ends.
    if len(at) and (at[0] < 0 or at[-1] > len(view.text) - len(units)):
        low, high = at.searchsorted((0, len(view.text) - len(units) + 1))
        at = at[low:high]
    at = _verified(some, at, known, view)
    if pattern.left_edge and not some.left_known:
        at = at[characters.kind_at(view.text, at - 1) != known.kinds[0]]
    if pattern.right_edge and not some.right_known:
        at = at[characters.kind_at(view.text, at + len(units)) != known.kinds[-1]]
    for place, code in known.astral.items():
        at = with_astral(at, place, code, view)
    return at


def places_of(words: Words, view: SegmentView) -> I64:
    """`find` of the words' pattern, in the fields that they search."""
    if isinstance(words, Varying):
        positions, _ = words.stretches(view)
    else:
        positions = find(words.pattern, view)
    if words.fields == ALL_FIELDS:
        return positions
    return positions[np.isin(view.field_of(positions), words.fields)]


def stretches_of(words: Words, view: SegmentView) -> list[tuple[I64, int]]:
    """`places_of` by the length of what stands there: (offsets, characters)."""
    if not isinstance(words, Varying):
        return [(places_of(words, view), len(words.pattern.text))]
    starts, lengths = words.stretches(view)
    inside = np.isin(view.field_of(starts), words.fields)
    starts, lengths = starts[inside], lengths[inside]
    return [(starts[lengths == length], length) for length in np.unique(lengths).tolist()]


class Candidates(NamedTuple):
    """A superset of the matches, ascending, and what needs no look at the text any more:
    the units from `first` up to `last`, which the term that gave them covers, and the edges
    that it ends at; `rarity` orders the other units, the most telling first."""

    at: I64
    first: int = 0
    last: int = 0
    left_known: bool = False
    right_known: bool = False
    rarity: Sequence[int] | None = None


def candidates(pattern: Pattern, known: Plan, view: SegmentView) -> Candidates:
    """Where the rarest term of a pattern lets it begin."""
    units = known.units
    if known.first_is_mark:
        # In the text the mark joins what follows to a run before it.
        return Candidates(_scan(units, view))
    least = -1
    rarity = None
    for run, start in known.runs:
        number = view.term_of_run(run)
        if number is None:
            return Candidates(NOWHERE)
        often = view.occurrences(number)
        if least < 0 or often < least:
            least, term, first, last, whole = often, number, start, start + len(run), True
    if known.places:
        numbers = view.terms_of_grams(known.keys)
        if numbers is None:
            return Candidates(NOWHERE)
        counts = list(map(view.occurrences, numbers))
        for at, often in enumerate(counts):
            if least < 0 or often < least:
                start, whole = known.places[at], known.lone[at]
                least, term, first, last = often, numbers[at], start, start + 2 - whole
        if len(counts) > 2 and least > _FEW:
            rarity = _rarity(len(units), known.places, counts)
    if least >= 0:
        found = np.subtract(view.positions(term), first, dtype=np.int64)
        return Candidates(
            found, first, last, whole and first == 0, whole and last == len(units), rarity
        )
    for start, end in known.partial:
        if start > 0 or pattern.left_edge or end < len(units) or pattern.right_edge:
            return Candidates(_partial_run(units, start, end, pattern, view))
    for at, kind in enumerate(known.kinds):
        if HANGUL <= kind <= KANA:
            # A stretch of one character: any longer one has grams.
            begins = at > 0 or pattern.left_edge
            ends = at + 1 < len(units) or pattern.right_edge
            there = _of_unit(units[at], view, begins=begins, ends=ends)
            return Candidates(there - at, at, at + 1)
    return Candidates(_scan(units, view))


def _rarity(units: int, places: list[int], counts: list[int]) -> list[int]:
    """The units in the order of how rare the rarest gram is that each is in."""
    rarest = [1 << 32] * units
    for place, often in zip(places, counts, strict=True):
        for unit in (place, place + 1):
            if unit < units and often < rarest[unit]:
                rarest[unit] = often
    return sorted(range(units), key=rarest.__getitem__)


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
    accepted = _SIGNS.get(units[place])
    written = np.flatnonzero(
        units[place] == FOLD if accepted is None else any_of(accepted).take(FOLD)
    ).astype(np.uint16)
    seen = view.text == written[0]
    for unit in written[1:]:
        seen |= view.text == unit
    found: I64 = np.flatnonzero(seen) - place
    return found


# Up to so many candidates all units are compared before any candidate is dropped: calls
# cost more than the work. Above, the first unit drops most of them.
_FEW = 1000


def _verified(some: Candidates, at: I64, known: Plan, view: SegmentView) -> I64:
    """Those of the candidates `at` at which all units stand."""
    rest = [
        unit
        for unit in some.rarity or range(len(known.units))
        if not some.first <= unit < some.last
    ]
    text = view.text
    if known.signs:
        # Few places have such a sign or white space: what is left is hardly anything.
        for place in known.signs:
            if not some.first <= place < some.last:
                signed = stands_for(known.units[place], text[place:].take(at))
                at = at.take(signed.nonzero()[0])
        rest = [unit for unit in rest if unit not in known.signs]
    if not rest or not len(at):
        return at
    if len(at) <= _FEW and 1 < len(rest) <= 4 and known.plain:
        # Two or four units as one number: a third of the calls.
        if len(rest) == 3:
            rest.append(rest[0])
        kind = np.uint32 if len(rest) == 2 else np.uint64
        wanted = np.array([known.units[unit] for unit in rest], np.uint16).view(kind)
        there = text.take(at[:, None] + np.array(rest)).view(kind)
        return at[(there == wanted).ravel()]
    keep: npt.NDArray[np.bool_] | None = None
    for place in rest:
        unit = known.units[place]
        there = (text[place:] if place else text).take(at)
        # No letter folds to Hangul, Hanja or kana.
        same = (there if HANGUL <= known.kinds[place] <= KANA else FOLD.take(there)) == unit
        if keep is not None:
            keep &= same
        elif len(at) <= _FEW:
            keep = same
        else:
            # A mask that is half true costs four times as much as its places.
            at = at.take(same.nonzero()[0])
    return at if keep is None else at[keep]


def stands_for(sign: int, units: characters.U16) -> npt.NDArray[np.bool_]:
    """Which units of the text a space or a class of signs in a pattern stands for."""
    signs = _SIGNS[sign]
    if len(signs) > 2:
        return any_of(signs).take(units)
    # White space: two comparisons take a tenth of a look-up.
    one, other = map(ord, signs)
    return (units == one) | (units == other)


def with_astral(found: I64, place: int, code: int, view: SegmentView) -> I64:
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
