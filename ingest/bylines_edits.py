"""Which pieces of which lines are out? The book of removals, and its exact inverse.

A piece takes with it the spaces that would be left at the ends of the line or doubled, so
that what is kept is in stored form, and the original can be put together again.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.article import Removed


class Edits:
    """Removals from `lines`, of which none changes until the end."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        self._spans: dict[int, list[tuple[int, int, str]]] = {}
        self.low = [0] * len(self.lines)
        self.high = [len(line) for line in self.lines]

    def take(self, line: int, start: int, end: int, reason: str) -> None:
        """Take out code points `start` to `end` of a line (counted from 0)."""
        if end > start:
            self._spans.setdefault(line, []).append((start, end, reason))
            if start <= self.low[line]:
                self.low[line] = max(self.low[line], end)
            elif end >= self.high[line]:
                self.high[line] = min(self.high[line], start)

    def take_line(self, line: int, reason: str) -> None:
        """Take out what is left of a line."""
        self.take(line, self.low[line], self.high[line], reason)

    def rest(self, line: int) -> str:
        """What is left of a line between the pieces at its two ends."""
        return self.lines[line][self.low[line] : self.high[line]].strip()

    def gone(self, line: int) -> bool:
        """Whether nothing is left of a line."""
        return self.low[line] >= self.high[line] or not self.rest(line)

    def give_back(self, line: int, reason: str) -> None:
        """Put back what was taken from a line for `reason`."""
        spans = [span for span in self._spans.get(line, ()) if span[2] != reason]
        self._spans.pop(line, None)
        self.low[line], self.high[line] = 0, len(self.lines[line])
        for start, end, why in sorted(spans):
            self.take(line, start, end, why)

    def taken(self) -> list[tuple[int, str]]:
        """Every (line, reason), in the order of the text."""
        return [
            (line, why) for line in sorted(self._spans) for *_, why in sorted(self._spans[line])
        ]

    def result(self) -> tuple[tuple[str, ...], tuple[Removed, ...]]:
        """The kept lines and the removals."""
        if not self._spans:
            return self.lines, ()
        kept: list[str] = []
        removed: list[Removed] = []
        for number, line in enumerate(self.lines):
            spans = self._spans.get(number)
            if not spans:
                kept.append(line)
                continue
            pieces = _widened(line, _merged(spans))
            left = _without(line, pieces)
            if left:
                kept.append(left)
                removed += [
                    Removed(number + 1, start, line[start:end], why) for start, end, why in pieces
                ]
            else:
                removed.append(Removed(number + 1, 0, line + "\n", _reason(spans)))
        return tuple(kept), tuple(removed)


def _reason(spans: list[tuple[int, int, str]]) -> str:
    return max(spans, key=lambda span: span[1] - span[0])[2]


def _merged(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """In order, without overlaps; the first of two overlapping pieces keeps its end."""
    out: list[tuple[int, int, str]] = []
    for start, end, why in sorted(spans):
        if out and start < out[-1][1]:
            start = out[-1][1]
        if end > start:
            out.append((start, end, why))
    return out


def _widened(line: str, spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The spans with the spaces that go with them, each run of spans as one gap."""
    out: list[tuple[int, int, str]] = []
    for start, end, why in spans:
        if out and not line[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], start, out[-1][2])
        out.append((start, end, why))
    first = 0
    while first < len(out):
        last = first
        while last + 1 < len(out) and out[last + 1][0] == out[last][1]:
            last += 1
        start, end = out[first][0], out[last][1]
        floor = out[first - 1][1] if first else 0
        after = end + len(line[end:]) - len(line[end:].lstrip(" "))
        if not line[floor:start].strip() or line[start - 1] == " ":
            end = after if last + 1 == len(out) else min(after, out[last + 1][0])
        if end == len(line) or (floor == 0 and not line[:start].strip()):
            start = max(floor, len(line[:start].rstrip(" ")))
        out[last] = (out[last][0], end, out[last][2])
        out[first] = (start, out[first][1], out[first][2])
        first = last + 1
    return out


def _without(line: str, pieces: list[tuple[int, int, str]]) -> str:
    out, at = [], 0
    for start, end, _ in pieces:
        out.append(line[at:start])
        at = end
    out.append(line[at:])
    return "".join(out) if "".join(out).strip() else ""


def restore(lines: Sequence[str], removed: Sequence[Removed]) -> list[str]:
    """The lines as they were before `removed` was taken out.

    Raises ValueError where `removed` does not belong to these lines.
    """
    by_line: dict[int, list[Removed]] = {}
    for piece in removed:
        by_line.setdefault(piece.line, []).append(piece)
    whole = sum(piece.text.endswith("\n") for piece in removed)
    kept = iter(lines)
    out: list[str] = []
    for number in range(1, len(lines) + whole + 1):
        pieces = by_line.pop(number, [])
        if pieces and pieces[0].text.endswith("\n"):
            out.append(pieces[0].text[:-1])
            continue
        line = next(kept, None)
        if line is None:
            raise ValueError(f"line {number} is missing: these removals are of other lines")
        for piece in sorted(pieces, key=lambda each: each.column):
            if piece.column > len(line):
                raise ValueError(f"line {number} is too short: these removals are of other lines")
            line = line[: piece.column] + piece.text + line[piece.column :]
        out.append(line)
    if by_line:
        raise ValueError(f"line {min(by_line)} does not exist: these removals are of other lines")
    return out
