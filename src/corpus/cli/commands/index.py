"""`corpus index`: look after the index, which can always be made anew from the store."""

from __future__ import annotations

import click

from corpus.cli import boundary
from corpus.cli.commands.status import index_text
from corpus.cli.options import (
    HELP_NAMES,
    corpus_command,
    everywhere,
    formats,
    memory_option,
    opened,
)
from corpus.cli.output import print_json
from corpus.cli.progress import bar
from corpus.cli.screen import articles, counted
from corpus.errors import NotYet


@click.group("index", context_settings={"help_option_names": HELP_NAMES})
@everywhere
def command() -> None:
    """Look after the index.

    It is disposable: articles.db is the truth, and the index can be made from it.

    \b
    Example:
      corpus index status
    """


@corpus_command("status")
@formats("text", "json")
def status(format: str) -> int:
    """Say whether the index can be trusted and is up to date; exits with 5 if damaged.

    \b
    Example:
      corpus index status
    """
    with opened() as c:
        state = c.index_status()
    if format == "json":
        print_json(state.to_dict())
    else:
        click.echo(index_text(state))
    sound = state.state in ("current", "behind", "empty")
    return boundary.DONE if sound else boundary.DAMAGED


@corpus_command("update")
@memory_option
def update(memory: int | None) -> None:
    """Bring in the articles that changed since the index was written.

    \b
    Example:
      corpus index update
    """
    with opened("w") as c:
        with bar() as progress:
            number = c.update_index(progress, memory=memory)
        for notice in c.notices:
            boundary.say(notice)
    click.echo(f"{articles(number)} brought in")


@corpus_command("rebuild")
@memory_option
def rebuild(memory: int | None) -> None:
    """Make the index anew from the articles in the store.

    \b
    Example:
      corpus index rebuild
    """
    with opened("w") as c, bar() as progress:
        number = c.rebuild_index(progress, memory=memory)
    click.echo(f"{articles(number)} indexed")


@corpus_command("verify")
@formats("text", "json")
def verify(format: str) -> int:
    """Read everything and compare store and index, article by article; 5 if damaged.

    \b
    Example:
      corpus index verify
    """
    with opened() as c:
        found = c.verify()
    if format == "json":
        print_json(found.to_dict())
    else:
        for problem in found.problems:
            click.echo(problem)
        verdict = "sound" if found.sound else counted(len(found.problems), "problem")
        click.echo(
            f"{verdict}: {articles(found.articles)}, {counted(found.revisions, 'revision')}, "
            f"{counted(found.originals, 'original')} read in {found.seconds:.1f} s"
        )
        if found.pending:
            click.echo(f"pending: {articles(found.pending)} (corpus index update)")
    return boundary.DONE if found.sound else boundary.DAMAGED


@click.command(
    "compact", hidden=True, help="Not in this version.", context_settings={"help_option_names": []}
)
def compact() -> None:
    raise NotYet("corpus index compact")


for _part in (status, update, rebuild, verify, compact):
    command.add_command(_part)
