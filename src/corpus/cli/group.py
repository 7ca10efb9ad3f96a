"""Which commands are there, and what happens when one of them fails?

Commands are imported when they are named. Here, and only here, errors become messages
and exit codes (boundary.py).
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from corpus.cli import boundary
from corpus.cli.options import HELP_NAMES, everywhere
from corpus.errors import NotYet

# In the order of a first day's work, which is the order of the help.
COMMANDS = (
    "init",
    "ingest",
    "extract",
    "search",
    "count",
    "words",
    "show",
    "export",
    "query",
    "delete",
    "reextract",
    "status",
    "log",
    "index",
    "demo",
    "completion",
)

NOT_YET = (
    "kwic",
    "trend",
    "collocates",
    "keywords",
    "quotes",
    "summarize",
    "similar",
    "collect",
    "cite",
    "dump",
    "restore",
)


_FEWER_COLLECTIONS = 10_000  # new objects between two; 700 is Python's own


class CorpusGroup(click.Group):
    """The group `corpus`: loads commands by name, and is the boundary for every error."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            module = import_module(f"corpus.cli.commands.{cmd_name}")
            command: click.Command = module.command
            return command
        return not_yet(f"corpus {cmd_name}") if cmd_name in NOT_YET else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=2)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise click.UsageError(f"there is no command {args[0]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Parse; `corpus --help` prints here already, before there is a command to run."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except OSError as error:
            raise click.exceptions.Exit(boundary.report(error)) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error becomes a message on stderr and an exit code."""
        try:
            code = super().invoke(ctx)
            # Here a reader that has gone, or a full disk, can still be reported.
            sys.stdout.flush()
        except (click.exceptions.Exit, SystemExit):
            raise
        except BaseException as error:  # the boundary
            return boundary.report(error)
        return code

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - click's signature
        windows_expand_args: bool = True,  # noqa: FBT001, FBT002 - click's signature
        **extra: Any,
    ) -> Any:
        """Run one command line. Exits with its code, or returns it if not `standalone_mode`."""
        boundary.prepare_streams()
        if standalone_mode:
            # While modules load there is no garbage to look for: 5 ms of a first search.
            gc.set_threshold(_FEWER_COLLECTIONS)
        try:
            code = super().main(
                args,
                prog_name or "corpus",
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
        except (click.ClickException, click.Abort) as error:
            code = boundary.report(error)
        if standalone_mode:
            # Nor when the process ends, where the interpreter looks through all there is: 15 ms.
            gc.freeze()
            sys.exit(code or boundary.DONE)
        return code or boundary.DONE


def not_yet(what: str) -> click.Command:
    """A command that the contract names and this version refuses, whatever follows it."""

    def refuse() -> None:
        raise NotYet(what)

    return click.Command(
        what.rpartition(" ")[2],
        callback=refuse,
        hidden=True,
        help=f"{what} is not in this version.",
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )


def _version(ctx: click.Context, _: click.Parameter, value: object) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"corpus {version('article-corpus')}")
        ctx.exit()


@click.command(
    cls=CorpusGroup,
    name="corpus",
    invoke_without_command=True,
    no_args_is_help=False,
    context_settings={"help_option_names": HELP_NAMES},
    epilog="Full reference: docs/commands.md. Exit codes: 0 done, 1 no match (--fail-empty) or "
    "unknown id, 2 usage or query, 3 no corpus, 4 some inputs rejected, 5 damage, 70 our bug, "
    "74 input/output, 75 locked, 130 interrupted.",
)
@everywhere
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Print the version and stop.",
)
@click.pass_context
def main(ctx: click.Context) -> int:
    """A searchable corpus of Korean news articles.

    \b
    Example:
      corpus init archive && cd archive
      corpus ingest ~/articles
      corpus search 네이버 -카카오 --since 2021
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
    return boundary.DONE
