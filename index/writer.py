"""How do changed articles come into the index?

They are cut into terms a chunk at a time (`segment.Draft`), chunks are merged to one new
segment, and what is replaced or deleted is marked in the old ones. Segments of similar
size are merged in the same go, so their number grows with the logarithm of the archive, and
adding a hundred articles costs a hundred articles' time. What does not fit the memory waits
on disk (`growing`). The commit is one rename (`toc`): whatever happens before it leaves the
index as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from whoosh.util.filelock import FileLock

from corpus.errors import CorpusDamaged, CorpusLocked
from corpus.index import toc
from corpus.index.arrays import Array, ArrayWriter
from corpus.index.growing import Growing
from corpus.index.layout import MOST_ARTICLES
from corpus.index.merge import Source, merge
from corpus.index.protocol import Change
from corpus.index.segment import Draft
from corpus.index.segment_file import SegmentFile

CHUNK = 1 << 20  # units of text inverted at once


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds a writer: `memory` in bytes for chunks not yet on disk, `units` of text and
    `articles` that a segment may hold (32 and 24 bits), `ratio`: a segment is merged with
    newer ones that together reach a `ratio`-th of its size."""

    memory: int = 256 << 20
    units: int = (1 << 32) - 1
    articles: int = MOST_ARTICLES
    ratio: int = 4


@dataclass(slots=True)
class _Batch:
    """The new articles of one commit: segments on disk, chunks in memory, the open draft."""

    numbers: set[int] = field(default_factory=set)
    growing: list[Growing] = field(default_factory=list)
    chunks: list[dict[str, Array]] = field(default_factory=list)
    held: int = 0  # bytes in `chunks`
    units: int = 0  # in `chunks`
    articles: int = 0
    draft: Draft = field(default_factory=Draft)


@dataclass(slots=True)
class _Group:
    """What becomes one segment; `growing` where the text of all of it is on disk."""

    sources: list[Source]
    units: int
    articles: int
    growing: Growing | None = None


def apply(
    folder: Path,
    changes: Iterable[Change],
    *,
    store: str,
    seq: int,
    progress: Callable[[int], object] | None = None,
    limits: Limits | None = None,
    rebuild: bool = False,
) -> toc.Contents:
    """Bring `changes` into the index at `folder` and commit; returns the new contents.

    Every article number may occur once. With `rebuild` the index is made anew from the
    changes alone, whatever the folder holds. Raises CorpusDamaged where the index belongs
    to another store, CorpusLocked where some other program is writing it.
    """
    limits = limits or Limits()
    _keep_freed_memory()
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(folder / f"{toc.INDEX_NAME}_WRITELOCK"))
    if not lock.acquire():
        raise CorpusLocked(folder, 0)
    batch = _Batch()
    try:
        old = _start_anew(folder) if rebuild else toc.read(folder)
        if old.store not in (None, store):
            raise CorpusDamaged(folder, "made from another store; corpus index rebuild mends it")
        if old.generation == 0:
            # Segments without any table are damage, not a first commit that was cut short.
            old = toc.Contents(1, store, 0, ())
            toc.write(folder, old)
        for taken, change in enumerate(changes, 1):
            _take(folder, batch, change, limits)
            if progress is not None:
                progress(taken)
        kept = _without(folder, old.segments, batch.numbers)
        segments = _settle(folder, kept, _finish(folder, batch, limits), limits)
        new = toc.Contents(old.generation + 1, store, seq, tuple(segments))
        toc.write(folder, new)
        return new
    finally:
        for growing in batch.growing:
            growing.forget()
        lock.release()


def _keep_freed_memory() -> None:
    """glibc gives freed arrays back to the system, and each fresh one costs a page fault for
    every 4 KB, until it has seen one as large as this freed (mallopt(3), M_MMAP_THRESHOLD). None
    of it is touched. Of 103,000 faults 66,000 are left for 50,614 articles: 3 % of a build.
    """
    np.empty(_LARGEST_KEPT, np.uint8)


_LARGEST_KEPT = 31 << 20  # bytes; glibc learns from nothing above 32 MiB


def _start_anew(folder: Path) -> toc.Contents:
    """Nothing is kept but the count of commits: readers of an older table see a newer one."""
    generation = toc.latest(folder) or 0
    return toc.Contents(generation, None, 0, ())


def _take(folder: Path, batch: _Batch, change: Change, limits: Limits) -> None:
    if change.number in batch.numbers:
        raise ValueError(f"article number {change.number} occurs twice in one commit")
    batch.numbers.add(change.number)
    if change.article is None:
        return
    batch.draft.add(change.number, change.article)
    if batch.draft.units >= CHUNK:
        _close_draft(folder, batch, limits)
        if batch.held > limits.memory:
            _spill(folder, batch, limits)


def _close_draft(folder: Path, batch: _Batch, limits: Limits) -> None:
    draft = batch.draft
    if not len(draft):
        return
    if batch.units + draft.units > limits.units or batch.articles + len(draft) > limits.articles:
        _spill(folder, batch, limits)
    chunk = draft.arrays()
    batch.chunks.append(chunk)
    batch.held += sum(array.nbytes for array in chunk.values())
    batch.units += draft.units
    batch.articles += len(draft)
    batch.draft = Draft()


def _spill(folder: Path, batch: _Batch, limits: Limits) -> None:
    """The chunks in memory go to the disk."""
    if not batch.chunks:
        return
    last = batch.growing[-1] if batch.growing else None
    if (
        last is None
        or last.units + batch.units > limits.units
        or last.articles + batch.articles > limits.articles
    ):
        last = Growing(toc.fresh_path(folder))
        batch.growing.append(last)
    last.add(batch.chunks)
    batch.chunks, batch.held, batch.units, batch.articles = [], 0, 0, 0


def _finish(folder: Path, batch: _Batch, limits: Limits) -> list[_Group]:
    """Everything taken, in its order; all on disk once something is, to make room in memory."""
    _close_draft(folder, batch, limits)
    if batch.growing:
        _spill(folder, batch, limits)
        return [_Group(one.sources(), one.units, one.articles, one) for one in batch.growing]
    if not batch.chunks:
        return []
    return [_Group([Source(chunk) for chunk in batch.chunks], batch.units, batch.articles)]


def _without(folder: Path, segments: Sequence[SegmentFile], numbers: set[int]) -> list[SegmentFile]:
    """The segments with the articles of `numbers` deleted; those left empty are dropped."""
    if not numbers:
        return list(segments)
    gone = np.fromiter(numbers, np.int64, len(numbers))
    kept = []
    for segment in segments:
        view = segment.open(folder)
        live = view.live_mask & ~np.isin(view.arrays["number"], gone)
        if live.any():
            kept.append(segment.with_live(live))
    return kept


def _settle(
    folder: Path, kept: Sequence[SegmentFile], fresh: Sequence[_Group], limits: Limits
) -> list[SegmentFile]:
    """What is new, with older segments of similar size, becomes as few as the limits allow."""
    rest = list(kept)
    while rest and len(fresh) == 1:
        last, group = rest[-1], fresh[0]
        if (
            last.units > limits.ratio * group.units
            or group.units + last.units > limits.units
            or group.articles + last.articles > limits.articles
        ):
            break
        group.sources.insert(0, _source(folder, rest.pop()))
        group.units, group.articles = group.units + last.units, group.articles + last.articles
        group.growing = None  # its text is not the first of the segment
    # A segment that is mostly deleted articles is written anew without them.
    rest = [
        _merge(folder, [_source(folder, segment)])
        if segment.live_articles() * 2 < segment.articles
        else segment
        for segment in rest
    ]
    return [*rest, *(_merge(folder, group.sources, group.growing) for group in fresh)]


def _source(folder: Path, segment: SegmentFile) -> Source:
    view = segment.open(folder)
    return Source(view.arrays, view.live)


def _merge(folder: Path, sources: Sequence[Source], growing: Growing | None = None) -> SegmentFile:
    """One new segment file from `sources`, whose text stands in that of `growing`."""
    with growing.out if growing else ArrayWriter(toc.fresh_path(folder)) as out:
        merge(sources, out)
        articles, units = out.length("number"), out.length("text")
    return SegmentFile.committed(out.path.stem, folder, articles, units)
