#!/usr/bin/env python3
"""Builds in turn, several times: a machine that others share is as fast as they let it be.

    python benchmarks/search/builds.py CLEAN.jsonl --work FOLDER [--engines A,B] [--times 5]

CLEAN.jsonl is what `run.py` left under its --work folder. Prints and writes (--out FILE) the
articles per second of every build, and the median ratio of each engine to the last one named.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
from pathlib import Path

import peers
from client import Client
from run import last_core, machine


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("clean", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="a folder outside the repository")
    parser.add_argument("--engines", default="ours,tantivy")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--peers", type=Path, default=peers.FOLDER)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    names = options.engines.split(",")
    speeds: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(options.times):
        for name in names:
            own = name.split("@")[0] == "ours"
            python = sys.executable if own else peers.python_of(options.peers)
            folder = options.work / f"built-{name}"
            shutil.rmtree(folder, ignore_errors=True)
            with Client(name, folder, python, last_core()) as client:
                built = client.do("build", records=str(options.clean), count=None)
            speeds[name].append(built["articles_per_second"])
            shutil.rmtree(folder)
    peer = speeds[names[-1]]
    ratios = {
        name: statistics.median(a / b for a, b in zip(own, peer, strict=True))
        for name, own in speeds.items()
    }
    report = {"machine": machine(), "articles_per_second": speeds, "median_ratio": ratios}
    print(json.dumps(report, indent=1))
    if options.out is not None:
        options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
