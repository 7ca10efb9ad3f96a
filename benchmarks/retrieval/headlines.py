#!/usr/bin/env python3
"""Make a retrieval set of headlines: does a title find the article that it was taken from?

    python benchmarks/retrieval/headlines.py NEWS.jsonl FOLDER [--questions 2000]

The documents are all articles of NEWS.jsonl (id, title, body) with 100 characters of body or
more, without their titles; the questions are titles of some, drawn with a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

SEED = 20211


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, default=2000)
    options = parser.parse_args()
    with options.news.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if len(row["body"]) >= 100]
    options.folder.mkdir(parents=True)
    drawn = random.Random(SEED).sample(
        [row for row in rows if len(row["title"]) >= 8], options.questions
    )
    _write(
        options.folder / "corpus.jsonl",
        [{"_id": row["id"], "title": "", "text": row["body"]} for row in rows],
    )
    _write(
        options.folder / "queries.jsonl",
        [{"_id": row["id"], "text": row["title"]} for row in drawn],
    )
    judged = "".join(f"{row['id']}\t{row['id']}\t1\n" for row in drawn)
    (options.folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + judged, "utf-8")


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
