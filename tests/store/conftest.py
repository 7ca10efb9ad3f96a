"""Stores to put articles into, closed afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_bench import Bench


@pytest.fixture
def make_bench() -> Iterator[Callable[[Path], Bench]]:
    """Benches in any number of folders, closed afterwards."""
    benches: list[Bench] = []

    def make(folder: Path) -> Bench:
        folder.mkdir(exist_ok=True)
        benches.append(Bench(folder))
        return benches[-1]

    yield make
    for bench in benches:
        bench.store.close()


@pytest.fixture
def bench(tmp_path: Path, make_bench: Callable[[Path], Bench]) -> Bench:
    return make_bench(tmp_path / "c")
