#!/usr/bin/env python3
"""Ours and its peers side by side: build, size, memory, latency and correctness, in one run.

    python benchmarks/search/peers.py          # once: .venv-peers
    python benchmarks/search/run.py NEWS.jsonl --work FOLDER [--articles N] [--engines a,b]

Everything made on the way (clean copies of the articles, queries, indexes) is under
--work, outside the repository; the figures go to benchmarks/runs/DATE/search-N.json.
Method: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

import engines
import figures
import peers
import processes
import queries as query_file
import records
import table
from client import Client, WorkerFailed

HERE = Path(__file__).parent
FEW = 60_000  # articles
SLOW = {"whoosh": 20_000, "scan": FEW, "xapian": FEW, "fts5": FEW}  # most articles


def main() -> None:
    options = arguments()
    run = Run(options)
    report = run.report()
    path = free_name(options.out / date.today().isoformat())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(table.render(report))
    print(path)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="a folder outside the repository")
    parser.add_argument("--articles", type=int, help="only the first so many")
    parser.add_argument("--engines", default=",".join(engines.NAMES))
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--block", type=int, default=50, help="queries before the next engine")
    parser.add_argument("--core", type=int, default=last_core(), help="all engines run on it")
    parser.add_argument("--reuse", action="store_true", help="indexes that an earlier run left")
    parser.add_argument("--slow", action="store_true", help="slow engines at any size")
    parser.add_argument("--peers", type=Path, default=peers.FOLDER)
    parser.add_argument("--out", type=Path, default=HERE.parent / "runs")
    return parser.parse_args()


def last_core() -> int | None:
    return max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None


def free_name(folder: Path) -> Path:
    taken = [int(path.stem.removeprefix("search-")) for path in folder.glob("search-*.json")]
    return folder / f"search-{max(taken, default=0) + 1}.json"


class Run:
    """One run over one file of articles."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._core: int | None = options.core
        size = options.articles or "all"
        self._folder: Path = options.work / f"{options.news.stem}-{size}"
        self._clean = self._folder / "clean.jsonl"
        self._skipped: dict[str, str] = {}

    def report(self) -> dict[str, Any]:
        self._folder.mkdir(parents=True, exist_ok=True)
        before = load()
        if not self._clean.exists():
            say("clean copy of the articles")
            records.prepare(self._options.news, self._clean, self._options.articles)
        articles = sum(1 for _ in self._clean.open("rb"))
        drawn = self._drawn()
        asked = query_file.load(drawn / "queries.json")
        names = self._able(articles)
        built = {name: self._build(name) for name in names}
        with ExitStack() as stack:
            clients = [stack.enter_context(self._client(name)) for name in names]
            opened = {}
            for client in clients:
                path = str(drawn / "queries.json")
                opened[client.engine] = client.do("open", path=path)["seconds"] * 1000
            raw = {
                f"{engine}/{mode}": figures.medians(passes)
                for (engine, mode), passes in self._ask(clients, len(asked)).items()
            }
            # What follows takes long over many articles: let nobody lose these.
            (self._folder / "times.json").write_text(json.dumps(raw))
            rows, steps = {}, {}
            for client in clients:
                say(f"{client.engine}: sets against the scan")
                # Thousands of hits as objects: the whole corpus is checked on fewer queries.
                many = client.engine == "corpus" and articles > FEW
                steps[client.engine] = step = 10 if many else 1
                checked = client.do("check", sets=str(drawn), mode=client.modes[-1], step=step)
                rows[client.engine] = checked["rows"]
        added = {}
        for name in names:
            try:
                added[name] = self._add(name, articles)
            except WorkerFailed as error:
                self._skipped[f"{name}, a hundred more"] = f"failed: {error}"
        cold = {}
        if "corpus" in names:
            say("cold searches")
            words = cold_words(asked, json.loads((drawn / "sets.json").read_text()))
            environment = self._folder / "installed"
            cold = processes.cold(self._folder / "corpus", words, self._core, environment)
        return {
            "command": " ".join(["python", *map(shown, sys.argv)]),
            "machine": machine(),
            "load_before_and_after": [before, load()],
            "versions": versions(self._options.peers),
            "articles": articles,
            "queries": len(asked),
            "passes": self._options.passes,
            "block": self._options.block,
            "skipped": self._skipped,
            "build": built,
            "open_ms": opened,
            "latency_ms": {name: figures.by_class(asked, spent) for name, spent in raw.items()},
            "correctness": {
                name: figures.correctness(asked[:: steps[name]], checked)
                for name, checked in rows.items()
            },
            "add_100_seconds": added,
            "cold": cold,
        }

    # the parts of a run

    def _drawn(self) -> Path:
        """The folder of queries and sets; made anew where the rules that make them changed."""
        code = [HERE / "draw.py", HERE / "scan.py", HERE.parents[1] / "tests" / "oracle.py"]
        mark = hashlib.sha256(b"".join(path.read_bytes() for path in code)).hexdigest()[:8]
        folder = self._folder / f"queries-{mark}"
        if not (folder / "sets.json").exists():
            say("queries, and what a scan finds")
            command = [sys.executable, str(HERE / "drawn.py"), str(self._clean), str(folder)]
            subprocess.run(command, check=True)
        return folder

    def _able(self, articles: int) -> list[str]:
        """The engines wanted that can run here; the others are told with the reason."""
        able = []
        for name in self._options.engines.split(","):
            most = SLOW.get(name)
            if most is not None and articles > most and not self._options.slow:
                self._skipped[name] = f"skipped: too slow beyond {most:,} articles (--slow)"
                continue
            if name == "xapian" and (missing := peers.why_no_xapian()):
                self._skipped[name] = missing
                continue
            try:
                with Client(name, self._folder / name, self._python(name), None):
                    able.append(name)
            except (WorkerFailed, OSError) as error:
                self._skipped[name] = f"skipped: {error}"
        for name, reason in self._skipped.items():
            say(f"{name}: {reason}")
        return able

    def _python(self, name: str) -> str:
        if name == "xapian":
            return peers.xapian_python()
        if name.split("@")[0] in ("ours", "corpus"):
            return sys.executable
        return peers.python_of(self._options.peers)

    def _client(self, name: str, folder: Path | None = None) -> Client:
        return Client(name, folder or self._folder / name, self._python(name), self._core)

    def _build(self, name: str) -> dict[str, Any]:
        folder, kept = self._folder / name, self._folder / f"{name}.built.json"
        if self._options.reuse and kept.exists():
            figures_of: dict[str, Any] = json.loads(kept.read_text())
            return {**figures_of, "reused": True}
        say(f"{name}: build")
        shutil.rmtree(folder, ignore_errors=True)
        if name == "corpus":
            built = processes.ingest(folder, self._clean, self._core)
        else:
            with self._client(name) as client:
                built = client.do("build", records=str(self._clean), count=None)
        kept.write_text(json.dumps(built))
        return built

    def _ask(self, clients: list[Client], count: int) -> dict[tuple[str, str], list[list[int]]]:
        """(engine, mode) to nanoseconds per pass and query: engines in turn, block by block,
        another one first in each; each mode in a walk over all queries of its own, so that none
        finds what another has fetched."""
        size = self._options.block
        blocks = [range(at, min(at + size, count)) for at in range(0, count, size)]
        times: dict[tuple[str, str], list[list[int]]] = {}
        walks = list(zip_longest(*(client.modes for client in clients)))
        for turn in range(self._options.passes):
            say(f"pass {turn + 1} of {self._options.passes}")
            for modes in walks:
                own = zip(clients, modes, strict=True)
                asked = [(client, mode) for client, mode in own if mode is not None]
                for client, mode in asked:
                    times.setdefault((client.engine, mode), []).append([])
                for number, block in enumerate(blocks):
                    first = number % len(asked)
                    for client, mode in asked[first:] + asked[:first]:
                        times[client.engine, mode][turn] += client.ask(block, mode)
        return times

    def _add(self, name: str, articles: int) -> list[float]:
        """On a copy: the index stays as it was built."""
        say(f"{name}: a hundred more")
        copy = self._folder / f"{name}.added"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self._folder / name, copy)
        try:
            with self._client(name, copy) as client:
                client.do("open", path=str(self._drawn() / "queries.json"))
                added = client.do(
                    "add",
                    records=str(self._clean),
                    number=articles,
                    times=5,
                    mode="ids" if "ids" in client.modes else client.modes[0],
                )
        finally:
            shutil.rmtree(copy)
        spent: list[float] = added["seconds"]
        return spent


def cold_words(asked: list[query_file.Query], sizes: list[int]) -> list[str]:
    """Seven words found in ten to five hundred articles."""
    return [
        query.text
        for query, size in zip(asked, sizes, strict=True)
        if query.op == "word" and query.days is None and 10 <= size <= 500
    ][:7]


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what} …", file=sys.stderr, flush=True)


def shown(argument: str) -> str:
    """An argument without this machine's folders."""
    return Path(argument).name if argument.startswith("/") else argument


def load() -> list[float]:
    return [round(one, 2) for one in os.getloadavg()]


def machine() -> dict[str, object]:
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="utf-8") if info.exists() else ""
    names = re.findall(r"model name\s*: (.*)", text)
    wide = sorted(set(re.findall(r"\bavx2\b|\bavx512f\b", text)))
    return {
        "processor": names[0] if names else platform.processor(),
        "processors": os.cpu_count(),
        "vector_units": wide,
        "system": f"{platform.system()} {platform.release()}",
    }


def versions(folder: Path) -> dict[str, str]:
    """Of everything that took part."""
    code = (
        "import json, platform, sqlite3, importlib.metadata as m\n"
        "names = ('numpy', 'msgspec', 'whoosh3', 'tantivy', 'article-corpus')\n"
        "found = {d.metadata['Name'].lower(): d.version for d in m.distributions()}\n"
        "print(json.dumps({'python': platform.python_version(), "
        "'sqlite': sqlite3.sqlite_version, **{n: found[n] for n in names if n in found}}))"
    )
    said: dict[str, str] = {}
    for where, python in (("ours", sys.executable), ("peers", peers.python_of(folder))):
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
        said |= {f"{where} {name}": version for name, version in json.loads(done.stdout).items()}
    if peers.why_no_xapian() is None:
        command = [peers.xapian_python(), "-c", "import xapian; print(xapian.version_string())"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        said["peers xapian"] = done.stdout.strip()
    command = ["git", "-C", str(HERE), "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return {**said, "commit": done.stdout.strip()}


if __name__ == "__main__":
    main()
