"""How is a page that would take for ever stopped? By a clock of processor time that interrupts it.

Processor time, so that a busy machine gives the same answer as an idle one. The clock
works in the main thread of a process and where the system has one (not on Windows);
elsewhere it is not set. It interrupts Python and regular expressions; what hangs inside a
library of C is ended only in a worker process (corpus.ingest.worker).
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

_AGAIN = 1.0  # seconds: a second alarm, should something swallow the first


class TimeUp(BaseException):
    """The time is over. Not an Exception, which code on the way might take for its own."""


def within(seconds: float, call: Callable[[], T]) -> T:
    """What `call` returns; raises TimeUp once it has taken `seconds` of processor time."""
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        return call()
    before = signal.signal(signal.SIGVTALRM, _ring)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
        return call()
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TimeUp
