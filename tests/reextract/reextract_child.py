"""A re-extraction in a process of its own, killed at its Nth commit: before or after it.

python reextract_child.py FOLDER before|after N
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import corpus
from corpus import reextracting
from corpus.store_writer import StoreWriter

BLOCK = 10


def main() -> None:
    folder, when, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
    reextracting.BLOCK = BLOCK
    reextracting.BATCH_ARTICLES = BLOCK
    commit = StoreWriter.commit
    passed = 0

    def dying(*arguments: Any) -> None:
        nonlocal passed
        passed += 1
        if passed == number and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        commit(*arguments)
        if passed == number:
            os.kill(os.getpid(), signal.SIGKILL)

    StoreWriter.commit = dying  # type: ignore[method-assign]  # the murder weapon
    with corpus.open(folder, mode="w") as c:
        c.reextract()


if __name__ == "__main__":
    main()
