"""How is a file read that is packed, cut off or a bomb? As a stream that ends early and says why.

A reader in the middle of a line cannot handle an exception without losing what it holds.
So a stream whose bytes give out is at its end, and `cut` names the reason; whoever reads
it keeps what is whole and rejects the rest. Nothing is ever unpacked to disk or held whole.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Protocol

import zstandard

from corpus.ingest.limits import FREE_BYTES, MOST_RATIO, megabytes

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 4096  # bytes that tell what a stream is
_BLOCK = 1 << 16
# A zstd block of 4 bytes can stand for 128 kB, and its decoder gives all at once.
_ZSTD_BLOCK = 1 << 10
_MOST_WINDOW = 128 << 20  # what the decoders of xz and zstd may hold; their tools use no more


@dataclass
class Gauge:
    """How many bytes went into a file's readers, and how many came out of all of them."""

    taken: int = 0
    given: int = 0

    @property
    def burst(self) -> bool:
        return self.given > max(FREE_BYTES, MOST_RATIO * self.taken)


@dataclass
class Flow:
    """An open stream: `file` to read, `cut` once it ended before its end."""

    file: io.BufferedReader[_Filled]
    gauge: Gauge
    _cuts: list[str] = field(default_factory=list)

    @property
    def cut(self) -> str | None:
        return self._cuts[0] if self._cuts else None

    def head(self) -> bytes:
        """The first bytes, up to HEAD of them, which stay to be read."""
        return self.file.peek(HEAD)[:HEAD]

    def inner(self, read: Callable[[int], bytes], *faults: type[Exception]) -> Flow:
        """A stream of its own within this file: one member, whose faults are not the file's."""
        cuts: list[str] = []
        raw = _Filled(_careful(read, faults, cuts, self.gauge))
        return Flow(io.BufferedReader(raw, _BLOCK), self.gauge, cuts)

    def unpacked(self, form: str) -> Flow:
        """What is in this stream, which is compressed in `form`: gzip, bzip2, xz, zstd."""
        return self._through(Unpacked(self, form))

    def members(self) -> tuple[Flow, Unpacked]:
        """What is in this gzip stream, and the reader that knows where its members began."""
        raw = Unpacked(self, "gzip", keep_starts=True)
        return self._through(raw), raw

    def resumed(self, raw: Unpacked, mark: bytes) -> Flow | None:
        """The stream again, from the next member that begins with `mark` after a damaged one."""
        if not raw.resume(mark):
            return None
        self._cuts.clear()
        return self._through(raw)

    def _through(self, raw: Unpacked) -> Flow:
        return Flow(io.BufferedReader(_Filled(raw.some), _BLOCK), self.gauge, self._cuts)

    def stop(self, reason: str) -> None:
        """Let the stream end here."""
        self._cuts.append(reason)


def opened(file: BinaryIO) -> Flow:
    """The stream of a file or of standard input."""
    gauge = Gauge()
    return Flow(io.BufferedReader(_Counted(file, gauge), _BLOCK), gauge)


class _Filled(io.RawIOBase):
    """A raw stream that gives all that it is asked for, so that `peek` sees a whole head."""

    def __init__(self, some: Callable[[int], bytes]) -> None:
        self._some = some

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        done = 0
        while done < len(view):
            data = self._some(len(view) - done)
            if not data:
                break
            view[done : done + len(data)] = data
            done += len(data)
        return done


class _Counted(_Filled):
    """The file itself. Seekable where it is: the list of a zip archive stands at its end."""

    def __init__(self, file: BinaryIO, gauge: Gauge) -> None:
        super().__init__(self._read)
        self._file, self._gauge = file, gauge

    def _read(self, size: int) -> bytes:
        data = self._file.read(size) or b""
        self._gauge.taken += len(data)
        return data

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


def _careful(
    read: Callable[[int], bytes],
    faults: tuple[type[Exception], ...],
    cuts: list[str],
    gauge: Gauge,
) -> Callable[[int], bytes]:
    def some(size: int) -> bytes:
        if cuts:
            return b""
        try:
            data = read(size)
        except faults as error:
            cuts.append(f"its data are damaged or cut off: {error}")
            return b""
        gauge.given += len(data)
        if gauge.burst:
            cuts.append(_burst())
            return b""
        return data

    return some


def _burst() -> str:
    return (
        f"unpacks to more than {MOST_RATIO} times its size (and more than "
        f"{megabytes(FREE_BYTES)}): a bomb, not an archive; unpack it yourself if it is none"
    )


class _Decoder(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Gzip:
    """zlib with the protocol of bz2 and lzma: what was not used yet stays inside."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(31)
        self.last = b""  # what was decoded last, for a search behind damage

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        self.last = self._zlib.unconsumed_tail + data
        return self._zlib.decompress(self.last, max_length)


class _Zstd:
    def __init__(self) -> None:
        self._zstd = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW).decompressobj()

    @property
    def eof(self) -> bool:
        return self._zstd.eof

    @property
    def unused_data(self) -> bytes:
        return self._zstd.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._zstd.decompress(data)


_DECODERS: dict[str, tuple[Callable[[], _Decoder], int, tuple[bytes, ...]]] = {
    "gzip": (_Gzip, _BLOCK, (b"\x1f\x8b",)),
    "bzip2": (bz2.BZ2Decompressor, _BLOCK, (b"BZh",)),
    "xz": (lambda: lzma.LZMADecompressor(memlimit=_MOST_WINDOW), _BLOCK, (b"\xfd7zXZ",)),
    # Frames that hold no data begin with 0x184D2A5?.
    "zstd": (_Zstd, _ZSTD_BLOCK, (b"\x28\xb5\x2f\xfd", b"\x2a\x4d\x18")),
}
_FAULTS = (zlib.error, lzma.LZMAError, OSError, EOFError, zstandard.ZstdError)


_GZIP = b"\x1f\x8b\x08"


def _begins(data: bytes, mark: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, len(mark)) == mark
    except zlib.error:
        return False


class Unpacked:
    """The bytes in a compressed stream, member after member, a block at a time."""

    def __init__(self, flow: Flow, form: str, *, keep_starts: bool = False) -> None:
        self._flow, self._form, self._keep = flow, form, keep_starts
        self._make, self._block, self._marks = _DECODERS[form]
        self._decoder: _Decoder | None = None
        self._held = self._ready = b""
        self._read = self._given = 0
        self._starts: list[tuple[int, int]] = []
        self._behind: bytes | None = None  # what stands behind damage, as far as it was read

    def start(self, position: int) -> int | None:
        """Where in the compressed stream the member begins whose first byte is at `position`.

        None where no member begins there. Asked in rising order: older ones are forgotten.
        """
        while len(self._starts) > 1 and self._starts[1][0] <= position:
            del self._starts[0]
        if self._starts and self._starts[0][0] == position:
            return self._starts[0][1]
        return None

    def resume(self, mark: bytes) -> bool:
        """Go on with the next member that begins with `mark`, as if the stream began there.

        False where the stream did not end in damage, or no such member follows.
        """
        held, self._behind = self._behind, None
        while held is not None:
            at = held.find(_GZIP)
            while at >= 0 and not _begins(held[at : at + HEAD], mark):
                at = held.find(_GZIP, at + 1)
            more = self._more()
            if at >= 0:
                self._held, self._ready, self._decoder = held[at:] + more, b"", None
                self._starts.clear()
                self._given = 0
                return True
            held = held[-HEAD:] + more if more else None
        return False

    def some(self, size: int) -> bytes:
        """At most `size` bytes; none at the end, and the flow's `cut` says if it came early."""
        while not self._ready and not self._flow.cut:
            if not self._fill(size):
                break
        data, self._ready = self._ready[:size], self._ready[size:]
        return data

    def _fill(self, size: int) -> bool:
        """Decode a block; False at the end."""
        decoder = self._decoder or self._begin()
        if decoder is None:
            return False
        try:
            data = decoder.decompress(self._held, size)
            self._held = b""
            if not data and not decoder.eof:
                self._held = self._more()
                if not self._held:
                    self._flow.stop(f"cut off: the {self._form} data end in the middle")
                    return False
        except (*_FAULTS, MemoryError) as error:
            if isinstance(decoder, _Gzip):
                self._behind = decoder.last[1:]
            said = str(error) or "they need too much memory"
            self._flow.stop(f"the {self._form} data are damaged from here on: {said}")
            return False
        self._ready = data
        self._given += len(data)
        self._flow.gauge.given += len(data)
        if decoder.eof:
            self._held = decoder.unused_data
            self._decoder = None
        if self._flow.gauge.burst:
            self._flow.stop(_burst())
        return True

    def _begin(self) -> _Decoder | None:
        """The decoder of the next member; None where there is none."""
        first = not self._starts
        if not self._held:
            self._held = self._more()
        if len(self._held) < 8:
            self._held += self._more()
        if not self._held or (not first and not self._held.strip(b"\0")):
            return None  # tapes and block devices are padded with zeros
        if not any(mark in self._held[:6] for mark in self._marks):
            self._flow.stop(f"what follows the {self._form} data is none of them")
            return None
        if not self._keep:
            self._starts.clear()
        self._starts.append((self._given, self._read - len(self._held)))
        self._decoder = self._make()
        return self._decoder

    def _more(self) -> bytes:
        data = self._flow.file.read(self._block)
        self._read += len(data)
        return data
