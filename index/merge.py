"""How do several segments become one without cutting any text anew?

Each source's terms keep their order, so the positions of a term are those of the sources
one behind the other, moved by where their articles come to lie. Deleted articles are
left out on the way. Positions are merged in blocks of terms, so memory is bounded by the
largest source's small arrays plus one block, not by the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.index import postings
from corpus.index.arrays import Array, ArrayWriter
from corpus.index.segment import (
    BLOCK,
    HEAD,
    SHOWN_FIELDS,
    TYPES,
    VALUE_FIELDS,
    Arrays,
    block_table,
    offsets,
    postings_of,
    spelled,
)
from corpus.index.strings import Strings

I64 = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_BLOCK = 1 << 22  # positions merged at once


@dataclass(frozen=True, slots=True)
class Source:
    """One segment to merge; `live` marks the articles to keep (None: all)."""

    arrays: Arrays
    live: Mask | None = None


def merge(sources: Sequence[Source], out: ArrayWriter) -> None:
    """Write the segment of all live articles of `sources`, in their order.

    Raises OverflowError where it would hold 4 G units or more.
    """
    placed = _place(sources)
    _write_articles(placed, out)
    _write_values(placed, out)
    _write_postings(placed, out)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A source, the places of its live articles, and how far their text moves."""

    arrays: Arrays
    keep: I64
    shift: I64  # by article of the source; only those of `keep` mean anything
    slots: I64  # units that each article of `keep` occupies
    live: Mask | None
    postings: postings.Postings

    def moved(self, positions: Array) -> tuple[I64, Mask | None]:
        """Where `positions` come to lie, and which of them stay (None: all)."""
        if self.live is None:
            shift = int(self.shift[0]) if len(self.shift) else 0
            return positions.astype(np.int64) + shift, None
        article = self.arrays["block_doc"].take(positions // np.uint32(BLOCK)) & ~HEAD
        stay = self.live.take(article)
        article = article[stay]
        return positions[stay].astype(np.int64) + self.shift.take(article), stay


def _place(sources: Sequence[Source]) -> list[_Placed]:
    placed = []
    base = 0
    for source in sources:
        starts = source.arrays["field_start"][::3].astype(np.int64)
        slots = np.diff(np.append(starts, len(source.arrays["text"])))
        live = source.live if source.live is not None and not source.live.all() else None
        keep = np.arange(len(starts)) if live is None else np.flatnonzero(live)
        new = base + np.concatenate(([0], np.cumsum(slots[keep])))
        shift = np.zeros(len(starts), np.int64)
        shift[keep] = new[:-1] - starts[keep]
        base = int(new[-1])
        held = postings_of(source.arrays)
        placed.append(_Placed(source.arrays, keep, shift, slots[keep], live, held))
    if base >= 1 << 32:
        raise OverflowError(f"{base} characters in one segment; at most {(1 << 32) - 1}")
    return placed


def _write_articles(placed: Sequence[_Placed], out: ArrayWriter) -> None:
    def add(name: str, parts: Iterable[Array]) -> None:
        out.add(name, parts, TYPES[name])

    add("text", (part for source in placed for part in _live_text(source)))
    moved = [source.moved(source.arrays["astral_at"]) for source in placed]
    add("astral_at", (at for at, _ in moved))
    add(
        "astral_code",
        (
            source.arrays["astral_code"] if stay is None else source.arrays["astral_code"][stay]
            for source, (_, stay) in zip(placed, moved, strict=True)
        ),
    )
    slots = np.concatenate([source.slots for source in placed])
    starts = np.concatenate(
        [
            source.arrays["field_start"].reshape(-1, 3)[source.keep].astype(np.int64)
            + source.shift[source.keep, None]
            for source in placed
        ]
    )
    add("block_doc", (block_table(starts[:, 0], starts[:, 2], slots // BLOCK),))
    add("field_start", (starts.ravel(),))
    add(
        "field_length",
        (source.arrays["field_length"].reshape(-1, 3)[source.keep].ravel() for source in placed),
    )
    for name in ("number", "revision", "day", "stamp"):
        add(name, (source.arrays[name][source.keep] for source in placed))
    ids = Strings.of([value for source in placed for value in _live_ids(source)])
    add("id_bytes", (ids.data,))
    add("id_offset", (ids.offset,))


def _live_text(source: _Placed) -> Iterator[Array]:
    """The text of the live articles, in stretches of neighbours."""
    text = source.arrays["text"]
    if source.live is None:
        yield text
        return
    starts = source.arrays["field_start"][::3].astype(np.int64)[source.keep]
    breaks = np.flatnonzero(np.diff(source.keep) > 1) + 1
    for stretch in np.split(np.arange(len(source.keep)), breaks):
        if len(stretch):
            last = stretch[-1]
            yield text[starts[stretch[0]] : starts[last] + source.slots[last]]


def _live_ids(source: _Placed) -> Iterator[str]:
    held = list(Strings(source.arrays["id_bytes"], source.arrays["id_offset"]))
    return (held[place] for place in source.keep.tolist())


def _write_values(placed: Sequence[_Placed], out: ArrayWriter) -> None:
    for name in VALUE_FIELDS:
        key = f"{name}_shown" if name in SHOWN_FIELDS else f"{name}_folded"
        held = [list(Strings(s.arrays[key], s.arrays[f"{key}_offset"])) for s in placed]
        counts, codes = zip(*(_live_codes(source, name) for source in placed), strict=True)
        # Values that only deleted articles had are gone with them.
        different = sorted(
            {
                values[code]
                for values, some in zip(held, codes, strict=True)
                for code in np.unique(some).tolist()
            }
        )
        number = {value: place for place, value in enumerate(different)}
        renumbered = []
        for values, some in zip(held, codes, strict=True):
            table = np.fromiter((number.get(value, 0) for value in values), np.uint32, len(values))
            renumbered.append(table.take(some) if len(some) else some)
        out.add(f"{name}_first", (offsets(np.concatenate(counts)),), "u4")
        out.add(f"{name}_code", renumbered, "u4")
        for array, spelling in spelled(name, different).items():
            out.add(array, (spelling,), TYPES[array])


def _live_codes(source: _Placed, name: str) -> tuple[I64, Array]:
    """(number of values of each live article, their codes one behind the other)."""
    first = source.arrays[f"{name}_first"].astype(np.int64)
    counts = np.diff(first)
    codes = source.arrays[f"{name}_code"]
    if source.live is not None:
        codes = codes[np.repeat(source.live, counts)]
    return counts[source.keep], codes


def _write_postings(placed: Sequence[_Placed], out: ArrayWriter) -> None:
    runs = [
        list(Strings(source.arrays["run_bytes"], source.arrays["run_offset"])) for source in placed
    ]
    all_runs = sorted({run for held in runs for run in held})
    run_number = {run: place for place, run in enumerate(all_runs)}
    keys = [source.arrays["gram_keys"] for source in placed]
    all_keys = np.unique(np.concatenate(keys))
    # For every source, the number among all terms of each of its terms: ascending.
    terms = [
        np.concatenate(
            (
                np.fromiter((run_number[run] for run in held), np.int64, len(held)),
                len(all_runs) + np.searchsorted(all_keys, key),
            )
        )
        for held, key in zip(runs, keys, strict=True)
    ]
    counts = np.zeros(len(all_runs) + len(all_keys), np.int64)
    for source, term in zip(placed, terms, strict=True):
        counts[term] += _live_counts(source)
    kept = counts > 0
    left = [run for run, keep in zip(all_runs, kept.tolist(), strict=False) if keep]
    names = Strings.of(left)
    out.add("run_bytes", (names.data,), "u1")
    out.add("run_offset", (names.offset,), "u4")
    out.add("gram_keys", (all_keys[kept[len(all_runs) :]],), "u4")
    out.add("post_offset", (offsets(counts[kept]),), "u4")
    units = sum(int(source.slots.sum()) for source in placed)
    postings.write(out, _merged_positions(placed, terms, counts), counts[kept], units)


def _live_counts(source: _Placed) -> I64:
    """How many positions of each term of the source belong to live articles."""
    offset = source.arrays["post_offset"].astype(np.int64)
    if source.live is None:
        return np.diff(offset)
    counts = np.zeros(len(offset) - 1, np.int64)
    for first, last in _term_blocks(offset):
        _, stay = source.moved(source.postings.between(first, last))
        seen = np.repeat(np.arange(last - first), np.diff(offset[first : last + 1]))
        counts[first:last] = np.bincount(seen[stay], minlength=last - first)
    return counts


def _term_blocks(offset: I64) -> Iterator[tuple[int, int]]:
    """Stretches of terms that hold about _BLOCK positions each (at least one term)."""
    first, terms = 0, len(offset) - 1
    while first < terms:
        last = int(np.searchsorted(offset, offset[first] + _BLOCK, side="right")) - 1
        last = min(max(last, first + 1), terms)
        yield first, last
        first = last


def _merged_positions(
    placed: Sequence[_Placed], terms: Sequence[I64], counts: I64
) -> Iterator[Array]:
    total = np.concatenate(([0], np.cumsum(counts)))
    for first, last in _term_blocks(total):
        merged = np.empty(total[last] - total[first], np.uint32)
        free = (total[first:last] - total[first]).copy()  # where each term's next position goes
        for source, term in zip(placed, terms, strict=True):
            low, high = np.searchsorted(term, (first, last))
            if low == high:
                continue
            offset = source.arrays["post_offset"][low : high + 1].astype(np.int64)
            held = np.diff(offset)
            moved, stay = source.moved(source.postings.between(int(low), int(high)))
            local = term[low:high] - first
            if stay is not None:
                seen = np.repeat(np.arange(high - low), held)[stay]
                held = np.bincount(seen, minlength=int(high - low))
            before = np.concatenate(([0], np.cumsum(held)[:-1]))
            target = np.repeat(free[local] - before, held) + np.arange(len(moved))
            merged[target] = moved
            free[local] += held
        yield merged
