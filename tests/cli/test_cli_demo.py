"""`corpus demo`"""

from __future__ import annotations

from pathlib import Path

from corpus.cli.commands.demo import STEPS


def test_the_demo_finds_something_at_every_step(run, tmp_path: Path) -> None:
    result = run("demo", "--corpus", tmp_path / "demo")
    assert (result.code, result.err.count("corpus: ")) == (0, 0)
    assert result.out.count("\n$ corpus ") == len(STEPS) + 3
    assert "\n0 articles" not in result.out
    assert "nothing was taken out" not in result.out
    assert str(tmp_path / "demo") in result.lines[-1]
    assert run("--corpus", tmp_path / "demo", "index", "verify").code == 0


def test_the_demo_leaves_nothing_behind(run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = run("demo")
    assert result.code == 0
    assert list(tmp_path.iterdir()) == []
    assert str(tmp_path) not in result.out


def test_the_demo_does_not_touch_an_existing_corpus(run, archive: Path) -> None:
    assert run("demo", "--corpus", archive).code == 2
    assert run("--corpus", archive, "count").out.startswith("14 articles")
