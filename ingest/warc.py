"""Which pages did a crawl save? The responses of a WARC file that hold HTML, with address and time.

warcio reads the headers; the framing is ours, so that a record with a wrong length, a
broken gzip member or garbage between records costs itself and not the rest of the file.
Requests, revisits, images and answers that are no page are counted, not rejected.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from corpus.errors import ArticleRejected
from corpus.ingest.flow import Flow, Unpacked, opened
from corpus.ingest.limits import MOST_BYTES, MOST_HEADER, megabytes
from corpus.ingest.raw import Found, Raw, Skipped

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
    from warcio.statusandheaders import StatusAndHeaders

_VERSION = b"WARC/"
_BLANK = (b"\r\n", b"\n")
_LINE = 1 << 16  # bytes of a header line
_PAGES = ("text/html", "application/xhtml+xml")
_HTTP = ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"]


class _Damage(Exception):
    """This record cannot be read; the message says why."""


def pages_of(flow: Flow, origin: str, members: Unpacked | None = None) -> Iterator[Found]:
    """Every page of a WARC file, at `origin@OFFSET`.

    The offset is that of the record in the file as it is on disk: where records are
    compressed one by one (`members`), of its gzip member, as indexes of crawls count.
    """
    from warcio.recordloader import ArcWarcRecordLoader

    stream = _Stream(flow.file)
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    lost = False  # between records, after damage
    while line := stream.readline():
        if not line.strip():
            continue
        at = stream.position - len(line)
        member = members.start(at) if members else None
        place = f"{origin}@{at if member is None else member}"
        if not line.startswith(_VERSION):
            if not lost:
                yield ArticleRejected(place, None, "bytes that belong to no record; passed over")
            lost = True
            continue
        lost = False
        stream.allowed = MOST_HEADER
        try:
            yield _found(_record(loader, stream, line), place)
        except _Damage as damage:
            yield ArticleRejected(place, None, flow.cut or str(damage))
            if flow.cut:
                return
        stream.allowed = None
    if flow.cut:
        yield ArticleRejected(f"{origin}@{stream.position}", None, flow.cut)


class _Stream:
    """The records one after another, with the position in them and a bound on headers."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.position = 0
        self.allowed: int | None = None

    def tell(self) -> int:
        return self.position

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self.position += len(data)
        return data

    def readline(self, size: int | None = None) -> bytes:
        data = self._file.readline(_LINE if size is None else min(size, _LINE))
        self.position += len(data)
        if self.allowed is not None:
            self.allowed -= len(data)
            if self.allowed < 0:
                raise _Damage(f"headers of more than {megabytes(MOST_HEADER)}")
        return data


def _record(
    loader: ArcWarcRecordLoader, stream: _Stream, line: bytes
) -> tuple[ArcWarcRecord, StatusAndHeaders | None, bytes]:
    """One record whole: what it says of itself, the HTTP headers of a response, its content."""
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParser

    try:
        record = loader.parse_record_stream(stream, line, "warc", no_record_parse=True)
    except (ArchiveLoadFailed, EOFError) as error:
        raise _Damage(f"not a WARC record: {error}") from None
    length = record.length
    if length is None or record.rec_headers.get_header("Content-Length") is None:
        raise _Damage("a record without Content-Length")
    begin = stream.position
    http, data = None, b""
    try:
        if record.rec_type == "response" and _address(record).startswith(("http:", "https:")):
            try:
                http = StatusAndHeadersParser(_HTTP, verify=False).parse(record.raw_stream)
            except EOFError:
                http = None
            stream.allowed = None
            if _is_page(http):
                data = record.raw_stream.read(MOST_BYTES + 1)
    finally:
        stream.allowed = None
        rest = length - (stream.position - begin)
        while rest > 0 and (passed := stream.read(min(rest, 1 << 20))):
            rest -= len(passed)
    if rest > 0:
        raise _Damage(
            f"cut off: the record has {length:,} bytes by its header, {rest:,} are missing"
        )
    if len(data) > MOST_BYTES:
        raise _Damage(f"larger than {megabytes(MOST_BYTES)}: not one article")
    return record, http, data


def _address(record: ArcWarcRecord) -> str:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    return str(address).strip("<> ")


def _is_page(http: StatusAndHeaders | None) -> bool:
    if http is None or not str(http.get_statuscode()).startswith("200"):
        return False
    kind = str(http.get_header("Content-Type") or "text/html")
    return kind.partition(";")[0].strip().lower() in _PAGES


def _found(read: tuple[ArcWarcRecord, StatusAndHeaders | None, bytes], place: str) -> Found:
    record, http, data = read
    if record.rec_type != "response":
        return Skipped(place, str(record.rec_type or "record without a type"))
    if http is None:
        return Skipped(place, "response without HTTP")
    if not _is_page(http):
        status = str(http.get_statuscode())
        if status != "200":
            return Skipped(place, f"status {status[:3]}")
        kind = str(http.get_header("Content-Type")).partition(";")[0].strip().lower()
        return Skipped(place, f"response of {kind[:60]}")
    if str(http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        data = _unchunked(data)
    data = _decoded(data, str(http.get_header("Content-Encoding") or ""))
    if not data.strip():
        return Skipped(place, "response without content")
    declared = _charset(str(http.get_header("Content-Type") or ""))
    captured = record.rec_headers.get_header("WARC-Date")
    return Raw(
        "html",
        data,
        place,
        url=_address(record),
        declared=declared,
        captured=str(captured) if captured else None,
    )


def _charset(kind: str) -> str | None:
    for part in kind.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


def _unchunked(data: bytes) -> bytes:
    """Content without the sizes between its chunks; as it is where a crawler took them out."""
    out: list[bytes] = []
    at = 0
    while True:
        end = data.find(b"\n", at, at + 100)
        try:
            size = int(data[at:end].partition(b";")[0].strip(), 16) if end >= 0 else -1
        except ValueError:
            size = -1
        broken = size < 0 or b"_" in data[at:end] or at == end
        chunk = data[end + 1 : end + 1 + size]
        if broken or len(chunk) < size:
            if not out:
                return data
            raise _Damage(f"its chunked content breaks off after {sum(map(len, out)):,} bytes")
        if size == 0:
            return b"".join(out)
        out.append(chunk)
        at = end + 1 + size
        for mark in _BLANK:
            if data.startswith(mark, at):
                at += len(mark)
                break


def _decoded(data: bytes, encodings: str) -> bytes:
    """Content as the browser saw it; as it is where a crawler has decoded it before."""
    for encoding in reversed(
        [name.strip().lower() for name in encodings.split(",") if name.strip()]
    ):
        if encoding in ("gzip", "x-gzip", "zstd"):
            data = _unpacked(data, encoding.removeprefix("x-"))
        elif encoding == "deflate":
            data = _inflated(data)
        elif encoding == "br":
            data = _unbrotlied(data)
        elif encoding != "identity":
            raise _Damage(f"content in an encoding that is not read: {encoding[:40]}")
        if len(data) > MOST_BYTES:
            raise _Damage(f"unpacks to more than {megabytes(MOST_BYTES)}: not one article")
    return data


def _inflated(data: bytes) -> bytes:
    for window in (15, -15):  # with the header that the standard asks for, or without
        decoder = zlib.decompressobj(window)
        try:
            out = decoder.decompress(data, MOST_BYTES + 1)
        except zlib.error:
            continue
        if not decoder.eof and len(out) <= MOST_BYTES:
            raise _Damage(f"its compressed content breaks off after {len(out):,} bytes")
        return out
    if data.lstrip()[:1] == b"<":
        return data
    raise _Damage("its compressed content is damaged")


def _unbrotlied(data: bytes) -> bytes:
    import brotli

    decoder = brotli.Decompressor()
    out: list[bytes] = []
    size = 0
    try:
        piece = decoder.process(data, output_buffer_limit=1 << 20)
        while piece:
            out.append(piece)
            size += len(piece)
            if size > MOST_BYTES:
                break
            piece = decoder.process(b"", output_buffer_limit=1 << 20)
    except brotli.error:
        if data.lstrip()[:1] == b"<":
            return data
        raise _Damage("its compressed content is damaged") from None
    if size <= MOST_BYTES and not decoder.is_finished():
        raise _Damage(f"its compressed content breaks off after {size:,} bytes")
    return b"".join(out)


def _unpacked(data: bytes, form: str) -> bytes:
    if data.lstrip()[:1] == b"<":
        return data
    flow = opened(BytesIO(data)).unpacked(form)
    out = flow.file.read(MOST_BYTES + 1)
    if flow.cut and len(out) <= MOST_BYTES:
        raise _Damage(f"its content: {flow.cut}")
    return out
