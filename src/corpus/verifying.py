"""Is everything that was written still there, and does the index say what the store says?

Everything is read: SQLite's own check, every record against its fingerprint, every
original against its SHA-256, every file of the index, and both sides article by article.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from hashlib import sha256

from zstandard import ZstdDecompressor, ZstdError

from corpus.article import Article
from corpus.errors import CorpusDamaged
from corpus.identity import fingerprint
from corpus.index.protocol import Index
from corpus.results import Verification
from corpus.store import Store
from corpus.store_schema import MENDING
from corpus.syncing import MENDING as REBUILD
from corpus.syncing import IndexRoom

# A wholly wrong index would say the same of every article.
SHOWN = 100


def verify(store: Store, room: IndexRoom) -> Verification:
    """Read everything; damage is an answer, not an error."""
    started = time.monotonic()
    problems: list[str] = []
    pending = articles = revisions = originals = 0
    room.close()
    try:
        index: Index | None = room.open()
    except CorpusDamaged as error:
        index = None
        problems.append(str(error))
    # The index first, then one snapshot of the store: a writer at work can only make
    # the store newer.
    store.connection.execute("BEGIN")
    try:
        sizes = store.sizes()
        articles, revisions, originals = sizes.articles, sizes.revisions, sizes.originals
        problems.extend(_capped(_integrity(store)))
        problems.extend(_capped(_pointers(store)))
        problems.extend(_capped(_records(store)))
        problems.extend(_capped(_originals(store)))
        if index is not None:
            try:
                problems.extend(f"{each}; {REBUILD}" for each in index.check())
                pending = store.change_count(index.status().seq)
                problems.extend(_capped(_against(store, index)))
            except CorpusDamaged as error:
                problems.append(str(error))
    except CorpusDamaged as error:
        problems.append(str(error))
    finally:
        if store.connection.in_transaction:
            store.connection.execute("ROLLBACK")
    return Verification(
        problems=tuple(dict.fromkeys(problems)),
        articles=articles,
        revisions=revisions,
        originals=originals,
        pending=pending,
        seconds=time.monotonic() - started,
    )


def _capped(problems: Iterator[str]) -> Iterator[str]:
    more = 0
    for number, problem in enumerate(problems):
        if number < SHOWN:
            yield problem
        else:
            more += 1
    if more:
        yield f"and {more} more problems like the last"


def _integrity(store: Store) -> Iterator[str]:
    for (answer,) in store.walk("PRAGMA integrity_check"):
        if answer != "ok":
            yield f"{store.path}: {answer}; {MENDING}"
    for table, *_ in store.walk("PRAGMA foreign_key_check"):
        yield f"{store.path}: a row of {table} points nowhere; {MENDING}"


def _pointers(store: Store) -> Iterator[str]:
    lost = (
        "SELECT a.id, a.revision FROM articles a LEFT JOIN revisions r"
        " ON r.number = a.number AND r.revision = a.revision WHERE r.number IS NULL"
    )
    for named, revision in store.walk(lost):
        yield f"article {named}: its current revision {revision} is missing; {MENDING}"
    counted = (
        "SELECT id, revisions, (SELECT count(*) FROM revisions r WHERE r.number = a.number)"
        " AS held FROM articles a WHERE revisions <> held"
    )
    for named, promised, held in store.walk(counted):
        yield f"article {named}: {held} of its {promised} revisions are there; {MENDING}"
    late = "SELECT id, seq FROM articles WHERE seq > (SELECT value FROM meta WHERE key = 'seq')"
    for named, seq in store.walk(late):
        yield f"article {named}: its change {seq} is later than the last one; {MENDING}"


def _records(store: Store) -> Iterator[str]:
    rows = store.walk(
        "SELECT id, r.revision, fingerprint, record FROM revisions r"
        " JOIN articles a ON a.number = r.number ORDER BY r.number, r.revision"
    )
    for named, revision, content, record in rows:
        try:
            article = Article.from_json(record)
            sound = article.id == named and article.revision == revision
            sound = sound and fingerprint(article) == content
        except ValueError:
            sound = False
        if not sound:
            what = "is not what was written"
            yield f"article {named}: the record of revision {revision} {what}; {MENDING}"


def _originals(store: Store) -> Iterator[str]:
    rows = store.walk(
        "SELECT o.number, sha256, size, data,"
        " (SELECT id FROM revisions r JOIN articles a ON a.number = r.number"
        " WHERE r.original = o.number LIMIT 1) FROM originals o"
    )
    expand = ZstdDecompressor().decompress
    for number, digest, size, data, named in rows:
        if data is None:
            continue
        try:
            original = expand(data)
            sound = len(original) == size and sha256(original).digest() == digest
        except ZstdError:
            sound = False
        whose = f"article {named}: its original" if named else f"{store.path}: original {number}"
        if not sound:
            yield f"{whose} is not what came in (SHA-256 differs); {MENDING}"


def _against(store: Store, index: Index) -> Iterator[str]:
    held = index.status()
    if held.store is not None and held.store != store.store_id:
        yield f"the index is that of another store; {REBUILD}"
        return
    if held.seq > store.seq:
        yield f"the index is ahead of the store, which must be an older copy; {REBUILD}"
        return
    indexed: dict[int, int] = {}
    for number, revision in index.entries():
        if number in indexed:
            yield f"article number {number} is in the index twice; {REBUILD}"
        indexed[number] = revision
    pending = {number for number, seq in store.changed(held.seq)}
    for number, named, revision, _ in store.entries():
        found = indexed.pop(number, None)
        if number in pending or found == revision:
            continue
        if found is None:
            yield f"article {named} is missing from the index; {REBUILD}"
        else:
            yield (
                f"article {named}: the index has revision {found}, the store {revision}; {REBUILD}"
            )
    for number in indexed:
        if number not in pending:
            yield f"the index holds article number {number}, the store does not; {REBUILD}"
