"""Is what was meant suggested first? Mistakes drawn by a seed, asked of a corpus.

python benchmarks/suggest/run.py CORPUS --seed 2 --out benchmarks/runs/DATE/suggest.json

A mistake whose query finds more than LITTLE articles by itself, or as many as what was meant,
is another query of the corpus: nobody could tell that it is one. It is counted apart, as
`no_mistake`, and in no share.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from mistakes import Mistake, draw

import corpus
from corpus.index.protocol import LITTLE

_TEXTS = 2000  # articles from whose text pairs of words are drawn


def main() -> None:
    """Draw, ask, and print the shares by kind and by stratum."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--each", type=int, default=360, help="mistakes of each kind")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--failures", type=Path, help="write what was not first, one a line")
    args = parser.parse_args()
    with corpus.open(args.corpus) as c:
        index, _ = c._room.ready()
        (view, *more) = index._snapshot.views  # type: ignore[attr-defined]
        words = dict(view.words.items())
        for other in more:
            for word, count in other.words.items():
                words[word] = words.get(word, 0) + count
        texts = [article.body or "" for article in islice(c.export(), _TEXTS)]
        mistakes = draw(
            words, texts, lambda query: c.count(query).total, seed=args.seed, each=args.each
        )
        del words, texts
        began = time.perf_counter()
        for each in (view, *more):
            each.word_list  # noqa: B018 - made at the first access
        made = time.perf_counter() - began
        results = [ask(c, mistake) for mistake in mistakes]
        articles = len(c)
    report = {
        "command": " ".join(["python", *sys.argv[:1], "CORPUS", *sys.argv[2:]]),
        "machine": platform.processor() or platform.machine(),
        "python": platform.python_version(),
        "articles": articles,
        "seed": args.seed,
        "little": LITTLE,
        "load": [round(each, 1) for each in os.getloadavg()],
        "sha256": fingerprint(mistakes),
        "sets": {"suggestions": shares(figures(results))},
        "word_list_seconds": round(made, 2),
        "all": figures(results),
        "kinds": grouped(results, "kind"),
        "strata": grouped(results, "stratum"),
        "syllables": grouped(results, "syllables"),
    }
    if args.failures:
        lines = [
            f"{one['kind']}\t{one['right']}\t{one['articles']}\t{one['wrong']}"
            f"\t{one['found']}\t{'; '.join(one['offered'])}\n"
            for one in results
            if is_one(one) and one["rank"] != 1
        ]
        args.failures.write_text("".join(lines), encoding="utf-8")
    print_table(report)
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")


def ask(c: corpus.Corpus, mistake: Mistake) -> dict[str, Any]:
    """What one mistake finds, at which place the right word is offered, and how long it took."""
    hits = c.search(mistake.wrong, limit=0)
    began, worked = time.perf_counter(), time.process_time()
    offered = [each.query for each in hits.suggestions]
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    rank = offered.index(mistake.right) + 1 if mistake.right in offered else 0
    syllables = len(mistake.right.replace(" ", ""))
    return {
        "kind": mistake.kind,
        "stratum": mistake.stratum,
        "syllables": str(syllables) if syllables < 6 else "6+",
        "right": mistake.right,
        "articles": mistake.articles,
        "wrong": mistake.wrong,
        "found": hits.total,
        "offered": offered,
        "rank": rank,
        "ms": seconds * 1000,
        "cpu_ms": worked * 1000,
    }


def is_one(result: dict[str, Any]) -> bool:
    """Whether a mistake can be told from a query that finds what it asks for."""
    return result["found"] <= LITTLE and result["found"] < result["articles"]


def figures(results: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Shares of the mistakes that are none, and of the others those answered first and third."""
    everything = list(results)
    real = list(filter(is_one, everything))
    if not real:
        return {"drawn": len(everything), "no_mistake": 1.0, "asked": 0}
    ranks = np.array([one["rank"] for one in real])
    times = np.array([one["ms"] for one in real])
    worked = np.array([one["cpu_ms"] for one in real])
    return {
        "drawn": len(everything),
        "no_mistake": round(1 - len(real) / len(everything), 4),
        "asked": len(real),
        "first": round(float((ranks == 1).mean()), 4),
        "first_three": round(float(((ranks > 0) & (ranks <= 3)).mean()), 4),
        "offered": round(float((ranks > 0).mean()), 4),
        "ms_p50": round(float(np.percentile(times, 50)), 2),
        "ms_p95": round(float(np.percentile(times, 95)), 2),
        "cpu_ms_p50": round(float(np.percentile(worked, 50)), 2),
        "cpu_ms_p95": round(float(np.percentile(worked, 95)), 2),
    }


def fingerprint(mistakes: list[Mistake]) -> str:
    """Of the mistakes as they were drawn."""
    lines = "".join(f"{one.kind}\t{one.right}\t{one.wrong}\n" for one in mistakes)
    return hashlib.sha256(lines.encode()).hexdigest()


def shares(found: dict[str, float]) -> dict[str, float]:
    """The figures that floors.toml knows, in per cent and milliseconds of processor time."""
    return {
        "first": round(100 * found["first"], 1),
        "first_three": round(100 * found["first_three"], 1),
        "most_cpu_ms_p95": found["cpu_ms_p95"],
    }


def grouped(results: list[dict[str, Any]], key: str) -> dict[str, dict[str, float]]:
    """The figures of each group, in the order in which they come."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in results:
        groups[one[key]].append(one)
    return {name: figures(some) for name, some in groups.items()}


def print_table(report: dict[str, Any]) -> None:
    """The figures as Markdown."""
    print(f"seed {report['seed']}, {report['articles']:,} articles")
    heads = "drawn | no mistake | asked | first | first three | ms p50 | ms p95 | cpu p50 | cpu p95"
    print(f"| | {heads} |\n" + "|---" * 10 + "|")
    groups = [("all", report["all"])]
    for name in ("kinds", "strata", "syllables"):
        groups += sorted(report[name].items()) if name == "syllables" else report[name].items()
    for name, one in groups:
        ranks = [f"{one.get(key, 0):.1%}" for key in ("first", "first_three")]
        times = [
            f"{one.get(key, 0):.1f}" for key in ("ms_p50", "ms_p95", "cpu_ms_p50", "cpu_ms_p95")
        ]
        cells = [name, one["drawn"], f"{one['no_mistake']:.1%}", one["asked"], *ranks, *times]
        print("| " + " | ".join(map(str, cells)) + " |")


if __name__ == "__main__":
    main()
