"""Which articles does every engine get? The same ones, from one file of clean JSON Lines.

`prepare` brings any JSON Lines of articles into the form in which the corpus stores text
(NFC, one space between words, dates without a time), so that all engines and the scan see
the same characters and `corpus ingest` leaves them alone. Nothing here needs the corpus:
peers read the file in environments of their own.
"""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Record:
    """One article; `number` counts from 1 in the file, `day` is yyyymmdd, 0 for undated."""

    number: int
    id: str
    title: str
    body: str
    day: int
    publisher: str | None
    section: str | None

    @property
    def text(self) -> str:
        """Title and body as one text, for engines with one field."""
        return f"{self.title}\n{self.body}"

    @property
    def text_bytes(self) -> int:
        """UTF-8 bytes of title and body."""
        return len(self.title.encode()) + len(self.body.encode())


class Source:
    """Records of a file, one by one; `cpu_seconds` is what reading them has taken so far.

    On one core, the wall time of a build less this is the engine's own, also where it
    works in threads meanwhile.
    """

    def __init__(self, path: Path, count: int | None = None, start: int = 0) -> None:
        self._path, self._start = path, start
        self._stop = None if count is None else start + count
        self.cpu_seconds = 0.0
        self.taken = 0
        self.text_bytes = 0

    def __len__(self) -> int:
        with self._path.open("rb") as lines:
            return sum(1 for _ in islice(lines, self._start, self._stop))

    def __iter__(self) -> Iterator[Record]:
        with self._path.open("rb") as lines:
            chosen = islice(enumerate(lines, 1), self._start, self._stop)
            while True:
                begun = time.thread_time()
                found = next(chosen, None)
                if found is None:
                    return
                record = from_json(*found)
                self.taken += 1
                self.text_bytes += record.text_bytes
                self.cpu_seconds += time.thread_time() - begun
                yield record


def from_json(number: int, line: bytes) -> Record:
    """The record of one line of the clean file."""
    item = json.loads(line)
    day = item.get("published")
    return Record(
        number,
        item["id"],
        item["title"],
        item["body"],
        int(day.replace("-", "")) if day else 0,
        item.get("publisher"),
        item.get("section"),
    )


def prepare(news: Path, clean: Path, count: int | None) -> int:
    """Write the first `count` articles of `news` (None: all) to `clean`; gives their number.

    `news` has one JSON object a line with id, title, body and, where known, date, press
    (or publisher) and section. Articles without any text are left out.
    """
    written = 0
    partial = clean.with_suffix(".partial")
    with news.open(encoding="utf-8") as lines, partial.open("w", encoding="utf-8") as out:
        for line in lines:
            if count is not None and written == count:
                break
            item = json.loads(line)
            title, body = _inline(item.get("title") or ""), _paragraphs(item.get("body") or "")
            if not title and not body:
                continue
            kept = {
                "id": str(item["id"]),
                "title": title,
                "body": body,
                "published": _day(item.get("date") or item.get("published") or ""),
                "publisher": _inline(item.get("press") or item.get("publisher") or "") or None,
                "section": _inline(item.get("section") or "") or None,
                "clean": True,
            }
            out.write(json.dumps(kept, ensure_ascii=False) + "\n")
            written += 1
    partial.rename(clean)
    return written


def _inline(text: str) -> str:
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def _paragraphs(text: str) -> str:
    lines = (_inline(line) for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _day(text: str) -> str | None:
    """
    >>> _day("2021-12-01T09:00:00+09:00"), _day("2021-02-31"), _day("")
    ('2021-12-01', None, None)
    """
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None
