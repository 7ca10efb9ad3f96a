#!/usr/bin/env python3
"""Questions in natural language against judged sets, by the public API.

    python benchmarks/retrieval/run.py SET... [--out FOLDER] [--trec FOLDER] [--floors FILE]

A SET is a folder as `sets.py` says. Each becomes a corpus of its own, every question one
`Corpus.search(match="any")` with the parameters that the product has. Writes
FOLDER/retrieval.json; with --trec also SET.trec, which other scorers read. With --floors the
exit code is 1 where a set's nDCG@10 is below its floor in table [retrieval], or where the set
is not the one that the floor was measured on.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

import sets


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--trec", type=Path)
    parser.add_argument("--floors", type=Path)
    options = parser.parse_args()
    results: dict[str, dict[str, Any]] = {}
    for folder in options.sets:
        with tempfile.TemporaryDirectory() as scratch:
            archive = Path(scratch) / "archive"
            sets.build(folder, archive)
            asked, ids = sets.questions(folder), sets.documents(folder)
            start = time.perf_counter()
            found = sets.run(archive, asked.text, ids)
            seconds = time.perf_counter() - start
        results[folder.name] = sets.figures(found, asked.relevant)
        results[folder.name]["ms_a_question"] = round(1000 * seconds / len(found), 2)
        results[folder.name]["sha256"] = sets.fingerprint(folder)
        print(folder.name, results[folder.name], flush=True)
        if options.trec:
            options.trec.mkdir(parents=True, exist_ok=True)
            sets.write_trec(options.trec / f"{folder.name}.trec", found)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        report = {
            "command": "python benchmarks/retrieval/run.py SET...",
            "python": platform.python_version(),
            "machine": platform.machine(),
            "sets": results,
        }
        text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        (options.out / "retrieval.json").write_text(text, encoding="utf-8")
    if options.floors:
        sys.exit(_below(results, tomllib.loads(options.floors.read_text("utf-8"))["retrieval"]))


def _below(results: dict[str, dict[str, Any]], floors: dict[str, dict[str, Any]]) -> int:
    """1 where a set is below its floor or is another set, which is told; else 0."""
    below = 0
    for name, figures in results.items():
        floor = floors.get(name)
        if floor is None:
            continue
        if figures["sha256"] != floor["sha256"]:
            print(f"{name}: the floor is of another set, of sha256 {floor['sha256']}")
            below = 1
        elif figures["ndcg@10"] < floor["ndcg"]:
            print(f"{name}: nDCG@10 {figures['ndcg@10']} is below its floor {floor['ndcg']}")
            below = 1
    return below


if __name__ == "__main__":
    main()
