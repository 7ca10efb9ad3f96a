"""`corpus demo`: a corpus of bundled articles, and real searches in it."""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path

import click

from corpus.cli.options import chosen_corpus, corpus_command, use_color
from corpus.cli.screen import dim

# What is worth seeing, and the command that shows it.
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("A word is found wherever it stands, whatever particle follows.", ("search", "인공지능")),
    (
        "Words side by side must all be there; a hyphen leaves one out.",
        ("search", "한빛대", "연구팀", "-폭염"),
    ),
    ("One syllable is enough.", ("search", "눈", "--sort", "newest", "--limit", "3")),
    ("A phrase, in one field, in one year.", ("search", '"인공지능 논문"', "--since", "2021")),
    ("Latin letters match whole words: AI does not find said.", ("count", "AI", "--by", "year")),
    ("Publishers, dates and counts.", ("count", "--since", "2024", "--by", "publisher")),
)
REMOVED = "Bylines and promotion are taken out of the text, and kept with the reason."


@corpus_command("demo")
def command() -> int:
    """Ingest bundled articles and search them.

    Works in a temporary folder that is removed at the end; with --corpus DIR the corpus
    is made there and stays.

    \b
    Example:
      corpus demo
      corpus demo --corpus /tmp/demo
    """
    kept = chosen_corpus()
    if kept is not None:
        code = walk(kept)
        click.echo(f"\nGo on with: corpus --corpus {shlex.quote(str(kept))} search WORD")
        return code
    with tempfile.TemporaryDirectory(prefix="corpus-demo-") as folder:
        code = walk(Path(folder, "corpus"))
    click.echo("\nTo keep the corpus and go on: corpus demo --corpus DIR")
    return code


def walk(path: Path) -> int:
    """Make the corpus, ingest, search; the first failure ends it with its exit code."""
    import corpus
    from corpus.demo import articles

    told("A corpus is one folder.", "init demo")
    corpus.create(path).close()
    ingest = ("It takes in pages, text and JSON Lines.", ("ingest", str(articles())))
    for why, args in (ingest, *STEPS):
        shown = "ingest articles/" if args[0] == "ingest" else typed(args)
        if code := run(why, path, args, shown):
            return code
    with corpus.open(path) as c:
        short = c.short_id(c.search("황강댐", limit=1)[0].id)
    last = ("show", short, "--removed")
    return run(REMOVED, path, last, typed(last))


def run(why: str, path: Path, args: tuple[str, ...], shown: str) -> int:
    """Print one command as it would be typed, and what it answers."""
    from corpus.cli.group import main

    told(why, shown)
    options = ["--color", "always" if use_color() else "never", "--corpus", str(path)]
    code: int = main.main([*options, *args], standalone_mode=False)
    return code


def told(why: str, shown: str) -> None:
    """Why a command is worth seeing, and the command."""
    color = use_color()
    click.echo(f"\n{dim(f'# {why}', color=color)}\n$ corpus {shown}", color=color)


def typed(args: tuple[str, ...]) -> str:
    r"""The arguments as one types them; shlex.join would quote every Korean word.

    >>> typed(("search", "네이버", "-카카오", '"인공지능 논문"'))
    'search 네이버 -카카오 \'"인공지능 논문"\''
    """
    return " ".join(
        arg if all(char.isalnum() or char in "-_./:" for char in arg) else f"'{arg}'"
        for arg in args
    )
