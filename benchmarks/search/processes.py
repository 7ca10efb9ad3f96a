"""What does the command line take as a whole process? `corpus ingest`, and a cold search."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from worker import bytes_of

COLD_TIMES = 5


def ingest(folder: Path, clean: Path, core: int | None) -> dict[str, Any]:
    """A new corpus at `folder` from `clean`: store, originals and index, in one process."""
    _timed(["init", str(folder)], core)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, said = _timed(["--corpus", str(folder), "ingest", str(clean)], core)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    articles = sum(1 for _ in clean.open("rb"))
    return {
        "command": "corpus ingest CLEAN.jsonl",
        "articles": articles,
        "seconds": seconds,
        "cpu_seconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "articles_per_second": articles / seconds,
        "store_bytes": (folder / "articles.db").stat().st_size,
        "index_bytes": bytes_of(folder / "index"),
        "said": said[:3],
    }


def cold(folder: Path, words: Sequence[str], core: int | None, environment: Path) -> dict[str, Any]:
    """`corpus search WORD` from process start to end, files in the page cache.

    As a user has it: installed from a wheel, into `environment`. An editable install looks
    for every module in a finder of its own, which takes 20 ms.
    """
    venv.create(environment, with_pip=True, clear=True)
    python = str(environment / "bin" / "python")
    repository = Path(__file__).parents[2]
    with tempfile.TemporaryDirectory() as copied:
        tree = Path(copied) / "tree"
        shutil.copytree(repository, tree, symlinks=True, ignore=_no_environments)
        command = [python, "-m", "pip", "install", "--quiet", str(tree)]
        subprocess.run(command, check=True)
    program = [str(environment / "bin" / "corpus"), "--corpus", str(folder), "search"]
    spent, bare, with_numpy = [], [], []
    # In turn, so that all of them see the same machine.
    for _ in range(COLD_TIMES):
        spent += [_seconds([*program, word], core)[0] for word in words]
        bare += [_seconds([python, "-c", "pass"], core)[0] for _ in range(3)]
        with_numpy += [_seconds([python, "-c", "import numpy"], core)[0] for _ in range(3)]
    return {
        "command": "corpus search WORD",
        "processes": len(spent),
        "median_ms": statistics.median(spent) * 1000,
        "min_ms": min(spent) * 1000,
        "max_ms": max(spent) * 1000,
        "bare_python_ms": statistics.median(bare) * 1000,
        "python_with_numpy_ms": statistics.median(with_numpy) * 1000,
    }


def _no_environments(folder: str, names: list[str]) -> list[str]:
    """What the wheel is not made of."""
    return [name for name in names if name.startswith((".venv", ".git")) or name == "runs"]


def _timed(arguments: Sequence[str], core: int | None) -> tuple[float, list[str]]:
    return _seconds([sys.executable, "-m", "corpus", *arguments], core)


def _seconds(command: Sequence[str], core: int | None) -> tuple[float, list[str]]:
    def pin() -> None:
        if core is not None:
            os.sched_setaffinity(0, {core})

    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, preexec_fn=pin)
    seconds = time.perf_counter() - start
    return seconds, (done.stdout + done.stderr).strip().splitlines()
