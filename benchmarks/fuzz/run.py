"""Does any input crash the extraction, hold it up, or eat the memory?

    python benchmarks/fuzz/run.py --inputs 200000 --seed 1 --jobs 2 --out FILE
    python benchmarks/fuzz/run.py --seed 1 --only 4711        # one input again, with its traceback

Mutants of the repository's own articles (mutate.py), and of the pages in a folder given with
--pages, go through `extract_bytes`. Right is an article in the stored form that JSON can
hold, or ArticleRejected. Workers are processes with a bound of memory (RLIMIT_AS), and one that
spends longer than --seconds of processor time on an input is ended; the next goes on behind it.
"""

from __future__ import annotations

import argparse
import heapq
import json
import multiprocessing
import platform
import re
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from mutate import mutant, originals

from corpus import normal
from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.identity import fingerprint
from corpus.ingest import EXTRACTOR
from corpus.ingest.sources import extract_bytes

SLOWEST = 10
_REPORTED = 200  # inputs between two words of a worker


@dataclass
class Outcome:
    """What a run has seen so far; failures are (input, what happened)."""

    inputs: int = 0
    articles: int = 0
    rejected: int = 0
    seconds: float = 0.0
    peak_mb: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, str]] = field(default_factory=list)
    slowest: list[tuple[float, int]] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take in what one worker has seen since its last word."""
        self.inputs += other.inputs
        self.articles += other.articles
        self.rejected += other.rejected
        self.seconds += other.seconds
        self.peak_mb = max(self.peak_mb, other.peak_mb)
        self.reasons += other.reasons
        self.failures += other.failures
        self.slowest = heapq.nlargest(SLOWEST, [*self.slowest, *other.slowest])


def judge(sound: Sequence[bytes], seed: int, number: int) -> Article | str:
    """The article of one input, or the reason of its refusal.

    Raises whatever the extraction raises beyond ArticleRejected, and AssertionError for an
    article that is not in the stored form.
    """
    data, kind, charset, clean = mutant(sound, seed, number)
    try:
        article = extract_bytes(data, kind=kind, declared=charset, clean=clean, origin="fuzz")
    except ArticleRejected as error:
        return error.reason
    assert article.title or article.body, "neither title nor body"
    assert article.body == normal.text(article.body), "the body is not in the stored form"
    assert article.title == normal.line(article.title), "the title is not in the stored form"
    assert Article.from_json(article.to_json()) == article, "JSON does not give it back"
    fingerprint(article)
    return article


def _work(
    pipe: Connection, at: Any, sound: Sequence[bytes], seed: int, numbers: range, megabytes: int
) -> None:
    # The bound is on address space above what the interpreter and its libraries map.
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    seen = Outcome()
    for done, number in enumerate(numbers, 1):
        at.value = number
        began = time.process_time()
        try:
            found = judge(sound, seed, number)
        except BaseException as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(last.filename).name}:{last.lineno}"
            seen.failures.append((number, f"{type(error).__name__}: {error} ({place})"[:300]))
        else:
            if isinstance(found, str):
                seen.rejected += 1
                seen.reasons[re.sub(r"\d+", "N", found)[:60]] += 1
            else:
                seen.articles += 1
        spent = time.process_time() - began
        seen.inputs += 1
        seen.seconds += spent
        seen.slowest = heapq.nlargest(SLOWEST, [*seen.slowest, (round(spent, 4), number)])
        # A failure is told at once: the next input may end the process.
        if seen.failures or done % _REPORTED == 0 or done == len(numbers):
            seen.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            pipe.send(seen)
            seen = Outcome()


class _Worker:
    """One process and the numbers that are left to it."""

    def __init__(self, sound: Sequence[bytes], seed: int, numbers: range, megabytes: int) -> None:
        context = multiprocessing.get_context("fork")
        self.numbers, self.told = numbers, 0
        self.at = context.Value("q", -1, lock=False)
        self.pipe, theirs = context.Pipe(duplex=False)
        work = (theirs, self.at, sound, seed, numbers, megabytes)
        self.process = context.Process(target=_work, args=work, daemon=True)
        self.process.start()
        theirs.close()
        self._seen, self._spent = -1, 0.0

    def held_up(self, seconds: float) -> bool:
        """Whether the input at hand has taken longer than `seconds` of processor time."""
        number, spent = self.at.value, _cpu(self.process.pid or 0)
        if number != self._seen:
            self._seen, self._spent = number, spent
        return spent - self._spent > seconds

    def rest(self) -> range:
        """The numbers behind the one at hand."""
        behind = self.numbers.index(self.at.value) + 1 if self.at.value >= 0 else 0
        return self.numbers[behind:]


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / 100


def fuzz(
    sound: Sequence[bytes],
    *,
    seed: int,
    inputs: int,
    jobs: int = 1,
    seconds: float = 5.0,
    megabytes: int = 1024,
) -> Outcome:
    """Run `inputs` mutants; `seconds` bounds the processor time of one, `megabytes` its memory.

    Whether the inputs since the last word of a worker that was ended were articles or refusals
    is lost with it; they count as run, since failures are told at once.
    """
    total = Outcome()
    shares = [range(first, inputs, jobs) for first in range(jobs)]
    workers = [_Worker(sound, seed, share, megabytes) for share in shares if len(share)]
    while workers:
        wait([worker.pipe for worker in workers], timeout=0.2)
        for worker in list(workers):
            alive = worker.process.is_alive()
            try:
                while worker.pipe.poll():
                    told = worker.pipe.recv()
                    worker.told += told.inputs
                    total.add(told)
            except EOFError:
                alive = False
            stuck = alive and worker.held_up(seconds)
            if alive and not stuck:
                continue
            worker.process.kill() if stuck else None
            worker.process.join()
            workers.remove(worker)
            if worker.process.exitcode == 0:
                continue
            what = f"over {seconds:g} s" if stuck else f"died ({worker.process.exitcode})"
            total.failures.append((worker.at.value, what))
            rest = worker.rest()
            total.inputs += len(worker.numbers) - len(rest) - worker.told
            if rest:
                workers.append(_Worker(sound, seed, rest, megabytes))
    return total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5.0, help="for one input, processor time")
    parser.add_argument("--megabytes", type=int, default=1024, help="address space of a worker")
    parser.add_argument("--pages", type=Path, help="a folder of pages of your own")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that failed")
    parser.add_argument("--only", type=int, help="run this one input, in this process")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    sound = originals(args.pages)
    if args.only is not None:
        print(judge(sound, args.seed, args.only))
        return 0
    began = time.monotonic()
    total = fuzz(
        sound,
        seed=args.seed,
        inputs=args.inputs,
        jobs=args.jobs,
        seconds=args.seconds,
        megabytes=args.megabytes,
    )
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        for number, _ in total.failures:
            data, *_ = mutant(sound, args.seed, number)
            (args.keep / f"{args.seed}-{number}").write_bytes(data)
    pages = " --pages PAGES" if args.pages else ""
    report = {
        "command": f"python benchmarks/fuzz/run.py --inputs {args.inputs} --seed {args.seed}"
        f" --jobs {args.jobs} --seconds {args.seconds:g} --megabytes {args.megabytes}{pages}",
        "rules": EXTRACTOR,
        "python": platform.python_version(),
        "sound": len(sound),
        "seconds": round(time.monotonic() - began, 1),
        "processor_seconds": round(total.seconds, 1),
        "inputs": total.inputs,
        "articles": total.articles,
        "rejected": total.rejected,
        "peak_mb": total.peak_mb,
        "failures": total.failures,
        "slowest": total.slowest,
        "reasons": dict(total.reasons.most_common(30)),
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))
    if args.out:
        args.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 1 if total.failures else 0


if __name__ == "__main__":
    sys.exit(main())
