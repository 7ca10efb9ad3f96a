"""How are the sets of all queries kept? As numbers in one file; workers of peers read it.

sets.bin holds the record numbers as 32-bit unsigned integers, one set after the other,
ascending; sets.json their sizes.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path


def save(sets: Iterable[list[int]], folder: Path) -> list[int]:
    """Writes both files into `folder`; gives the sizes."""
    sizes = []
    with (folder / "sets.bin").open("wb") as out:
        for numbers in sets:
            array("I", numbers).tofile(out)
            sizes.append(len(numbers))
    (folder / "sets.json").write_text(json.dumps(sizes))
    return sizes


def load(folder: Path) -> Iterator[set[int]]:
    """The sets, one per query."""
    sizes = json.loads((folder / "sets.json").read_text())
    with (folder / "sets.bin").open("rb") as data:
        for size in sizes:
            numbers = array("I")
            numbers.fromfile(data, size)
            yield set(numbers)
