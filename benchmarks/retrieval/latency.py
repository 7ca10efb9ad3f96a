#!/usr/bin/env python3
"""How fast are questions answered, beside tantivy's any-term query?

    python benchmarks/retrieval/latency.py NEWS.jsonl --work FOLDER [--questions SET...]

Both engines index all articles (`benchmarks/search`: workers of their own, on one core, in
turn in blocks of 50, the median of five passes). Questions are 300 titles drawn with a fixed
seed and, of every SET (see `sets.py`), 300 of its questions; tantivy gets their bigrams as
terms of which any may match. Answers are the ten best ids and the exact total.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "search"))

import figures
import records
import sets
from client import Client
from peers import FOLDER, python_of
from queries import Query, save

SEED = 20211
MANY = 300
BLOCK = 50
PASSES = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--questions", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    clean = options.work / "clean.jsonl"
    if not clean.exists():
        records.prepare(options.news, clean, None)
    asked = _questions(clean, options.questions)
    save(asked, options.work / "queries.json")
    pythons = {"ours": sys.executable, "tantivy": python_of(FOLDER)}
    report: dict[str, Any] = {"load_before": os.getloadavg(), "engines": {}}
    core = max(os.sched_getaffinity(0))
    clients = {}
    for name, python in pythons.items():
        folder = options.work / name
        if not folder.exists():
            with Client(name, folder, python, core) as client:
                client.do("build", records=str(clean), count=None)
        clients[name] = Client(name, folder, python, core)
        clients[name].do("open", path=str(options.work / "queries.json"))
    spent: dict[str, list[list[int]]] = {name: [] for name in clients}
    for _ in range(PASSES):
        for times in spent.values():
            times.append([])
        for start in range(0, len(asked), BLOCK):
            which = range(start, min(start + BLOCK, len(asked)))
            for name, client in clients.items():
                spent[name][-1] += client.ask(which, "ids")
    for client in clients.values():
        client.__exit__(None, None, None)
    for name, passes in spent.items():
        report["engines"][name] = figures.by_class(asked, figures.medians(passes))
    report["load_after"] = os.getloadavg()
    for kind, own in report["engines"]["ours"].items():
        theirs = report["engines"]["tantivy"][kind]
        ratios = {at: round(own[at] / theirs[at], 2) for at in ("p50", "p95")}
        print(f"{kind:22} ours {own['p50']:.2f}/{own['p95']:.2f} ms, ", end="")
        print(f"tantivy {theirs['p50']:.2f}/{theirs['p95']:.2f} ms, ratio {ratios}")
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        (options.out / "retrieval-latency.json").write_text(text, encoding="utf-8")


def _questions(clean: Path, folders: list[Path]) -> list[Query]:
    drawn = random.Random(SEED)
    texts = {"titles": [record.title for record in records.Source(clean) if record.title]}
    texts |= {folder.name: list(sets.questions(folder).text.values()) for folder in folders}
    return [
        Query(kind, "any", (text,))
        for kind, own in texts.items()
        for text in drawn.sample(own, min(MANY, len(own)))
    ]


if __name__ == "__main__":
    main()
