"""What can go wrong, and what does each error know about it?

    CorpusError
    ├── CorpusNotFound(path)            no corpus here
    ├── CorpusTooNew(path, found, known) made by a newer version
    ├── CorpusLocked(path, seconds)     another writer holds it
    ├── CorpusDamaged(path, what)       a file is not what was written
    ├── QueryError(query, position, hint)
    ├── ArticleRejected(origin, line, reason)
    ├── ArticleNotFound(id)
    └── NotYet(what)                    promised, but not in this version

Facts are attributes; the message says what to do next. Only the command group
turns them into exit codes.
"""

from __future__ import annotations

from pathlib import Path


class CorpusError(Exception):
    """The root: everything this package raises on purpose."""


class CorpusNotFound(CorpusError):
    """There is no corpus at `path` (None: none was named, and none lies upwards)."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        where = f"no corpus at {path}" if path else "no corpus here or in any folder above"
        target = f" {path}" if path else ""
        super().__init__(f"{where}; make one with: corpus init{target}")


class CorpusTooNew(CorpusError):
    """The corpus at `path` has format `found`; this program reads up to `known`."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        self.path, self.found, self.known = path, found, known
        super().__init__(
            f"{path} has format {found}, this program reads formats up to {known}; "
            "install a newer article-corpus"
        )


class CorpusLocked(CorpusError):
    """Another writer held the corpus at `path` for all of `seconds`."""

    def __init__(self, path: Path, seconds: float) -> None:
        self.path, self.seconds = path, seconds
        super().__init__(
            f"{path} is being written by another process (waited {seconds:g} s); "
            "try again when it has finished"
        )


class CorpusDamaged(CorpusError):
    """`path` does not hold what was written there; `what` says how it shows and what mends it."""

    def __init__(self, path: Path, what: str) -> None:
        self.path, self.what = path, what
        super().__init__(f"{path}: {what}")


class QueryError(CorpusError):
    """`query` cannot be answered exactly; it fails at code point `position`.

    Positions count from 0; None where the fault lies in an option, not in the text.
    """

    def __init__(self, query: str, position: int | None, hint: str) -> None:
        self.query, self.position, self.hint = query, position, hint
        at = "" if position is None else f" (at character {position + 1})"
        super().__init__(hint + at)


class ArticleRejected(CorpusError):
    """The record at `origin` (path or URL), `line` (from 1, None where lines mean nothing)."""

    def __init__(self, origin: str, line: int | None, reason: str) -> None:
        self.origin, self.line, self.reason = origin, line, reason
        super().__init__(f"{self.place}: {reason}")

    @property
    def place(self) -> str:
        """`origin` or `origin:line`, as editors and grep write it."""
        return self.origin if self.line is None else f"{self.origin}:{self.line}"


class ArticleNotFound(CorpusError):
    """No live article has the id (or the unique id prefix) `id`."""

    def __init__(self, id: str, hint: str = "") -> None:
        self.id = id
        super().__init__(f"no article {id!r}" + (f"; {hint}" if hint else ""))


class NotYet(CorpusError):
    """The contract promises `what`, this version does not have it."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} is not in this version")
