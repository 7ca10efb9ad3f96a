"""How is a page that would take for ever stopped? By a clock of processor time that interrupts it.

Processor time, so that a busy machine gives the same answer as an idle one. The clock
works in the main thread of a process and where the system has one (not on Windows);
elsewhere it is not set. It interrupts Python and regular expressions; what hangs inside a
library of C is ended only in a worker process (corpus.ingest.worker).
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

_AGAIN = 1.0  # seconds: a second alarm, should something swallow the first


class TimeUp(BaseException):
    """The time is over. Not an Exception, which code on the way might take for its own."""


_listens = False


@contextmanager
def listening() -> Iterator[None]:
    """Hears the clock as long as it is open: around many calls of `within`, of which each would
    set the handler and take it back (10 microseconds)."""
    global _listens
    if _listens or not _can_listen():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    _listens = True
    try:
        yield
    finally:
        _listens = False
        with suppress(ValueError):  # a generator may be closed from another thread
            signal.signal(signal.SIGVTALRM, before)


def within(seconds: float, call: Callable[[], T]) -> T:
    """What `call` returns; raises TimeUp once it has taken `seconds` of processor time."""
    if not _can_listen():
        return call()
    with listening():
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
            return call()
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _can_listen() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TimeUp
