#!/usr/bin/env python3
"""What is each parameter of the ranking worth alone, and does tuning carry over to other sets?

    python benchmarks/retrieval/ablation.py SET... [--every N] [--out FOLDER] [--cross]

For every SET (see `sets.py`) nDCG@10 with the product's parameters and with one of them
changed at a time; with --cross instead: of a grid of parameters the best by the mean over all
sets but one, scored on that one. --every N asks only every N-th question of a set of more than
1,000. Parameters are set from outside, in this process alone.
"""

from __future__ import annotations

import argparse
import itertools
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

import sets

from corpus.index import any_term, endings, question

Change = dict[str, Any]

PLACES: dict[str, tuple[Any, str]] = {
    "K1": (any_term, "K1"),
    "B": (any_term, "B"),
    "PAIR": (any_term, "PAIR"),
    "WITHIN": (any_term, "WITHIN"),
    "SHARED": (question, "SHARED"),
    "LONE_WEIGHT": (question, "LONE_WEIGHT"),
    "stem_length": (question, "stem_length"),
    "is_empty": (question, "is_empty"),
}


def _whole(run: str, least: int = endings.LEAST) -> int:
    """No particle is cut off."""
    return len(run)


def _never(word: str) -> bool:
    return False


ALONE: dict[str, Change] = {
    "as it is": {},
    "particles and endings count": {"stem_length": _whole},
    "asking words count": {"is_empty": _never},
    "no pairs": {"PAIR": 0.0},
    "PAIR 0.2": {"PAIR": 0.2},
    "PAIR 0.4": {"PAIR": 0.4},
    "WITHIN 8": {"WITHIN": 8},
    "WITHIN 20": {"WITHIN": 20},
    "grams of a word share nothing": {"SHARED": 0.0},
    "SHARED 0.2": {"SHARED": 0.2},
    "SHARED 0.6": {"SHARED": 0.6},
    "lone syllables count whole": {"LONE_WEIGHT": 1.0},
    "lone syllables do not count": {"LONE_WEIGHT": 1e-6},
    "K1 1.2, B 0.75": {"K1": 1.2, "B": 0.75},
    "K1 0.5": {"K1": 0.5},
    "B 0.4": {"B": 0.4},
    "B 0.75": {"B": 0.75},
    "bigrams alone (none of it)": {
        "stem_length": _whole, "is_empty": _never, "PAIR": 0.0, "SHARED": 0.0, "LONE_WEIGHT": 1.0,
        "K1": 1.2, "B": 0.75,
    },
}  # fmt: skip
GRID = {"K1": (0.5, 0.8, 1.2), "B": (0.5, 0.75), "PAIR": (0.15, 0.3), "SHARED": (0.2, 0.4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cross", action="store_true")
    options = parser.parse_args()
    with ExitStack() as stack:
        scorers = {folder.name: _scorer(folder, options.every, stack) for folder in options.sets}
        report: dict[str, Any] = {"every": options.every}
        report["cross" if options.cross else "alone"] = (
            _cross(scorers) if options.cross else _alone(scorers)
        )
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        name = "retrieval-cross.json" if options.cross else "retrieval-ablation.json"
        (options.out / name).write_text(text, encoding="utf-8")


def _alone(scorers: dict[str, Callable[[], float]]) -> dict[str, dict[str, float]]:
    found = {}
    for name, change in ALONE.items():
        found[name] = _ask(scorers, change)
        print(f"{name:32}", *found[name].values(), flush=True)
    return found


def _cross(scorers: dict[str, Callable[[], float]]) -> dict[str, Any]:
    tried = [(change, _ask(scorers, change)) for change in _grid()]
    found = {}
    for left_out in scorers:
        others = [name for name in scorers if name != left_out]
        change, figures = max(tried, key=lambda one: sum(one[1][name] for name in others))
        best = max(figures[left_out] for _, figures in tried)
        found[left_out] = {
            "tuned on the others": change,
            "ndcg@10": figures[left_out],
            "best": best,
        }
        print("left out", left_out, found[left_out], flush=True)
    return found


def _grid() -> Iterator[Change]:
    for values in itertools.product(*GRID.values()):
        yield dict(zip(GRID, values, strict=True))


def _scorer(folder: Path, every: int, stack: ExitStack) -> Callable[[], float]:
    archive = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "archive"
    sets.build(folder, archive)
    asked, ids = sets.questions(folder), sets.documents(folder)
    step = every if len(asked.text) > 1000 else 1
    text = dict(itertools.islice(asked.text.items(), 0, None, step))
    relevant = {name: asked.relevant[name] for name in text}
    return lambda: sets.figures(sets.run(archive, text, ids, depth=10), relevant)["ndcg@10"]


def _ask(scorers: dict[str, Callable[[], float]], change: Change) -> dict[str, float]:
    with ExitStack() as stack:
        for name, value in change.items():
            stack.enter_context(patch.object(*PLACES[name], value))
        return {name: score() for name, score in scorers.items()}


if __name__ == "__main__":
    main()
