"""Is a figure below its floor? benchmarks/floors.toml has a table of floors per set of cases."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

FLOORS = Path(__file__).parents[1] / "floors.toml"
_ABOUT = ("cases", "sha256")  # what the floors were measured on; no figures


def floors_of(name: str, path: Path = FLOORS) -> dict[str, float | str]:
    """The floors of one set. Raises SystemExit where the file has no such table."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    if name not in tables:
        raise SystemExit(f"{path}: there is no table [{name}]; it has {', '.join(tables)}")
    found: dict[str, float | str] = tables[name]
    return found


def below(floors: dict[str, float | str], figures: dict[str, float]) -> list[str]:
    """A line for each figure that is worse than its floor, or missing.

    >>> below({"reporter_f1": 0.97, "leak_max": 0.03}, {"reporter_f1": 0.962, "leak": 0.0})
    ['reporter_f1 0.9620 is below its floor 0.97']
    >>> below({"leak_max": 0.03}, {"leak": 0.05})
    ['leak 0.0500 is above its limit 0.03']
    """
    worse = []
    for name, floor in floors.items():
        if name in _ABOUT:
            continue
        limit = name.endswith("_max")
        figure = figures.get(name.removesuffix("_max"))
        bound = float(floor)
        if figure is None:
            worse.append(f"{name.removesuffix('_max')} was not measured")
        elif limit and figure > bound:
            worse.append(f"{name.removesuffix('_max')} {figure:.4f} is above its limit {bound}")
        elif not limit and figure < bound:
            worse.append(f"{name} {figure:.4f} is below its floor {bound}")
    return worse


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
