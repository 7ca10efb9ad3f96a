"""SQLite's FTS5 with its trigram tokenizer; words under three characters are a LIKE."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from queries import Query
from records import Record, Source
from segmented import snippet


@dataclass(frozen=True, slots=True)
class _Prepared:
    condition: str
    arguments: tuple[Any, ...]
    order: str
    query: Query


def make() -> Fts5:
    return Fts5()


class Fts5:
    modes = ("snippets",)

    _base: sqlite3.Connection

    def build(self, folder: Path, records: Source) -> None:
        base = sqlite3.connect(folder / "articles.db")
        base.execute("CREATE TABLE days (number INTEGER PRIMARY KEY, day INTEGER)")
        base.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='trigram')")
        _insert(base, records)
        base.close()

    def open(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "articles.db")

    def prepare(self, query: Query) -> _Prepared:
        short = any(len(term) < 3 for term in query.terms)
        if short:
            # The plus keeps FTS5 from answering with its index, which finds nothing here.
            likes = ["+text LIKE ?" for _ in query.terms]
            arguments: list[Any] = [f"%{term}%" for term in query.terms]
            joint = {"or": " OR ", "not": " AND NOT "}.get(query.op, " AND ")
            condition = f"({joint.join(likes)})"
        else:
            joint = {"or": " OR ", "not": " NOT "}.get(query.op, " AND ")
            arguments = [joint.join(f'"{term}"' for term in query.terms)]
            condition = "texts MATCH ?"
        if query.days is not None:
            condition += " AND (SELECT day FROM days WHERE number = texts.rowid) BETWEEN ? AND ?"
            arguments += query.days
        order = "" if short else "ORDER BY rank"
        return _Prepared(condition, tuple(arguments), order, query)

    def forget(self) -> None:
        pass

    def ask(self, prepared: _Prepared, mode: str) -> tuple[int, list[Any]]:
        where, arguments = prepared.condition, prepared.arguments
        count = f"SELECT count(*) FROM texts WHERE {where}"
        (total,) = self._base.execute(count, arguments).fetchone()
        columns = "rowid" if mode == "ids" else "rowid, text"
        best = f"SELECT {columns} FROM texts WHERE {where} {prepared.order} LIMIT 10"
        rows = self._base.execute(best, arguments).fetchall()
        if mode == "ids":
            return total, [row[0] for row in rows]
        return total, [(row[0], snippet(row[1], prepared.query.wanted)) for row in rows]

    def numbers(self, prepared: _Prepared) -> Iterable[int]:
        found = f"SELECT rowid FROM texts WHERE {prepared.condition}"
        return (row[0] for row in self._base.execute(found, prepared.arguments))

    def add(self, records: list[Record]) -> None:
        _insert(self._base, records)


def _insert(base: sqlite3.Connection, records: Iterable[Record]) -> None:
    with base:
        for record in records:
            base.execute("INSERT INTO days VALUES (?, ?)", (record.number, record.day))
            row = (record.number, record.text)
            base.execute("INSERT INTO texts (rowid, text) VALUES (?, ?)", row)
