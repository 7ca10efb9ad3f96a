"""Does the README tell the truth? Its commands are run and their output compared.

Blocks fenced as `console` hold commands after "$ " and what each prints, blocks fenced as
`python` are run too (as doctests where they have prompts). All blocks of one file share one
folder, in order, as a reader would type them. A line "..." stands for any lines, "..." in a
line for any characters: seconds and the like. Blocks fenced as `sh` set things up and are
held against a list, since a test cannot clone or install what it is part of.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.ko.md")
FENCE = re.compile(
    r"^(?P<fence>```+)(?P<kind>[\w-]*)[^\n]*\n(?P<text>.*?)^(?P=fence)$", re.M | re.S
)
# Nothing in these kinds is a command, so nothing in them can be wrong without a reader seeing it.
SHOWN = {"text", "toml", "json", "bibtex"}
SETUP = re.compile(
    r"git clone \S+( \S+)?|cd \S+|make( (demo|test|lint))+|(python3? -m )?pip install \S.*|#.*|"
)


@dataclass(frozen=True)
class Block:
    """One fenced block: where it begins in its file (from 1), what it is, what it holds."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True)
class Step:
    """One command and the output that is shown below it."""

    line: int
    command: str
    shown: str


def blocks(text: str) -> list[Block]:
    return [
        Block(text.count("\n", 0, found.start()) + 1, found["kind"], found["text"])
        for found in FENCE.finditer(text)
    ]


def steps(block: Block) -> Iterator[Step]:
    """The commands of a console block; a backslash at the end of a line continues it."""
    commands: list[tuple[int, list[str], list[str]]] = []
    continued = False
    for number, line in enumerate(block.text.splitlines(), block.line + 1):
        if continued:
            commands[-1][1].append(line)
        elif line.startswith("$ "):
            commands.append((number, [line[2:]], []))
        elif commands:
            commands[-1][2].append(line)
        else:
            raise ValueError(f"line {number}: output before any command: {line!r}")
        continued = (continued or line.startswith("$ ")) and line.endswith("\\")
    for number, typed, shown in commands:
        yield Step(number, "\n".join(typed), "".join(f"{line}\n" for line in shown).rstrip("\n"))


def agrees(shown: str, printed: str) -> bool:
    """Whether output is as shown, trailing white space of lines and empty last lines aside."""
    pattern = "".join(
        "(?:.*\n)*" if line == "..." else ".*".join(map(re.escape, line.split("..."))) + "\n"
        for line in trimmed(shown)
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in trimmed(printed))) is not None


def trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


@dataclass(frozen=True)
class Desk:
    """The folder in which one README is followed, with `corpus` and the Makefile at hand."""

    folder: Path

    def lay(self) -> None:
        """Links to what a reader has in the clone; `make` finds an environment already made."""
        for name in ("src", "Makefile", "pyproject.toml"):
            (self.folder / name).symlink_to(ROOT / name)
        environment = self.folder / ".venv"
        environment.mkdir()
        (environment / "bin").symlink_to(Path(sys.executable).parent)
        (environment / ".installed").touch()

    def run(self, command: str) -> tuple[int, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        for name in ("CORPUS_DIR", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "CORPUS_DEBUG"):
            kept.pop(name, None)
        search = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")])
        kept |= {"PATH": search, "COLUMNS": "80", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=kept,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout


def follow_console(desk: Desk, block: Block) -> Iterator[str]:
    for step in steps(block):
        code, printed = desk.run(step.command)
        if not agrees(step.shown, printed):
            yield f"line {step.line}: $ {step.command}\nshown:\n{step.shown}\nprinted:\n{printed}"
        elif code and "corpus: " not in step.shown:
            yield f"line {step.line}: $ {step.command}\nends with exit code {code}"


def follow_python(desk: Desk, block: Block) -> Iterator[str]:
    if ">>>" in block.text:
        test = doctest.DocTestParser().get_doctest(block.text, {}, "README", "README", block.line)
        report: list[str] = []
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
        if report:
            yield "".join(report)
    else:
        script = desk.folder / ".block.py"
        script.write_text(block.text, encoding="utf-8")
        code, printed = desk.run("python .block.py")
        if code:
            yield f"line {block.line}: the Python block fails:\n{printed}"


@pytest.mark.parametrize("name", READMES)
def test_commands_and_scripts_do_what_the_readme_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    desk.lay()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CORPUS_DIR", raising=False)
    found = blocks((ROOT / name).read_text(encoding="utf-8"))
    wrong: list[str] = []
    for block in found:
        if block.kind == "console":
            wrong += follow_console(desk, block)
        elif block.kind == "python":
            wrong += follow_python(desk, block)
    assert not wrong, f"{name}\n" + "\n\n".join(wrong)
    assert any(block.kind == "console" for block in found)


@pytest.mark.parametrize("name", READMES)
def test_no_command_of_the_readme_escapes_being_run(name: str) -> None:
    for block in blocks((ROOT / name).read_text(encoding="utf-8")):
        if block.kind == "sh":
            for line in block.text.splitlines():
                command = re.sub(r"\s+#.*", "", line.strip())
                assert SETUP.fullmatch(command), f"{name}:{block.line}: {line}"
        elif block.kind in SHOWN:
            assert not re.search(r"^(\$ |>>> )", block.text, re.M), f"{name}:{block.line}"
        else:
            assert block.kind in {"console", "python"}, f"{name}:{block.line}: {block.kind!r}"


# -- the harness itself ----------------------------------------------------------------------


def test_output_that_differs_by_one_character_is_noticed() -> None:
    assert agrees("2 articles\n", "2 articles")
    assert not agrees("2 articles", "3 articles")
    assert not agrees("2 articles", "2 articles\nmore")
    assert agrees("first\n...\nlast", "first\na\nb\nlast")
    assert agrees("first\n...\nlast", "first\nlast")
    assert agrees("done in ... s", "done in 0.4 s")
    assert not agrees("done in ... s", "done in\n0.4 s")
    assert not agrees("a.b", "aXb")


def test_commands_are_cut_from_their_output_and_may_go_on_over_lines() -> None:
    text = "Text\n\n```console\n$ echo a\na\n$ echo b \\\n  c\nb c\n```\n\n```text\n$5\n```\n"
    console, shown = blocks(text)
    assert (console.line, console.kind, shown.kind) == (3, "console", "text")
    assert list(steps(console)) == [
        Step(4, "echo a", "a"),
        Step(6, "echo b \\\n  c", "b c"),
    ]


def test_commands_share_a_folder_and_failures_are_reported(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.lay()
    good = Block(1, "console", "$ echo 가 > a\n$ cat a\n가\n")
    bad = Block(9, "console", "$ cat a\n나\n$ exit 3\n")
    assert list(follow_console(desk, good)) == []
    assert [line.split("\n")[0] for line in follow_console(desk, bad)] == [
        "line 10: $ cat a",
        "line 12: $ exit 3",
    ]
    assert list(follow_python(desk, Block(1, "python", "print('fine')\n"))) == []
    assert len(list(follow_python(desk, Block(1, "python", "raise ValueError\n")))) == 1
    assert len(list(follow_python(desk, Block(1, "python", ">>> 1 + 1\n3\n")))) == 1
