"""Which engines are compared? One module each, made by name."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from queries import Query
from records import Record, Source

NAMES = ("ours", "corpus", "tantivy", "tantivy_syllables", "fts5", "xapian", "whoosh", "scan")


class Engine(Protocol):
    """What the worker asks of an engine. Folders are made and removed by the worker.

    `modes` are what `ask` can give: ids (the best ten and the exact total), texts (with
    the stored text of the ten), snippets (with the surroundings of a match in each of the
    ten, `segmented.snippet`), windows (with the engine's own snippets), hits (whatever the
    public API of the corpus gives, articles and snippets included).
    """

    modes: tuple[str, ...]

    def build(self, folder: Path, records: Source) -> None:
        """Everything indexed and committed; the worker syncs the files."""

    def open(self, folder: Path) -> None: ...

    def prepare(self, query: Query) -> Any:
        """The engine's own query, made outside the clock."""

    def forget(self) -> None:
        """Drop what was remembered of earlier queries: they are asked several times."""

    def ask(self, prepared: Any, mode: str) -> tuple[int, list[Any]]:
        """The total and the best ten."""

    def numbers(self, prepared: Any) -> Iterable[int]:
        """The numbers of all records found."""

    def add(self, records: list[Record]) -> None:
        """More records, to be seen by the next `ask`."""


def make(name: str) -> Engine:
    """The engine of that name, as `ours@5` says with an argument.

    Raises ImportError where its library is not installed.
    """
    module, *arguments = name.split("@")
    return import_module(f"engines.{module}_engine").make(*arguments)  # type: ignore[no-any-return]  # every module's own class
