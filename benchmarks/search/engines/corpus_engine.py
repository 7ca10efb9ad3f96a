"""The whole corpus through its public API: query text in, hits with articles and snippets out.

Its folder is made by the command `corpus ingest`, which `processes.py` times.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from queries import Query
from records import Record, Source

import corpus
from corpus.index.find import plan


def make() -> Whole:
    return Whole()


class Whole:
    modes = ("hits",)

    _corpus: corpus.Corpus

    def build(self, folder: Path, records: Source) -> None:
        raise NotImplementedError("made by corpus ingest")

    def open(self, folder: Path) -> None:
        self._folder = folder
        self._corpus = corpus.open(folder)
        self._corpus.search("하나", limit=0)  # opens the index too

    def prepare(self, query: Query) -> str:
        return query.text

    def forget(self) -> None:
        snapshot = getattr(self._corpus._room.open(), "_snapshot", None)
        remembered = getattr(snapshot, "_found", None)
        if remembered is not None:
            remembered.clear()
        plan.cache_clear()  # text comes in: how a word was cut is remembered as well

    def ask(self, prepared: str, mode: str) -> tuple[int, list[Any]]:
        hits = self._corpus.search(prepared, exact=True)  # peers know no other forms
        return hits.total, [(hit.id, hit.article.body, hit.snippets) for hit in hits]

    def numbers(self, prepared: str) -> Iterator[int]:
        # In a new corpus articles are numbered in the order of the file.
        return (hit.number for hit in self._corpus.search(prepared, exact=True, limit=None))

    def add(self, records: list[Record]) -> None:
        lines = [
            json.dumps(
                {"id": one.id, "title": one.title, "body": one.body, "clean": True},
                ensure_ascii=False,
            )
            for one in records
        ]
        path = self._folder.parent / "added.jsonl"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self._corpus.close()
        with corpus.open(self._folder, mode="w") as writer:
            writer.ingest([path])
        self._corpus = corpus.open(self._folder)
