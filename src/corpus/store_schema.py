"""What is in articles.db, and how is it opened so that nothing is lost or misread?

SQLite in WAL mode: readers keep their snapshot while one writer commits, and every
commit is synced to disk before it counts, since the store is an archive. The file names
itself by its application id and carries its format number, so that neither a foreign
file nor one of a later version is ever written to.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import CorpusDamaged, CorpusLocked, CorpusTooNew

FILE = "articles.db"
FORMAT = 2
APPLICATION = 0x636F7270  # "corp"
BUSY_SECONDS = 30.0
MENDING = "restore it from a dump or a backup copy"

# `seq` numbers every change in the order of commits. `url_key` and `title_key` are 64-bit
# stand-ins, so that the index over them stays a tenth of the texts' size.
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;

CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,   -- the current one
    revisions INTEGER NOT NULL,  -- how many there are
    seq INTEGER NOT NULL,        -- of the last change of what readers see
    url TEXT,                    -- the identity key; null where the URL names no article
    url_key INTEGER,
    publisher TEXT,              -- the first one known, as the URL
    title_key INTEGER NOT NULL,
    captured TEXT,               -- of the current revision, in UTC
    deleted_at TEXT,
    deleted_reason TEXT
);
CREATE INDEX articles_seq ON articles (seq);
CREATE INDEX articles_url ON articles (url_key, title_key) WHERE url_key IS NOT NULL;

CREATE TABLE originals (
    number INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,       -- bytes as they came
    data BLOB                    -- zstd; null where the corpus keeps no originals
);

CREATE TABLE revisions (
    number INTEGER NOT NULL REFERENCES articles,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    run INTEGER NOT NULL,
    line INTEGER,                -- in the record's origin
    original INTEGER NOT NULL REFERENCES originals,
    fingerprint BLOB NOT NULL,
    record BLOB NOT NULL,        -- JSON
    reading TEXT,                -- JSON: how the original was read; null before format 2
    PRIMARY KEY (number, revision)
);
CREATE INDEX revisions_original ON revisions (original);

CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    what TEXT NOT NULL,
    state TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    sources TEXT NOT NULL,       -- JSON
    added INTEGER NOT NULL DEFAULT 0,
    revised INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    kept_out INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER NOT NULL DEFAULT 0,
    note TEXT,
    suspicious TEXT NOT NULL DEFAULT '[]'  -- JSON
);
CREATE TABLE rejects (
    run INTEGER NOT NULL REFERENCES runs,
    origin TEXT NOT NULL,
    line INTEGER,
    reason TEXT NOT NULL
);
CREATE INDEX rejects_run ON rejects (run);

CREATE TABLE queries (name TEXT PRIMARY KEY, query TEXT NOT NULL, saved TEXT NOT NULL);
"""


def now() -> datetime:
    """The present in UTC, to the second: what the store writes as a time."""
    return datetime.now(UTC).replace(microsecond=0)


@contextlib.contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours: CorpusDamaged, CorpusLocked, OSError.

    What is none of these is a bug of ours and passes through.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise CorpusDamaged(path, f"{error}; {MENDING}") from error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise CorpusLocked(path, BUSY_SECONDS) from error
        if code == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
            raise PermissionError(errno.EACCES, str(error), str(path)) from error
        if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
            raise OSError(errno.EIO, str(error), str(path)) from error
        raise


def create(path: Path) -> None:
    """An empty store at `path`, whole or not at all. Raises FileExistsError and OSError."""
    if path.exists():
        raise FileExistsError(errno.EEXIST, "there is a store already", str(path))
    partial = path.with_name(f"{path.name}.new")
    partial.unlink(missing_ok=True)
    with guarded(path), contextlib.closing(sqlite3.connect(partial)) as connection:
        connection.executescript(SCHEMA)
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            (("store", str(uuid.uuid4())), ("seq", 0), ("created", now().isoformat())),
        )
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.commit()
        connection.execute("PRAGMA journal_mode = WAL")
    partial.replace(path)


def connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    """A connection to the store at `path`, checked to be one that this program knows.

    Raises CorpusDamaged, CorpusTooNew, OSError.
    """
    if not path.is_file():
        raise CorpusDamaged(path, f"the store is missing; {MENDING}")
    with guarded(path):
        connection = _connect(path, "rw") if writable else _connect_reader(path)
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            if application != APPLICATION:
                raise CorpusDamaged(path, f"this is not the store of a corpus; {MENDING}")
            if found > FORMAT:
                raise CorpusTooNew(path.parent, found, FORMAT)
            if writable:
                _bring_up(connection, found)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                # In pages of 4 KiB: with SQLite's 1,000 nearly every commit of an ingest
                # also copies the log back and syncs the whole file.
                connection.execute("PRAGMA wal_autocheckpoint = 8000")
        except BaseException:
            connection.close()
            raise
    return connection


def _bring_up(connection: sqlite3.Connection, found: int) -> None:
    """Turn a store of an older format into one of this format, whole or not at all."""
    if found == 1:
        connection.executescript(
            "BEGIN IMMEDIATE; ALTER TABLE revisions ADD COLUMN reading TEXT;"
            " PRAGMA user_version = 2; COMMIT"
        )


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.as_uri()}?{mode if '=' in mode else f'mode={mode}'}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
    )


def _connect_reader(path: Path) -> sqlite3.Connection:
    """A reader that also works in a folder where nobody may write.

    There SQLite cannot make the small files that a WAL reader shares with writers; where
    none exist no writer is at work, and the file can be read as it lies.
    """
    connection = _connect(path, "ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise
        connection = _connect(path, "mode=ro&immutable=1")
    except BaseException:
        connection.close()
        raise
    return connection
