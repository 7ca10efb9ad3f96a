"""`corpus delete`: take articles out, for a reason that is kept."""

from __future__ import annotations

import click

from corpus.cli.options import corpus_command, opened
from corpus.cli.screen import articles


@corpus_command("delete")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--reason", required=True, metavar="TEXT", help="Why; kept in the log, and with the id."
)
def command(ids: tuple[str, ...], reason: str) -> None:
    """Take articles out of the corpus, for a reason.

    Unique prefixes of six or more characters are enough. All or none: one unknown id, and
    nothing is deleted. The articles stay out when the same input is ingested again. Prints
    the full ids.

    \b
    Example:
      corpus delete k3f9a2 --reason "withdrawn by the publisher"
    """
    with opened("w") as c:
        deleted = c.delete(ids, reason=reason)
    for name in deleted:
        click.echo(name)
    click.echo(f"{articles(len(deleted))} deleted", err=True)
