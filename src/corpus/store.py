"""What does the corpus hold, and since when? SQLite alone answers here.

The store is the truth: whatever the index says can be made anew from it. An article is
one row that points at its current revision; every revision and its original stay.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

import msgspec

from corpus import store_schema
from corpus.article import Article
from corpus.errors import ArticleRejected, CorpusDamaged
from corpus.index.protocol import Change
from corpus.results import Run, SavedQuery
from corpus.store_schema import MENDING, guarded

# Rows fetched at a time by walks over everything: some hundred kilobytes of records.
CHUNK = 256

# Pages that a reader keeps, in KiB. Not mapped instead, though ten records take 26 rather
# than 60 microseconds then: a disk that fails under a map ends the process without a word.
KEPT = 32_768


class Entry(msgspec.Struct, frozen=True):
    """One article's row: where it stands and whether it lives."""

    number: int
    id: str
    revision: int
    revisions: int
    seq: int
    deleted_at: str | None
    deleted_reason: str | None


class Kept(msgspec.Struct, frozen=True):
    """One revision with what it was made from: `digest` and `size` (bytes) of the original, and
    `data`, its compressed bytes (None where none were kept). `reading` is JSON or None."""

    article: Article
    line: int | None
    reading: str | None
    digest: bytes
    size: int
    data: bytes | None


class History(msgspec.Struct, frozen=True):
    """A live article: its row, and its revisions up to the current one, oldest first."""

    number: int
    id: str
    revision: int
    revisions: int
    url: str | None
    publisher: str | None
    title: int
    captured: str | None
    kept: list[Kept]


class Sizes(msgspec.Struct, frozen=True):
    """How much there is; the originals in bytes as they came and as they are stored."""

    articles: int
    deleted: int
    revisions: int
    originals: int
    original_bytes: int
    original_stored: int
    store_bytes: int


class Store:
    """An open articles.db. Every method raises CorpusDamaged where the file is not sound."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        with guarded(path):
            rows = dict(connection.execute("SELECT key, value FROM meta"))
        self.store_id = str(rows["store"])

    @classmethod
    def open(cls, folder: Path, *, writable: bool = False) -> Self:
        """The store of the corpus in `folder`. Raises CorpusDamaged, CorpusTooNew, OSError."""
        path = folder / store_schema.FILE
        connection = store_schema.connect(path, writable=writable)
        try:
            if not writable:
                with guarded(path):
                    connection.execute(f"PRAGMA cache_size = -{KEPT}")
            return cls(path, connection)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Close the file; SQLite rolls back whatever was not committed."""
        self.connection.close()

    def _rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self.connection.execute(sql, parameters).fetchall()
        except sqlite3.DatabaseError:
            with guarded(self.path):  # here only: it takes 2 microseconds
                raise

    def walk(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a SELECT, a few hundred in memory at a time."""
        with guarded(self.path):
            cursor = self.connection.execute(sql, parameters)
        while True:
            with guarded(self.path):
                rows = cursor.fetchmany(CHUNK)
            if not rows:
                return
            yield from rows

    def _number(self, sql: str, parameters: Sequence[object] = ()) -> int:
        return int(self._rows(sql, parameters)[0][0])

    @property
    def seq(self) -> int:
        """The number of the last change."""
        return self._number("SELECT value FROM meta WHERE key = 'seq'")

    def __len__(self) -> int:
        """The number of live articles."""
        return self._number("SELECT count(*) FROM articles WHERE deleted_at IS NULL")

    def ids(self) -> Iterator[str]:
        """The ids of the live articles in order of arrival."""
        sql = "SELECT id FROM articles WHERE deleted_at IS NULL ORDER BY number"
        return (row[0] for row in self.walk(sql))

    def queries(self) -> list[SavedQuery]:
        """The saved queries, by name."""
        rows = self._rows("SELECT name, query, saved FROM queries ORDER BY name")
        return [SavedQuery(name, query, datetime.fromisoformat(at)) for name, query, at in rows]

    def find(self, id: str) -> Entry | None:
        """The article with exactly this id, live or deleted."""
        sql = (
            "SELECT number, id, revision, revisions, seq, deleted_at, deleted_reason"
            " FROM articles WHERE id = ?"
        )
        try:
            rows = self._rows(sql, (id,))
        except UnicodeEncodeError:  # a lone surrogate: no id has one
            return None
        return Entry(*rows[0]) if rows else None

    def ids_beginning(self, prefix: str, limit: int) -> list[str]:
        """Up to `limit` ids of live articles that begin with `prefix`, sorted."""
        sql = (
            "SELECT id FROM articles WHERE id >= ? AND id < ? AND deleted_at IS NULL"
            " ORDER BY id LIMIT ?"
        )
        try:
            return [row[0] for row in self._rows(sql, (prefix, f"{prefix}\U0010ffff", limit))]
        except UnicodeEncodeError:
            return []

    def neighbours(self, id: str) -> tuple[str | None, str | None]:
        """The ids right before and right after `id` in the order of ids, deleted ones too."""
        before = self._rows("SELECT max(id) FROM articles WHERE id < ?", (id,))[0][0]
        after = self._rows("SELECT min(id) FROM articles WHERE id > ?", (id,))[0][0]
        return before, after

    def _article(self, number: int, record: bytes) -> Article:
        try:
            return Article.from_json(record)
        except (msgspec.MsgspecError, ValueError) as error:
            what = f"the record of article number {number} cannot be read ({error}); {MENDING}"
            raise CorpusDamaged(self.path, what) from error

    def records(self, keys: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Article]:
        """The articles by (number, revision), with one SELECT. Missing ones are damage."""
        if not keys:
            return {}
        values = ",".join(["(?,?)"] * len(keys))
        sql = (
            f"WITH wanted(n, r) AS (VALUES {values}) SELECT number, revision, record"
            " FROM wanted CROSS JOIN revisions ON number = n AND revision = r"
        )
        rows = self._rows(sql, [part for key in keys for part in key])
        found = {
            (number, revision): self._article(number, record) for number, revision, record in rows
        }
        for number, revision in keys if len(found) < len(keys) else ():
            if (number, revision) not in found:
                what = f"revision {revision} of article number {number} is missing; {MENDING}"
                raise CorpusDamaged(self.path, what)
        return found

    def record(self, number: int, revision: int) -> Article:
        """One revision of one article."""
        return self.records([(number, revision)])[number, revision]

    def original(self, number: int, revision: int) -> bytes | None:
        """The original bytes of a revision; None where the corpus kept none."""
        sql = (
            "SELECT data, size FROM revisions JOIN originals ON originals.number = original"
            " WHERE revisions.number = ? AND revision = ?"
        )
        rows = self._rows(sql, (number, revision))
        if not rows or rows[0][0] is None:
            return None
        return self._expand(rows[0][0], f"the original of article number {number}")

    def histories(self, numbers: Sequence[int]) -> list[History]:
        """The live articles among `numbers`, in that order, each with its revisions."""
        if not numbers:
            return []
        noted = "SELECT 1 FROM pragma_table_info('revisions') WHERE name = 'reading'"
        reading = "reading" if self._rows(noted) else "NULL"  # a reader cannot bring format 1 up
        marks = ",".join(["?"] * len(numbers))
        found: dict[int, History] = {}
        for row in self._rows(
            "SELECT a.number, id, a.revision, revisions, url, publisher, title_key, captured,"
            f" record, line, {reading}, sha256, size, data FROM articles a"
            " JOIN revisions r ON r.number = a.number AND r.revision <= a.revision"
            " JOIN originals ON originals.number = r.original"
            f" WHERE a.number IN ({marks}) AND deleted_at IS NULL ORDER BY a.number, r.revision",
            list(numbers),
        ):
            number, record, line, read, digest, size, data = row[0], *row[8:]
            history = found.setdefault(number, History(*(*row[:8], [])))
            article = self._article(number, record)
            history.kept.append(Kept(article, line, read, digest, size, data))
        return [found[number] for number in numbers if number in found]

    def expand(self, history: History, kept: Kept) -> bytes:
        """The original of one revision, whose `data` is kept."""
        assert kept.data is not None
        return self._expand(kept.data, f"the original of article number {history.number}")

    def _expand(self, data: bytes, what: str) -> bytes:
        from zstandard import ZstdDecompressor, ZstdError

        try:
            return ZstdDecompressor().decompress(data)
        except ZstdError as error:
            raise CorpusDamaged(self.path, f"{what} cannot be read ({error}); {MENDING}") from error

    def changes(self, since: int) -> Iterator[Change]:
        """What changed after change `since`, as it is now, in order of change.

        From 0 on the deleted articles are left out: nobody has to forget them.
        """
        sql = (
            "SELECT a.number, r.record FROM articles a LEFT JOIN revisions r"
            " ON r.number = a.number AND r.revision = a.revision AND a.deleted_at IS NULL"
            " WHERE a.seq > ?"
        )
        live = " AND a.deleted_at IS NULL" if since <= 0 else ""
        for number, record in self.walk(f"{sql}{live} ORDER BY a.seq", (since,)):
            yield Change(number, None if record is None else self._article(number, record))

    def change_count(self, since: int) -> int:
        """How many articles changed after change `since`."""
        live = " AND deleted_at IS NULL" if since <= 0 else ""
        return self._number(f"SELECT count(*) FROM articles WHERE seq > ?{live}", (since,))

    def changed(self, since: int) -> Iterator[tuple[int, int]]:
        """(number, seq) of every article, deleted ones too, that changed after `since`."""
        yield from self.walk("SELECT number, seq FROM articles WHERE seq > ?", (since,))

    def entries(self) -> Iterator[tuple[int, str, int, int]]:
        """(number, id, revision, seq) of every live article, by number."""
        sql = (
            "SELECT number, id, revision, seq FROM articles WHERE deleted_at IS NULL"
            " ORDER BY number"
        )
        yield from self.walk(sql)

    def sizes(self) -> Sizes:
        """Counts and bytes of everything."""
        row = self._rows(
            "SELECT (SELECT count(*) FROM articles WHERE deleted_at IS NULL),"
            " (SELECT count(*) FROM articles WHERE deleted_at IS NOT NULL),"
            " (SELECT count(*) FROM revisions),"
            " count(data), ifnull(sum(size), 0), ifnull(sum(length(data)), 0) FROM originals"
        )[0]
        files = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        stored = sum(file.stat().st_size for file in files if file.exists())
        articles, deleted, revisions, originals, original_bytes, original_stored = row
        return Sizes(
            articles, deleted, revisions, originals, original_bytes, original_stored, stored
        )

    def runs(
        self, limit: int | None, *, detail: Literal["rejects", "counts"] = "rejects"
    ) -> list[Run]:
        """The log, newest first; with `counts` the entries do not list their rejects."""
        sql = (
            "SELECT number, what, state, started, finished, sources, added, revised, unchanged,"
            " kept_out, rejected, deleted, note, suspicious FROM runs ORDER BY number DESC LIMIT ?"
        )
        return [
            self._run(row, detail) for row in self._rows(sql, (-1 if limit is None else limit,))
        ]

    def _run(self, row: tuple[Any, ...], detail: str) -> Run:
        number, what, state, started, finished, sources, *counts, note, suspicious = row
        added, revised, unchanged, kept_out, rejected, deleted = counts
        sql = "SELECT origin, line, reason FROM rejects WHERE run = ? ORDER BY rowid"
        rejects = self._rows(sql, (number,)) if detail == "rejects" else []
        return Run(
            number=number,
            what=what,
            state=state,
            started=datetime.fromisoformat(started),
            finished=None if finished is None else datetime.fromisoformat(finished),
            sources=tuple(msgspec.json.decode(sources)),
            added=added,
            revised=revised,
            unchanged=unchanged,
            kept_out=kept_out,
            rejected=rejected,
            deleted=deleted,
            note=note,
            rejects=tuple(ArticleRejected(*reject) for reject in rejects),
            suspicious=tuple(msgspec.json.decode(suspicious)),
        )
