"""No index at all: Python's `in` over every folded text held in memory."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from queries import Query
from records import Record, Source
from segmented import snippet

_Holds = Callable[[str], bool]


def make() -> Scan:
    return Scan()


class Scan:
    modes = ("snippets",)

    _texts: list[str]
    _days: list[int]
    _numbers: list[int]

    def build(self, folder: Path, records: Source) -> None:
        held = [(record.number, record.day, record.text) for record in records]
        (folder / "texts.pickle").write_bytes(pickle.dumps(held))

    def open(self, folder: Path) -> None:
        held = pickle.loads((folder / "texts.pickle").read_bytes())
        self._numbers = [number for number, _, _ in held]
        self._days = [day for _, day, _ in held]
        self._texts = [text.lower() for _, _, text in held]

    def prepare(self, query: Query) -> Query:
        return query

    def forget(self) -> None:
        pass

    def _found(self, query: Query) -> list[int]:
        parts = [_holds(term) for term in query.terms]
        first, last = parts[0], parts[-1]
        if query.op == "or":
            found = [at for at, text in enumerate(self._texts) if first(text) or last(text)]
        elif query.op == "not":
            found = [at for at, text in enumerate(self._texts) if first(text) and not last(text)]
        elif query.op == "and":
            found = [at for at, text in enumerate(self._texts) if first(text) and last(text)]
        else:
            found = [at for at, text in enumerate(self._texts) if first(text)]
        if query.days is None:
            return found
        low, high = query.days
        return [at for at in found if low <= self._days[at] <= high]

    def ask(self, prepared: Query, mode: str) -> tuple[int, list[Any]]:
        found = self._found(prepared)
        best = found[:10]
        ids = [self._numbers[at] for at in best]
        if mode == "ids":
            return len(found), ids
        shown = [snippet(self._texts[at], prepared.wanted) for at in best]
        return len(found), list(zip(ids, shown, strict=True))

    def numbers(self, prepared: Query) -> Iterable[int]:
        return [self._numbers[at] for at in self._found(prepared)]

    def add(self, records: list[Record]) -> None:
        for record in records:
            self._numbers.append(record.number)
            self._days.append(record.day)
            self._texts.append(record.text.lower())


def _holds(term: str) -> _Holds:
    folded = term.lower()
    if folded.isascii():
        whole = re.compile(f"(?<![a-z]){re.escape(folded)}(?![a-z])").search
        return lambda text: folded in text and whole(text) is not None
    return lambda text: folded in text
