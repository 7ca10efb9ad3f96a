"""What is a query of the benchmark, apart from any engine's syntax?

Words, how they are joined, and a range of days. Every adapter makes its own query of it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

ONE_SYLLABLE = "1 syllable"


@dataclass(frozen=True, slots=True)
class Query:
    """`op` is word, phrase (one term with a space in it), and, or, not (first, not second), any
    (one term, a question in natural language: `benchmarks/retrieval/latency.py`);
    `days` are the first and last day as yyyymmdd, None where any day will do."""

    kind: str
    op: str
    terms: tuple[str, ...]
    days: tuple[int, int] | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """The terms that a snippet shows."""
        return self.terms[:1] if self.op == "not" else self.terms

    @property
    def text(self) -> str:
        """As a user of the corpus types it.

        >>> Query("AND with dates", "word", ("여름",), (20200101, 20201231)).text
        '여름 date:2020-01-01..2020-12-31'
        """
        joined = {
            "word": " ".join(self.terms),
            "any": " ".join(self.terms),
            "phrase": f'"{self.terms[0]}"',
            "and": " ".join(self.terms),
            "or": " OR ".join(self.terms),
            "not": " -".join(self.terms),
        }[self.op]
        if self.days is None:
            return joined
        return f"{joined} date:{_iso(self.days[0])}..{_iso(self.days[1])}"


def _iso(day: int) -> str:
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"


def save(queries: list[Query], path: Path) -> None:
    """One JSON list."""
    text = json.dumps([asdict(query) for query in queries], ensure_ascii=False, indent=0)
    path.write_text(text, encoding="utf-8")


def load(path: Path) -> list[Query]:
    """The inverse of `save`."""
    return [
        Query(
            item["kind"],
            item["op"],
            tuple(item["terms"]),
            tuple(item["days"]) if item["days"] else None,
        )
        for item in json.loads(path.read_text(encoding="utf-8"))
    ]
