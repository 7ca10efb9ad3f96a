#!/usr/bin/env python3
"""How long does the byline stage take an article, and what does it take out of real ones?

    byline_stage.py NEWS.jsonl [--json FILE]            time and count over all articles
    byline_stage.py NEWS.jsonl --draw 300 --seed 1      draw removals and bodies to be read

Time is CPU time of `corpus.ingest.byline.strip` alone, on lines that normal.lines made, each
article once, in one process. What is drawn is for reading by eye: it holds text of the articles
and stays outside the repository; the verdicts, by id, go into runs/DATE/bylines.json.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import sys
import time
from collections import Counter
from pathlib import Path

from corpus import normal
from corpus.ingest.byline import Stripped, strip

_AROUND = 40  # characters of the line shown on either side of a removal


def articles(path: Path) -> list[tuple[str, list[str]]]:
    """(id, lines of the body) of every article in a file of JSON Lines."""
    with path.open(encoding="utf-8") as file:
        records = map(json.loads, file)
        return [(str(each["id"]), normal.lines(each.get("body") or "")) for each in records]


def timed(news: list[tuple[str, list[str]]]) -> dict[str, object]:
    """Milliseconds of CPU an article, and how many pieces went for which reason."""
    times, reasons, touched = [], Counter[str](), 0
    for _, lines in news:
        begin = time.process_time_ns()
        found = strip(lines)
        times.append((time.process_time_ns() - begin) / 1e6)
        reasons.update(piece.reason for piece in found.removed)
        touched += bool(found.removed)
    times.sort()

    def quantile(share: float) -> float:
        return round(times[min(len(times) - 1, int(len(times) * share))], 4)

    return {
        "articles": len(times),
        "milliseconds": {
            "mean": round(sum(times) / len(times), 4),
            "median": quantile(0.5),
            "p95": quantile(0.95),
            "p99": quantile(0.99),
            "longest": round(times[-1], 3),
        },
        "articles with removals": touched,
        "removals": dict(reasons.most_common()),
    }


def removals(identity: str, lines: list[str], found: Stripped) -> list[str]:
    """Each removal with its surroundings, one printed line each."""
    out = []
    for piece in found.removed:
        line = lines[piece.line - 1]
        text = piece.text.rstrip("\n")
        end = piece.column + len(text)
        before = line[max(0, piece.column - _AROUND) : piece.column]
        after = line[end : end + _AROUND]
        if not before and piece.line > 1:
            before = "…" + lines[piece.line - 2][-25:] + " ⏎ "
        if not after and piece.line < len(lines):
            after = " ⏎ " + lines[piece.line][:25]
        where = f"{piece.line}/{len(lines)}"
        out.append(f"{identity} {where} {piece.reason}: {before}⟦{text}⟧{after}")
    return out


def ends(identity: str, found: Stripped) -> str:
    """The first two and the last three lines of a body, each cut in its middle."""

    def short(line: str) -> str:
        return line if len(line) <= 115 else f"{line[:50]} … {line[-60:]}"

    kept = found.lines
    shown = [*kept[:2], "…", *kept[-3:]] if len(kept) > 5 else list(kept)
    names = ", ".join(f"{who.name} {who.email}" for who in found.reporters)
    return "\n".join([f"== {identity} [{names}]", *map(short, shown)])


def draw(news: list[tuple[str, list[str]]], many: int, seed: int) -> str:
    """`many` removals and the ends of `many` bodies, drawn with `seed`."""
    choice = random.Random(seed)
    taken = [line for identity, lines in news for line in removals(identity, lines, strip(lines))]
    left = [ends(identity, strip(lines)) for identity, lines in choice.sample(news, many)]
    return "\n".join([*choice.sample(taken, many), "", *left])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--draw", type=int, metavar="N", help="print N removals and N bodies")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    news = articles(args.news)
    if args.draw:
        sys.stdout.write(draw(news, args.draw, args.seed) + "\n")
        return
    figures = {"python": platform.python_version(), **timed(news)}
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    if args.json:
        args.json.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
