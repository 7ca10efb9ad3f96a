"""What can be asked of an open corpus? Everything that writes nothing.

`Corpus` (archive.py) is a `Reader` that can also write; both are used through it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, Unpack

import msgspec

from corpus import asking, lookup, settings, store_schema
from corpus.article import Article
from corpus.asking import Filter, Filters
from corpus.errors import CorpusError, QueryError
from corpus.hits import Hit, Hits, Page
from corpus.index.protocol import By, Request, Sort, Suggestion, Undated
from corpus.results import (
    Counts,
    IndexState,
    Run,
    SavedQuery,
    Status,
    Verification,
    WordCounts,
)
from corpus.store import Entry, Store
from corpus.syncing import IndexRoom

if TYPE_CHECKING:
    from whoosh.util.filelock import LockBase

Mode = Literal["r", "w"]


class _Open(msgspec.Struct, frozen=True):
    store: Store
    room: IndexRoom


class Reader:
    """An open corpus to read; a context manager. `path` is its folder, `mode` r or w."""

    def __init__(self, path: Path, mode: Mode, lock: LockBase | None) -> None:
        self.path, self.mode = path, mode
        self._lock = lock
        self._notices: list[str] = []
        self._open: _Open | None = None
        try:
            self._settings = settings.load(path)
            store = _store_of(path, mode)
            self._open = _Open(store, IndexRoom(path / "index", store, self._notices, mode))
        except BaseException:
            self.close()
            raise

    @property
    def _store(self) -> Store:
        return self._parts().store

    @property
    def _room(self) -> IndexRoom:
        return self._parts().room

    def _parts(self) -> _Open:
        if self._open is None:
            raise CorpusError(f"the corpus {self.path} is closed")
        return self._open

    # asking

    def search(
        self,
        query: str = "",
        *,
        since: str | None = None,
        until: str | None = None,
        publisher: Filter = None,
        section: Filter = None,
        reporter: Filter = None,
        field: str | None = None,
        match: Literal["all", "any"] = "all",
        exact: bool = False,
        undated: Undated | None = None,
        sort: Sort = "score",
        limit: int | None = 10,
        offset: int = 0,
        correct: bool = False,
    ) -> Hits:
        """The articles that `query` finds, best first, `limit` of them (None: all).

        Several values of one filter are alternatives, different filters must all hold.
        `since` and `until` are dates as people write them (2021, 2021-10, 2021-10-03);
        both bounds include the whole period. The query may be empty where a filter is
        given. Where it finds nothing or little, `suggestions` of the answer offer other
        queries; with `correct` the first of them is answered instead, which `corrected`
        tells. Raises QueryError, also for a publisher, section or reporter that the
        corpus does not have (naming near ones), and CorpusDamaged.
        """
        if (limit is not None and limit < 0) or offset < 0:
            raise ValueError("limit and offset cannot be negative")
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
        if not query.strip() and not asking.narrows(request):
            raise QueryError(
                query,
                None,
                "no query and no filter: give a word, or a filter such as a publisher or a date",
            )
        hits = self._found(request, sort, limit, offset)
        if not (correct and hits.suggestions):
            return hits
        first = hits.suggestions[0]
        again = msgspec.structs.replace(request, query=first.query)
        return self._found(again, sort, limit, offset, corrected=first)

    def _request(self, query: str, **filters: Unpack[Filters]) -> Request:
        """What is asked of the index: with the synonyms and saved queries of this corpus."""
        return asking.request(
            query, synonyms=self._settings.synonyms, saved=self.queries, **filters
        )

    def _found(
        self,
        request: Request,
        sort: Sort,
        limit: int | None,
        offset: int,
        corrected: Suggestion | None = None,
    ) -> Hits:
        index, pending = self._room.ready()
        answer = index.search(request, limit=limit, offset=offset, sort=sort)
        found = answer.rows
        keys = [(row.number, row.revision) for row in found]
        page = Page(keys, self._records, answer.marks, answer.explain)
        rows = tuple(
            [
                Hit(row.id, row.score, row.revision, row.number, place, page)
                for place, row in enumerate(found)
            ]
        )

        def suggest() -> tuple[Suggestion, ...]:
            self._parts()  # raises where the corpus is closed
            return index.suggest(request, answer.total)

        return Hits(
            answer.total,
            answer.left_out,
            pending,
            answer.read_as,
            offset,
            rows,
            forms=answer.forms,
            suggest=suggest,
            corrected=corrected,
            page=page,
        )

    def words(
        self,
        query: str,
        *,
        limit: int | None = 50,
        since: str | None = None,
        until: str | None = None,
        publisher: Filter = None,
        section: Filter = None,
        reporter: Filter = None,
        field: str | None = None,
        match: Literal["all", "any"] = "all",
        exact: bool = False,
        undated: Undated | None = None,
    ) -> WordCounts:
        """The words of the text that hold a match of `query`, most frequent first, then by
        code point: `limit` of them (None: all).

        Counted in the articles that the whole query finds. Raises as `search` does.
        """
        if limit is not None and limit < 0:
            raise ValueError("limit cannot be negative")
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
        if not query.strip():
            raise QueryError(query, None, "no query: give a word, such as 인공지능, 당* or *당")
        index, pending = self._room.ready()
        tally = index.words(request)
        return WordCounts(
            words=tally.words[:limit],
            different=len(tally.words),
            occurrences=sum(count for _, count in tally.words),
            articles=tally.articles,
            left_out=tally.left_out,
            pending=pending,
            read_as=tally.read_as,
        )

    def count(
        self,
        query: str = "",
        *,
        by: By | None = None,
        since: str | None = None,
        until: str | None = None,
        publisher: Filter = None,
        section: Filter = None,
        reporter: Filter = None,
        field: str | None = None,
        match: Literal["all", "any"] = "all",
        exact: bool = False,
        undated: Undated | None = None,
    ) -> Counts:
        """How many articles match, per group of `by`; an empty query means all.

        Raises as `search` does.
        """
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
        tally = index.count(request, by)
        return Counts(
            tally.total, tally.groups, tally.left_out, pending, tally.read_as, by, tally.forms
        )

    def export(
        self,
        query: str = "",
        *,
        since: str | None = None,
        until: str | None = None,
        publisher: Filter = None,
        section: Filter = None,
        reporter: Filter = None,
        field: str | None = None,
        match: Literal["all", "any"] = "all",
        exact: bool = False,
        undated: Undated | None = None,
    ) -> Iterator[Article]:
        """Every matching article, newest first, never capped; an empty query means all.

        Raises as `search` does, before the first article.
        """
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
        index, _ = self._room.ready()
        answer = index.search(request, limit=None, sort="newest")
        return self._exported([(row.number, row.revision) for row in answer.rows])

    def _exported(self, keys: Sequence[tuple[int, int]]) -> Iterator[Article]:
        for start in range(0, len(keys), Page.BLOCK):
            block = keys[start : start + Page.BLOCK]
            records = self._records(block)
            yield from (records[key] for key in block)

    def _records(self, keys: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Article]:
        return self._store.records(keys)

    # looking up

    def __getitem__(self, id: str) -> Article:
        """The current revision by id or unique prefix of at least six characters.

        Raises ArticleNotFound.
        """
        entry = self._entry(id)
        return self._store.record(entry.number, entry.revision)

    def __len__(self) -> int:
        """The number of live articles, pending ones included."""
        return len(self._store)

    def __iter__(self) -> Iterator[str]:
        """The ids of the live articles in order of arrival."""
        return self._store.ids()

    def __contains__(self, id: object) -> bool:
        """Whether a live article has exactly this id."""
        entry = self._store.find(id) if isinstance(id, str) else None
        return entry is not None and entry.deleted_at is None

    def resolve(self, id: str) -> str:
        """The full id for an id or a unique prefix of at least six characters.

        Raises ArticleNotFound: with the candidates of an ambiguous prefix, with the
        reason where the article was deleted, else with near ids.
        """
        return self._entry(id).id

    def _entry(self, id: str) -> Entry:
        return lookup.entry(self._store, id)

    def short_id(self, id: str) -> str:
        """The shortest prefix, of at least six characters, that names only this article."""
        return lookup.short_id(self._store, id)

    def revisions(self, id: str) -> list[Article]:
        """Every revision in order of arrival. Raises ArticleNotFound."""
        entry = self._entry(id)
        keys = [(entry.number, revision) for revision in range(1, entry.revisions + 1)]
        return [self._store.record(*key) for key in keys]

    def original(self, id: str, revision: int | None = None) -> bytes:
        """The bytes that a revision (None: the current one) was made from.

        Raises ArticleNotFound, and CorpusError where there is no such revision or the
        corpus keeps no originals.
        """
        entry = self._entry(id)
        wanted = entry.revision if revision is None else revision
        if not 1 <= wanted <= entry.revisions:
            raise CorpusError(
                f"article {entry.id} has revisions 1 to {entry.revisions}, no {wanted}"
            )
        data = self._store.original(entry.number, wanted)
        if data is None:
            raise CorpusError(f"the original of article {entry.id} was not kept (see corpus.toml)")
        return data

    # the corpus itself

    def status(self) -> Status:
        """What the corpus holds, and how its index stands."""
        store = self._store
        sizes = store.sizes()
        last = store.runs(1, detail="counts")
        return Status(
            path=self.path,
            store=store.store_id,
            format=store_schema.FORMAT,
            seq=store.seq,
            articles=sizes.articles,
            deleted=sizes.deleted,
            revisions=sizes.revisions,
            originals=sizes.originals,
            original_bytes=sizes.original_bytes,
            original_stored=sizes.original_stored,
            store_bytes=sizes.store_bytes,
            index=self._room.state(),
            last_run=last[0] if last else None,
        )

    def log(self, limit: int | None = 20) -> list[Run]:
        """The last `limit` ingests and deletions (None: all), newest first."""
        return self._store.runs(limit)

    def queries(self) -> list[SavedQuery]:
        """The saved queries, by name."""
        return self._store.queries()

    def index_status(self) -> IndexState:
        """How the index stands to the store; a damaged one is an answer, not an error."""
        return self._room.state()

    def verify(self) -> Verification:
        """Read everything: the store, the originals, the index, and both against each other."""
        from corpus.verifying import verify

        return verify(self._store, self._room)

    @property
    def notices(self) -> tuple[str, ...]:
        """What happened besides what was asked, such as an index that was rebuilt."""
        return tuple(self._notices)

    def close(self) -> None:
        """Release the files and the lock; a second time does nothing."""
        parts, self._open = self._open, None
        lock, self._lock = self._lock, None
        try:
            if parts is not None:
                parts.room.close()
                parts.store.close()
        finally:
            if lock is not None:
                lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _store_of(folder: Path, mode: Mode) -> Store:
    if mode == "r":
        return Store.open(folder)
    from corpus.store_writer import StoreWriter

    return StoreWriter.open(folder, writable=True)
