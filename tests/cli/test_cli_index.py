"""`corpus index`"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from corpus.index import writer


def test_a_sound_index_is_current_and_verified(run, built: Path) -> None:
    result = run("--corpus", built, "index", "status")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("current: 14 articles")
    state = json.loads(run("index", "status", "--corpus", built, "--format", "json").out)
    assert (state["format_version"], state["state"]) == (1, "current")
    result = run("index", "--corpus", built, "verify")
    assert result.code == 0
    assert result.out.startswith("sound: 14 articles, 14 revisions, ")
    found = json.loads(run("--corpus", built, "index", "verify", "--format", "json").out)
    assert found["sound"] is True


def test_update_has_nothing_to_do_after_an_ingest(run, archive: Path) -> None:
    assert run("--corpus", archive, "index", "update").out == "0 articles brought in\n"


def test_a_deleted_index_is_empty_and_made_anew(run, archive: Path) -> None:
    shutil.rmtree(archive / "index")
    state = json.loads(run("--corpus", archive, "index", "status", "--format", "json").out)
    assert (state["state"], state["pending"]) == ("empty", 14)
    search = run("--corpus", archive, "search", "연구소")
    assert search.lines[0] == "0 articles"
    assert "pending: 14 articles changed since (corpus index update)" in search.lines
    assert run("--corpus", archive, "index", "update").out == "14 articles brought in\n"
    assert run("--corpus", archive, "search", "연구소").lines[0] == "12 articles; 1-10 shown"


def test_noise_in_the_index_is_5_until_it_is_rebuilt(run, archive: Path) -> None:
    for path in (archive / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x80\x04noise" * 100)
    search = run("--corpus", archive, "search", "연구소")
    assert (search.code, search.out) == (5, "")
    assert "corpus index rebuild" in search.err
    assert run("--corpus", archive, "index", "status").code == 5
    assert run("--corpus", archive, "index", "verify").code == 5
    assert run("--corpus", archive, "index", "rebuild").out == "14 articles indexed\n"
    assert run("--corpus", archive, "index", "verify").code == 0


@pytest.mark.parametrize("command", ["update", "rebuild"])
def test_memory_reaches_the_writer_in_bytes(
    run, archive: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = []
    real = writer.apply

    def watched(*args: object, **options: object) -> object:
        limits.append(options["limits"])
        return real(*args, **options)

    monkeypatch.setattr(writer, "apply", watched)
    shutil.rmtree(archive / "index")
    assert run("--corpus", archive, "index", command, "--memory", "64M").code == 0
    assert [each.memory for each in limits] == [64 << 20]
    shutil.rmtree(archive / "index")
    assert run("--corpus", archive, "index", command).code == 0
    assert limits[1:] == [None]


def test_the_default_that_help_and_manual_name_is_the_writers(run) -> None:
    default = f"{writer.Limits().memory >> 20}M"
    manual = Path(__file__).parents[2] / "docs" / "commands.md"
    assert f"[default: {default}]" in run("index", "rebuild", "--help").out
    assert f"(default {default})" in manual.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("size", "hint"),
    [
        ("63M", "at least 64M"),
        ("64", "at least 64M"),
        ("0", "at least 64M"),
        ("much", "'much' is no size: write 512M, 2G or a number of bytes"),
        ("1.5G", "is no size"),
        ("-2G", "is no size"),
        ("M", "is no size"),
        ("", "is no size"),
        ("²G", "is no size"),
    ],
)
def test_a_size_that_is_none_or_too_small_is_2(run, archive: Path, size: str, hint: str) -> None:
    result = run("--corpus", archive, "index", "rebuild", "--memory", size)
    assert (result.code, result.out) == (2, "")
    assert hint in result.err and "--memory" in result.err


def test_index_alone_lists_its_parts(run) -> None:
    result = run("index", "--help")
    assert result.code == 0
    assert all(name in result.out for name in ("status", "update", "rebuild", "verify"))
    assert "compact" not in result.out


def test_an_unknown_part_is_2(run, built: Path) -> None:
    result = run("--corpus", built, "index", "polish")
    assert result.code == 2
    assert "polish" in result.err


@pytest.mark.parametrize("part", ["status", "update", "rebuild", "verify"])
def test_without_a_corpus_every_part_is_3(run, tmp_path: Path, part: str) -> None:
    assert run("--corpus", tmp_path, "index", part).code == 3
