#!/usr/bin/env python3
"""Questions in natural language against judged sets, by the public API.

    python benchmarks/retrieval/run.py SET... [--out FOLDER] [--trec FOLDER]

A SET is a folder as `sets.py` says. Each becomes a corpus of its own, every question one
`Corpus.search(match="any")` with the parameters that the product has. Writes
FOLDER/retrieval.json, which benchmarks/floors.py compares with what has been reached; with --trec
also SET.trec, which other scorers read.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
import time
from pathlib import Path
from typing import Any

import sets


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--trec", type=Path)
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


if __name__ == "__main__":
    main()
