"""How are positions and article lists written to a segment's file?

Term by term, in blocks of whole terms, so memory is bounded by one block. How they lie
there and why: `postings`, `lists`. Arrays that grow side by side are spooled to temporary
files, since a file takes its arrays one after the other.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from corpus.index import lists
from corpus.index.arrays import Array, ArrayWriter
from corpus.index.lists import Places
from corpus.index.postings import BUCKET

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]

LEAST = 256  # positions of a frequent term, at the least
LISTED = 512  # positions from which on a term keeps a list of its articles

_READ = 1 << 20  # elements copied at once
_ARTICLES = 1 << 16  # of a bucket of a list


def write_positions(
    out: ArrayWriter, blocks: Iterable[U32], counts: I64, units: int, places: Places
) -> None:
    """The positions of all terms, and the lists of the frequent ones.

    `blocks` give the positions term by term, any number of whole terms at a time; `counts`
    [terms] are the positions of each term, `units` the length of the text.
    """
    buckets = -(-units // BUCKET)
    dense = counts >= max(LEAST, buckets + buckets // 4)
    listed = counts >= LISTED
    total = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    held: list[Array] = []
    with _Spool("<u2") as lows, ListWriter(out, "list", len(places.body)) as written:

        def sparse() -> Iterator[U32]:
            term = 0
            for block in blocks:
                last = int(total.searchsorted(total[term] + len(block)))
                last = max(last, term + 1)
                chosen = listed[term:last]
                if chosen.any():
                    _list(block, counts[term:last], chosen, places, written)
                yield _split(block, counts[term:last], dense[term:last], buckets, held, lows)
                term = last

        out.add("sparse", sparse(), "u4")
        out.add("dense_term", (np.flatnonzero(dense),), "u4")
        out.add("dense_held", held, "u2")
        out.add("dense_low", lows.parts(), "u2")
        out.add("list_term", (np.flatnonzero(listed),), "u4")


def _list(block: U32, counts: I64, chosen: Mask, places: Places, written: ListWriter) -> None:
    """The lists of the `chosen` terms of a block."""
    positions = block if chosen.all() else block[np.repeat(chosen, counts)]
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts[chosen])))
    found = lists.tally(positions, places, starts[:-1])
    sizes = np.diff(found.first.searchsorted(starts))
    written.add(lists.entries(found.articles, found.frequency), sizes)


def _split(
    block: U32, counts: I64, dense: Mask, buckets: int, held: list[Array], lows: _Spool
) -> U32:
    """The rare terms' positions of a block; the frequent ones' go to `lows` and `held`.

    A frequent term that turns out to fill a bucket is made a rare one in `dense`.
    """
    if not dense.any():
        return block
    mask = np.repeat(dense, counts)
    positions = block[mask]
    counted = _per_bucket(positions >> 16, counts[dense], buckets)
    full = (counted >= BUCKET).any(axis=1)
    if full.any():
        dense[np.flatnonzero(dense)[full]] = False
        counted = counted[~full]
        mask = np.repeat(dense, counts)
        positions = block[mask]
    held.append(counted.astype(np.uint16).ravel())
    lows.write(positions)
    return block[~mask]


def _per_bucket(bucket: U32, counts: I64, buckets: int) -> I64:
    """[terms, buckets] how many of each term's values are in each bucket."""
    cells = np.repeat(np.arange(len(counts), dtype=np.int64) * buckets, counts)
    cells += bucket
    found = np.bincount(cells, minlength=len(counts) * buckets)
    return found.reshape(len(counts), buckets)


class ListWriter:
    """Writes the lists called NAME; `articles` is how many the segment holds.

    A context manager: the arrays are added to the file when it ends without an error.
    """

    def __init__(self, out: ArrayWriter, name: str, articles: int) -> None:
        self._out, self._name = out, name
        self._buckets = -(-articles // _ARTICLES)
        self._low, self._tf = _Spool("<u2"), _Spool("u1")
        self._sizes: list[I64] = []
        self._held: list[I64] = []

    def add(self, entries: U32, sizes: I64) -> None:
        """Some lists more: their entries, and how many each has."""
        articles = entries >> np.uint32(8)
        self._sizes.append(sizes)
        if self._buckets > 1:
            self._held.append(_per_bucket(articles >> 16, sizes, self._buckets).ravel())
        self._low.write(articles)
        self._tf.write(entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._low as low, self._tf as tf:
            if kind is None:
                sizes = np.concatenate([np.zeros(1, np.int64), *self._sizes])
                self._out.add(f"{self._name}_offset", (offsets(sizes[1:]),), "u4")
                self._out.add(f"{self._name}_low", low.parts(), "u2")
                self._out.add(f"{self._name}_held", self._held, "u4")
                self._out.add(f"{self._name}_tf", tf.parts(), "u1")


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
