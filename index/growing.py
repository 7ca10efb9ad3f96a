"""Where does what does not fit the memory wait until its segment is written?

The text of a growing segment goes into the segment's file at once, where it stays. All the
rest lies in drafts, files beside it that the last merge reads. Text is a third of what would
have to be written twice.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from corpus.index import toc
from corpus.index.arrays import Array, ArrayFile, ArrayWriter
from corpus.index.merge import Source, merge
from corpus.index.postings import RARE_BITS
from corpus.index.segment import TYPES

# Units of a draft: as many as positions of three bytes address.
DRAFT = 1 << RARE_BITS


class Growing:
    """A segment of which some articles are on disk; `out` has its text and nothing else."""

    def __init__(self, path: Path) -> None:
        self.out = ArrayWriter(path)
        self.out.add("text", (), TYPES["text"])
        self.articles = 0
        self._drafts: list[DraftFile] = []

    @property
    def units(self) -> int:
        """Of its text so far."""
        return self.out.length("text")

    def add(self, chunks: Sequence[dict[str, Array]]) -> None:
        """Write some chunks to the disk, behind those that are there."""
        # Drafts alike in size, none with more units than it should have.
        most = max(1, DRAFT // max(len(chunk["text"]) for chunk in chunks))
        for some in np.array_split(np.arange(len(chunks)), -(-len(chunks) // most)):
            self._add([chunks[place] for place in some.tolist()])

    def _add(self, chunks: Sequence[dict[str, Array]]) -> None:
        path = toc.fresh_path(self.out.path.parent)
        with ArrayWriter(path, durable=False) as out:
            merge([Source(chunk) for chunk in chunks], out, draft=True)
            self.articles += out.length("number")
        first = self.units
        self.out.extend(chunk["text"] for chunk in chunks)
        self._drafts.append(DraftFile(path, self.out.flushed("text"), first, self.units - first))

    def sources(self) -> list[Source]:
        """The drafts, in their order."""
        return [Source(draft) for draft in self._drafts]

    def forget(self) -> None:
        """Remove the drafts, and the segment's file if it is not complete."""
        self.out.abandon()
        for draft in self._drafts:
            # On systems that keep open files it goes at a later commit.
            with suppress(OSError):
                draft.path.unlink()


class DraftFile(ArrayFile):
    """A draft; its text is `units` from unit `first` on in the array at an offset in bytes of
    another file."""

    def __init__(self, path: Path, text: tuple[Path, int], first: int, units: int) -> None:
        super().__init__(path)
        kind = np.dtype(TYPES["text"]).newbyteorder("<")
        at = text[1] + first * kind.itemsize
        skipped = at % mmap.ALLOCATIONGRANULARITY
        with text[0].open("rb") as file:
            self._text_map = mmap.mmap(
                file.fileno(),
                units * kind.itemsize + skipped,
                access=mmap.ACCESS_READ,
                offset=at - skipped,
            )
        self._text = np.frombuffer(self._text_map, kind, units, skipped)

    def __getitem__(self, name: str) -> Array:
        return self._text if name == "text" else super().__getitem__(name)

    def release(self) -> None:
        super().release()
        if hasattr(mmap, "MADV_DONTNEED"):
            self._text_map.madvise(mmap.MADV_DONTNEED)
