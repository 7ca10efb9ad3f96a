"""How do several segments become one without cutting any text anew?

Each source's terms keep their order, so the positions of a term are those of the sources
one behind the other, moved by where their articles come to lie. Deleted articles are
left out on the way. Positions and lists are merged in blocks of terms, so memory is bounded by
the largest source's small arrays plus one block, not by the archive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise

import numpy as np
import numpy.typing as npt

from corpus.index import blocks, hanja_forms, lists, packing, trigrams, word_merge
from corpus.index.arrays import Array, ArrayFile, ArrayWriter
from corpus.index.blocks import Blocks
from corpus.index.layout import (
    BLOCK,
    MOST_ARTICLES,
    SHOWN_FIELDS,
    VALUE_FIELDS,
    Arrays,
)
from corpus.index.lists import Most
from corpus.index.packing import offsets
from corpus.index.postings import Postings
from corpus.index.segment import TYPES, block_table, spelled
from corpus.index.sets import numbered, together
from corpus.index.strings import Strings
from corpus.index.word_merge import Part
from corpus.index.words import Words

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]

_BLOCK = 1 << 20  # positions merged at once
_TEXT = 1 << 22  # units copied at once


@dataclass(frozen=True, slots=True)
class Source:
    """One segment to merge; `live` marks the articles to keep (None: all)."""

    arrays: Arrays
    live: Mask | None = None


def merge(sources: Sequence[Source], out: ArrayWriter, *, draft: bool = False) -> None:
    """Write the segment of all live articles of `sources`, in their order.

    Text of the first sources that `out` holds already stays as it is. A `draft` gets no text, and
    its positions and lists are not packed, since they are to be merged once more (unpacking them
    took a tenth of the time of a large build).
    Raises OverflowError where it would hold 4 G units or more, or 16 M articles.
    """
    placed = _place(sources)
    table = _write_articles(placed, out, draft=draft)
    _write_values(placed, out)
    _write_postings(placed, out, table, draft=draft)
    _write_characters(placed, out, draft=draft)
    _write_hanja(placed, out)
    _write_words(placed, out)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A source, the places of its live articles, and how far their text and numbers move."""

    arrays: Arrays
    live: Mask | None
    keep: I64
    shift: I64  # by article of the source; only those of `keep` mean anything
    slots: I64  # units that each article of `keep` occupies
    first: int  # articles of the sources before it

    def moved(self, positions: Array) -> tuple[Array, Mask | None]:
        """Where `positions` come to lie, and which of them stay (None: all)."""
        if self.live is None:
            shift = int(self.shift[0]) if len(self.shift) else 0
            return positions + np.uint32(shift), None
        article = Blocks(self.arrays).of(positions)[0]
        stay = self.live.take(article)
        article = article[stay]
        return (positions[stay] + self.shift.take(article)).astype(np.uint32), stay

    def moved_articles(self, articles: I64) -> tuple[I64, Mask | None]:
        """Which articles those of this source become, and which of them stay (None: all)."""
        if self.live is None:
            return articles + self.first, None
        stay = self.live.take(articles)
        number = np.cumsum(self.live) - 1 + self.first
        return number.take(articles[stay]), stay

    def moved_entries(self, entries: U32) -> tuple[U32, Mask | None]:
        """The same for entries of article lists."""
        if self.live is None:
            return lists.moved(entries, self.first), None
        articles, frequency = lists.split(entries)
        moved, stay = self.moved_articles(articles.astype(np.int64))
        return lists.entries(moved, frequency if stay is None else frequency[stay]), stay

    def moved_most(self, most: Most) -> tuple[I64, I64, U32]:
        """Of the largest frequencies that stay the keys of the lists, the articles that theirs
        become, and how often."""
        moved, stay = self.moved_articles(most.articles)
        if stay is None:
            return most.lists, moved, most.frequency
        return most.lists[stay], moved, most.frequency[stay]

    def stretches(self) -> tuple[I64, I64]:
        """(begins, ends) of the live articles' text, neighbours as one."""
        starts = self.arrays["field_start"][::3].astype(np.int64).take(self.keep)
        edges = np.flatnonzero(np.diff(self.keep) > 1) + 1
        first = np.concatenate((np.zeros(1, np.int64), edges))[: len(self.keep)]
        last = np.append(first[1:], len(self.keep))[: len(first)] - 1
        return starts.take(first), starts.take(last) + self.slots.take(last)

    def release(self) -> None:
        """Let go of what was read: a mapped file's pages count as this process's memory."""
        if isinstance(self.arrays, ArrayFile):
            self.arrays.release()


def _place(sources: Sequence[Source]) -> list[_Placed]:
    placed = []
    base = articles = 0
    for source in sources:
        starts = source.arrays["field_start"][::3].astype(np.int64)
        slots = np.diff(np.append(starts, len(source.arrays["text"])))
        live = source.live if source.live is not None and not source.live.all() else None
        keep = np.arange(len(starts)) if live is None else np.flatnonzero(live)
        new = base + np.concatenate(([0], np.cumsum(slots[keep])))
        shift = np.zeros(len(starts), np.int64)
        shift[keep] = new[:-1] - starts[keep]
        base = int(new[-1])
        placed.append(_Placed(source.arrays, live, keep, shift, slots[keep], articles))
        articles += len(keep)
    if base >= 1 << 32:
        raise OverflowError(f"{base} characters in one segment; at most {(1 << 32) - 1}")
    if articles > MOST_ARTICLES:
        raise OverflowError(f"{articles} articles in one segment; at most {MOST_ARTICLES}")
    return placed


def _write_articles(placed: Sequence[_Placed], out: ArrayWriter, *, draft: bool) -> Blocks:
    def add(name: str, parts: Iterable[Array]) -> None:
        out.add(name, parts, TYPES[name])

    if not draft:
        if "text" not in out:
            add("text", ())
        ends = np.cumsum([int(source.slots.sum()) for source in placed]).tolist()
        there = out.length("text")
        out.extend(
            part
            for source, end in zip(placed, ends, strict=True)
            if end > there
            for part in _live_text(source)
        )
    moved = [source.moved(source.arrays["astral_at"]) for source in placed]
    add("astral_at", (at for at, _ in moved))
    add(
        "astral_code",
        (
            source.arrays["astral_code"] if stay is None else source.arrays["astral_code"][stay]
            for source, (_, stay) in zip(placed, moved, strict=True)
        ),
    )
    starts = [
        source.arrays["field_start"].reshape(-1, 3)[source.keep].astype(np.int64)
        + source.shift[source.keep, None]
        for source in placed
    ]
    begins = np.concatenate(starts).ravel()
    end = sum(int(source.slots.sum()) for source in placed)
    table = {"block_doc": block_table(np.diff(np.append(begins, end)) // BLOCK)}
    if not draft:
        table = blocks.packed(table["block_doc"])
    for name, array in table.items():
        add(name, (array,))
    add("field_start", (begins,))
    add(
        "field_length",
        (source.arrays["field_length"].reshape(-1, 3)[source.keep].ravel() for source in placed),
    )
    for name in ("number", "revision", "day", "stamp"):
        add(name, (source.arrays[name][source.keep] for source in placed))
    ids = Strings.joined(
        [
            (
                Strings(source.arrays["id_bytes"], source.arrays["id_offset"]),
                None if source.live is None else source.keep,
            )
            for source in placed
        ]
    )
    add("id_bytes", (ids.data,))
    add("id_offset", (ids.offset,))
    return Blocks(table)


def _live_text(source: _Placed) -> Iterator[Array]:
    text = source.arrays["text"]
    for begin, end in zip(*(edge.tolist() for edge in source.stretches()), strict=True):
        for start in range(begin, end, _TEXT):
            yield text[start : min(start + _TEXT, end)]
            source.release()


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


def _write_postings(
    placed: Sequence[_Placed], out: ArrayWriter, table: Blocks, *, draft: bool
) -> None:
    runs = [
        list(Strings(source.arrays["run_bytes"], source.arrays["run_offset"])) for source in placed
    ]
    all_runs = sorted(set().union(*runs))
    run_number = {run: place for place, run in enumerate(all_runs)}
    all_keys, places = numbered([source.arrays["gram_keys"] for source in placed])
    # For every source, the number among all terms of each of its terms: ascending.
    terms = [
        np.concatenate(
            (
                np.fromiter(map(run_number.__getitem__, held), np.int64, len(held)),
                len(all_runs) + own,
            )
        )
        for held, own in zip(runs, places, strict=True)
    ]
    del runs, run_number
    streams, sides = [], []
    for source, numbers in zip(placed, terms, strict=True):
        held = Postings(source.arrays, len(source.arrays["text"]))
        offset = source.arrays["post_offset"].astype(np.int64)
        streams.append(_Stream(source, offset, held.between, source.moved, numbers))
        sides.append(
            trigrams.Side(
                source.arrays["text"],
                Blocks(source.arrays),
                held,
                numbers - len(all_runs),
                source.moved_articles,
                source.release,
            )
        )
    counts = _counts(streams, len(all_runs) + len(all_keys))
    kept = counts > 0
    left = list(compress(all_runs, kept.tolist()))
    names = Strings.of(left)
    out.add("run_bytes", (names.data,), "u1")
    out.add("run_offset", (names.offset,), "u4")
    out.add("gram_keys", (all_keys[kept[len(all_runs) :]],), "u4")
    first = len(all_runs)
    del all_runs, left
    out.add("post_offset", (offsets(counts[kept]),), "u4")
    units = sum(int(source.slots.sum()) for source in placed)
    articles = sum(len(source.keep) for source in placed)
    merged = _merged(streams, counts)
    if draft:
        packing.write_draft_positions(out, merged, units)
    else:
        packing.write_positions(out, merged, counts[kept], len(names), units, table, articles)
        trigrams.write(out, sides, all_keys, counts[first:], articles)


def _write_characters(placed: Sequence[_Placed], out: ArrayWriter, *, draft: bool) -> None:
    units = [source.arrays["char_unit"] for source in placed]
    all_units = together(units)
    streams, mosts = [], []
    for source, own in zip(placed, units, strict=True):
        held = lists.to_merge("char", source.arrays, len(source.arrays["number"]))
        numbers = np.searchsorted(all_units, own)
        offset = held.offset.astype(np.int64)
        streams.append(_Stream(source, offset, held.between, source.moved_entries, numbers))
        mosts.append(source.moved_most(held.most(own)))
    most = Most.of(*map(np.concatenate, zip(*mosts, strict=True)))
    counts = _counts(streams, len(all_units))
    kept = counts > 0
    all_units, sizes = all_units[kept], counts[kept]
    out.add("char_unit", (all_units,), "u2")
    articles = sum(len(source.keep) for source in placed)
    merged = _merged(streams, counts)
    if draft:
        out.add("char_offset", (offsets(sizes),), "u4")
        packing.write_draft_entries(out, "char", merged, articles)
        out.add("char_most_key", (most.keys,), "u8")
        out.add("char_most", (most.frequency,), "u4")
        return
    total = np.cumsum(sizes)
    with packing.ListWriter(out, "char", articles) as written:
        at = before = 0
        for entries in merged:
            end = int(total.searchsorted(before + len(entries))) + 1
            held_in, often = lists.split(entries)
            often = most.fill(often, all_units[at:end], held_in, sizes[at:end])
            written.add(held_in, often, sizes[at:end])
            at, before = end, before + len(entries)


def _write_hanja(placed: Sequence[_Placed], out: ArrayWriter) -> None:
    moved = [source.moved(source.arrays["hanja_at"]) for source in placed]
    out.add("hanja_at", (at for at, _ in moved), TYPES["hanja_at"])
    units = [
        source.arrays["hanja_unit"] if stay is None else source.arrays["hanja_unit"][stay]
        for source, (_, stay) in zip(placed, moved, strict=True)
    ]
    out.add("hanja_unit", units, TYPES["hanja_unit"])
    pairs = [
        source.arrays["hanja_pair"]
        if stay is None
        else hanja_forms.pairs(source.arrays["hanja_at"][stay], own, source.arrays["text"])
        for source, (_, stay), own in zip(placed, moved, units, strict=True)
    ]
    out.add("hanja_pair", (together(pairs),), TYPES["hanja_pair"])


def _write_words(placed: Sequence[_Placed], out: ArrayWriter) -> None:
    parts = []
    for source in placed:
        if len(source.keep):
            held = Words.read(source.arrays)
            kept = None if source.live is None else source.stretches()
            start = int(
                source.arrays["field_start"][3 * source.keep[0]] + source.shift[source.keep[0]]
            )
            mapped = isinstance(source.arrays, ArrayFile)
            release = source.release if mapped else None
            parts.append(Part(source.arrays["text"], held, start, kept, release))
    for name, array in word_merge.merge(parts).arrays().items():
        out.add(name, (array,), TYPES[name])


@dataclass(frozen=True, slots=True)
class _Stream:
    """The positions, or the entries of lists, of one source: `between(first, last)` gives
    those of some of its terms, `moved` says what becomes of them, `numbers` are the terms'
    places among all terms."""

    source: _Placed
    offset: I64
    between: Callable[[int, int], Array]
    moved: Callable[[Array], tuple[Array, Mask | None]]
    numbers: I64


def _counts(streams: Sequence[_Stream], terms: int) -> I64:
    """How many values of each term stay, all sources together."""
    counts = np.zeros(terms, np.int64)
    for stream in streams:
        counts[stream.numbers] += _live_counts(stream)
    return counts


def _live_counts(stream: _Stream) -> I64:
    offset = stream.offset
    if stream.source.live is None:
        return np.diff(offset)
    counts = np.zeros(len(offset) - 1, np.int64)
    for first, last in _term_blocks(offset):
        _, stay = stream.moved(stream.between(first, last))
        seen = np.repeat(np.arange(last - first), np.diff(offset[first : last + 1]))
        counts[first:last] = np.bincount(seen[stay], minlength=last - first)
        stream.source.release()
    return counts


def _term_blocks(offset: I64) -> Iterator[tuple[int, int]]:
    """Stretches of terms that hold about _BLOCK values each (at least one term)."""
    first, terms = 0, len(offset) - 1
    while first < terms:
        last = int(np.searchsorted(offset, offset[first] + _BLOCK, side="right")) - 1
        last = min(max(last, first + 1), terms)
        yield first, last
        first = last


def _merged(streams: Sequence[_Stream], counts: I64) -> Iterator[U32]:
    """The values of all terms, source by source within a term; blocks of whole terms."""
    total = np.concatenate(([0], np.cumsum(counts)))
    of_terms = list(_term_blocks(total))
    edges = np.array([0, *(last for _, last in of_terms)])
    cuts = [pairwise(stream.numbers.searchsorted(edges).tolist()) for stream in streams]
    for first, last in of_terms:
        merged = np.empty(total[last] - total[first], np.uint32)
        free = (total[first:last] - total[first]).copy()  # where each term's next value goes
        for stream, cut in zip(streams, cuts, strict=True):
            low, high = next(cut)
            if low == high:
                continue
            held = np.diff(stream.offset[low : high + 1])
            moved, stay = stream.moved(stream.between(low, high))
            local = stream.numbers[low:high] - first
            if stay is not None:
                seen = np.repeat(np.arange(high - low), held)[stay]
                held = np.bincount(seen, minlength=high - low)
            target = np.repeat(free[local] - (np.cumsum(held) - held), held)
            target += np.arange(len(moved))
            merged[target] = moved
            free[local] += held
            stream.source.release()
        yield merged
