"""Is a run as good as what has been reached? Its figures against the floors.

    python benchmarks/floors.py RUN.json...

RUN.json is what a benchmark wrote: `sets` (name of a set: figures by name) and `sha256`, the
fingerprint of its data, or one in each set. Each figure of floors.toml that a run has must be at
its floor or over it, or, where the name begins with `most_`, at it or under it. Exit code 1 where
one is not.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.toml")


def below(floors: dict[str, dict[str, Any]], run: dict[str, Any]) -> Iterator[str]:
    """What is worse than its floor, one line each; also a floor that the run lost sight of."""
    for name, figures in run["sets"].items():
        wanted = dict(floors.get(name, {}))
        data = wanted.pop("sha256", None)
        if data is not None and data != figures.get("sha256", run.get("sha256")):
            yield f"{name}: taken on other data than its floors; set them anew"
            continue
        for figure, floor in wanted.items():
            if figure not in figures:
                yield f"{name}: {figure} is missing, its floor is {floor}"
                continue
            value = figures[figure]
            if value > floor if figure.startswith("most_") else value < floor:
                side = "above its ceiling" if figure.startswith("most_") else "below its floor"
                yield f"{name}: {figure} {value} is {side} {floor}"


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit("give the JSON file of a run; see the first lines of this script")
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    worse = [
        f"{path}: {line}"
        for path in sys.argv[1:]
        for line in below(floors, json.loads(Path(path).read_text(encoding="utf-8")))
    ]
    print("\n".join(worse) or "every figure is at its floor or better")
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
