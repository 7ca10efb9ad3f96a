"""How often are the matches under another form what the query meant? The labels say.

    python benchmarks/forms/check.py CORPUS [LABELS] [--out RUN.json]

CORPUS holds the news that the labels were drawn from (by draw.py). Of the labelled places those
are counted that a search finds as another form today: `precision` is the share of right ones
among them, `kept` the share of the right places that are found. benchmarks/floors.py compares
RUN.json with what has been reached.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

import corpus


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
    found: Counter[tuple[str, bool]] = Counter()
    every: Counter[tuple[str, bool]] = Counter()
    with corpus.open(options.corpus) as archive:
        for query in dict.fromkeys(label["query"] for label in labels):
            places = {
                (hit.id, match.field, match.start)
                for hit in archive.search(query, limit=None)
                for match in hit.matches
                if match.kind != "literal"
            }
            for label in labels:
                if label["query"] == query:
                    key = (label["kind"], label["right"])
                    every[key] += 1
                    found[key] += (label["id"], label["field"], label["start"]) in places
    kinds = sorted({kind for kind, _ in every})
    for kind in kinds:
        right, wrong = found[kind, True], found[kind, False]
        print(
            f"{kind:14} {right + wrong:4} found, precision {right / max(1, right + wrong):.3f}, "
            f"kept {right} of {every[kind, True]}"
        )
    right = sum(found[kind, True] for kind in kinds)
    wrong = sum(found[kind, False] for kind in kinds)
    precision = right / max(1, right + wrong)
    queries = len({label["query"] for label in labels})
    kept = right / sum(every[kind, True] for kind in kinds)
    print(
        f"all: {queries} queries, {right + wrong} found, precision {precision:.3f}, kept {kept:.3f}"
    )
    if options.out:
        figures = {"precision": round(100 * precision, 2), "kept": round(100 * kept, 2)}
        run = {
            "command": "python benchmarks/forms/check.py CORPUS",
            "sha256": sha256(data).hexdigest(),
            "queries": queries,
            "found": right + wrong,
            "sets": {"forms": figures},
        }
        options.out.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
