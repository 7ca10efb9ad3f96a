"""Where does one row of a table end, and which row is broken? As spreadsheets read it, but bounded.

A quoted cell may hold line feeds and megabytes. A quote that is never closed would take
the rest of the file into one cell: its row is rejected, and reading goes on in the next line.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections import deque
from collections.abc import Iterator

from corpus.errors import ArticleRejected
from corpus.ingest import csv_columns
from corpus.ingest.flow import Flow
from corpus.ingest.limits import MOST_BYTES, megabytes
from corpus.ingest.raw import Found, Raw

_PART = 1 << 20  # characters passed over at a time


def rows_of(flow: Flow, origin: str) -> Iterator[Found]:
    """Every row of the table as a record; one reject where the header names no title or body."""
    head = flow.head()
    # One process-wide number; a cell is bounded here, by the lines that it may take.
    csv.field_size_limit(max(csv.field_size_limit(), 2 * MOST_BYTES))
    lines = _Lines(flow, _codec(head))
    delimiter = csv_columns.delimiter_of(csv_columns.first_line(head))
    reader = csv.reader(lines, delimiter=delimiter)
    names: list[str] | None = None
    for number in itertools.count(1):
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except _TooLong as error:
            yield ArticleRejected(origin, error.line, f"row {number}: {error}")
            lines.retreat()
            continue
        except csv.Error as error:
            yield ArticleRejected(
                origin, lines.first, f"row {number}: not a row of a table: {error}"
            )
            continue
        if flow.cut and (lines.ended or lines.open):
            break  # half of a row
        if lines.open:
            reason = f"row {number}: a quote that is opened here is never closed"
            yield ArticleRejected(origin, lines.first, reason)
            lines.retreat()
            continue
        if not any(cell.strip() for cell in cells) or (names is None and _is_hint(cells)):
            continue
        cells = [_mended(cell) for cell in cells]
        if names is None:
            names = csv_columns.header_of(cells)
            if names is None:
                reason = (
                    f"no column is called title or body (the first line reads: "
                    f"{', '.join(cells)[:120]}); a table needs a first line with names such as "
                    f"{csv_columns.ACCEPTED}"
                )
                yield ArticleRejected(origin, lines.first, reason)
                return
            continue
        beyond = [cell for cell in cells[len(names) :] if cell.strip()]
        if beyond:
            reason = f"row {number}: {len(cells)} cells, the header has {len(names)}"
            yield ArticleRejected(origin, lines.first, reason)
            continue
        data = csv_columns.record_of(names, cells)
        yield Raw("record", data, origin, lines.first, row=number)
    if flow.cut:
        yield ArticleRejected(origin, lines.first, flow.cut)


def _is_hint(cells: list[str]) -> bool:
    return cells[0].startswith("sep=") and len("".join(cells)) <= 5


def _codec(head: bytes) -> str:
    """The charset of the table by its first block; single rows may differ."""
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return codec
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp949"
    return "utf-8-sig"


def _mended(cell: str) -> str:
    """A cell whose bytes are in another charset than its table."""
    if not any("\udc80" <= character <= "\udcff" for character in cell):
        return cell
    data = cell.encode("utf-8", "surrogateescape")
    try:
        return data.decode("cp949")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


class _TooLong(Exception):
    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"larger than {megabytes(MOST_BYTES)}: not one article")


class _Lines:
    """The lines of a table for csv.reader, with what belongs to the row that it reads.

    `first` is the line (from 1) on which the row began, `open` says that the file ended
    in it, `ended` that its last line was the file's last.
    """

    def __init__(self, flow: Flow, codec: str) -> None:
        errors = "surrogateescape" if codec == "utf-8-sig" else "replace"
        self._text = io.TextIOWrapper(flow.file, codec, errors, newline="")
        self._waiting: deque[str] = deque()
        self._held: list[str] = []
        self._next = 1
        self._size = 0
        self.first = 1
        self.open = self.ended = False

    def begin(self) -> None:
        """A row begins."""
        self.first, self.open, self.ended = self._next, False, False
        self._held.clear()
        self._size = 0

    def retreat(self) -> None:
        """Read again what stood behind the first line of the row."""
        self._waiting.extendleft(reversed(self._held[1:]))
        self._next = self.first + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._line()
        if not line:
            self.open = bool(self._held)
            raise StopIteration
        self._next += 1
        self._held.append(line)
        self._size += len(line)
        if self._size > MOST_BYTES:
            raise _TooLong(self.first)
        self.ended = not line.endswith(("\n", "\r"))
        return line.replace("\0", " ")

    def _line(self) -> str:
        line = self._text.readline(MOST_BYTES + 1)
        if len(line) > MOST_BYTES:
            rest = line
            while rest and not rest.endswith(("\n", "\r")):
                rest = self._text.readline(_PART)
        return line
