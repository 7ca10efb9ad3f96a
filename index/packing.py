"""How are positions and article lists written to a segment's file?

Term by term, in blocks of whole terms, so memory is bounded by one block. How they lie
there and why: `postings`, `lists`. Arrays that grow side by side are spooled to temporary
files, since a file takes its arrays one after the other.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

from corpus.index import lists, postings
from corpus.index.arrays import Array, ArrayWriter
from corpus.index.blocks import Blocks

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]

_READ = 1 << 20  # elements copied at once


@dataclass(frozen=True, slots=True)
class Sizes:
    """When a term, or a word of three syllables, keeps a list of its articles: from `listed`
    positions on, if that is no less than one for every `share` articles (`run_share` where it is
    a whole run of letters or digits: few are frequent). Fewer positions are counted nearly as fast
    as a list is read; more lists cost bytes (docs/decisions/0004-postings-in-arrays.md)."""

    listed: int = 256
    share: int = 16
    run_share: int = 200

    def least(self, articles: int, share: int | None = None) -> int:
        """The least positions of what has a list, among so many articles."""
        return max(self.listed, articles // (share or self.share))


SIZES = Sizes()


def write_positions(
    out: ArrayWriter,
    blocks: Iterable[U32],
    counts: I64,
    runs: int,
    units: int,
    table: Blocks,
    articles: int,
) -> None:
    """The positions of all terms, and the lists of the frequent ones.

    `blocks` give the positions term by term, any number of whole terms at a time; `counts`
    [terms] are the positions of each term, of which the first `runs` are whole runs; `units` is
    the length of the text.
    """
    buckets = -(-units >> 16)
    rare_buckets = -(-units >> postings.RARE_BITS)
    mask = np.uint32((1 << postings.RARE_BITS) - 1)
    listed = counts >= SIZES.least(articles)
    listed[:runs] = counts[:runs] >= SIZES.least(articles, SIZES.run_share)
    total = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    mid, dense = _Group("mid", "u1", buckets), _Group("dense", "u4", buckets)
    held: list[Array] = []
    with _Spool("u1") as high, ListWriter(out, "list", articles) as written:

        def low() -> Iterator[Array]:
            term = 0
            for block in blocks:
                yield block.astype(np.uint16)
                last = int(total.searchsorted(total[term] + len(block)))
                of_block = counts[term:last]
                if (chosen := listed[term:last]).any():
                    _list(block, of_block, chosen, table, written)
                for group in (mid, dense):
                    block, of_block = group.take(block, of_block, term)
                # What is left is rare; a term that was taken has no positions left.
                high.write((block & mask) >> 16)
                rare = of_block > 0
                bucket = block >> postings.RARE_BITS
                held.append(_per_bucket(bucket, of_block[rare], rare_buckets).ravel())
                term = last

        out.add("low", low(), "u2")
        for group in (dense, mid):
            group.write(out)
        out.add("rare_high", high.parts(), "u1")
        out.add("rare_held", held, "u2")
        out.add("list_term", (np.flatnonzero(listed),), "u4")


def write_draft_positions(out: ArrayWriter, blocks: Iterable[U32], units: int) -> None:
    """The positions of all terms of a draft, to be read once more: all terms are rare ones if
    they have but one bucket, which makes three bytes of four."""
    if units > 1 << postings.RARE_BITS:
        out.add("positions", blocks, "u4")
        return
    high: list[Array] = []

    def low() -> Iterator[Array]:
        for block in blocks:
            high.append((block >> 16).astype(np.uint8))
            yield block.astype(np.uint16)

    out.add("low", low(), "u2")
    out.add("rare_high", high, "u1")
    out.add("rare_held", (), "u2")
    for name, width in (("mid", "u1"), ("dense", "u4")):
        out.add(f"{name}_term", (), "u4")
        out.add(f"{name}_held", (), width)


IN_HALVES = 1 << 16  # articles of a draft that 16 bits tell apart


def write_draft_entries(out: ArrayWriter, name: str, blocks: Iterable[U32], articles: int) -> None:
    """The entries of the lists of a draft, to be read once more: three bytes of four where
    articles are as few as they nearly always are."""
    if articles > IN_HALVES:
        out.add(f"{name}_entry", blocks, "u4")
        return
    frequency: list[Array] = []

    def own() -> Iterator[Array]:
        for block in blocks:
            article, often = lists.split(block)
            frequency.append(often)
            yield article

    out.add(f"{name}_article", own(), "u2")
    out.add(f"{name}_frequency", frequency, "u1")


def _list(block: U32, counts: I64, chosen: Mask, table: Blocks, written: ListWriter) -> None:
    """The lists of the `chosen` terms of a block."""
    positions, _ = _split(block, counts, chosen)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts[chosen])))
    found = lists.tally(positions, table, starts[:-1])
    sizes = np.diff(found.first.searchsorted(starts))
    written.add(found.articles.astype(np.uint32), found.frequency, sizes)


class _Group:
    """Takes the terms whose positions in a bucket of 64 k units can be counted in `width`."""

    def __init__(self, name: str, width: str, buckets: int) -> None:
        self._name, self._width, self._buckets = name, np.dtype(width), buckets
        self._terms: list[Array] = [np.zeros(0, np.int64)]
        self._held: list[Array] = []

    def take(self, block: U32, counts: I64, first: int) -> tuple[U32, I64]:
        """What is left of a block of terms from number `first` on: positions and counts."""
        # A rare term costs a byte more for every position, one of these some for a bucket.
        least = max(self._width.itemsize * self._buckets, _LEAST)
        chosen = counts > min(least, _MOST)
        if not chosen.any():
            return block, counts
        taken, left = _split(block, counts, chosen)
        held = _per_bucket(taken >> 16, counts[chosen], self._buckets)
        fits = (held <= np.iinfo(self._width).max).all(axis=1)
        if not fits.all():
            chosen[np.flatnonzero(chosen)[~fits]] = False
            held = held[fits]
            _, left = _split(block, counts, chosen)
        self._terms.append(np.flatnonzero(chosen) + first)
        self._held.append(held.astype(self._width).ravel())
        return left, np.where(chosen, 0, counts)

    def write(self, out: ArrayWriter) -> None:
        """Add the arrays of the group."""
        out.add(f"{self._name}_term", self._terms, "u4")
        out.add(f"{self._name}_held", self._held, self._width)


def _split(block: U32, counts: I64, chosen: Mask) -> tuple[U32, U32]:
    """The positions of the `chosen` terms of a block, and those of the others.

    Neighbours are copied at once: a choice by frequency changes seldom from term to term.
    """
    change = np.flatnonzero(chosen[1:] != chosen[:-1])
    cuts = [0, *np.cumsum(counts).take(change).tolist(), len(block)]
    pieces = [block[start:end] for start, end in pairwise(cuts)]
    both = [np.concatenate([block[:0], *pieces[side::2]]) for side in (0, 1)]
    return (both[0], both[1]) if chosen[0] else (both[1], both[0])


_LEAST = 64  # positions of a term that is not rare: below, it would save nothing
_MOST = (1 << 16) - 1  # positions of a rare one: what its counts can hold


def _per_bucket(bucket: Array, counts: I64, buckets: int) -> I64:
    """[terms, buckets] how many of each term's values, ascending, are in each bucket."""
    found = np.zeros(len(counts) * buckets, np.int64)
    terms = np.flatnonzero(counts)
    starts = (np.cumsum(counts) - counts).take(terms)
    opens = np.ones(len(bucket), bool)
    np.not_equal(bucket[1:], bucket[:-1], out=opens[1:])
    opens[starts] = True
    begins = np.flatnonzero(opens)
    filled = np.diff(begins.searchsorted(starts), append=len(begins))
    cells = np.repeat(terms * buckets, filled)
    cells += bucket.take(begins)
    found[cells] = np.diff(begins, append=len(bucket))
    return found.reshape(len(counts), buckets)


class ListWriter:
    """Writes the lists called NAME; `articles` is how many the segment holds.

    A context manager: the arrays are added to the file when it ends without an error.
    """

    def __init__(self, out: ArrayWriter, name: str, articles: int) -> None:
        self._out, self._name, self._articles = out, name, articles
        self._low, self._wide = _Spool("u1"), _Spool("<u2")
        self._tf, self._bits, self._more = _Spool("u1"), _Spool("u1"), _Spool("u1")
        self._sizes: list[Array] = []
        self._kinds: list[Array] = []
        self._held: list[Array] = []
        self._in_wide: list[Array] = []
        self._many: list[Array] = []  # frequencies that stand in `more`, by list
        self._most_at: list[Array] = []
        self._most: list[Array] = []
        self._begun = np.zeros(0, np.uint8)  # frequencies that do not fill a byte yet
        self._written = 0

    def add(self, articles: U32, frequency: Array, sizes: I64) -> None:
        """Some lists more: their articles and frequencies, and how many each has."""
        edges = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        self._sizes.append(sizes)
        small = np.minimum(frequency, lists.MOST).astype(np.uint8)
        high = (small >= lists.MORE).nonzero()[0]
        self._many.append(np.diff(high.searchsorted(edges)))
        more = small.take(high)
        self._more.write(more)
        most = high.take((more == lists.MOST).nonzero()[0])
        self._most_at.append(most + self._written)
        self._most.append(frequency.take(most))
        self._written += len(articles)
        codes = np.minimum(small, lists.MORE)
        codes -= np.uint8(1)
        codes = np.concatenate((self._begun, codes))
        whole = len(codes) // 4 * 4
        self._tf.write(_packed(codes[:whole]))
        self._begun = codes[whole:]
        self._add_articles(articles, sizes, edges)

    def _add_articles(self, articles: U32, sizes: I64, edges: I64) -> None:
        kinds = lists.kinds(sizes, self._articles)
        held = self._in_buckets(articles, sizes, kinds, lists.SHORT)
        full = (held > np.iinfo(np.uint8).max).any(axis=1)
        if full.any():  # 256 articles side by side
            kinds[(kinds == lists.SHORT).nonzero()[0][full]] = lists.WIDE
            held = held[~full]
        self._kinds.append(kinds)
        self._held.append(held.ravel())
        self._low.write(_of_kind(articles, sizes, kinds, lists.SHORT))
        wide = _of_kind(articles, sizes, kinds, lists.WIDE)
        self._wide.write(wide & ((1 << lists.WIDE_BITS) - 1))
        if self._articles > 1 << lists.WIDE_BITS:
            self._in_wide.append(self._in_buckets(articles, sizes, kinds, lists.WIDE).ravel())
        for one in (kinds == lists.BITS).nonzero()[0].tolist():
            bits = np.zeros(self._articles, bool)
            bits[articles[edges[one] : edges[one + 1]]] = True
            self._bits.write(np.packbits(bits))

    def _in_buckets(self, articles: U32, sizes: I64, kinds: Array, kind: int) -> I64:
        """[lists of the kind, buckets] how many articles of each are in each bucket."""
        width = lists.SHORT_BITS if kind == lists.SHORT else lists.WIDE_BITS
        own = _of_kind(articles, sizes, kinds, kind)
        return _per_bucket(own >> width, sizes[kinds == kind], max(1, -(-self._articles >> width)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._low as low, self._wide as wide, self._tf as tf, self._bits as bits, self._more:
            if kind is None:
                add, name = self._out.add, self._name
                rest = np.zeros(-len(self._begun) % 4, np.uint8)
                tf.write(_packed(np.concatenate((self._begun, rest))))
                none = np.zeros(0, np.int64)
                add(f"{name}_offset", (offsets(np.concatenate([none, *self._sizes])),), "u4")
                add(f"{name}_kind", self._kinds, "u1")
                add(f"{name}_bits", bits.parts(), "u1")
                add(f"{name}_low", low.parts(), "u1")
                add(f"{name}_held", self._held, "u1")
                add(f"{name}_wide", wide.parts(), "u2")
                add(f"{name}_in_wide", self._in_wide, "u4")
                add(f"{name}_tf", tf.parts(), "u1")
                add(f"{name}_more", self._more.parts(), "u1")
                add(f"{name}_more_offset", (offsets(np.concatenate([none, *self._many])),), "u4")
                add(f"{name}_most_at", self._most_at, "u4")
                add(f"{name}_most", self._most, "u4")


def _of_kind(articles: U32, sizes: I64, kinds: Array, kind: int) -> U32:
    """The articles of the lists of one kind."""
    chosen = kinds == kind
    return articles if chosen.all() else articles[np.repeat(chosen, sizes)]


def _packed(codes: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Values of two bits each, four in a byte, of which the first has the lowest bits."""
    four = codes.reshape(-1, 4)
    packed: npt.NDArray[np.uint8] = four[:, 3] << np.uint8(2)
    for place in (2, 1):
        packed |= four[:, place]
        packed <<= np.uint8(2)
    packed |= four[:, 0]
    return packed


def offsets(counts: npt.NDArray[np.integer]) -> U32:
    """Where each of consecutive stretches begins, and where the last one ends."""
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    if found[-1] >= 1 << 32:
        raise OverflowError(f"{found[-1]} entries in one segment; at most {(1 << 32) - 1}")
    return found.astype(np.uint32)


class _Spool:
    """Numbers written now and read back later, of the type they are kept in."""

    def __init__(self, dtype: str) -> None:
        self._dtype = np.dtype(dtype)
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__

    def write(self, values: Array) -> None:
        """The low bits of `values`, as many as the type holds."""
        self._file.write(values.astype(self._dtype).data)

    def parts(self) -> Iterator[Array]:
        """Everything written."""
        self._file.seek(0)
        while data := self._file.read(self._dtype.itemsize * _READ):
            yield np.frombuffer(data, self._dtype)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
