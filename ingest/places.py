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


def numbered(place: str) -> tuple[str, str]:
    """A place without the number behind its last `@`, and that number; "" where it has none.

    >>> numbered("a.zip!/b.json@12"), numbered("b@c.html")
    (('a.zip!/b.json', '12'), ('b@c.html', ''))
    """
    match = _NUMBERED.search(place)
    return (place[: match.start()], match[1]) if match else (place, "")


def split(place: str) -> tuple[str, str | None]:
    """The file of a place and the place, where there is such a file; else the text itself and None.

    A file whose own name looks like a place is that file.
    """
    outer, number = numbered(place)
    if Path(place).exists() or ("!/" not in place and not number):
        return place, None
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
    wanted: dict[str, set[str]] = {}
    for source in sources:
        outer, place = split(str(source))
        if place is None:
            yield outer, frozenset()
        else:
            wanted.setdefault(outer, set()).add(place)
    yield from ((outer, frozenset(places)) for outer, places in wanted.items())
