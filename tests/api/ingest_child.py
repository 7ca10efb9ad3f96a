"""An ingest in a process of its own, to be killed: from outside, or at a given point.

    python ingest_child.py FOLDER SOURCE [POINT NUMBER]

POINT is a place in the code, NUMBER says which time it is passed (from 1).
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from finished_records import read

import corpus
from corpus import ingesting
from corpus.index.engine import WhooshIndex
from corpus.index.protocol import Change
from corpus.ingest import sources
from corpus.store import Store
from corpus.store_writer import StoreWriter

BATCH = 20


def _dying(method: Callable[..., Any], number: int, *, after: bool) -> Callable[..., Any]:
    passed = 0

    def dying(*arguments: Any, **options: Any) -> Any:
        nonlocal passed
        passed += 1
        if passed == number and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = method(*arguments, **options)
        if passed == number and after:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return dying


def _dying_changes(number: int) -> Callable[[Store, int], Iterator[Change]]:
    changes = Store.changes

    def dying(self: Store, since: int) -> Iterator[Change]:
        for passed, change in enumerate(changes(self, since), 1):
            if passed == number:
                os.kill(os.getpid(), signal.SIGKILL)
            yield change

    return dying


def _prepare(point: str, number: int) -> None:
    places: dict[str, tuple[type, str]] = {
        "start": (StoreWriter, "start_run"),
        "write": (StoreWriter, "write"),
        "commit": (StoreWriter, "commit"),
        "finish": (StoreWriter, "finish_run"),
        "index": (WhooshIndex, "apply"),
    }
    when, _, place = point.partition(" ")
    if place == "change":
        Store.changes = _dying_changes(number)  # type: ignore[method-assign]  # the murder weapon
        return
    owner, name = places[place]
    setattr(owner, name, _dying(getattr(owner, name), number, after=when == "after"))


def main() -> None:
    folder, source, *where = sys.argv[1:]
    sources.read = read  # type: ignore[assignment]  # a stand-in
    ingesting.BATCH_ARTICLES = BATCH
    if where:
        _prepare(where[0], int(where[1]))
    print("ready", flush=True)
    started = time.monotonic()
    with corpus.open(folder, mode="w") as c:
        c.ingest(source)
    print(time.monotonic() - started, flush=True)


if __name__ == "__main__":
    main()
