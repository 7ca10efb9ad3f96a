"""Stock Whoosh with the same bigrams, its own writer, postings and searcher."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from queries import Query
from records import Record, Source
from segmented import grams, snippet
from whoosh import index
from whoosh.analysis import Token, Tokenizer
from whoosh.fields import NUMERIC, STORED, TEXT, Schema
from whoosh.query import And, Not, NumericRange, Or, Phrase, Prefix, Term, Wildcard


class Grams(Tokenizer):
    """`segmented.grams` as Whoosh wants its tokens."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        token = Token(positions=True, chars=False)
        for token.pos, token.text in enumerate(grams(value)):
            yield token


def make() -> Whoosh:
    return Whoosh()


class Whoosh:
    modes = ("snippets",)

    def build(self, folder: Path, records: Source) -> None:
        schema = Schema(
            number=STORED,
            day=NUMERIC(int),
            text=TEXT(analyzer=Grams(), phrase=True),
            stored=STORED,
        )
        self._write(index.create_in(str(folder), schema), records)

    def _write(self, opened: Any, records: Iterable[Record]) -> None:
        writer = opened.writer(limitmb=256)
        for record in records:
            writer.add_document(
                number=record.number, day=record.day, text=record.text, stored=record.text
            )
        writer.commit()

    def open(self, folder: Path) -> None:
        self._index = index.open_dir(str(folder))
        self._searcher = self._index.searcher()

    def prepare(self, query: Query) -> tuple[Any, Query]:
        parts = [_term(term) for term in query.terms]
        whole: Any
        if query.op == "not":
            whole = And([parts[0], Not(parts[1])])
        elif query.op == "or":
            whole = Or(parts)
        else:
            whole = parts[0] if len(parts) == 1 else And(parts)
        if query.days is not None:
            whole = And([whole, NumericRange("day", *query.days)])
        return whole.normalize(), query

    def forget(self) -> None:
        pass

    def ask(self, prepared: tuple[Any, Query], mode: str) -> tuple[int, list[Any]]:
        whole, query = prepared
        found = self._searcher.search(whole, limit=10)
        total = len(found)
        if mode == "ids":
            return total, [hit["number"] for hit in found]
        return total, [(hit["number"], snippet(hit["stored"], query.wanted)) for hit in found]

    def numbers(self, prepared: tuple[Any, Query]) -> Iterable[int]:
        reader = self._searcher.reader()
        return [reader.stored_fields(at)["number"] for at in prepared[0].docs(self._searcher)]

    def add(self, records: list[Record]) -> None:
        self._write(self._index, records)
        self._searcher = self._index.searcher()


def _term(term: str) -> Any:
    tokens = grams(term)
    if len(term) == 1:
        return Or([Prefix("text", term), Wildcard("text", f"?{term}")])
    if len(tokens) == 1:
        return Term("text", tokens[0])
    return Phrase("text", tokens)
