"""Are labelled texts read as well as the floors say? They belong to their publishers.

Without them the last test says so and is skipped.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
SHARED = ROOT.parent / "shared"


def checked(run: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCHMARKS / "floors.py"), str(run)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_last_kept_run_of_the_texts_is_at_its_floors() -> None:
    kept = sorted((BENCHMARKS / "runs").glob("*/texts.json"))[-1]
    assert checked(kept).returncode == 0


def test_a_run_below_a_floor_fails(tmp_path: Path) -> None:
    kept = sorted((BENCHMARKS / "runs").glob("*/texts.json"))[-1]
    run = json.loads(kept.read_text("utf-8"))
    run["sets"]["texts"]["most_leaks"] = 1.0
    worse = tmp_path / "texts.json"
    worse.write_text(json.dumps(run), encoding="utf-8")
    done = checked(worse)
    assert done.returncode == 1
    assert "most_leaks 1.0 is above its ceiling" in done.stdout


def test_labelled_texts_are_read_as_well_as_the_floors_say() -> None:
    cases, scorer = SHARED / "data/bylines/open.jsonl", SHARED / "evaluate/score_extraction.py"
    if not (cases.is_file() and scorer.is_file()):
        pytest.skip(f"no labelled texts beside this checkout ({cases})")
    script = BENCHMARKS / "extraction" / "texts.py"
    command = [sys.executable, str(script), str(cases), str(scorer)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
