"""How often are the matches under another form what the query meant? The labels say.

    python benchmarks/forms/check.py CORPUS [LABELS] [--out RUN.json]

CORPUS holds the news that the labels were drawn from (by draw.py). Of the labelled places those
are counted that a search finds as another form today: `precision` is the share of right ones
among them, `kept` the share of the right places that are found. The rules were mended after the
first two readings; the third (UNSEEN) has changed none, and is counted by itself.
benchmarks/floors.py compares RUN.json with what has been reached.
"""

from __future__ import annotations

import argparse
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import corpus

UNSEEN = 31  # the seed of the third reading


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument(
        "labels", type=Path, nargs="?", default=Path(__file__).with_name("labels.jsonl")
    )
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    data = options.labels.read_bytes()
    labels = [json.loads(line) for line in data.splitlines()]
    places: dict[str, set[tuple[str, str, int]]] = {}
    with corpus.open(options.corpus) as archive:
        for query in {label["query"] for label in labels}:
            places[query] = {
                (hit.id, match.field, match.start)
                for hit in archive.search(query, limit=None)
                for match in hit.matches
                if match.kind != "literal"
            }
    sets: dict[str, list[dict[str, Any]]] = {}
    for label in labels:
        place = (label["id"], label["field"], label["start"])
        label["found"] = place in places[label["query"]]
        name = "forms_unseen" if label["seed"] == UNSEEN else "forms"
        sets.setdefault(name, []).append(label)
    figures = {}
    for name, some in sets.items():
        print(f"{name}: {len({label['query'] for label in some})} queries")
        for kind in sorted({label["kind"] for label in some}):
            _print(kind, [label for label in some if label["kind"] == kind])
        figures[name] = _print("all", some)
    if options.out:
        run = {
            "command": "python benchmarks/forms/check.py CORPUS",
            "sha256": sha256(data).hexdigest(),
            "sets": figures,
        }
        options.out.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _print(name: str, labels: list[dict[str, Any]]) -> dict[str, float]:
    """One line of the table; gives its figures in %."""
    found = [label["right"] for label in labels if label["found"]]
    right = sum(label["right"] for label in labels)
    precision = sum(found) / max(1, len(found))
    print(
        f"  {name:14} {len(found):4} found, precision {precision:.3f}, "
        f"kept {sum(found)} of {right} right ones"
    )
    kept = sum(found) / max(1, right)
    return {"precision": round(100 * precision, 2), "kept": round(100 * kept, 2)}


if __name__ == "__main__":
    main()
