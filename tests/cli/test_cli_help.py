"""Is every command and every option explained, in --help and in docs/commands.md?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from corpus.cli import main
from corpus.cli.group import COMMANDS, NOT_YET

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command that people see, with its full name."""
    ctx = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(ctx, name)
        assert command is not None
        yield f"corpus {name}", command
        if isinstance(command, click.Group):
            for part in command.list_commands(ctx):
                inner = command.get_command(ctx, part)
                assert inner is not None
                if not inner.hidden:
                    yield f"corpus {name} {part}", inner


ALL = list(commands())
IDS = [name for name, _ in ALL]


def section(name: str) -> str:
    """What docs/commands.md says under the heading of a command."""
    parts = re.split(r"^## (.+)$", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True)).get(name, "")


@pytest.mark.parametrize(("name", "command"), ALL, ids=IDS)
def test_every_command_has_help_with_an_example(name: str, command: click.Command) -> None:
    assert command.help, name
    assert "Example:" in command.help
    assert name in command.help


@pytest.mark.parametrize(("name", "command"), ALL, ids=IDS)
def test_every_option_has_help(name: str, command: click.Command) -> None:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


@pytest.mark.parametrize(("name", "command"), ALL, ids=IDS)
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    text = section(name)
    assert text.strip(), f"{DOCS.name} has no section {name}"
    everywhere = section("Options of every command")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            for option in parameter.opts:
                assert f"`{option}" in text + everywhere, f"{name} {option}"
            if isinstance(parameter.type, click.Choice) and "--color" not in parameter.opts:
                shared = section("Queries and filters")
                choices = "\\|".join(parameter.type.choices)
                assert choices in text + shared, f"{name} {parameter.opts}: {choices}"


@pytest.mark.parametrize(("name", "command"), ALL, ids=IDS)
def test_there_are_no_short_options(name: str, command: click.Command) -> None:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert all(option.startswith("--") for option in parameter.opts), name


def test_every_promised_command_is_documented_as_not_in_this_version() -> None:
    text = section("Not in this version")
    assert all(name in text for name in NOT_YET)


def test_help_of_the_program_lists_every_command(run) -> None:
    result = run("--help")
    assert result.code == 0
    assert all(f"\n  {name} " in result.out for name in COMMANDS)
    assert "..." not in result.out.split("Commands:")[1], "a short help is cut off"
    assert run().out == result.out


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_answers_help(run, flag: str) -> None:
    for name in IDS:
        result = run(*name.split()[1:], flag)
        assert (result.code, result.err) == (0, "")
        assert result.out.startswith(f"Usage: {name}")


def test_version_is_that_of_the_distribution(run) -> None:
    from importlib.metadata import version

    assert run("--version").out == f"corpus {version('article-corpus')}\n"
