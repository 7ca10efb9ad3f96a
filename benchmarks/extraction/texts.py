#!/usr/bin/env python3
"""How well are bylines and boilerplate taken out of labelled texts? Fails below a floor.

    texts.py CASES.jsonl SCORER.py [--json FILE]

CASES.jsonl  labelled cases, one a line: id, title, raw text, what is expected
SCORER.py    a script called as `SCORER.py CASES PREDICTIONS --json`; prints its figures

Each case goes through `corpus extract --from jsonl` as a record of id, title and body; the labels
are seen by the scorer alone. Floors: the table [texts] of benchmarks/floors.toml.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from floors import below, fingerprint, floors_of

# The scorer's names for the figures that have floors.
_SHARES = {
    "wholly_right": "wholly right",
    "leak": "byline leak (low=good)",
    "body_cut": "body loss (low=good)",
    "middle_lost": "middle sentences lost (low=good)",
    "trap_damage": "trap damage (low=good)",
    "noted_traps_right": "noted traps right",
}
_BALANCED = {"reporter_f1": "reporter name", "email_f1": "reporter e-mail"}


def predictions(cases: Path, folder: Path) -> Path:
    """What `corpus extract` makes of the cases, as a file of JSON Lines in `folder`."""
    records, out = folder / "records.jsonl", folder / "predictions.jsonl"
    with cases.open(encoding="utf-8") as file, records.open("w", encoding="utf-8") as into:
        for case in map(json.loads, file):
            record = {"id": case["id"], "title": case["title"] or "-", "body": case["raw"]}
            into.write(json.dumps(record, ensure_ascii=False) + "\n")
    command = [sys.executable, "-m", "corpus", "extract", "--from", "jsonl", str(records)]
    with out.open("w", encoding="utf-8") as into:
        subprocess.run(command, stdout=into, check=True)
    return out


def scored(scorer: Path, cases: Path, made: Path) -> dict[str, object]:
    """What the scorer prints with --json."""
    command = [sys.executable, str(scorer), str(cases), str(made), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def figures_of(rows: dict[str, dict[str, float]]) -> dict[str, float]:
    """The figures that have floors, as shares."""
    out = {ours: rows[name]["value"] for ours, name in _SHARES.items() if name in rows}
    out |= {ours: rows[name]["f1"] for ours, name in _BALANCED.items() if name in rows}
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("cases", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    args = parser.parse_args()
    floors = floors_of("texts")
    with tempfile.TemporaryDirectory() as folder:
        result = scored(args.scorer, args.cases, predictions(args.cases, Path(folder)))
    figures = figures_of(result["all"])  # type: ignore[arg-type]
    wrong = [case["id"] for case in result["report"] if not case["right"]]  # type: ignore[attr-defined]
    same = fingerprint(args.cases) == floors["sha256"]
    told = {"cases": result["cases"], "same cases as the floors": same, **figures, "wrong": wrong}
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    if args.json:
        args.json.write_text(
            json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    worse = below(floors, figures)
    for line in worse:
        sys.stderr.write(line + "\n")
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
