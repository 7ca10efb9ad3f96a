"""`corpus completion`"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(run, shell: str) -> None:
    result = run("completion", shell)
    assert result.code == 0
    assert "_CORPUS_COMPLETE" in result.out
    assert f"{shell}_complete" in result.out


def test_the_script_is_answered(run) -> None:
    environment = {
        **os.environ,
        "_CORPUS_COMPLETE": "bash_complete",
        "COMP_WORDS": "corpus se",
        "COMP_CWORD": "1",
    }
    command = [sys.executable, "-m", "corpus"]
    result = subprocess.run(command, capture_output=True, env=environment, timeout=60)
    assert result.stdout.decode("utf-8").split() == ["plain,search"]


@pytest.mark.parametrize("args", [[], ["tcsh"]])
def test_an_unknown_shell_is_2(run, args: list[str]) -> None:
    assert run("completion", *args).code == 2
