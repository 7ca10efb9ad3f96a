"""Does a command load only what it needs? A search must not wait for an HTML parser."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"bs4", "lxml", "rich", "pandas", "corpus.ingest.page", "importlib.metadata"}
# Small, but a search from cold waits for each: one to three milliseconds.
# Whoosh is not small: 60 milliseconds.
NEEDLESS = {"whoosh", "csv", "difflib", "secrets", "tomllib", "traceback", "corpus.store_writer"}


def loaded(*args: str | Path) -> set[str]:
    """The modules that one command line has imported when it ends.

    Not by `-X importtime`, which is silent about what importlib.import_module loads.
    """
    program = (
        "import sys\n"
        "from corpus.cli import main\n"
        "code = main.main(sys.argv[1:], standalone_mode=False)\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    command = [sys.executable, "-c", program, *(str(arg) for arg in args)]
    result = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return set(result.stderr.decode("utf-8").splitlines())


def test_help_loads_no_parser_and_no_engine() -> None:
    modules = loaded("--help")
    assert "corpus.cli.group" in modules
    assert not modules & (HEAVY | NEEDLESS | {"numpy", "whoosh", "msgspec", "sqlite3", "json"})


@pytest.mark.parametrize(
    "args", [["search", "연구소"], ["search", "연구소", "--format", "json"], ["count"], ["status"]]
)
def test_reading_loads_no_parser_and_no_table_drawer(built: Path, args: list[str]) -> None:
    modules = loaded("--corpus", built, *args)
    assert "corpus.archive" in modules
    assert not modules & (HEAVY | NEEDLESS)
