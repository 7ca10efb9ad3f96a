"""One engine in a process of its own: commands as JSON lines in, figures as JSON lines out.

    python worker.py ENGINE FOLDER [--core N]

Times are taken in here, around the engine's own call and nothing else. Standard output
belongs to the answers: what a library prints goes to standard error.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import engines
import queries
from records import Record, Source
from scan_sets import load as load_sets

MARK = "꽳뛟쫣"  # stands in no article; with it we see that an addition is found


class Worker:
    """The commands; each takes and gives what JSON can say."""

    def __init__(self, name: str, folder: Path) -> None:
        self._engine = engines.make(name)
        self._folder = folder
        self._queries: list[queries.Query] = []
        self._prepared: list[Any] = []

    def hello(self) -> dict[str, Any]:
        return {"modes": self._engine.modes}

    def build(self, records: str, count: int | None) -> dict[str, Any]:
        """Seconds of wall time less the reading of the file, on one core (see `Source`)."""
        self._folder.mkdir(parents=True)
        source = Source(Path(records), count)
        wall, cpu = time.perf_counter(), time.process_time()
        self._engine.build(self._folder, source)
        sync(self._folder)
        seconds = time.perf_counter() - wall - source.cpu_seconds
        return {
            "articles": source.taken,
            "seconds": seconds,
            "cpu_seconds": time.process_time() - cpu - source.cpu_seconds,
            "articles_per_second": source.taken / seconds,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "bytes": bytes_of(self._folder),
            "text_bytes": source.text_bytes,
        }

    def open(self, path: str) -> dict[str, Any]:
        start = time.perf_counter()
        self._engine.open(self._folder)
        seconds = time.perf_counter() - start
        self._queries = queries.load(Path(path))
        self._prepared = [self._engine.prepare(query) for query in self._queries]
        gc.collect()
        gc.freeze()
        return {"seconds": seconds}

    def ask(self, which: Sequence[int], mode: str) -> dict[str, Any]:
        """Nanoseconds and total of every query."""
        engine, clock = self._engine, time.perf_counter_ns
        spent, totals = [], []
        for at in which:
            prepared = self._prepared[at]
            engine.forget()
            start = clock()
            total, _ = engine.ask(prepared, mode)
            spent.append(clock() - start)
            totals.append(total)
        return {"nanoseconds": spent, "totals": totals}

    def check(self, sets: str, mode: str, step: int) -> dict[str, Any]:
        """The hit set of every `step`-th query against the scan's."""
        rows = []
        every = zip(self._prepared, load_sets(Path(sets)), strict=True)
        for prepared, expected in islice(every, 0, None, step):
            self._engine.forget()
            found = list(self._engine.numbers(prepared))
            numbers = set(found)
            total, _ = self._engine.ask(prepared, mode)
            rows.append(
                {
                    "expected": len(expected),
                    "found": len(found),
                    "missing": len(expected - numbers),
                    "extra": len(numbers - expected),
                    "total": total,
                }
            )
        return {"rows": rows}

    def add(self, records: str, number: int, times: int, mode: str) -> dict[str, Any]:
        """Seconds from a hundred new records in memory to one of them found, per time."""
        hundred = list(Source(Path(records), 100))
        spent = []
        for turn in range(times):
            mark = MARK + chr(ord("가") + turn)
            fresh = [_renamed(one, number + 100 * turn, turn) for one in hundred]
            fresh[-1] = replace(fresh[-1], body=f"{fresh[-1].body} {mark}")
            start = time.perf_counter()
            self._engine.add(fresh)
            prepared = self._engine.prepare(queries.Query("add", "word", (mark,)))
            total, _ = self._engine.ask(prepared, mode)
            spent.append(time.perf_counter() - start)
            if total != 1:
                raise AssertionError(f"{total} articles have the mark of the added one")
        return {"seconds": spent}


def _renamed(record: Record, base: int, turn: int) -> Record:
    return replace(record, number=base + record.number, id=f"added-{turn}-{record.number}")


def sync(folder: Path) -> None:
    """Every file under `folder` on the disk."""
    for path in [folder, *folder.rglob("*")]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def bytes_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("engine", help="a name, see engines")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--core", type=int)
    options = parser.parse_args()
    if options.core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {options.core})
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    worker = Worker(options.engine, options.folder)
    for line in sys.stdin:
        command = json.loads(line)
        answer = getattr(worker, command.pop("do"))(**command)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
