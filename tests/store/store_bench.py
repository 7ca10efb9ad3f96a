"""Articles as a source would yield them, and a store to put them into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import store_schema
from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.ingesting import IngestRun
from corpus.results import IngestReport
from corpus.store_writer import StoreWriter


@dataclass(frozen=True)
class Item:
    """What corpus.ingest.sources yields."""

    article: Article
    original: bytes
    line: int | None
    reading: None = None


class Bench:
    """A store in a folder of its own, and one-line ingests into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / store_schema.FILE).exists():
            store_schema.create(folder / store_schema.FILE)
        self.store = StoreWriter.open(folder, writable=True)
        # Nobody pulls the plug here, and waiting for the disk is most of the time.
        self.store.connection.execute("PRAGMA synchronous = OFF")

    def item(self, line: int | None = 1, original: bytes | None = None, **fields: Any) -> Item:
        """One article; its original is its own record unless it is given."""
        fields.setdefault("origin", "in.jsonl")
        article = Article(**fields)
        return Item(article, article.to_json() if original is None else original, line)

    def ingest(self, *items: Item | ArticleRejected, **options: Any) -> IngestReport:
        """Take in the items in one run."""
        return self.run(items, **options)

    def run(self, items: Iterable[Item | ArticleRejected], **options: Any) -> IngestReport:
        """As `ingest`, for any iterable."""
        settings: dict[str, Any] = {"sources": ["in.jsonl"], "keep_originals": True}
        settings["dry_run"] = False
        return IngestRun(self.store, **{**settings, **options}).run(items)

    def state(self) -> list[dict[str, Any]]:
        """Everything that is kept of every article, without the times of keeping it."""
        found = []
        rows = self.store.walk("SELECT number, id, revision, revisions, url FROM articles")
        for number, name, revision, revisions, url in rows:
            records = []
            for each in range(1, revisions + 1):
                record = self.store.record(number, each).to_dict()
                del record["first_seen"]
                records.append((record, self.store.original(number, each)))
            found.append({"id": name, "revision": revision, "url": url, "records": records})
        return found
