"""The examples in the helpers of benchmarks/extraction hold, and floors are kept where there is data.

In a process of their own: as scripts they import one another by bare names. The labelled texts
belong to their publishers; without them the last test says so and is skipped.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "benchmarks" / "extraction"
LABELLED = ROOT.parent / "shared"


def test_examples_of_the_floors_hold() -> None:
    command = [sys.executable, "-m", "doctest", "floors.py"]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_floor_is_a_share_and_names_its_cases() -> None:
    for name, table in tomllib.loads((ROOT / "benchmarks/floors.toml").read_text("utf-8")).items():
        assert len(table.pop("sha256")) == 64, name
        assert table.pop("cases") > 0, name
        assert all(0 <= figure <= 1 for figure in table.values()), name


def test_labelled_texts_stay_above_their_floors() -> None:
    cases, scorer = LABELLED / "data/bylines/open.jsonl", LABELLED / "evaluate/score_extraction.py"
    if not (cases.exists() and scorer.exists()):
        pytest.skip(f"the labelled texts are not in {LABELLED}")
    command = [sys.executable, str(FOLDER / "texts.py"), str(cases), str(scorer)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
