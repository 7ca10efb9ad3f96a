#!/usr/bin/env python3
"""The main job on a real archive: ingest, 200 queries against a plain scan, cold searches.

    python benchmarks/main_job.py NEWS.jsonl [--out FOLDER] [--keep CORPUS]

NEWS.jsonl holds one article a line (id, title, body, date, press, …). Everything runs as a
user would run it: `corpus` as whole processes for ingest, rebuild, verify and cold searches,
the Python API for the queries. Writes FOLDER/main_job.json and prints a summary.

The queries are drawn from the text with a fixed seed: 1-6 syllables cut anywhere in a run of
Hangul, Latin words, two-word phrases, AND, NOT, and words with a date range. For each, the
ids found with `exact` must equal those of a scan over the stored text (tests/oracle.py); timed
are the query as it is typed, with all forms of its words, and the exact one.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import oracle
from oracle import Word

import corpus
from corpus.article import Article

SEOUL = timezone(timedelta(hours=9))
PER_KIND = 20  # of ten kinds: 200 queries


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--keep", type=Path, help="make the corpus here and leave it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch) / "archive"
        report = {
            "machine": machine(),
            "command": "python benchmarks/main_job.py NEWS.jsonl",
            "ingest": ingest(folder, options.news),
            "rebuild": timed("index", "rebuild", folder=folder),
            "verify": timed("index", "verify", folder=folder),
            "queries": queries(folder),
            "cold": cold(folder),
        }
    print(json.dumps(report, ensure_ascii=False, indent=1))
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (options.out / "main_job.json").write_text(text + "\n", encoding="utf-8")
    if report["queries"]["wrong"]:
        sys.exit("some answers differ from the scan")


def machine() -> dict[str, object]:
    names = re.findall(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return {
        "processor": names[0] if names else platform.processor(),
        "processors": len(names),
        "python": platform.python_version(),
        "date": date.today().isoformat(),
    }


# whole processes


def timed(*arguments: str, folder: Path) -> dict[str, object]:
    """One `corpus` process: seconds, processor seconds, peak memory, last line it said."""
    command = [sys.executable, "-m", "corpus", "--corpus", str(folder), *arguments]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = [
        line
        for line in (done.stdout + done.stderr).strip().splitlines()
        if "://" not in line  # addresses of the archive's articles are no figures
    ]
    return {
        "exit": done.returncode,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(
            after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2
        ),
        # The largest of all children so far: right for the first, an upper bound later.
        "peak_mb": round(after.ru_maxrss / 1024),
        "said": said[-12:],
    }


def ingest(folder: Path, news: Path) -> dict[str, object]:
    timed("init", str(folder), folder=folder)
    figures = timed("ingest", str(news), folder=folder)
    with corpus.open(folder) as archive:
        articles = len(archive)
    figures |= {
        "articles": articles,
        "articles_per_second": round(articles / float(str(figures["seconds"]))),
        "articles_db_mb": round((folder / "articles.db").stat().st_size / 1e6, 1),
        "index_mb": round(sum(p.stat().st_size for p in (folder / "index").iterdir()) / 1e6, 1),
        "news_mb": round(news.stat().st_size / 1e6, 1),
    }
    return figures


def cold(folder: Path) -> dict[str, object]:
    """`corpus search WORD` as a process of its own, for words in under 500 articles."""
    with corpus.open(folder) as archive:
        words = [w for w in ("하이퍼", "누리호", "해녀", "반달", "NeurIPS", "KAIST", "사투리")
                 if 0 < archive.count(w).total < 500]  # fmt: skip
    python = statistics.median(seconds_of(sys.executable, "-c", "pass") for _ in range(9))
    command = (sys.executable, "-m", "corpus", "--corpus", str(folder), "search")
    found = [seconds_of(*command, word) for _ in range(5) for word in words]
    return {
        "words": words,
        "median_ms": round(statistics.median(found) * 1000),
        "max_ms": round(max(found) * 1000),
        "bare_python_ms": round(python * 1000),
        "imports_ms": imports(command, words[0]),
    }


def seconds_of(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start


def imports(command: tuple[str, ...], word: str) -> dict[str, float]:
    """Milliseconds of the outermost imports, by `-X importtime` (which itself slows them)."""
    timed_command = [command[0], "-X", "importtime", *command[1:], word]
    said = subprocess.run(timed_command, capture_output=True, text=True, check=True).stderr
    wanted = ("numpy", "click", "whoosh", "msgspec", "sqlite3", "zstandard", "corpus", "rich")
    spent: dict[str, float] = {}
    for line in said.splitlines():
        match = re.match(r"import time:\s*(\d+) \|\s*(\d+) \|\s*(\S+)", line)
        if match and (top := match[3].split(".")[0]) in wanted:
            spent[top] = spent.get(top, 0) + int(match[1]) / 1000
    return {name: round(ms, 1) for name, ms in sorted(spent.items(), key=lambda x: -x[1])}


# queries against the scan


def queries(folder: Path) -> dict[str, object]:
    with corpus.open(folder) as archive:
        articles = list(archive.export())
        drawn = list(draw(articles))
        folded = [
            {field: oracle.fold(getattr(a, field) or "") for field in oracle.FIELDS}
            for a in articles
        ]
        wrong, times, exact, kinds = [], [], [], {}
        for kind, text, holds in drawn:
            times.append(page(archive, text, exact=False)[0])
            seconds, total = page(archive, text, exact=True)
            exact.append(seconds)
            kinds.setdefault(kind, []).append(times[-1])
            expected = {a.id for a, f in zip(articles, folded, strict=True) if holds(a, f)}
            found = {hit.id for hit in archive.search(text, limit=None, exact=True)}
            if found != expected or total != len(expected):
                wrong.append({"query": text, "found": len(found), "expected": len(expected)})
    return {
        "asked": len(drawn),
        "equal_to_scan": len(drawn) - len(wrong),
        "wrong": wrong,
        "ms_p50": round(percentile(times, 50), 2),
        "ms_p95": round(percentile(times, 95), 2),
        "ms_max": round(max(times) * 1000, 2),
        "exact_ms_p50": round(percentile(exact, 50), 2),
        "exact_ms_p95": round(percentile(exact, 95), 2),
        "ms_p50_by_kind": {kind: round(percentile(own, 50), 2) for kind, own in kinds.items()},
    }


def page(archive: corpus.Corpus, text: str, *, exact: bool) -> tuple[float, int]:
    """Seconds to get ten articles with their snippets, and how many there are."""
    start = time.perf_counter()
    hits = archive.search(text, limit=10, exact=exact)
    for hit in hits:
        _ = hit.article, hit.snippets
    return time.perf_counter() - start, hits.total


def percentile(seconds: list[float], per_cent: int) -> float:
    return sorted(seconds)[min(len(seconds) - 1, len(seconds) * per_cent // 100)] * 1000


Holds = Callable[[Article, dict[str, str]], bool]


def draw(articles: list[Article]) -> Iterator[tuple[str, str, Holds]]:
    """(kind, query text, plain test) of 200 queries."""
    chance = random.Random(20211130)

    def piece(length: int) -> str:
        while True:
            body = chance.choice(articles).body
            runs = [run for run in re.findall("[가-힣]+", body) if len(run) >= length]
            if runs:
                run = chance.choice(runs)
                at = chance.randrange(len(run) - length + 1)
                return run[at : at + length]

    def latin() -> str:
        while True:
            found = re.findall("[A-Za-z]{2,}|[0-9]{2,}", chance.choice(articles).body)
            if found and (word := chance.choice(found)) not in ("AND", "OR", "NOT", "NEAR", "ADJ"):
                return word

    def phrase() -> str:
        while True:
            line = chance.choice(chance.choice(articles).body.split("\n")).split(" ")
            at = chance.randrange(len(line))
            two = line[at : at + 2]
            if len(two) == 2 and not re.search('["“”]', "".join(two)):
                return " ".join(two)

    for length in range(1, 7):
        for _ in range(PER_KIND):
            text = piece(length)
            yield f"{length} syllables", text, in_any(Word(text))
    for _ in range(PER_KIND):
        text = latin()
        yield "Latin and digits", text, in_any(Word(text))
    for _ in range(PER_KIND):
        text = phrase()
        yield "phrase", f'"{text}"', in_any(Word(text, phrase=True))
    for at in range(PER_KIND):
        a, b = piece(2), piece(2)
        first, second = in_any(Word(a)), in_any(Word(b))
        if at % 2:
            yield "NOT", f"{a} -{b}", lambda x, f, p=first, q=second: p(x, f) and not q(x, f)
        else:
            yield "AND", f"{a} {b}", lambda x, f, p=first, q=second: p(x, f) and q(x, f)
    dated = sorted(day for a in articles if (day := day_of(a)))
    for _ in range(PER_KIND):
        text = piece(2)
        low, high = sorted(chance.choice(dated) for _ in range(2))
        word = in_any(Word(text))
        yield (
            "date range",
            f"{text} date:{low}..{high}",
            lambda x, f, p=word, a=low, b=high: p(x, f) and a <= (day_of(x) or a) <= b
            and day_of(x) is not None,
        )  # fmt: skip


def day_of(article: Article) -> date | None:
    when = article.published
    return when.astimezone(SEOUL).date() if isinstance(when, datetime) else when


def in_any(word: Word) -> Holds:
    """Candidates by a regular expression, each decided by the oracle on the text around it."""
    folded = oracle.fold(word.text)
    pattern = re.compile(re.escape(folded).replace(r"\ ", "[ \n]"))

    def holds(article: Article, fields: dict[str, str]) -> bool:
        for text in fields.values():
            for match in pattern.finditer(text):
                start = max(0, match.start() - 40)
                if match.start() - start in oracle.scan(word, text[start : match.end() + 40]):
                    return True
        return False

    return holds


if __name__ == "__main__":
    main()
