"""How does a batch get into the store? In one transaction: looked up, decided, written.

Look-ups and inserts go by the batch (a handful of statements for some hundred articles),
since a SELECT for each article would cost more than all the rest. A kill at any moment
leaves the batches that were committed, and nothing of the others.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass, field
from typing import Any

from zstandard import ZstdCompressor

from corpus.deciding import COMPARED, Arrived, Known
from corpus.errors import ArticleRejected, CorpusError
from corpus.identity import number_key
from corpus.results import KeptOut, SavedQuery
from corpus.store import Entry, Store
from corpus.store_schema import guarded, now

# For real JSON Lines of 1.7 kB zstd took 13 microseconds at level 1 (65 % of the size), 18
# at 3 (63 %), 38 at 9 (62 %).
LEVEL = 3


@dataclass(slots=True)
class Tallies:
    """What a run has done so far, in articles."""

    added: int = 0
    revised: int = 0
    unchanged: int = 0
    kept_out: list[KeptOut] = field(default_factory=list)
    rejected: list[ArticleRejected] = field(default_factory=list)
    undated: int = 0
    encodings_repaired: int = 0
    lines_removed: int = 0
    lines_doubtful: int = 0


@dataclass(frozen=True, slots=True)
class Addition:
    """One revision to write: of which article, from what, and whether it becomes current."""

    known: Known
    arrived: Arrived
    revision: int
    current: bool
    record: bytes


class StoreWriter(Store):
    """A store opened to be written, by one process at a time (archive.py holds the lock)."""

    def begin(self) -> None:
        """Start a transaction."""
        with guarded(self.path):
            self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """End the transaction; afterwards it is on the disk."""
        with guarded(self.path):
            self.connection.execute("COMMIT")

    def rollback(self) -> None:
        """Forget the transaction, if one is open."""
        if self.connection.in_transaction:
            with guarded(self.path):
                self.connection.execute("ROLLBACK")

    # the log

    def start_run(self, what: str, sources: Sequence[str]) -> int:
        """A new entry of the log, unfinished; its number."""
        with guarded(self.path):
            cursor = self.connection.execute(
                "INSERT INTO runs (what, state, started, sources) VALUES (?, ?, ?, ?)",
                (what, "unfinished", now().isoformat(), _json(sources)),
            )
        return cursor.lastrowid or 0

    def note_run(self, run: int, tallies: Tallies, rejects: Sequence[ArticleRejected]) -> None:
        """Bring the entry's counts up to date and add `rejects`, in the open transaction."""
        with guarded(self.path):
            self.connection.execute(
                "UPDATE runs SET added = ?, revised = ?, unchanged = ?, kept_out = ?, rejected = ?"
                " WHERE number = ?",
                (
                    tallies.added,
                    tallies.revised,
                    tallies.unchanged,
                    len(tallies.kept_out),
                    len(tallies.rejected),
                    run,
                ),
            )
            self.connection.executemany(
                "INSERT INTO rejects VALUES (?, ?, ?, ?)",
                [(run, clean(each.origin), each.line, clean(each.reason)) for each in rejects],
            )

    def finish_run(
        self, run: int, state: str, *, note: str | None = None, suspicious: Sequence[str] = ()
    ) -> None:
        """Close the entry as done or interrupted."""
        with guarded(self.path):
            self.connection.execute(
                "UPDATE runs SET state = ?, finished = ?, note = ?, suspicious = ?"
                " WHERE number = ?",
                (
                    state,
                    now().isoformat(),
                    note,
                    _json(suspicious),
                    run,
                ),
            )

    def interrupt_run(self, run: int, error: BaseException, suspicious: Sequence[str] = ()) -> None:
        """Roll back the open transaction and close the entry (0: there is none) as interrupted.

        The log is a courtesy here: what goes wrong with it is passed over, since a full disk
        must be told as a full disk.
        """
        note = "Ctrl-C" if isinstance(error, KeyboardInterrupt) else repr(error)
        with contextlib.suppress(OSError, CorpusError):
            self.rollback()
            if run:
                self.finish_run(run, "interrupted", note=note, suspicious=suspicious)

    # what a run has met

    def forget_seen(self) -> None:
        """Start a run's memory of the articles that it met; it lies in a temporary file."""
        with guarded(self.path):
            self.connection.execute("DROP TABLE IF EXISTS temp.seen")
            self.connection.execute(
                "CREATE TEMP TABLE seen (number INTEGER PRIMARY KEY, place TEXT NOT NULL)"
            )

    def shared_urls(self) -> list[tuple[str, int]]:
        """Canonical URLs of articles met in this run that stand on live articles under
        different titles, with the number of these; the most shared first."""
        return self._rows(
            "SELECT url, count(*) AS shared FROM articles WHERE deleted_at IS NULL AND url_key IN"
            " (SELECT url_key FROM temp.seen JOIN articles USING (number))"
            " GROUP BY url HAVING count(DISTINCT title_key) > 1 ORDER BY shared DESC, url"
        )

    # a batch

    def known(self, arrivals: Sequence[Arrived]) -> list[Known]:
        """Every article that one of `arrivals` could be, by number."""
        ids = [each.article.id for each in arrivals if each.article.id is not None]
        free = [each for each in arrivals if each.article.id is None]
        ids += [each.content_id for each in free]
        ids += [each.url_id for each in free if each.url_id is not None]
        numbers = {row[0] for row in self._select("SELECT number FROM articles WHERE id IN", ids)}
        keys = {number_key(each.url) for each in free if each.url is not None}
        if keys:
            titles = {(number_key(each.url), each.title) for each in free if each.url is not None}
            numbers.update(
                row[0]
                for row in self._rows(
                    f"WITH wanted(u) AS (VALUES {_marks(keys, '(?)')}) SELECT number FROM wanted"
                    " CROSS JOIN articles WHERE number IN (SELECT number FROM articles"
                    f" WHERE url_key = u ORDER BY number LIMIT {COMPARED + 1})",
                    list(keys),
                )
            )
            numbers.update(
                row[0]
                for row in self._rows(
                    f"WITH wanted(u, t) AS (VALUES {_marks(titles, '(?,?)')}) SELECT number FROM"
                    " wanted CROSS JOIN articles ON url_key = u AND title_key = t",
                    [part for pair in titles for part in pair],
                )
            )
        return self._load_known(sorted(numbers)) if numbers else []

    def _load_known(self, numbers: list[int]) -> list[Known]:
        found = {
            row[0]: Known(*row)
            for row in self._select(
                "SELECT number, id, url, publisher, title_key, revision, revisions, captured,"
                " CASE WHEN deleted_at IS NULL THEN NULL ELSE deleted_reason END,"
                " (SELECT place FROM temp.seen s WHERE s.number = articles.number)"
                " FROM articles WHERE number IN",
                numbers,
            )
        }
        for number, content, digest in self._select(
            "SELECT revisions.number, fingerprint, sha256 FROM revisions"
            " JOIN originals ON originals.number = original WHERE revisions.number IN",
            numbers,
        ):
            found[number].contents.add(content)
            found[number].originals.add(digest)
        return [found[number] for number in numbers]

    def _select(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return self._rows(f"{sql} ({_marks(values, '?')})", list(values))

    def next_number(self) -> int:
        """The number that the next new article gets."""
        return self._number("SELECT ifnull(max(number), 0) + 1 FROM articles")

    def write(
        self, additions: Sequence[Addition], seen: Iterable[Known], *, run: int, keep: bool
    ) -> None:
        """Write a batch's revisions, in the open transaction, each with its change number.

        `keep` says whether the original bytes are kept; their digests always are.
        """
        originals = self._write_originals([each.arrived for each in additions], keep=keep)
        fresh, updates, revisions = [], [], []
        seq = self.seq
        for each in additions:
            seq += 1
            known, arrived = each.known, each.arrived
            url_key = None if known.url is None else number_key(known.url)
            where = (known.url, url_key, known.publisher)
            state = (known.revision, known.revisions, seq, *where, known.title)
            if each.revision == 1:
                fresh.append((known.number, known.id, *state, known.captured))
            elif each.current:
                updates.append((*state, known.captured, known.number))
            revisions.append(
                (
                    known.number,
                    each.revision,
                    seq,
                    run,
                    arrived.line,
                    originals[arrived.digest],
                    arrived.content,
                    each.record,
                    arrived.reading,
                )
            )
        late = [(each.known.revisions, each.known.number) for each in additions if not each.current]
        with guarded(self.path):
            many = self.connection.executemany
            many("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)", fresh)
            many(
                "UPDATE articles SET revision = ?, revisions = ?, seq = ?, url = ?, url_key = ?,"
                " publisher = ?, title_key = ?, captured = ? WHERE number = ?",
                updates,
            )
            many("UPDATE articles SET revisions = ? WHERE number = ?", late)
            many("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", revisions)
            many(
                "INSERT OR IGNORE INTO temp.seen VALUES (?, ?)",
                [(known.number, clean(known.seen or "")) for known in seen],
            )
            self._set_seq(seq)

    def _write_originals(self, arrivals: Sequence[Arrived], *, keep: bool) -> dict[bytes, int]:
        digests = list({each.digest: None for each in arrivals})
        rows = self._select("SELECT sha256, number FROM originals WHERE sha256 IN", digests)
        numbers = dict(rows)
        number = self._number("SELECT ifnull(max(number), 0) FROM originals")
        compress = ZstdCompressor(level=LEVEL).compress
        fresh = []
        for each in arrivals:
            if each.digest not in numbers:
                number += 1
                numbers[each.digest] = number
                data = compress(each.original) if keep else None
                fresh.append((number, each.digest, len(each.original), data))
        with guarded(self.path):
            self.connection.executemany("INSERT INTO originals VALUES (?, ?, ?, ?)", fresh)
        return numbers

    def _set_seq(self, seq: int) -> None:
        self.connection.execute("UPDATE meta SET value = ? WHERE key = 'seq'", (seq,))

    def delete(self, entries: Sequence[Entry], reason: str) -> None:
        """Mark articles as deleted, all in one transaction, and log it."""
        self.begin()
        try:
            seq = self.seq
            run = self.start_run("delete", [entry.id for entry in entries])
            with guarded(self.path):
                self.connection.executemany(
                    "UPDATE articles SET deleted_at = ?, deleted_reason = ?, seq = ?"
                    " WHERE number = ?",
                    [
                        (now().isoformat(), reason, each_seq, entry.number)
                        for each_seq, entry in enumerate(entries, seq + 1)
                    ],
                )
                self.connection.execute(
                    "UPDATE runs SET deleted = ? WHERE number = ?", (len(entries), run)
                )
                self._set_seq(seq + len(entries))
            self.finish_run(run, "done", note=reason)
            self.commit()
        except BaseException:
            self.rollback()
            raise

    def save_query(self, query: SavedQuery) -> None:
        """Put a query under its name, in the place of one that was there."""
        with guarded(self.path):
            self.connection.execute(
                "INSERT INTO queries VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET query = excluded.query, saved = excluded.saved",
                (query.name, query.query, query.saved.isoformat()),
            )

    def delete_query(self, name: str) -> None:
        """Take the query of this name out, if there is one."""
        with guarded(self.path):
            self.connection.execute("DELETE FROM queries WHERE name = ?", (name,))


def _marks(values: Sized, mark: str) -> str:
    return ",".join([mark] * len(values))


def _json(texts: Sequence[str]) -> str:
    return clean(json.dumps(list(texts), ensure_ascii=False))


def clean(text: str) -> str:
    """`text` without lone surrogates (file names that are not UTF-8), which SQLite cannot hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
