"""Xapian with its own n-grams for CJK text; every term is asked as a phrase."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xapian
from queries import Query
from records import Record, Source
from segmented import snippet

DAY = 0  # the slot of the day of publication


def make() -> Xapian:
    return Xapian()


class Xapian:
    modes = ("snippets",)

    def build(self, folder: Path, records: Source) -> None:
        base = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OPEN)
        _insert(base, records)
        base.close()

    def open(self, folder: Path) -> None:
        self._folder = folder
        self._base = xapian.Database(str(folder))
        self._parser = xapian.QueryParser()
        self._parser.set_database(self._base)

    def prepare(self, query: Query) -> tuple[Any, Query]:
        flags = xapian.QueryParser.FLAG_PHRASE | xapian.QueryParser.FLAG_CJK_NGRAM
        parts = [self._parser.parse_query(f'"{term}"', flags) for term in query.terms]
        joint = {"or": xapian.Query.OP_OR, "not": xapian.Query.OP_AND_NOT}.get(
            query.op, xapian.Query.OP_AND
        )
        whole = parts[0] if len(parts) == 1 else xapian.Query(joint, *parts)
        if query.days is not None:
            low, high = (xapian.sortable_serialise(day) for day in query.days)
            days = xapian.Query(xapian.Query.OP_VALUE_RANGE, DAY, low, high)
            whole = xapian.Query(xapian.Query.OP_FILTER, whole, days)
        return whole, query

    def forget(self) -> None:
        pass

    def _matched(self, whole: Any, most: int) -> Any:
        enquire = xapian.Enquire(self._base)
        enquire.set_query(whole)
        # To look at all of them makes the total exact.
        return enquire.get_mset(0, most, self._base.get_doccount())

    def ask(self, prepared: tuple[Any, Query], mode: str) -> tuple[int, list[Any]]:
        whole, query = prepared
        found = self._matched(whole, 10)
        total = found.get_matches_estimated()
        if mode == "ids":
            return total, [match.docid for match in found]
        return total, [
            (match.docid, snippet(match.document.get_data().decode(), query.wanted))
            for match in found
        ]

    def numbers(self, prepared: tuple[Any, Query]) -> Iterable[int]:
        found = self._matched(prepared[0], self._base.get_doccount())
        return [match.docid for match in found]

    def add(self, records: list[Record]) -> None:
        base = xapian.WritableDatabase(str(self._folder), xapian.DB_OPEN)
        _insert(base, records)
        base.close()
        self._base.reopen()


def _insert(base: Any, records: Iterable[Record]) -> None:
    generator = xapian.TermGenerator()
    generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
    for record in records:
        document = xapian.Document()
        generator.set_document(document)
        generator.set_termpos(0)
        generator.index_text(record.text)
        document.set_data(record.text)
        document.add_value(DAY, xapian.sortable_serialise(record.day))
        base.replace_document(record.number, document)
    base.commit()
