#!/usr/bin/env python3
"""How well are bylines and boilerplate taken out of labelled texts? Fails below a floor.

    texts.py CASES.jsonl SCORER.py [--out RUN.json]

CASES.jsonl  labelled cases, one a line: id, title, raw text, what is expected
SCORER.py    a script called as `SCORER.py CASES PREDICTIONS --json`; prints figures

Each case goes through `corpus extract --from jsonl` as a record of id, title and body; the labels
are seen by the scorer alone. Floors: the table [texts] of benchmarks/floors.toml.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_FLOORS = Path(__file__).parents[1] / "floors.py"
# Our names of the figures that have floors, and the scorer's.
_SHARES = {
    "wholly_right": "wholly right",
    "most_leaks": "byline leak (low=good)",
    "most_bodies_cut": "body loss (low=good)",
    "most_middle_sentences_lost": "middle sentences lost (low=good)",
    "most_traps_damaged": "trap damage (low=good)",
    "noted_traps_right": "noted traps right",
}
_BALANCED = {"reporter_name_f1": "reporter name", "reporter_email_f1": "reporter e-mail"}


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


def score(cases: Path, scorer: Path) -> dict[str, Any]:
    """What the scorer says of our predictions, with its option --json."""
    with tempfile.TemporaryDirectory() as folder:
        made = predictions(cases, Path(folder))
        command = [sys.executable, str(scorer), str(cases), str(made), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def figures_of(rows: dict[str, dict[str, float]]) -> dict[str, float]:
    """The figures that have floors, in per cent."""
    out = {ours: rows[name]["value"] for ours, name in _SHARES.items() if name in rows}
    out |= {ours: rows[name]["f1"] for ours, name in _BALANCED.items() if name in rows}
    return {name: round(100 * value, 2) for name, value in out.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("cases", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--out", type=Path, help="keep the figures in this file")
    args = parser.parse_args()
    result = score(args.cases, args.scorer)
    run = {
        "sha256": hashlib.sha256(args.cases.read_bytes()).hexdigest(),
        "cases": result["cases"],
        "sets": {"texts": figures_of(result["all"])},
        "not right": [case["id"] for case in result["report"] if not case["right"]],
    }
    text = json.dumps(run, ensure_ascii=False, indent=1) + "\n"
    sys.stdout.write(text)
    sys.stdout.flush()
    with tempfile.TemporaryDirectory() as folder:
        path = args.out or Path(folder) / "texts.json"
        path.write_text(text, encoding="utf-8")
        sys.exit(subprocess.run([sys.executable, str(_FLOORS), str(path)], check=False).returncode)


if __name__ == "__main__":
    main()
