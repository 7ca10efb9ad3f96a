"""Which options do commands share? Each is defined once, here.

`--corpus` and `--color` stand before or after the command; the later one holds. There
are no short options but -h: a token with one hyphen belongs to the query.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict

import click

from corpus.memory import size

if TYPE_CHECKING:
    from corpus import Corpus

Function = Callable[..., Any]
Decorator = Callable[[Function], Function]
Rows = int | Literal["all"] | None

HELP_NAMES = ["-h", "--help"]
_CORPUS_KEY = "corpus.cli.corpus"
_COLOR_KEY = "corpus.cli.color"
_ESCAPED = "\x00"  # No argument of a process can hold a NUL, so the sign cannot clash.


class Filters(TypedDict):
    """What narrows a query, under the names of the public API."""

    since: str | None
    until: str | None
    publisher: tuple[str, ...]
    section: tuple[str, ...]
    reporter: tuple[str, ...]
    field: str | None
    match: Literal["all", "any"]
    exact: bool
    undated: Literal["include", "only"] | None


def _keep(key: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(ctx: click.Context, _: click.Parameter, value: Any) -> None:
        # ctx.meta is shared by the group and its commands: the inner one is read later.
        if value is not None:
            ctx.meta[key] = value

    return callback


def everywhere(function: Function) -> Function:
    """--corpus and --color."""
    function = click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        expose_value=False,
        callback=_keep(_COLOR_KEY),
        help="Colour on stdout; auto: on a terminal, unless NO_COLOR is set. [default: auto]",
    )(function)
    return click.option(
        "--corpus",
        type=click.Path(path_type=Path),
        metavar="DIR",
        expose_value=False,
        callback=_keep(_CORPUS_KEY),
        help="The corpus. [default: $CORPUS_DIR, else the nearest folder upwards with corpus.toml]",
    )(function)


def chosen_corpus() -> Path | None:
    """The value of --corpus, wherever it stood."""
    path: Path | None = click.get_current_context().meta.get(_CORPUS_KEY)
    return path


def opened(mode: Literal["r", "w"] = "r") -> Corpus:
    """The corpus that the command line, the environment or the folder names."""
    import corpus

    return corpus.open(chosen_corpus(), mode=mode)


def use_color() -> bool:
    """Whether stdout takes colour: what --color says, else a terminal without NO_COLOR."""
    choice = click.get_current_context().meta.get(_COLOR_KEY, "auto")
    if choice != "auto":
        return bool(choice == "always")
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


class QueryCommand(click.Command):
    """A command whose arguments are a query: `-카카오` is a word to leave out, no option."""

    def make_parser(self, ctx: click.Context) -> Any:
        parser = super().make_parser(ctx)
        parse_args = parser.parse_args

        def parse(args: list[str]) -> tuple[dict[str, Any], list[str], list[Any]]:
            end = args.index("--") if "--" in args else len(args)
            shielded = [_shield(arg) for arg in args[:end]] + args[end:]
            values, rest, order = parse_args(shielded)
            return {name: _bare(value) for name, value in values.items()}, _bare(rest), order

        # The parser is made for one command line; nothing else shares it.
        parser.parse_args = parse  # type: ignore[method-assign]
        return parser


def _shield(arg: str) -> str:
    is_query = len(arg) > 1 and arg[0] == "-" and arg[1] != "-" and arg != "-h"
    return _ESCAPED + arg if is_query else arg


def _bare(value: Any) -> Any:
    if isinstance(value, str):
        return value.removeprefix(_ESCAPED)
    if isinstance(value, (list, tuple)):
        return type(value)(_bare(item) for item in value)
    return value


def corpus_command(
    name: str, *, query: bool = False
) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with the options that every command has."""

    def decorate(function: Function) -> click.Command:
        return click.command(
            name,
            cls=QueryCommand if query else click.Command,
            context_settings={"help_option_names": HELP_NAMES},
        )(everywhere(function))

    return decorate


query_argument = click.argument("query", nargs=-1)

_FILTERS: tuple[Decorator, ...] = (
    click.option(
        "--since",
        metavar="DATE",
        help="From this year, month or day on: 2021, 2021-10, 2021-10-03; 7d: the last 7 days.",
    ),
    click.option("--until", metavar="DATE", help="Up to the end of this year, month or day."),
    click.option(
        "--publisher", metavar="NAME", multiple=True, help="Only this publisher; may be repeated."
    ),
    click.option(
        "--section", metavar="NAME", multiple=True, help="Only this section; may be repeated."
    ),
    click.option(
        "--reporter", metavar="NAME", multiple=True, help="Only by this reporter; may be repeated."
    ),
    click.option(
        "--field",
        type=click.Choice(["title", "subtitle", "body"]),
        help="Search only this field. [default: all three]",
    ),
    click.option(
        "--match",
        type=click.Choice(["all", "any"]),
        default="all",
        show_default=True,
        help="All words must be there; any: a question in plain language, best answers first.",
    ),
    click.option("--exact", is_flag=True, help="No variants: the text as it is written."),
    click.option(
        "--undated",
        type=click.Choice(["include", "only"]),
        help="Let articles without a date pass a date filter, or take only them.",
    ),
)


def filters(function: Function) -> Function:
    """--since to --undated: arrive in the function as `**filters: Unpack[Filters]`."""
    for option in reversed(_FILTERS):
        function = option(function)
    return function


def formats(*names: str, default: str = "text") -> Decorator:
    """--format with the formats of one command."""
    return click.option(
        "--format",
        "format",
        type=click.Choice(names),
        default=default,
        show_default=True,
        help="How to print.",
    )


def _number_or_all(_: click.Context, __: click.Parameter, value: str | None) -> Rows:
    if value is None:
        return None
    if value == "all":
        return "all"
    if not value.isdecimal():
        raise click.BadParameter(f"{value!r} is neither a number nor all")
    return int(value)


def limit_option(what: str, *, default: str | None = None) -> Decorator:
    """--limit: a number, `all`, or None where it is not given and has no default."""
    return click.option(
        "--limit",
        metavar="N|all",
        default=default,
        show_default=default is not None,
        callback=_number_or_all,
        help=what,
    )


def _split_columns(
    _: click.Context, __: click.Parameter, value: str | None
) -> tuple[str, ...] | None:
    return tuple(name.strip() for name in value.split(",")) if value else None


columns_option = click.option(
    "--columns",
    metavar="A,B",
    callback=_split_columns,
    help="Which keys to print, in this order (not for text and ids).",
)
bom_option = click.option(
    "--bom", is_flag=True, help="Begin csv or tsv with a byte order mark, as Excel wants it."
)


def _bytes(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    try:
        return size(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


memory_option = click.option(
    "--memory",
    metavar="SIZE",
    callback=_bytes,
    help="What the index may hold before it writes: 512M, 2G, or bytes. [default: 256M]",
)
kind_option = click.option(
    "--from",
    "kind",
    type=click.Choice(["auto", "html", "text", "jsonl", "csv", "rss", "warc"]),
    default="auto",
    show_default=True,
    help="What the input is; auto looks at the content, also inside archives.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1, max=64),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that extract articles; above 1, worker processes. The result is the same.",
)
