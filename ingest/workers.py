"""How do several processors extract at once? In worker processes, answering in order.

The workers are plain child processes on pipes, not `multiprocessing`: a script that calls
`ingest` needs no `if __name__ == "__main__"`, nothing is unpickled, and the lock of the
corpus is not inherited. A page that ends its worker is tried once more alone in a new
one, so that it cannot be rejected for its neighbour's fault, and then rejected.

Raw items wait in chunks; what is on its way is bounded in bytes, so a fast source waits
for slow pages instead of filling memory.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import IO

import msgspec

from corpus.article import Article
from corpus.errors import ArticleRejected, CorpusError
from corpus.ingest.extracting import too_long
from corpus.ingest.limits import MOST_MEMORY, megabytes
from corpus.ingest.publishers import layouts
from corpus.ingest.raw import Extracted, Found, How, Raw, Result
from corpus.ingest.worker import Answer, Setup, receive, send

TASK = "corpus.ingest.extracting:extract"
CHUNK_ITEMS = 32
CHUNK_BYTES = 256 << 10  # 80 JSON records or two pages: enough work for one message
MOST_WAITING = 32 << 20  # bytes of raw items on their way, beside the one being added
_CHUNKS_EACH = 8
# The clock of processor time comes first; this one is for what sleeps or waits.
_PATIENCE = 6.0
_WATCH_SECONDS = 0.2


@dataclass
class _Chunk:
    """What is found, in its order: `results` with gaps for the `raws`, each with its place."""

    results: list[Result | None] = field(default_factory=list)
    raws: list[tuple[int, Raw]] = field(default_factory=list)
    size: int = 0
    done: threading.Event = field(default_factory=threading.Event)
    error: BaseException | None = None

    def add(self, item: Found) -> None:
        if isinstance(item, Raw):
            self.raws.append((len(self.results), item))
            self.results.append(None)
            self.size += len(item.data)
        else:
            self.results.append(item)

    @property
    def full(self) -> bool:
        return len(self.results) >= CHUNK_ITEMS or self.size >= CHUNK_BYTES


def extract_all(
    found: Iterator[Found], how: How, jobs: int, *, task: str = TASK, memory: int = MOST_MEMORY
) -> Generator[Result, None, None]:
    """What `found` holds, extracted in `jobs` processes: the same results in the same order.

    `task` names the function that extracts one item ("module:name"), `memory` is the
    address space of a worker in bytes. Ends its processes when it is closed.
    """
    pool = _Pool(how, jobs, Setup(task, how, memory, layouts.installed()))
    waiting: deque[_Chunk] = deque()
    held = 0
    try:
        for chunk in _chunks(found):
            waiting.append(chunk)
            held += chunk.size
            pool.submit(chunk)
            while waiting and (
                held > MOST_WAITING
                or len(waiting) > jobs * _CHUNKS_EACH
                or waiting[0].done.is_set()
            ):
                first = waiting.popleft()
                held -= first.size
                yield from _results(first)
        while waiting:
            yield from _results(waiting.popleft())
    finally:
        pool.close()


def _chunks(found: Iterator[Found]) -> Iterator[_Chunk]:
    chunk = _Chunk()
    for item in found:
        chunk.add(item)
        if chunk.full:
            yield chunk
            chunk = _Chunk()
    if chunk.results:
        yield chunk


def _results(chunk: _Chunk) -> Iterator[Result]:
    chunk.done.wait()
    if chunk.error is not None:
        raise chunk.error
    for result in chunk.results:
        assert result is not None
        yield result


class _Pool:
    """The threads that each tend one process, and one that watches their clocks."""

    def __init__(self, how: How, jobs: int, setup: Setup) -> None:
        self._queue: queue.SimpleQueue[_Chunk | None] = queue.SimpleQueue()
        self._over = threading.Event()
        self._workers = [_Worker(how, setup) for _ in range(jobs)]
        self._threads = [
            threading.Thread(target=self._tend, args=(worker,), daemon=True)
            for worker in self._workers
        ]
        self._threads.append(threading.Thread(target=self._watch, daemon=True))
        for thread in self._threads:
            thread.start()

    def submit(self, chunk: _Chunk) -> None:
        if chunk.raws:
            self._queue.put(chunk)
        else:
            chunk.done.set()

    def close(self) -> None:
        """End every process, whatever it is doing, and wait for it."""
        self._over.set()
        for worker in self._workers:
            self._queue.put(None)
            worker.end()
        for thread in self._threads:
            thread.join()
        for worker in self._workers:
            worker.end()

    def _tend(self, worker: _Worker) -> None:
        while (chunk := self._queue.get()) is not None and not self._over.is_set():
            try:
                worker.work(chunk, self._over)
            except BaseException as error:
                chunk.error = error
            chunk.done.set()

    def _watch(self) -> None:
        while not self._over.wait(_WATCH_SECONDS):
            for worker in self._workers:
                worker.check()


class _Worker:
    """One process at a time, begun at the first chunk and again after every death."""

    def __init__(self, how: How, setup: Setup) -> None:
        self._how, self._setup = how, setup
        self._process: subprocess.Popen[bytes] | None = None
        self._deadline: float | None = None
        self._late = False

    def check(self) -> None:
        """End the process where its item is long overdue."""
        process, deadline = self._process, self._deadline
        if process is not None and deadline is not None and time.monotonic() > deadline:
            self._late = True
            process.kill()

    def end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                # What could not be written any more cannot be flushed either.
                with contextlib.suppress(OSError):
                    _pipe(stream).close()

    def work(self, chunk: _Chunk, over: threading.Event) -> None:
        at, tried = 0, False
        while at < len(chunk.raws) and not over.is_set():
            # After a death its item goes alone.
            batch = chunk.raws[at : at + 1] if tried else chunk.raws[at:]
            done, reason = self._exchange(chunk, batch, over)
            at += done
            if reason is None:
                tried = False
            elif self._late or tried:
                place, raw = chunk.raws[at]
                chunk.results[place] = raw.rejected(reason)
                at, tried = at + 1, False
            else:
                tried = True

    def _exchange(
        self, chunk: _Chunk, batch: list[tuple[int, Raw]], over: threading.Event
    ) -> tuple[int, str | None]:
        """Send items and take their answers: how many came, and why no more did."""
        process = self._process or self._begin(over)
        self._late = False
        if over.is_set():
            return 0, None
        with contextlib.suppress(OSError):  # a dead process answers nothing, see below
            send(_pipe(process.stdin), msgspec.msgpack.encode([raw for _, raw in batch]))
        for number, (place, raw) in enumerate(batch):
            self._deadline = time.monotonic() + _PATIENCE * self._how.seconds
            message = receive(_pipe(process.stdout))
            self._deadline = None
            if message is None:
                return number, self._death(process)
            chunk.results[place] = _result(raw, message)
        return len(batch), None

    def _death(self, process: subprocess.Popen[bytes]) -> str:
        code = process.wait()
        self.end()
        if self._late or code == -getattr(signal, "SIGXCPU", 0):
            self._late = True
            return too_long(self._how)
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return (
            f"its extraction ended the process that worked on it ({how}; it may take "
            f"{megabytes(self._setup.memory)} of memory)"
        )

    def _begin(self, over: threading.Event) -> subprocess.Popen[bytes]:
        # The paths of this process, which may have been changed since it began.
        paths = [path or os.getcwd() for path in sys.path]  # noqa: PTH109 - sys.path holds texts
        code = f"import sys; sys.path[:] = {paths!r}; from corpus.ingest.worker import main; main()"
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is the parent's to handle
        )
        self._process = process
        with contextlib.suppress(OSError):
            send(_pipe(process.stdin), msgspec.msgpack.encode(self._setup))
        if receive(_pipe(process.stdout)) is None and not over.is_set():
            code_ = process.wait()
            self.end()
            raise CorpusError(
                f"a worker process could not be started ({sys.executable}, exit code {code_}); "
                "see above, or work without --jobs"
            )
        return process


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _result(raw: Raw, message: bytes) -> Result:
    answer = msgspec.msgpack.decode(message, type=Answer)
    if answer.article:
        article = Article.from_json(answer.article)
        return Extracted(article, raw.data, raw.line, answer.reading)
    return ArticleRejected(answer.origin, answer.line, answer.reason)
