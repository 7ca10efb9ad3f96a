"""Where does an article stand inside a file? `crawls.zip!/2021/a.html`, `pages.warc.gz@12345`.

What stands behind `!/` is a member of an archive, behind `@` the number of an element or
entry, or the offset of a record. A report of rejects names such places, and they can be
read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_NUMBERED = re.compile(r"@(\d+)\Z")


def split(place: str) -> tuple[str, str | None]:
    """The file of a place and the place, where there is such a file; else the text itself and None.

    A file whose own name looks like a place is that file.
    """
    if Path(place).exists() or ("!/" not in place and not _NUMBERED.search(place)):
        return place, None
    outer = _NUMBERED.sub("", place)
    if Path(outer).is_file():
        return outer, place
    at = outer.find("!/")
    while at >= 0:
        if Path(outer[:at]).is_file():
            return outer[:at], place
        at = outer.find("!/", at + 1)
    return place, None


def grouped(sources: Iterable[str | Path]) -> Iterator[tuple[str, frozenset[str]]]:
    """Each file or folder to read, with the places in it that are wanted (none: all of it)."""
    wanted: dict[str, set[str] | None] = {}
    for source in sources:
        outer, place = split(str(source))
        if place is None:
            yield outer, frozenset()
        else:
            known = wanted.setdefault(outer, set())
            assert known is not None
            known.add(place)
    yield from ((outer, frozenset(places)) for outer, places in wanted.items() if places)
