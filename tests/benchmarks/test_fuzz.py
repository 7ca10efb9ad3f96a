"""Mutants of sound articles give articles or refusals, and the run that tries many tells both.

In a process of their own: as scripts they import one another by bare names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "benchmarks" / "fuzz"
# Another seed: CORPUS_FUZZ_SEED=7 pytest tests/benchmarks/test_fuzz.py
SEED = os.environ.get("CORPUS_FUZZ_SEED", "20261126")


def test_some_hundred_mutants_give_articles_or_refusals(tmp_path: Path) -> None:
    out = tmp_path / "fuzz.json"
    command = [sys.executable, FOLDER / "run.py", "--inputs", "400", "--seed", SEED, "--out", out]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["failures"] == [], f"seed {SEED}"
    assert done.returncode == 0
    assert report["inputs"] == report["articles"] + report["rejected"] == 400
    assert min(report["articles"], report["rejected"]) > 20


def test_a_crash_a_hold_up_a_death_and_too_much_memory_are_told_and_the_rest_is_run() -> None:
    script = """
        import json, os, signal
        import run

        def judge(sound, seed, number):
            if number == 3:
                raise ZeroDivisionError("three")
            if number == 5:
                while True:
                    pass
            if number == 7:
                os.kill(os.getpid(), signal.SIGSEGV)
            if number == 9:
                bytearray(4 << 30)
            return "refused"

        run.judge = judge
        total = run.fuzz([b"x"], seed=1, inputs=12, seconds=0.5)
        print("inputs", total.inputs)
        print(json.dumps(sorted(total.failures)))
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=True)
    told = dict(json.loads(done.stdout.splitlines()[-1]))
    assert told.keys() == {3, 5, 7, 9}
    assert "inputs 12" in done.stdout
    assert told[3].startswith("ZeroDivisionError: three")
    assert told[5] == "over 0.5 s"
    assert told[7] == "died (-11)"
    assert told[9].startswith("MemoryError")


def test_an_input_is_named_by_its_seed_and_number() -> None:
    script = """
        from mutate import mutant, originals
        sound = originals()
        assert len(sound) > 50
        assert mutant(sound, 1, 5) == mutant(sound, 1, 5)
        assert mutant(sound, 1, 5) != mutant(sound, 1, 6)
        assert len({mutant(sound, 1, number)[0] for number in range(100)}) > 90
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    subprocess.run(command, cwd=FOLDER, check=True)
