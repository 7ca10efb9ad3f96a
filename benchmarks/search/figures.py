"""How are times of single queries summed up? Per class, and over all classes but one syllable."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from queries import ONE_SYLLABLE, Query

ALL = "all but 1 syllable"


def medians(passes: Sequence[Sequence[int]]) -> list[float]:
    """Milliseconds of every query: the median over the passes, given in nanoseconds."""
    return [statistics.median(one) / 1e6 for one in zip(*passes, strict=True)]


def by_class(queries: Sequence[Query], spent: Sequence[float]) -> dict[str, dict[str, float]]:
    """Class to p50, p95, mean and max of its queries' times."""
    held: dict[str, list[float]] = {ALL: []}
    for query, time in zip(queries, spent, strict=True):
        held.setdefault(query.kind, []).append(time)
        if query.kind != ONE_SYLLABLE:
            held[ALL].append(time)
    return {kind: summary(times) for kind, times in held.items()}


def summary(times: Sequence[float]) -> dict[str, float]:
    return {
        "queries": len(times),
        "p50": percentile(times, 50),
        "p95": percentile(times, 95),
        "mean": statistics.fmean(times),
        "max": max(times),
    }


def percentile(times: Sequence[float], per_cent: int) -> float:
    """The smallest of the times that at least `per_cent` of them do not exceed.

    >>> percentile([4, 1, 3, 2], 50), percentile([4, 1, 3, 2], 95)
    (2, 4)
    """
    ordered = sorted(times)
    return ordered[max(0, -(-len(ordered) * per_cent // 100) - 1)]


def correctness(queries: Sequence[Query], rows: Sequence[dict[str, int]]) -> dict[str, Any]:
    """Per class and over all: queries whose set and total equal the scan's, recall, precision."""
    kinds = dict.fromkeys(query.kind for query in queries)
    chosen = {
        kind: [row for query, row in zip(queries, rows, strict=True) if query.kind == kind]
        for kind in kinds
    }
    return {kind: _equal(own) for kind, own in {"all": list(rows), **chosen}.items()}


def _equal(rows: Sequence[dict[str, int]]) -> dict[str, float]:
    expected = sum(row["expected"] for row in rows)
    found = sum(row["found"] for row in rows)
    missing = sum(row["missing"] for row in rows)
    extra = sum(row["extra"] for row in rows)
    return {
        "queries": len(rows),
        "equal_sets": sum(not row["missing"] and not row["extra"] for row in rows),
        "equal_totals": sum(row["total"] == row["expected"] for row in rows),
        "recall": (expected - missing) / expected if expected else 1.0,
        "precision": (found - extra) / found if found else 1.0,
    }
