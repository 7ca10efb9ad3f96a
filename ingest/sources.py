"""What arrived, and which articles are in it? Files, folders, archives, standard input.

Content decides what a file is, not its name. Everything that cannot be read is yielded as
an ArticleRejected with its place and reason, in its turn, and the reading goes on.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.ingest import extracting, flow, places
from corpus.ingest.content import KINDS
from corpus.ingest.limits import MOST_SECONDS
from corpus.ingest.opening import items_of
from corpus.ingest.raw import Extracted, Found, How, Raw, Result, Skipped
from corpus.ingest.timing import listening

__all__ = ["KINDS", "Extracted", "Skipped", "extract_bytes", "read"]


def read(
    sources: Iterable[str | Path],
    *,
    kind: str = "auto",
    clean: bool = False,
    publisher: str | None = None,
    section: str | None = None,
    id_prefix: str = "",
    jobs: int = 1,
    stdin: BinaryIO | None = None,
) -> Generator[Result, None, None]:
    """Every article in `sources`, in a stable order; what cannot be read is yielded as a value.

    A folder is read with all below it in the order of names; hidden files are passed over,
    and a folder that a link leads back to is read once. An archive is read as a folder,
    in its own order. "-" is `stdin`. A place inside a file, as a report of rejects names
    it, is read alone. `clean` leaves bodies as they are, `publisher` and `section` are for
    articles that name none, `id_prefix` stands before every given id. `jobs` above 1 is
    the number of worker processes that extract: same results, same order. An article may
    take `limits.MOST_SECONDS`. Raises ValueError for an unknown kind.
    """
    _known(kind)  # here, not at the first article: a wrong kind is a mistake of the caller
    how = How(clean, publisher, section, id_prefix, MOST_SECONDS)
    found = _read(sources, kind, stdin)
    if jobs > 1:
        from corpus.ingest.workers import extract_all

        return extract_all(found, how, jobs)
    return _extracted(found, how)


def _extracted(found: Iterator[Found], how: How) -> Generator[Result, None, None]:
    with listening():
        for item in found:
            yield extracting.extract(item, how) if isinstance(item, Raw) else item


def _read(sources: Iterable[str | Path], kind: str, stdin: BinaryIO | None) -> Iterator[Found]:
    for source, wanted in places.grouped(sources):
        if source == "-":
            found = items_of(flow.opened(stdin or sys.stdin.buffer), "-", kind)
        else:
            found = _read_path(Path(source), kind, set())
        yield from found if not wanted else (item for item in found if item.origin in wanted)


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
    """The one article in `data`: a page, a text, a record, or a container of one of them.

    `url` is where it came from, `declared` the charset that an HTTP header gave, `publisher`
    and `section` are for an article that names none. Raises ArticleRejected, also where
    there are several. No limit of time: that is the caller's.
    """
    _known(kind)
    origin = origin or url or "input"
    how = How(clean, publisher, section)
    raw = _only(data, kind, origin)
    if raw.form in ("html", "text"):
        raw = msgspec.structs.replace(
            raw, origin=origin, url=raw.url or url, declared=raw.declared or declared
        )
    return extracting.read(raw, how).article


def _only(data: bytes, kind: str, origin: str) -> Raw:
    """The one raw item in `data`."""
    found: list[Raw] = []
    for item in items_of(flow.opened(io.BytesIO(data)), origin, kind):
        if isinstance(item, ArticleRejected):
            raise item
        if isinstance(item, Raw):
            found.append(item)
        if len(found) == 2:
            several = {"entry": "entries", "record": "records"}.get(found[0].form, "articles")
            raise ArticleRejected(
                origin, None, f"holds several {several}, one article was expected"
            )
    if not found:
        raise ArticleRejected(origin, None, "holds no article")
    return found[0]


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {kind!r}")


def _read_path(path: Path, kind: str, seen: set[tuple[int, int]]) -> Iterator[Found]:
    try:
        if path.is_dir():
            yield from _read_folder(path, kind, seen)
        elif not path.exists():
            what = "a link that leads nowhere" if path.is_symlink() else "there is no such file"
            yield ArticleRejected(str(path), None, what)
        elif not path.is_file():
            yield ArticleRejected(str(path), None, "neither a file nor a folder")
        else:
            with path.open("rb", buffering=0) as file:
                yield from items_of(flow.opened(file), str(path), kind)
    except OSError as error:
        yield ArticleRejected(str(path), None, f"cannot be read: {error.strerror or error}")


def _read_folder(path: Path, kind: str, seen: set[tuple[int, int]]) -> Iterator[Found]:
    found = path.stat()
    place = (found.st_dev, found.st_ino)
    if place in seen:
        yield ArticleRejected(str(path), None, "a link to a folder that is read already")
        return
    seen.add(place)
    with os.scandir(path) as entries:
        names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    for name in names:
        yield from _read_path(path / name, kind, seen)
