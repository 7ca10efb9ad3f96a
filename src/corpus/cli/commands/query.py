"""`corpus query`: keep queries under names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from corpus.cli.commands import search
from corpus.cli.options import (
    HELP_NAMES,
    corpus_command,
    everywhere,
    formats,
    opened,
    query_argument,
)
from corpus.cli.output import print_json, print_json_lines
from corpus.cli.screen import page
from corpus.cli.width import columns

if TYPE_CHECKING:
    from corpus.results import SavedQuery


@click.group("query", context_settings={"help_option_names": HELP_NAMES})
@everywhere
def command() -> None:
    """Keep queries under names, to be used as query:NAME.

    \b
    Example:
      corpus query save portals '네이버 OR 카카오'
      corpus search query:portals 논문
    """


@corpus_command("save", query=True)
@click.argument("name")
@query_argument
def save(name: str, query: tuple[str, ...]) -> None:
    """Save a query under a name; one that was there is replaced, and printed.

    A name has up to 64 letters, digits, - and _. The query may use other saved ones.

    \b
    Example:
      corpus query save portals '네이버 OR 카카오'
    """
    with opened("w") as c:
        before = {one.name: one.query for one in c.queries()}
        saved = c.save_query(name, " ".join(query))
    was = before.get(saved.name)
    told = f" (was: {was})" if was not in (None, saved.query) else ""
    click.echo(f"query:{saved.name} stands for: {saved.query}{told}")


@corpus_command("list")
@formats("text", "json", "jsonl")
def list_(format: str) -> None:
    """List the saved queries by name.

    \b
    Example:
      corpus query list
    """
    with opened() as c:
        queries = c.queries()
    if format == "json":
        print_json({"queries": [query.to_dict() for query in queries]})
    elif format == "jsonl":
        print_json_lines(query.to_dict() for query in queries)
    else:
        page(text_lines(queries))


def text_lines(queries: list[SavedQuery]) -> Iterator[str]:
    """One line a query."""
    if not queries:
        yield "no query is saved: corpus query save NAME QUERY"
    width = max((columns(query.name) for query in queries), default=0)
    for query in queries:
        yield f"{query.name}{' ' * (width - columns(query.name))}  {query.query}"


def run(name: str, **options: Any) -> Any:
    """Find the articles that a saved query describes; takes the options of search.

    \b
    Example:
      corpus query run portals --since 2021
    """
    found = search.command.callback
    assert found is not None
    return found(query=(f"query:{name}",), **options)


run_command = click.Command(
    "run",
    callback=run,
    params=[
        click.Argument(["name"]),
        *(option for option in search.command.params if option.name != "query"),
    ],
    help=run.__doc__,
    context_settings={"help_option_names": HELP_NAMES},
)


@corpus_command("delete")
@click.argument("name")
def delete(name: str) -> None:
    """Delete a saved query; not one that another one uses.

    \b
    Example:
      corpus query delete portals
    """
    with opened("w") as c:
        deleted = c.delete_query(name)
    click.echo(f"deleted query:{deleted.name}, which stood for: {deleted.query}")


for _part in (save, list_, run_command, delete):
    command.add_command(_part)
