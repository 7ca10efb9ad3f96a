"""Which exit code does an error have, and what does the user read?

One boundary: nothing below the command group catches a CorpusError. The codes are
those of sysexits.h where it has one. No traceback unless CORPUS_DEBUG is set.
"""

from __future__ import annotations

import contextlib
import os
import sys

import click

from corpus import errors
from corpus.cli.width import columns

DONE = 0
NO_MATCH = 1
USAGE = 2
NO_CORPUS = 3
REJECTED = 4
DAMAGED = 5
BUG = 70
IO_FAILED = 74
LOCKED = 75
INTERRUPTED = 130

# The most particular first; any other CorpusError is a request that makes no sense here.
CODES: tuple[tuple[type[errors.CorpusError], int], ...] = (
    (errors.CorpusNotFound, NO_CORPUS),
    (errors.CorpusTooNew, NO_CORPUS),
    (errors.CorpusLocked, LOCKED),
    (errors.CorpusDamaged, DAMAGED),
    (errors.ArticleRejected, REJECTED),
    (errors.ArticleNotFound, NO_MATCH),
    (errors.CorpusError, USAGE),
)

# What SQLite meets in the middle of its work, by the beginning of its own name for it.
SQLITE_CODES = (
    (("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN"), IO_FAILED),
    (("SQLITE_BUSY", "SQLITE_LOCKED"), LOCKED),
    (("SQLITE_CORRUPT", "SQLITE_NOTADB"), DAMAGED),
)


def report(error: BaseException) -> int:
    """Tell the user about `error` on stderr and return the exit code."""
    if isinstance(error, BrokenPipeError):
        silence_stdout()
        return DONE
    if os.environ.get("CORPUS_DEBUG"):
        import traceback

        traceback.print_exception(error)
    message, code = _explain(error)
    say(message)
    return code


def _explain(error: BaseException) -> tuple[str, int]:
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "corpus"
        return f"{error.format_message()}\ntry: {path} --help", USAGE
    if isinstance(error, click.ClickException):
        return error.format_message(), USAGE
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return "interrupted; the corpus stays usable, and what was committed is in it", INTERRUPTED
    if isinstance(error, errors.CorpusError):
        code = next(code for kind, code in CODES if isinstance(error, kind))
        return f"{error}{_caret(error)}", code
    if isinstance(error, OSError):
        silence_stdout()
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}", IO_FAILED
    name = getattr(error, "sqlite_errorname", None) or ""
    for beginnings, code in SQLITE_CODES:
        if name.startswith(beginnings):
            mend = "; restore it from a dump or a backup copy" if code == DAMAGED else ""
            return f"articles.db: {error}{mend}", code
    kind = type(error)
    where = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return (
        f"{where}{kind.__qualname__}: {error}\n"
        "This is a bug of ours. Please report it with the command that you ran and the\n"
        "traceback that the same command prints under CORPUS_DEBUG=1.",
        BUG,
    )


def _caret(error: errors.CorpusError) -> str:
    """The query with a mark under the place where it fails, for a terminal and for a pipe."""
    if not isinstance(error, errors.QueryError) or error.position is None:
        return ""
    query = error.query.replace("\n", " ").replace("\t", " ")
    return f"\n  {query}\n  {' ' * columns(query[: error.position])}^"


def say(text: str) -> None:
    """One message on stderr, under the name of the program."""
    # A caller who closed stderr does not want to hear it.
    with contextlib.suppress(OSError):
        click.echo(f"corpus: {text}", err=True)


def silence_stdout() -> None:
    """Let the interpreter's last flush go nowhere: its reader has gone, or its disk is full."""
    # Streams without a descriptor (tests, embedding) have nothing left to flush.
    with contextlib.suppress(OSError, ValueError, AttributeError):
        target = os.open(os.devnull, os.O_WRONLY)
        os.dup2(target, sys.stdout.fileno())
        os.close(target)


def prepare_streams() -> None:
    """Make every article printable: data are UTF-8, and no character stops the output.

    A terminal keeps its encoding. Undecodable bytes of file names become `\\udc80`,
    which in JSON is the escape that it should be.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")
