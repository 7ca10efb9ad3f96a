"""What arrived, and what in it is one article? Files, folders, standard input.

Content decides what a file is, not its name. Everything that cannot be read is yielded as
an ArticleRejected with its place and reason, in its turn, and the reading goes on.
"""

from __future__ import annotations

import io
import itertools
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from corpus.article import Article
from corpus.errors import ArticleRejected, NotYet
from corpus.ingest import EXTRACTOR, records

if TYPE_CHECKING:
    from corpus.ingest.rereading import Reading

KINDS = ("auto", "html", "text", "jsonl")
LATER = {"csv": "CSV", "rss": "RSS and Atom", "warc": "WARC"}
MOST_BYTES = 64 << 20  # of one page or text: the longest article is a thousandth of it
_HEAD = 4096

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|p|article|table)\b", re.I)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b", re.I)
_ARCHIVES = (
    (b"\x1f\x8b", "a gzip file"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstandard file"),
    (b"BZh", "a bzip2 file"),
    (b"WARC/", "a WARC file"),
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """One article, the bytes it was made from, the line of its file (from 1) if it had one,
    and how the bytes were read."""

    article: Article
    original: bytes
    line: int | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class _How:
    """What the caller says about everything that is read."""

    kind: str = "auto"
    clean: bool = False
    publisher: str | None = None
    section: str | None = None
    id_prefix: str = ""


def read(
    sources: Iterable[str | Path],
    *,
    kind: str = "auto",
    clean: bool = False,
    publisher: str | None = None,
    section: str | None = None,
    id_prefix: str = "",
    stdin: BinaryIO | None = None,
) -> Iterator[Extracted | ArticleRejected]:
    """Every article in `sources`, in a stable order; what cannot be read is yielded as a value.

    A folder is read with all below it in the order of names; hidden files are passed over,
    and a folder that a link leads back to is read once. "-" is `stdin`. `clean` leaves
    bodies as they are, `publisher` and `section` are for articles that name none,
    `id_prefix` stands before every given id. Raises NotYet for a kind this version lacks.
    """
    _known(kind)  # here, not at the first article: a wrong kind is a mistake of the caller
    how = _How(kind, clean, publisher, section, id_prefix)
    return _read(sources, how, stdin)


def _read(
    sources: Iterable[str | Path], how: _How, stdin: BinaryIO | None
) -> Iterator[Extracted | ArticleRejected]:
    for source in sources:
        if str(source) == "-":
            yield from _read_stream(stdin or sys.stdin.buffer, "-", how)
        else:
            yield from _read_path(Path(source), how, set())


def extract_bytes(
    data: bytes,
    *,
    kind: str = "auto",
    url: str | None = None,
    origin: str | None = None,
    declared: str | None = None,
    clean: bool = False,
    publisher: str | None = None,
    section: str | None = None,
) -> Article:
    """The one article in `data`: a page, a text or a JSON record.

    `url` is where it came from, `declared` the charset that an HTTP header gave, `publisher`
    and `section` are for an article that names none. Raises ArticleRejected, and NotYet for
    a kind this version lacks.
    """
    _known(kind)
    origin = origin or url or "input"
    how = _How(kind, clean, publisher, section)
    found = _kind_of(data[:_HEAD], origin, how)
    if found == "jsonl":
        body = data.removeprefix(b"\xef\xbb\xbf").strip()
        lines = [line for line in body.split(b"\n", 2) if line.strip()]
        if len(lines) > 1 and _is_record(lines[0]):
            raise ArticleRejected(origin, None, "holds several records, one article was expected")
        record = records.parse_record(as_utf8(body), origin=origin, line=None)
        return _article(record, origin, None, how)
    return _one(data, found, origin, how, url=url, declared=declared)


def _known(kind: str) -> None:
    if kind in LATER:
        raise NotYet(f"{LATER[kind]} input (--from {kind})")
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {kind!r}")


def _read_path(
    path: Path, how: _How, seen: set[tuple[int, int]]
) -> Iterator[Extracted | ArticleRejected]:
    try:
        if path.is_dir():
            yield from _read_folder(path, how, seen)
        elif not path.exists():
            what = "a link that leads nowhere" if path.is_symlink() else "there is no such file"
            yield ArticleRejected(str(path), None, what)
        elif not path.is_file():
            yield ArticleRejected(str(path), None, "neither a file nor a folder")
        else:
            with path.open("rb") as file:
                yield from _read_stream(file, str(path), how)
    except OSError as error:
        yield ArticleRejected(str(path), None, f"cannot be read: {error.strerror or error}")


def _read_folder(
    path: Path, how: _How, seen: set[tuple[int, int]]
) -> Iterator[Extracted | ArticleRejected]:
    found = path.stat()
    place = (found.st_dev, found.st_ino)
    if place in seen:
        yield ArticleRejected(str(path), None, "a link to a folder that is read already")
        return
    seen.add(place)
    with os.scandir(path) as entries:
        names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    for name in names:
        yield from _read_path(path / name, how, seen)


def _read_stream(stream: BinaryIO, origin: str, how: _How) -> Iterator[Extracted | ArticleRejected]:
    head = stream.read(_HEAD)
    try:
        kind = _kind_of(head, origin, how)
        if kind == "jsonl":
            yield from _read_records(_with_head(head, stream), origin, how)
            return
        data = head + stream.read(MOST_BYTES + 1 - len(head))
        if len(data) > MOST_BYTES:
            raise ArticleRejected(
                origin, None, f"larger than {MOST_BYTES >> 20} MB: not one article"
            )
        with contained(origin, None):
            article = _one(data, kind, origin, how)
        yield Extracted(article, data, None, _reading(how, kind))
    except ArticleRejected as error:
        yield error


def _reading(how: _How, kind: str, record: dict[str, object] | None = None) -> Reading:
    from corpus.ingest.rereading import Reading

    clean = how.clean or (record is not None and record.get("clean") is True)
    return Reading(kind, None, None, clean, how.publisher, how.section)


@contextmanager
def contained(origin: str, line: int | None) -> Iterator[None]:
    """A fault of these rules on one article is that article's reject, not the end of the run."""
    try:
        yield
    except ArticleRejected:
        raise
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        raise ArticleRejected(
            origin, line, f"a bug of ours, please report it with this input: {fault}"
        ) from error


def _with_head(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream of which `head` was read already."""
    first = io.BytesIO(head.removeprefix(b"\xef\xbb\xbf"))
    for line in first:
        if line.endswith(b"\n"):
            yield line
        else:
            yield line + stream.readline()
    yield from stream


def _is_record(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(as_utf8(line)), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def _read_records(
    lines: Iterator[bytes], origin: str, how: _How
) -> Iterator[Extracted | ArticleRejected]:
    """One record a line, or one record that a tool has spread over many lines."""
    first = next(lines, b"")
    if _is_record(first.strip()) or not first.strip().endswith((b"{", b",", b"[")):
        yield from _read_lines(itertools.chain([first], lines), origin, how)
        return
    held = [first]
    size = len(first)
    for line in lines:
        held.append(line)
        size += len(line)
        if size > MOST_BYTES:
            yield from _read_lines(itertools.chain(held, lines), origin, how)
            return
    whole = b"".join(held).strip()
    if not _is_record(whole):
        yield from _read_lines(iter(held), origin, how)
        return
    try:
        with contained(origin, None):
            record = records.parse_record(as_utf8(whole), origin=origin, line=None)
            article = _article(record, origin, None, how)
        yield Extracted(article, whole, None, _reading(how, "record", record))
    except ArticleRejected as error:
        yield error


def _article(record: dict[str, object], origin: str, line: int | None, how: _How) -> Article:
    return records.article_of(
        record,
        origin=origin,
        line=line,
        clean=how.clean,
        publisher=how.publisher,
        section=how.section,
        id_prefix=how.id_prefix,
    )


def _read_lines(
    lines: Iterator[bytes], origin: str, how: _How
) -> Iterator[Extracted | ArticleRejected]:
    for number, data in enumerate(lines, 1):
        stripped = data.strip()
        if not stripped:
            continue
        try:
            with contained(origin, number):
                record = records.parse_record(as_utf8(stripped), origin=origin, line=number)
                article = _article(record, origin, number, how)
        except ArticleRejected as error:
            yield error
        else:
            yield Extracted(article, stripped, number, _reading(how, "record", record))


def as_utf8(data: bytes) -> bytes:
    """A line as UTF-8; old exports are CP949."""
    try:
        data.decode()
    except UnicodeDecodeError:
        try:
            return data.decode("cp949").encode()
        except UnicodeDecodeError:
            return data
    return data


def _kind_of(head: bytes, origin: str, how: _How) -> str:
    """html, text or jsonl, by content. Raises ArticleRejected for what is none of them."""
    if not head.strip():
        raise ArticleRejected(origin, None, "empty file")
    for mark, name in _ARCHIVES:
        if head.startswith(mark):
            raise ArticleRejected(origin, None, f"{name}, which this version does not read")
    if how.kind != "auto":
        return how.kind
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if re.match(rb"\{\s*(?:[\"}]|\Z)", start):
        return "jsonl"
    if re.match(rb"\[\s*\{", start):
        raise ArticleRejected(
            origin, None, "a JSON array, which this version does not read; write one record a line"
        )
    plain = head.replace(b"\0", b"")  # UTF-16 without its zeros is readable enough
    if _FEED.search(plain):
        raise ArticleRejected(origin, None, "an RSS or Atom feed, which this version does not read")
    if origin.lower().endswith((".csv", ".tsv")):
        raise ArticleRejected(origin, None, "a CSV file, which this version does not read")
    if _HTML.search(plain) and b"<" in plain.lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n")[:200]:
        return "html"
    return "text"


def _one(
    data: bytes,
    kind: str,
    origin: str,
    how: _How,
    *,
    url: str | None = None,
    declared: str | None = None,
) -> Article:
    from corpus.ingest.decode import decode

    decoded = decode(data, declared=declared, origin=origin)
    damage: tuple[str, ...] = ()
    if kind == "html":
        from corpus.ingest.damage import mend_page
        from corpus.ingest.page import extract_page

        source, damage = mend_page(decoded.text)
        article = extract_page(source, url=url, origin=origin)
        if how.clean:
            article = _as_found(article)
    else:
        from corpus.ingest.text import extract_text

        article = extract_text(
            decoded.text, origin=origin, clean=how.clean, publisher=how.publisher
        )
    flags = [*article.flags]
    flags += [*damage, *["encoding"] * decoded.repaired, *["mojibake"] * decoded.damaged]
    return msgspec.structs.replace(
        article,
        origin=origin,
        url=article.url or url,
        extractor=EXTRACTOR,
        publisher=article.publisher or how.publisher,
        section=article.section or how.section,
        flags=tuple(dict.fromkeys(flags)),
    )


def _as_found(article: Article) -> Article:
    """A page's article with the body lines that its page gave."""
    from corpus.ingest.byline import restore

    lines = restore(article.body.split("\n") if article.body else [], article.removed)
    return msgspec.structs.replace(article, body="\n".join(lines), removed=())
