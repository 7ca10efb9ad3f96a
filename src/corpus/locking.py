"""Who may write? One process at a time, by a lock that ends with its process.

The lock is the operating system's, on the file writer.lock: a kill releases it, and the
file itself means nothing and stays.
"""

from __future__ import annotations

from pathlib import Path

from whoosh.util.filelock import FileLock, LockBase, try_for

from corpus.errors import CorpusLocked

FILE = "writer.lock"


def lock(folder: Path, wait: float) -> LockBase:
    """The writer's lock of the corpus in `folder`, waiting up to `wait` seconds for it.

    Raises CorpusLocked, and OSError where the folder cannot be written.
    """
    held: LockBase = FileLock(str(folder / FILE))
    if not try_for(held.acquire, timeout=wait):
        raise CorpusLocked(folder, wait)
    return held
