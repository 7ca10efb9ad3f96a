"""What in these lines is no story? Datelines, bylines, captions, copyright and promotion lines.

`strip` takes them out, says who wrote it and where, and records every piece with its place and
reason; `restore` puts them back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Contributor, Note, Print, Removed, Reporter


@dataclass(frozen=True, slots=True)
class Stripped:
    """The kept lines, and what the rest said. `removed` is in the order of the text."""

    lines: tuple[str, ...]
    removed: tuple[Removed, ...] = ()
    reporters: tuple[Reporter, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    captions: tuple[str, ...] = ()
    place: str | None = None
    agency: str | None = None
    publisher: str | None = None
    rights: str | None = None
    print: Print | None = None
    notes: tuple[Note, ...] = ()
    keywords: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def strip(lines: Sequence[str]) -> Stripped:
    """Take out of normalised lines what is no story."""
    return Stripped(tuple(lines))


def restore(lines: Sequence[str], removed: Sequence[Removed]) -> list[str]:
    """The lines as they were: the exact inverse of `strip`.

    Raises ValueError where `removed` does not fit the lines.
    """
    out: list[str] = []
    kept = iter(lines)
    by_line: dict[int, list[Removed]] = {}
    for piece in removed:
        by_line.setdefault(piece.line, []).append(piece)
    total = len(lines) + sum(piece.text.endswith("\n") for piece in removed)
    for number in range(1, total + 1):
        pieces = by_line.get(number, [])
        if pieces and pieces[0].text.endswith("\n"):
            out.append(pieces[0].text[:-1])
            continue
        line = next(kept, None)
        if line is None:
            raise ValueError(f"line {number} is missing: these are not the lines of this removal")
        for piece in sorted(pieces, key=lambda each: each.column):
            line = line[: piece.column] + piece.text + line[piece.column :]
        out.append(line)
    return out
