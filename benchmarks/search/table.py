#!/usr/bin/env python3
"""Runs' figures as Markdown.

python benchmarks/search/table.py RUN.json…            # each run by itself
python benchmarks/search/table.py --growth RUN.json…   # how cost grows over them
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from figures import ALL
from queries import ONE_SYLLABLE

PEER = "tantivy"


def main() -> None:
    names = [name for name in sys.argv[1:] if name != "--growth"]
    reports = [json.loads(Path(name).read_text(encoding="utf-8")) for name in names]
    if "--growth" in sys.argv[1:]:
        print(growth(reports))
    else:
        print("\n".join(map(render, reports)))


def growth(reports: Sequence[dict[str, Any]]) -> str:
    """A row per run and engine: articles, build, size, memory, latency with snippets."""
    rows = []
    for report in sorted(reports, key=lambda one: int(one["articles"])):
        for name, built in report["build"].items():
            latency = report["latency_ms"].get(f"{name}/snippets")
            if latency is None or "bytes" not in built:
                continue
            every, one = latency[ALL], latency[ONE_SYLLABLE]
            rows.append(
                [
                    f"{report['articles']:,}",
                    name,
                    f"{built['seconds']:.1f}",
                    f"{built['articles_per_second']:,.0f}",
                    f"{built['bytes'] / 1e6:,.0f}",
                    f"{built['peak_mb']:,.0f}",
                    f"{every['p50']:.2f} / {every['p95']:.2f}",
                    f"{one['p50']:.2f} / {one['p95']:.2f}",
                ]
            )
    head = ["articles", "engine", "build s", "articles/s", "MB on disk", "peak MB"]
    return _table([*head, f"{ALL}, ms p50 / p95", f"{ONE_SYLLABLE}, ms"], rows)


def render(report: dict[str, Any]) -> str:
    """Builds, latency against tantivy per class, correctness, additions."""
    machine = report["machine"]
    parts = [
        f"## {report['articles']:,} articles, {report['queries']} queries",
        f"{machine['processor']}, one core; load {report['load_before_and_after']}; "
        f"commit {report['versions']['commit']}; `{report['command']}`",
        *(f"- {name}: {reason}" for name, reason in report["skipped"].items()),
        "### Build",
        _builds(report),
        "### Latency in ms, p50 / p95 (ratio to tantivy)",
        "Query tree in; ids, total and ten snippets out, the same for every engine:",
        _latency(report, "snippets", "snippets"),
        "The same, but ours cuts its own snippets, the best window of all matches in each:",
        _latency(report, "windows", "snippets"),
        "Query tree in; ids and total out:",
        _latency(report, "ids", "ids"),
    ]
    if "corpus/hits" in report["latency_ms"]:
        parts += [
            "`Corpus.search()`: query text in, hits with articles and snippets out; tantivy: "
            "query tree in, ids and text out:",
            _latency(report, "hits", "texts"),
        ]
    parts += ["### Sets against the scan", _correctness(report), "### Also", _also(report)]
    return "\n\n".join(parts) + "\n"


def _builds(report: dict[str, Any]) -> str:
    builds = report["build"]
    peer = builds.get(PEER)
    rows = []
    for name, built in builds.items():
        speed = built["articles_per_second"]
        busy = peer and peer["cpu_seconds"] / peer["articles"]
        size = built.get("bytes")
        rows.append(
            [
                "corpus ingest" if name == "corpus" else name,
                f"{speed:,.0f}",
                _ratio(speed, peer and peer["articles_per_second"]),
                f"{built['cpu_seconds']:.1f}",
                _ratio(busy * built["articles"], built["cpu_seconds"]) if busy else "–",
                f"{built['peak_mb']:,.0f}" if "peak_mb" in built else "–",
                f"{size / built['text_bytes']:.2f}" if size else "–",
            ]
        )
    head = ["engine", "articles/s", "to tantivy", "CPU seconds", "by CPU", "peak MB", "index/text"]
    return _table(head, rows)


def _latency(report: dict[str, Any], mode: str, peer_mode: str) -> str:
    latency = report["latency_ms"]
    peer = latency.get(f"{PEER}/{peer_mode}")
    shown = [name for name in latency if name.endswith(f"/{mode}")]
    if peer and f"{PEER}/{peer_mode}" not in shown:
        shown.append(f"{PEER}/{peer_mode}")
    shown.sort(key=lambda name: name.startswith(PEER))
    if not shown:
        return "–"
    kinds = sorted(latency[shown[0]], key=lambda kind: (kind != ALL, kind == ONE_SYLLABLE, kind))
    # tantivy at its best, here as there.
    syllables = latency.get(f"{PEER}_syllables/{peer_mode}", peer)
    rows = []
    for kind in kinds:
        best = syllables if kind == ONE_SYLLABLE else peer
        rows.append([kind, *(_cell(latency[name][kind], best and best[kind]) for name in shown)])
    return _table(["class", *(name.split("/")[0] for name in shown)], rows)


def _cell(own: dict[str, float], peer: dict[str, float] | None) -> str:
    figures = f"{own['p50']:.3f} / {own['p95']:.3f}"
    if peer is None or peer is own:
        return figures
    return f"{figures} ({_ratio(own['p50'], peer['p50'])} / {_ratio(own['p95'], peer['p95'])})"


def _correctness(report: dict[str, Any]) -> str:
    rows = []
    for name, found in report["correctness"].items():
        every = found["all"]
        wrong = [
            f"{kind} {own['queries'] - own['equal_sets']}"
            for kind, own in found.items()
            if kind != "all" and own["equal_sets"] < own["queries"]
        ]
        rows.append(
            [
                name,
                f"{every['equal_sets']:.0f} of {every['queries']}",
                f"{every['equal_totals']:.0f}",
                f"{every['recall']:.5f}",
                f"{every['precision']:.5f}",
                ", ".join(wrong) or "none",
            ]
        )
    return _table(["engine", "equal sets", "totals", "recall", "precision", "unequal"], rows)


def _also(report: dict[str, Any]) -> str:
    lines = []
    for name, spent in report["add_100_seconds"].items():
        lines.append(f"- add 100 articles and find one, {name}: {statistics.median(spent):.3f} s")
    for name, spent in report["open_ms"].items():
        lines.append(f"- open, {name}: {spent:.1f} ms")
    if cold := report["cold"]:
        lines.append(
            f"- `corpus search` as a process: {cold['median_ms']:.0f} ms "
            f"(bare Python {cold['bare_python_ms']:.0f}, "
            f"with NumPy {cold.get('python_with_numpy_ms', float('nan')):.0f})"
        )
    return "\n".join(lines)


def _ratio(own: float, peer: float | None) -> str:
    return f"{own / peer:.2f}x" if peer else "–"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    main()
