"""The examples in the helpers of benchmarks/search hold.

In a process of their own: as scripts they import one another by bare names.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks" / "search"


@pytest.mark.parametrize("module", ["draw", "figures", "queries", "records", "segmented"])
def test_examples_of_the_benchmarks_helpers_hold(module: str) -> None:
    command = [sys.executable, "-m", "doctest", f"{module}.py"]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
