"""How well is damaged text put right, and is sound text left alone?

    python benchmarks/damage.py NEWS.jsonl[.xz] --out benchmarks/runs/DATE/damage.json

Sound text: the title and body of every article, mended and not, in the stored form; any
difference and any flag is listed by id. Damage: sentences drawn with a fixed seed, each
damaged in every known way (tests/ingest/damaging.py), counted as put right exactly, flagged,
or wrong in silence. Lines cut at a width: whole articles, cut and joined again.
"""

from __future__ import annotations

import argparse
import json
import lzma
import platform
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "ingest"))
import damaging

from corpus import normal
from corpus.ingest import EXTRACTOR
from corpus.ingest.damage import mend, mend_part

SEED = 20261126


def articles(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON Lines file, which xz may have compressed."""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
        yield from map(json.loads, lines)


def sound(path: Path) -> dict[str, Any]:
    """What mending does to articles as they are."""
    changed: list[str] = []
    flagged: list[str] = []
    number, seconds = 0, 0.0
    for record in articles(path):
        number += 1
        for field, how in (("title", mend_part), ("body", mend)):
            raw = record.get(field) or ""
            started = time.perf_counter()
            text, flags = how(raw)
            seconds += time.perf_counter() - started
            if normal.text(text) != normal.text(raw):
                changed.append(f"{record['id']} {field}")
            if flags:
                flagged.append(f"{record['id']} {field} {' '.join(flags)}")
    return {
        "articles": number,
        "changed": changed,
        "flagged": flagged,
        "microseconds_an_article": round(seconds / number * 1e6, 1),
    }


def sentences(path: Path, number: int) -> list[str]:
    """Sentences of 20 to 200 characters, drawn evenly from all articles."""
    choose = random.Random(SEED)
    found: list[str] = []
    for record in articles(path):
        parts = re.split(r"(?<=다\.)\s", record.get("body") or "")
        usable = [part for part in map(normal.line, parts) if 20 <= len(part) <= 200]
        if usable:
            found.append(choose.choice(usable))
    return choose.sample(found, min(number, len(found)))


def damaged(drawn: list[str]) -> dict[str, dict[str, Any]]:
    """By kind of damage: how many came back exactly, flagged, wrong in silence."""
    result = {}
    for kind in (*damaging.EXACT, *damaging.LOSSY):
        choose = random.Random(SEED)
        counts: Counter[str] = Counter()
        for text in drawn:
            became = damaging.outcome(kind, text, choose)
            if became is not None:
                counts[became] += 1
        total = sum(counts.values()) or 1
        shares = {name: round(counts[name] / total, 4) for name in ("exact", "flagged", "wrong")}
        result[kind] = {"sentences": sum(counts.values()), **shares}
    return result


def wrapped(path: Path, number: int) -> dict[str, dict[str, int]]:
    """By way of cutting, how many articles come back exactly, joined with other spaces, joined
    otherwise (all these are flagged), or not joined."""
    choose = random.Random(SEED)
    found = [normal.lines(record.get("body") or "") for record in articles(path)]
    bodies = [lines for lines in found if len(lines) >= 3 and sum(map(len, lines)) > 400]
    by_characters, by_words = damaging.by_characters, damaging.by_words
    ways = {
        "at 78 columns inside words, paragraphs indented": (
            "\n",
            lambda each: by_characters(each, 78),
        ),
        "inside words, paragraphs set off, spaces at cuts lost": (
            "\n\n",
            lambda each: [line.strip() for line in by_characters(each, 78, 0)],
        ),
        "between words, paragraphs set off": (
            "\n\n",
            lambda each: by_words(each, 72),
        ),
        "between words, no sign of paragraphs": (
            "\n",
            lambda each: by_words(each, 72),
        ),
    }
    result = {}
    drawn = choose.sample(bodies, min(number, len(bodies)))
    for name, (between, cut) in ways.items():
        counts: Counter[str] = Counter()
        for paragraphs in drawn:
            text, flags = mend(between.join("\n".join(cut(each)) for each in paragraphs))
            lines = normal.lines(text)
            if lines == paragraphs:
                counts["exact"] += 1
            elif "rewrapped" not in flags:
                counts["not joined"] += 1
            elif [each.replace(" ", "") for each in lines] == [
                each.replace(" ", "") for each in paragraphs
            ]:
                counts["other spaces"] += 1
            else:
                counts["other paragraphs"] += 1
        result[name] = dict(counts)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("--sentences", type=int, default=2000)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    report = {
        "command": f"python benchmarks/damage.py {args.news.name} --sentences {args.sentences}",
        "seed": SEED,
        "rules": EXTRACTOR,
        "python": platform.python_version(),
        "sound": sound(args.news),
        "damaged": damaged(sentences(args.news, args.sentences)),
        "wrapped": wrapped(args.news, args.sentences // 4),
    }
    for kind, shares in report["damaged"].items():
        print(f"{shares['exact']:>7.1%} {shares['flagged']:>7.1%} {shares['wrong']:>7.1%}  {kind}")
    for way, counts in report["wrapped"].items():
        print(f"cut {way}: {counts}")
    told = report["sound"]
    print(
        f"{told['articles']} sound: {len(told['changed'])} changed, {len(told['flagged'])} flagged"
    )
    if args.out:
        args.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
