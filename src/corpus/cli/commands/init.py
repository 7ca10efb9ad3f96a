"""`corpus init`: make a corpus in a folder."""

from __future__ import annotations

import os
from pathlib import Path

import click

from corpus.cli.options import chosen_corpus, corpus_command


@corpus_command("init")
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def command(directory: Path | None) -> None:
    """Make a corpus in DIR.

    Without DIR: in the folder that --corpus or $CORPUS_DIR names, else in this one. The
    folder is made if there is none; other files in it are left alone.

    \b
    Example:
      corpus init archive
    """
    import corpus

    path = directory or chosen_corpus() or Path(os.environ.get("CORPUS_DIR") or ".")
    with corpus.create(path) as made:
        click.echo(made.path)
    option = "" if path == Path() else f"--corpus {path} "
    click.echo(f"made a corpus; next: corpus {option}ingest SOURCE...", err=True)
