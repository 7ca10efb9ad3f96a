"""`corpus completion`: the script that teaches a shell our commands and options."""

from __future__ import annotations

import click

from corpus.cli.options import corpus_command


@corpus_command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script for a shell.

    \b
    Example:
      corpus completion bash >> ~/.bashrc
      corpus completion zsh >> ~/.zshrc
      corpus completion fish > ~/.config/fish/completions/corpus.fish
    """
    from click.shell_completion import get_completion_class

    from corpus.cli.group import main

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}")
    click.echo(kind(main, {}, "corpus", "_CORPUS_COMPLETE").source())
