"""How does a script use a corpus? Through one object, `Corpus`, for reading or writing.

Reading never writes and never waits for a writer. A writer holds the corpus's lock from
`open(mode="w")` to `close()`. Every command of the command line is one call in here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

from corpus import settings, store_schema
from corpus.article import Article
from corpus.asking import Filter
from corpus.errors import CorpusDamaged, CorpusError
from corpus.index.protocol import Undated
from corpus.locate import locate
from corpus.memory import enough
from corpus.reading import Mode, Reader
from corpus.results import ArticleChange, IngestReport, Progress, ReextractReport, SavedQuery

if TYPE_CHECKING:
    from whoosh.util.filelock import LockBase

    from corpus.store_writer import StoreWriter

_Report = TypeVar("_Report", IngestReport, ReextractReport)
Kind = Literal["auto", "html", "text", "jsonl", "csv", "rss", "warc"]


def open(  # noqa: A001 - the contract's name
    path: str | Path | None = None, mode: Mode = "r", *, wait: float = 10.0
) -> Corpus:
    """The corpus at `path`; None: `$CORPUS_DIR`, else the nearest folder upwards with one.

    A writer waits up to `wait` seconds for another one. Raises CorpusNotFound,
    CorpusTooNew, CorpusLocked (mode w) and CorpusDamaged (articles.db is not readable).
    """
    if mode not in ("r", "w"):
        raise ValueError(f"mode must be 'r' or 'w', not {mode!r}")
    folder = locate(path)
    return Corpus(folder, mode, _lock(folder, wait) if mode == "w" else None)


def create(path: str | Path) -> Corpus:
    """A new corpus in the folder `path` (made if need be; files beside it are fine), to write.

    Raises CorpusError where there is one already, OSError where nothing can be written.
    """
    folder = Path(path).expanduser().absolute()
    if (folder / settings.FILE).exists():
        raise CorpusError(f"{path} is a corpus already; nothing was changed")
    folder.mkdir(parents=True, exist_ok=True)
    lock = _lock(folder, 0.0)
    try:
        # corpus.toml is what makes it a corpus: last, so that a kill leaves no half of one.
        if not (folder / store_schema.FILE).exists():
            store_schema.create(folder / store_schema.FILE)
        settings.write_template(folder)
    except BaseException:
        lock.release()
        raise
    return Corpus(folder, "w", lock)


def extract(data: bytes, url: str | None = None) -> Article:
    """The article in the bytes of one page, text or JSON record; touches no corpus.

    Raises ArticleRejected.
    """
    from corpus.ingest.sources import extract_bytes

    return extract_bytes(data, url=url)


class Corpus(Reader):
    """An open corpus; a context manager. `path` is its folder, `mode` r or w.

    Made by `open` and `create`. One object serves one thread; readers in other threads
    and processes open their own.
    """

    def ingest(
        self,
        sources: Iterable[str | Path] = (),
        *,
        kind: Kind = "auto",
        clean: bool = False,
        publisher: str | None = None,
        section: str | None = None,
        id_prefix: str = "",
        dry_run: bool = False,
        jobs: int = 1,
        progress: Callable[[Progress], object] | None = None,
        retry: str | Path | None = None,
        memory: int | None = None,
    ) -> IngestReport:
        """Take in the articles of `sources`: files, folders, archives, "-" for standard input.

        The same content again changes nothing. What cannot be taken is in the report's
        `rejected`, the rest goes in. `dry_run` decides everything and writes nothing.
        `jobs` above 1 is the number of worker processes that extract articles: the same
        corpus and the same report, sooner. `retry` names a report file: the places that it
        lists are read again. Committed every few hundred articles; the index follows at
        the end, in about `memory` bytes (None: 256 MB; below 64 MB is a ValueError). Raises
        ValueError (an unknown kind, no job), OSError and KeyboardInterrupt; what was
        committed stays, and the same call again completes it.
        """
        store = self._writer()
        enough(memory)
        if jobs < 1:
            raise ValueError("jobs must be at least 1")
        from corpus.ingest.sources import read
        from corpus.ingesting import IngestRun, bytes_of, rejected_origins

        self._use_layouts()
        started = time.monotonic()
        named: list[str | Path] = [sources] if isinstance(sources, str | Path) else list(sources)
        if retry is not None:
            named += rejected_origins(Path(retry))
        items = read(
            named,
            kind=kind,
            clean=clean,
            publisher=publisher,
            section=section,
            id_prefix=id_prefix,
            jobs=jobs,
        )
        run = IngestRun(
            store,
            sources=[str(source) for source in named],
            keep_originals=self._settings.keep_originals,
            dry_run=dry_run,
            progress=progress,
            bytes_total=None if progress is None else bytes_of(named),
        )
        with closing(items):  # on Ctrl-C too, and before the lock goes: it may have processes
            report = run.run(items)
        return report if dry_run else self._indexed(report, started, progress, memory)

    def reextract(
        self,
        query: str = "",
        *,
        diff: bool = False,
        since: str | None = None,
        until: str | None = None,
        publisher: Filter = None,
        section: Filter = None,
        reporter: Filter = None,
        field: str | None = None,
        match: Literal["all", "any"] = "all",
        exact: bool = False,
        undated: Undated | None = None,
        changed: Callable[[ArticleChange], object] | None = None,
        progress: Callable[[Progress], object] | None = None,
        memory: int | None = None,
    ) -> ReextractReport:
        """Read the kept originals again with the rules of this version.

        Over the articles that `query` and the filters find, as in `search`; an empty query
        without filters means all. What differs becomes a new revision; what people edited
        stays, and is in the report's `kept`. With `diff` nothing is written, a corpus open
        to read is enough, and the report lists every change, unless `changed` hears them one
        by one. Committed every few hundred articles; the index follows at the end, in about
        `memory` bytes as in `ingest`. Raises as `search` does, and OSError and
        KeyboardInterrupt; what was committed stays, and the same call again completes it.
        """
        if not diff:
            self._writer()
        enough(memory)
        from corpus.reextracting import ReextractRun

        self._use_layouts()
        started = time.monotonic()
        request = self._request(
            query,
            since=since,
            until=until,
            publisher=publisher,
            section=section,
            reporter=reporter,
            field=field,
            match=match,
            exact=exact,
            undated=undated,
        )
        index, pending = self._room.ready()
        answer = index.search(request, limit=None, sort="newest")
        run = ReextractRun(
            self._store,
            diff=diff,
            read_as=answer.read_as,
            pending=pending,
            hear=changed,
            progress=progress,
        )
        report = run.run([row.number for row in answer.rows])
        return report if diff else self._indexed(report, started, progress, memory)

    def _indexed(
        self,
        report: _Report,
        started: float,
        progress: Callable[[Progress], object] | None,
        memory: int | None,
    ) -> _Report:
        """The report of a run that began at `started`, with the index brought up to date."""
        told = len(self._notices)
        self._room.catch_up(progress, memory=memory)
        return msgspec.structs.replace(
            report,
            seconds=time.monotonic() - started,
            notices=tuple(self._notices[told:]),
        )

    def _use_layouts(self) -> None:
        """Read pages of this process by the layouts of corpus.toml too; raises CorpusDamaged."""
        from corpus.ingest.publishers.layouts import LayoutError, install

        try:
            install(self._settings.layouts)
        except LayoutError as error:
            raise CorpusDamaged(self.path / settings.FILE, f"{error}; correct it") from error

    def delete(self, ids: str | Iterable[str], *, reason: str) -> list[str]:
        """Take articles out by id or unique prefix; gives their full ids.

        All or none: an unknown id raises ArticleNotFound and nothing is deleted. The
        reason must not be blank (CorpusError). A deleted article is kept out when the
        same input comes again; its revisions and originals stay in articles.db.
        """
        store = self._writer()
        if not reason.strip():
            raise CorpusError("a deletion needs a reason")
        wanted = [ids] if isinstance(ids, str) else list(ids)
        entries = {entry.number: entry for entry in map(self._entry, wanted)}
        if entries:
            store.delete(list(entries.values()), reason.strip())
            self._room.catch_up()
        return [entry.id for entry in entries.values()]

    def save_query(self, name: str, query: str) -> SavedQuery:
        """Save `query` under `name`, for query:NAME; a query of that name is replaced.

        A name has up to 64 letters, digits, - and _. Raises CorpusError for another name and
        QueryError for a query that cannot be read, or that would stand for itself.
        """
        store = self._writer()
        from corpus.saving import checked

        found = checked(name, query, store.queries())
        store.save_query(found)
        return found

    def delete_query(self, name: str) -> SavedQuery:
        """Take a saved query out, and give it back. Raises CorpusError where there is none,
        and where another one uses it."""
        store = self._writer()
        from corpus.saving import free

        found = free(name, store.queries())
        store.delete_query(found.name)
        return found

    def update_index(
        self,
        progress: Callable[[Progress], object] | None = None,
        *,
        memory: int | None = None,
    ) -> int:
        """Bring the index up to date; the number of changed articles brought in.

        `memory` is as in `ingest`. An index that cannot be trusted is rebuilt, which
        `notices` tells.
        """
        self._writer()
        enough(memory)
        return self._room.catch_up(progress, memory=memory)

    def rebuild_index(
        self,
        progress: Callable[[Progress], object] | None = None,
        *,
        memory: int | None = None,
    ) -> int:
        """Make the index anew from the store; the number of articles in it.

        `memory` is as in `ingest`.
        """
        self._writer()
        enough(memory)
        return self._room.rebuild(progress, memory=memory)

    def _writer(self) -> StoreWriter:
        from corpus.store_writer import StoreWriter

        store = self._store
        if not isinstance(store, StoreWriter):
            raise CorpusError(f'{self.path} is open for reading; open it with mode="w" to write')
        return store


def _lock(folder: Path, wait: float) -> LockBase:
    from corpus.locking import lock

    return lock(folder, wait)
