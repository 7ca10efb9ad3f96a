"""Make the queries and their sets for one clean file: `python drawn.py CLEAN.jsonl FOLDER`.

A process of its own, since all articles are held in memory twice meanwhile.
"""

from __future__ import annotations

import sys
from pathlib import Path

import queries
import scan_sets
from draw import draw
from records import Source
from scan import expected


def main() -> None:
    clean, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    records = list(Source(clean))
    chosen = draw(records)
    queries.save(chosen, folder / "queries.json")
    scan_sets.save(expected(records, chosen), folder)


if __name__ == "__main__":
    main()
