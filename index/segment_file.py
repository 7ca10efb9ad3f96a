"""What must be known of a segment to open it and to trust it?

The facts that the table of contents keeps. A segment's file never changes once it is
committed; what is deleted from it stands in the table as a bitmap.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from corpus.errors import CorpusDamaged
from corpus.index.arrays import ArrayFile
from corpus.index.view import SegmentView

Mask = npt.NDArray[np.bool_]


class SegmentFile(msgspec.Struct, frozen=True):
    """One committed segment.

    `articles` and `units` (of text) include what is deleted since; `deleted` is a bitmap
    of the deleted articles (np.packbits), empty where there are none. `size` (bytes) and
    `mtime` (nanoseconds) are those of the file when it was committed: a file that has
    others since is read whole before it is trusted.
    """

    name: str
    articles: int
    units: int
    size: int
    mtime: int
    deleted: bytes = b""

    @classmethod
    def committed(cls, name: str, folder: Path, articles: int, units: int) -> SegmentFile:
        """The facts of the file just written."""
        found = (folder / f"{name}.arrays").stat()
        return cls(name, articles, units, found.st_size, found.st_mtime_ns)

    def path(self, folder: Path) -> Path:
        """The segment's file."""
        return folder / f"{self.name}.arrays"

    def live(self) -> Mask | None:
        """[articles] True for every article not deleted; None where all are live."""
        if not self.deleted:
            return None
        bits = np.unpackbits(np.frombuffer(self.deleted, np.uint8), count=self.articles)
        live: Mask = bits == 0
        return live

    def live_articles(self) -> int:
        """How many articles are not deleted."""
        live = self.live()
        return self.articles if live is None else int(live.sum())

    def with_live(self, live: Mask) -> SegmentFile:
        """The same segment with other deletions."""
        return msgspec.structs.replace(
            self, deleted=b"" if live.all() else np.packbits(~live).tobytes()
        )

    def open(self, folder: Path) -> SegmentView:
        """The segment's arrays, mapped.

        Raises CorpusDamaged where they are not what was written, FileNotFoundError where
        a later commit has removed the file meanwhile.
        """
        path = self.path(folder)
        found = path.stat()
        if found.st_size != self.size:
            raise CorpusDamaged(
                path,
                f"{found.st_size} bytes long, {self.size} were committed; "
                "mend it with: corpus index rebuild",
            )
        arrays = ArrayFile(path)
        if found.st_mtime_ns != self.mtime:
            arrays.check()
        return SegmentView(arrays, self.live())
