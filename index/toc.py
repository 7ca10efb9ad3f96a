"""Which segments make up the index, and how far has it followed the store?

The table of contents is Whoosh's own file, so `whoosh.index.open_dir` finds the segments,
with a trailer behind it that Whoosh does not read: the same segments, the store's UUID and
the highest change as JSON, under a checksum of the whole file. This program reads nothing
but the trailer. Whoosh's part is a pickle, and no pickle of an index is ever loaded here:
an index from elsewhere can hold anything. A table that some other writer made has no
trailer, which is how a rewritten index is noticed.

Writing the file under its final name (after an fsync of everything it names) is the one
moment at which a commit becomes visible.
"""

from __future__ import annotations

import os
import re
import struct
import zlib
from pathlib import Path

import msgspec

from corpus.errors import CorpusDamaged
from corpus.index.segment_file import SegmentFile

INDEX_NAME = "MAIN"  # Whoosh's default
FORMAT = 1

_TRAILER = struct.Struct("<II8s")  # length of the JSON, CRC of all before this, magic
_MAGIC = b"CORPUST\n"
_NAME = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
_REBUILD = "mend it with: corpus index rebuild"


class Contents(msgspec.Struct, frozen=True):
    """The state of the index after a commit; `generation` counts commits from 1."""

    generation: int
    store: str | None
    seq: int
    segments: tuple[SegmentFile, ...]


EMPTY = Contents(0, None, 0, ())


class _Format(msgspec.Struct):
    format: int


class _State(msgspec.Struct):
    """The trailer; bytes are base64 in JSON."""

    format: int
    store: str | None
    seq: int
    segments: tuple[SegmentFile, ...]


def read(folder: Path) -> Contents:
    """The newest commit; EMPTY where there is none.

    Raises CorpusDamaged where the table is not what this program wrote.
    """
    generation = latest(folder)
    if generation is None:
        if folder.is_dir() and any(folder.glob("*.arrays")):
            raise CorpusDamaged(folder, f"segments, but no table of contents; {_REBUILD}")
        return EMPTY
    path = _path(folder, generation)
    data = path.read_bytes()
    if len(data) < _TRAILER.size:
        raise CorpusDamaged(path, f"only {len(data)} bytes long; {_REBUILD}")
    length, crc, magic = _TRAILER.unpack_from(data, len(data) - _TRAILER.size)
    if magic != _MAGIC:
        raise CorpusDamaged(path, f"written or damaged by another program; {_REBUILD}")
    if zlib.crc32(data[: -_TRAILER.size]) != crc:
        raise CorpusDamaged(path, f"not what was written; {_REBUILD}")
    state = data[-_TRAILER.size - length : -_TRAILER.size]
    written = msgspec.json.decode(state, type=_Format).format
    if written != FORMAT:
        raise CorpusDamaged(path, f"has format {written}, this program reads {FORMAT}; {_REBUILD}")
    found = msgspec.json.decode(state, type=_State)
    return Contents(generation, found.store, found.seq, found.segments)


def write(folder: Path, contents: Contents) -> None:
    """Commit: make `contents` the newest table, then remove the files it no longer names."""
    state = msgspec.json.encode(_State(FORMAT, contents.store, contents.seq, contents.segments))
    data = _for_whoosh(contents) + state
    data += _TRAILER.pack(len(state), zlib.crc32(data), _MAGIC)
    path = _path(folder, contents.generation)
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync_folder(folder)
    _clean(folder, contents)


def _for_whoosh(contents: Contents) -> bytes:
    """The table as the installed Whoosh writes it."""
    from whoosh.filedb.filestore import RamStorage
    from whoosh.index import TOC

    from corpus.index.codec import GramSegment
    from corpus.index.schema import make_schema

    storage = RamStorage()
    segments = [GramSegment(segment) for segment in contents.segments]
    TOC(make_schema(), segments, contents.generation).write(storage, INDEX_NAME)
    data: bytes = storage.files[f"_{INDEX_NAME}_{contents.generation}.toc"]
    return data


def _path(folder: Path, generation: int) -> Path:
    return folder / f"_{INDEX_NAME}_{generation}.toc"


def latest(folder: Path) -> int | None:
    """The generation of the newest table, readable or not; None where there is none."""
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return max((int(m[1]) for name in names if (m := _NAME.fullmatch(name))), default=None)


def fresh_path(folder: Path) -> Path:
    """Of a file that no table names yet; a commit removes those that are not named by then."""
    return folder / f"{INDEX_NAME}_{os.urandom(8).hex()}.arrays"


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # elsewhere a folder cannot be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clean(folder: Path, contents: Contents) -> None:
    named = {segment.path(folder).name for segment in contents.segments}
    named.add(_path(folder, contents.generation).name)
    for path in folder.iterdir():
        ours = path.suffix in (".arrays", ".draft") or _NAME.fullmatch(path.name)
        if ours and path.name not in named:
            # On systems that keep open files, a reader's file goes at a later commit.
            try:
                path.unlink()
            except OSError:
                continue
