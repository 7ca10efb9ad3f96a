"""Which column of a table is what? By the name in its header, Korean or English.

The names are those that JSON records may use (corpus.ingest.records.key_of); a column
that none of them names is kept in `extra` under its own. A row becomes a JSON record with
the table's own names, and that record is its original: alone, a row means nothing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence

from corpus.ingest.records import NAMES, STRUCTURED, key_of

DELIMITERS = (",", "\t", ";", "|")
_MOST_COLUMNS = 1000
ACCEPTED = (
    "제목 or title, 본문/내용 or body/text, 기자/기고자 or reporters/author, "
    "언론사/매체 or publisher/press, 날짜/일자/입력일 or published/date, 섹션/분류 or section, URL"
)
"""For the message about a table without a header; docs/formats.md has them all."""


def is_table(head: bytes) -> bool:
    """Whether the first line names at least two columns, a title or body among them."""
    line = first_line(head)
    keys = {key for cell in cells_of(line, delimiter_of(line)) if (key := key_of(cell)) in NAMES}
    return len(keys) > 1 and not keys.isdisjoint(("title", "body"))


def first_line(head: bytes) -> str:
    """The first line of the bytes that is not empty, in whichever charset."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            text = head.removeprefix(mark).decode(codec, "replace")
            break
    else:
        line = next(filter(bytes.strip, head.removeprefix(b"\xef\xbb\xbf").splitlines()), b"")
        try:
            return line.decode()
        except UnicodeDecodeError:
            return line.decode("cp949", "replace")
    return next((line for line in text.splitlines() if line.strip()), "")


def delimiter_of(line: str) -> str:
    """The character that cuts a header into most known names, then into most cells."""
    if line.startswith("sep=") and len(line) == 5:  # Excel's own way to say it
        return line[4]

    def known(delimiter: str) -> tuple[int, int]:
        cells = cells_of(line, delimiter)
        return sum(key_of(cell) in NAMES for cell in cells), len(cells)

    return max(DELIMITERS, key=known)


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one line."""
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def header_of(cells: Sequence[str]) -> list[str] | None:
    """The names of the columns, each once; None where no column is a title or a body."""
    names: dict[str, None] = {}
    for number, cell in enumerate(cells[:_MOST_COLUMNS], 1):
        name = cell.strip().lstrip("\ufeff") or f"column {number}"
        while name in names:
            name += "'"
        names[name] = None
    keys = set(map(key_of, names))
    return list(names) if keys & {"title", "body"} else None


def record_of(names: Sequence[str], cells: Iterable[str]) -> bytes:
    """The JSON record of one row; empty cells are absent."""
    record: dict[str, object] = {}
    for name, cell in zip(names, cells, strict=False):
        if text := cell.strip():
            record[name] = _value(key_of(name), text)
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")


def _value(key: str, text: str) -> object:
    """A cell as the record wants it: `corpus export --format csv` writes lists so."""
    if key in STRUCTURED and text[0] in "[{":
        try:
            return json.loads(text)
        except ValueError:
            return text
    if key in ("captions", "flags"):
        return [piece.strip() for piece in text.split(";")]
    if key == "clean" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    return text
