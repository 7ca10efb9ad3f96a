"""How do named arrays lie in one file that can be trusted?

    magic (8 bytes) | header length u32 | header CRC u32 | header | arrays, each at 64 bytes

The header is JSON: the format, the file's name and length, and for every array its type,
length, offset and CRC-32; numbers are little-endian. A file is opened by mapping it: only
the header is read, so opening costs the same for a thousand articles and for a million.
Truncation and a damaged header show at once. Damage inside an array shows in
`ArrayFile.check`, which reads everything; whoever opens a file that was touched since it
was committed (another size or time than the table of contents says) must call it first.
"""

from __future__ import annotations

import mmap
import os
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from corpus.errors import CorpusDamaged

Array = npt.NDArray[Any]

MAGIC = b"CORPUSA\n"
FORMAT = 9  # 2: END grams; 3: positions split by frequency; 4: blocks know about titles;
# 5: lists of articles, no END grams, a dictionary of words; 6: Hanja; 7: notes;
# 8: trigrams; lists and the table of blocks in fewer bytes; 9: the low bits of all terms together
_ALIGN = 64
_START = struct.Struct("<8sII")
_HEADER_ROOM = 16_384  # the header is written last, in front
_BLOCK = 1 << 22  # bytes read at once for checksums


class ArrayWriter:
    """Writes one file, array by array; `close` makes it complete and, if it is to be `durable`,
    safe from a crash (fsync). Only a durable one has checksums.

    Used as a context manager: on an exception the unfinished file is removed.
    """

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        self.path, self._durable = path, durable
        self._file = path.open("wb")
        self._file.write(bytes(_HEADER_ROOM))
        self._entries: dict[str, dict[str, Any]] = {}

    def add(self, name: str, parts: Array | Iterable[Array], dtype: npt.DTypeLike) -> None:
        """Append the array `name`, whole or in parts, as `dtype` (one dimension)."""
        kind = np.dtype(dtype).newbyteorder("<")
        offset = -self._file.tell() % _ALIGN + self._file.tell()
        self._file.write(bytes(offset - self._file.tell()))
        self._entries[name] = {"type": kind.str, "length": 0, "offset": offset, "crc": 0}
        self.extend((parts,) if isinstance(parts, np.ndarray) else parts)

    def extend(self, parts: Iterable[Array]) -> None:
        """Append to the array that was added last."""
        entry = next(reversed(self._entries.values()))
        kind, length, crc = np.dtype(entry["type"]), entry["length"], entry["crc"]
        for part in parts:
            data = np.ascontiguousarray(part, kind).view(np.uint8).data
            self._file.write(data)
            # Others are read by who wrote them: 0.25 seconds a gigabyte.
            crc = zlib.crc32(data, crc) if self._durable else 0
            length += len(part)
        entry["length"], entry["crc"] = length, crc

    def flushed(self, name: str) -> tuple[Path, int]:
        """See to it that others can read the array `name`; the file and where in it, in bytes,
        it begins."""
        self._file.flush()
        return self.path, self._entries[name]["offset"]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def length(self, name: str) -> int:
        """How many elements the array `name` got."""
        return int(self._entries[name]["length"])

    def close(self) -> None:
        """Write the header; see a durable file safely to the disk."""
        size = self._file.tell()
        facts = {"format": FORMAT, "name": self.path.stem, "size": size, "arrays": self._entries}
        header = msgspec.json.encode(facts)
        if _START.size + len(header) > _HEADER_ROOM:
            raise ValueError(f"{len(self._entries)} arrays do not fit the header")
        self._file.seek(0)
        self._file.write(_START.pack(MAGIC, len(header), zlib.crc32(header)) + header)
        self._file.flush()
        if self._durable:
            os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Remove the file if it is not complete."""
        if not self._file.closed:
            self._file.close()
            self.path.unlink(missing_ok=True)

    def __enter__(self) -> ArrayWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()


class ArrayFile:
    """A file of arrays, mapped for reading: `file["positions"]` is a numpy view of the map.

    Raises CorpusDamaged where the header is not what was written, OSError where there is
    no file. The map lives as long as a view of it does, also after the file was deleted
    by a later commit.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            start = file.read(_HEADER_ROOM)
            if len(start) < _HEADER_ROOM:
                raise CorpusDamaged(path, f"only {size} bytes long; {_MEND}")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, length, crc = _START.unpack_from(start)
        header = start[_START.size : _START.size + length]
        if magic != MAGIC or zlib.crc32(header) != crc or len(header) != length:
            raise CorpusDamaged(path, f"its header is not what was written; {_MEND}")
        found = msgspec.json.decode(header)
        if found["format"] != FORMAT:
            raise CorpusDamaged(
                path, f"has format {found['format']}, this program reads {FORMAT}; {_MEND}"
            )
        if found["name"] != path.stem:
            raise CorpusDamaged(path, f"is the file of another segment, {found['name']}; {_MEND}")
        if found["size"] != size:
            raise CorpusDamaged(path, f"{size} bytes long, {found['size']} were written; {_MEND}")
        self._entries: dict[str, dict[str, Any]] = found["arrays"]

    def __getitem__(self, name: str) -> Array:
        entry = self._entries[name]
        return np.frombuffer(self._map, np.dtype(entry["type"]), entry["length"], entry["offset"])

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def release(self) -> None:
        """Take the pages read so far off this process's memory; they can be read again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def names(self) -> list[str]:
        """The arrays in this file."""
        return list(self._entries)

    def check(self) -> None:
        """Read every array; raises CorpusDamaged on the first whose checksum differs."""
        for name, entry in self._entries.items():
            at = entry["offset"]
            end = at + entry["length"] * np.dtype(entry["type"]).itemsize
            crc = 0
            for block in range(at, end, _BLOCK):
                crc = zlib.crc32(self._map[block : min(block + _BLOCK, end)], crc)
            if crc != entry["crc"]:
                raise CorpusDamaged(self.path, f"{name} is not what was written; {_MEND}")


_MEND = "mend it with: corpus index rebuild"
