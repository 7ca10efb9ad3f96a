"""What has been reached is written down, and a worse run is told from a good one."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
SHARED = ROOT.parent / "shared"
FLOORS = tomllib.loads((BENCHMARKS / "floors.toml").read_text(encoding="utf-8"))


def script(name: str) -> ModuleType:
    path = BENCHMARKS / name
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(**figures: float) -> dict[str, Any]:
    return {"sha256": "a", "sets": {"pages": figures}}


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"title": 100.0, "most_leaks": 5.0}, []),
        ({"title": 100.0, "most_leaks": 0.0}, []),
        ({"title": 99.9, "most_leaks": 5.0}, ["pages: title 99.9 is below its floor 100.0"]),
        ({"title": 100.0, "most_leaks": 5.1}, ["pages: most_leaks 5.1 is above its ceiling 5.0"]),
        ({"title": 100.0}, ["pages: most_leaks is missing, its floor is 5.0"]),
    ],
)
def test_a_figure_that_is_worse_is_named(figures: dict[str, float], said: list[str]) -> None:
    floors = {"pages": {"sha256": "a", "title": 100.0, "most_leaks": 5.0}}
    assert list(script("floors.py").below(floors, run(**figures))) == said


def test_a_run_on_other_data_is_not_compared() -> None:
    floors = {"pages": {"sha256": "b", "title": 100.0}}
    [line] = script("floors.py").below(floors, run(title=100.0))
    assert "other data" in line


@pytest.mark.parametrize("name", ["pages", "texts", "suggest", "retrieval", "forms"])
def test_the_last_kept_run_is_at_its_floors(name: str) -> None:
    kept = json.loads(sorted((BENCHMARKS / "runs").glob(f"*/{name}.json"))[-1].read_text("utf-8"))
    assert FLOORS.keys() & kept["sets"].keys()
    assert list(script("floors.py").below(FLOORS, kept)) == []


def test_a_set_may_have_data_of_its_own() -> None:
    floors = {"one": {"sha256": "a", "title": 1.0}, "two": {"sha256": "b", "title": 1.0}}
    sets = {name: {"sha256": "a", "title": 1.0} for name in floors}
    [line] = script("floors.py").below(floors, {"sets": sets})
    assert line.startswith("two:")


def test_the_labelled_pages_are_read_as_well_as_the_floors_say() -> None:
    pages, scorer = SHARED / "data" / "pages", SHARED / "evaluate" / "score_extraction.py"
    if not (pages.is_dir() and scorer.is_file()):
        pytest.skip(f"no labelled pages beside this checkout ({pages})")
    benchmark = script("extraction/pages.py")
    paths = sorted(pages.glob("*.html"))
    sets = {"pages": benchmark.score(paths, benchmark.module(scorer))}
    found = {"sha256": benchmark.fingerprint(paths), "sets": sets}
    assert list(script("floors.py").below(FLOORS, found)) == []
