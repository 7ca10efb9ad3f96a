"""What does a worker process do? It extracts what it is sent, and answers item by item.

It lives behind its standard input: when that ends, it ends, so that nothing outlives an
ingest that was killed. A page that hangs inside a library of C is ended by the system's
own limit of processor time, one that takes too much memory by its limit of address space.
"""

from __future__ import annotations

import math
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import IO, Any

import msgspec

from corpus.errors import ArticleRejected
from corpus.ingest.raw import Extracted, How, Raw, Reading
from corpus.ingest.timing import listening

try:
    import resource
except ImportError:  # Windows: no limits there but the parent's clock
    resource = None  # type: ignore[assignment]

Task = Callable[[Raw, How], Extracted | ArticleRejected]
_LENGTH = 8  # bytes before a message that say how long it is


class Setup(msgspec.Struct):
    """The first message: which function extracts ("module:name"), how, in how many bytes, and
    the layouts beside those of the package."""

    task: str
    how: How
    memory: int
    layouts: list[dict[str, Any]] = []


class Answer(msgspec.Struct, omit_defaults=True):
    """An article as JSON and how it was read, or the place and reason of a reject."""

    article: bytes = b""
    reading: Reading | None = None
    origin: str = ""
    line: int | None = None
    reason: str = ""


def send(stream: IO[bytes], message: bytes) -> None:
    """One message, whole."""
    stream.write(len(message).to_bytes(_LENGTH, "little"))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None at the end, also in the middle of one."""
    length = stream.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    size = int.from_bytes(length, "little")
    message = stream.read(size)
    return message if len(message) == size else None


def main() -> None:
    """Answer until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when it is over
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    first = receive(sys.stdin.buffer)
    if first is None:
        return
    setup = msgspec.msgpack.decode(first, type=Setup)
    module, _, name = setup.task.partition(":")
    task: Task = getattr(import_module(module), name)
    if setup.layouts:
        from corpus.ingest.publishers.layouts import install

        install(setup.layouts)
    _bound(setup.memory)
    decode = msgspec.msgpack.Decoder(list[Raw]).decode
    try:
        send(out, b"")
        with listening():
            while (message := receive(sys.stdin.buffer)) is not None:
                for raw in decode(message):
                    _allow(setup.how.seconds)
                    send(out, msgspec.msgpack.encode(_answer(task(raw, setup.how))))
    except BrokenPipeError:  # nobody listens any more
        os._exit(0)


def _answer(result: Extracted | ArticleRejected) -> Answer:
    if isinstance(result, ArticleRejected):
        return Answer(origin=result.origin, line=result.line, reason=result.reason)
    try:
        return Answer(article=result.article.to_json(), reading=result.reading)
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        reason = f"the record cannot be stored as JSON: {error}"
        return Answer(origin=result.article.origin or "-", line=result.line, reason=reason)


def _bound(memory: int) -> None:
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or most > memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))


def _allow(seconds: float) -> None:
    """Twice the time of a page from now on, then the system ends this process."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + 2 * seconds) + 1
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    if most == resource.RLIM_INFINITY or most > soft:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, most))
