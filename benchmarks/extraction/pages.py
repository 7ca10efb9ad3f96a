"""How well are pages read, and what does a page cost? Labelled pages, scored and timed.

    python benchmarks/extraction/pages.py PAGES SCORER [--out FILE] [--repeat N]

PAGES is a folder of NAME.html with NAME.json beside each; SCORER is the script that knows
how labels compare (score_extraction.py). Three sets of figures come out:

pages                  as installed
without_own_layout     each page without the layout of its own publisher, nor that of its system
without_any_name       without layouts, systems and names of containers: only where text is dense
cost                   CPU of one page from bytes to article, over lxml's bare parse of its text

The article of a page is what `corpus.extract` gives; nothing but the page's bytes is told.
Times are of one core: the median of N runs of each page, in turn with the parse.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib.metadata
import importlib.util
import json
import platform
import statistics
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import lxml.html

import corpus
from corpus.errors import ArticleRejected
from corpus.ingest import containers, page, story
from corpus.ingest.decode import decode

# The scorer's names, and ours; shares and F1 are per cent.
SHARES = {
    "page wholly right": "wholly_right",
    "title exact": "title",
    "subtitle": "subtitle",
    "body token F1 (mean)": "body_token_f1",
    "body lines all exact": "body_lines_all_right",
    "byline leak (low=good)": "most_leaks",
    "caption leak (low=good)": "most_caption_leaks",
    "published": "published",
    "modified": "modified",
    "section": "section",
    "publisher": "publisher",
    "url": "canonical",
    "language": "language",
}
SCORES = {"reporter name": "reporter_name_f1", "reporter e-mail": "reporter_email_f1"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--out", type=Path, help="write everything to this file, as JSON")
    parser.add_argument("--repeat", type=int, default=15, help="runs of each page (default 15)")
    args = parser.parse_args()
    paths = sorted(args.pages.glob("*.html"))
    if not paths:
        sys.exit(f"{args.pages}: no *.html here; give a folder of labelled pages")
    scorer = module(args.scorer)
    sets: dict[str, Any] = {"pages": score(paths, scorer)}
    with without_layouts():
        sets["without_own_layout"] = score(paths, scorer)
    with without_layouts(), mock.patch.object(containers, "named", lambda tree: []):
        sets["without_any_name"] = score(paths, scorer)
    sets["cost"], each = cost(paths, args.repeat)
    report = {
        "command": " ".join(["python", "benchmarks/extraction/pages.py", "PAGES", "SCORER"]),
        "machine": machine(),
        "pages": len(paths),
        "sha256": fingerprint(paths),
        "sets": sets,
        "each_page": each,
    }
    print_table(sets)
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")


def module(path: Path) -> ModuleType:
    """The scoring script, as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path}: no Python script; give score_extraction.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@contextlib.contextmanager
def without_layouts() -> Iterator[None]:
    """No layout of a publisher and none of a system.

    Every other publisher's layout names elements by that publisher's domain, so that taking
    away all of them is the same as taking away the page's own.
    """
    with (
        mock.patch.object(page, "layouts_for", lambda address: ()),
        mock.patch.object(story, "SYSTEMS", ()),
    ):
        yield


def score(paths: list[Path], scorer: ModuleType) -> dict[str, float | int | list[str]]:
    """The figures of all pages, in per cent, and what is wrong with which."""
    found = {}
    for path in paths:
        with contextlib.suppress(ArticleRejected):
            article = corpus.extract(path.read_bytes())
            found[path.stem] = scorer.clean_prediction({**article.to_dict(), "id": path.stem})
    cases, judge = scorer.load_cases(str(paths[0].parent))
    result = scorer.evaluate(cases, found, judge)
    rows = result["all"]
    out: dict[str, float | int | list[str]] = {
        ours: round(100 * rows[name]["value"], 1) for name, ours in SHARES.items() if name in rows
    }
    out |= {
        ours: round(100 * (rows[name]["f1"] or 0), 1)
        for name, ours in SCORES.items()
        if name in rows
    }
    # Labels quote the articles: what is wrong is printed, and only which pages is kept.
    for one in result["report"]:
        if one["why"]:
            print(f"{one['id']}: {'; '.join(one['why'])}", file=sys.stderr)
    out["wrong"] = [one["id"] for one in result["report"] if not one["right"]]
    return out


def cost(paths: list[Path], repeat: int) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """CPU milliseconds: sums over the pages, and each page."""
    each = []
    for path in paths:
        data = path.read_bytes()
        text = decode(data).text
        if text.startswith("<?xml"):  # which lxml refuses in a str
            text = text[text.index("?>") + 2 :]
        parse, ours = [], []
        gc.collect()
        for _ in range(repeat):
            parse.append(clock(lambda: lxml.html.document_fromstring(text)))  # noqa: B023
            ours.append(clock(lambda: corpus.extract(data)))  # noqa: B023
        one = {
            "page": path.stem,
            "bytes": len(data),
            "parse_ms": round(statistics.median(parse), 3),
            "ours_ms": round(statistics.median(ours), 3),
        }
        each.append({**one, "ratio": round(one["ours_ms"] / one["parse_ms"], 2)})
    parsed, taken = (sum(one[key] for one in each) for key in ("parse_ms", "ours_ms"))
    sums = {
        "parse_ms_a_page": round(parsed / len(each), 3),
        "most_ms_a_page": round(taken / len(each), 3),
        "most_times_lxml_parse": round(taken / parsed, 2),
        "median_ratio": round(statistics.median(one["ratio"] for one in each), 2),
    }
    return sums, each


def clock(work: Any) -> float:
    """CPU milliseconds of one call."""
    start = time.process_time_ns()
    work()
    return (time.process_time_ns() - start) / 1e6


def machine() -> dict[str, str]:
    """What a reader of the figures must know about where they come from."""
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "lxml": importlib.metadata.version("lxml"),
        "extractor": corpus.ingest.EXTRACTOR,
    }


def fingerprint(paths: list[Path]) -> str:
    """SHA-256 over the pages and their labels, in the order of their names."""
    total = sha256()
    for path in paths:
        total.update(path.read_bytes())
        total.update(path.with_suffix(".json").read_bytes())
    return total.hexdigest()


def print_table(sets: dict[str, Any]) -> None:
    names = dict.fromkeys(name for key in list(sets)[:3] for name in sets[key] if name != "wrong")
    print(f"{'':<22}" + "".join(f"{key:>20}" for key in list(sets)[:3]))
    for name in names:
        print(f"{name:<22}" + "".join(f"{sets[key].get(name, ''):>20}" for key in list(sets)[:3]))
    print()
    for name, value in sets["cost"].items():
        print(f"{name:<22}{value:>20}")


if __name__ == "__main__":
    main()
