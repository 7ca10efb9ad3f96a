"""An extraction that breaks as pages can break it, for workers to survive."""

from __future__ import annotations

import os
import signal
import time

from corpus.errors import ArticleRejected
from corpus.ingest import extracting
from corpus.ingest.raw import Extracted, How, Raw


def extract(raw: Raw, how: How) -> Extracted | ArticleRejected:
    """As the real one, but for what the first word of the text asks for."""
    word = raw.data.split()[0]
    if word == b"exit":
        os._exit(7)
    if word == b"segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if word == b"loop":
        while True:
            pass
    if word == b"sleep":
        time.sleep(600)
    if word == b"memory":
        held = bytearray(4 << 30)
        return ArticleRejected(raw.origin, None, f"held {len(held)} bytes")
    if word == b"raise":
        raise RuntimeError("a fault of the rules")
    return extracting.extract(raw, how)
