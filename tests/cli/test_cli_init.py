"""`corpus init`"""

from __future__ import annotations

from pathlib import Path

import pytest


def test_init_makes_a_corpus_and_prints_its_path(run, tmp_path: Path) -> None:
    result = run("init", tmp_path / "archive")
    assert (result.code, result.out) == (0, f"{tmp_path / 'archive'}\n")
    assert (tmp_path / "archive" / "corpus.toml").is_file()
    assert "ingest SOURCE..." in result.err


def test_init_without_a_folder_takes_this_one(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    monkeypatch.chdir(tmp_path)
    assert run("init").code == 0
    assert (tmp_path / "corpus.toml").is_file()
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert run("count").lines[0] == "0 articles"


def test_init_takes_the_folder_of_the_option_and_the_environment(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("--corpus", tmp_path / "a", "init").code == 0
    monkeypatch.setenv("CORPUS_DIR", str(tmp_path / "b"))
    assert run("init").code == 0
    assert (tmp_path / "a" / "corpus.toml").is_file()
    assert (tmp_path / "b" / "corpus.toml").is_file()


def test_init_refuses_an_existing_corpus_and_leaves_it(run, archive: Path) -> None:
    result = run("init", archive)
    assert (result.code, result.out) == (2, "")
    assert run("--corpus", archive, "count").lines[0] == "14 articles"


def test_init_where_nothing_can_be_written_is_74(run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("init", tmp_path / "file" / "archive")
    assert result.code == 74
    assert "Traceback" not in result.err
