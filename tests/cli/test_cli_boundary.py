"""Does every error become one message and the exit code that the contract names?"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import corpus
from corpus import errors
from corpus.cli.group import NOT_YET

PLACE = Path("/archive")

ERRORS = [
    (errors.CorpusNotFound(PLACE), 3, "make one with: corpus init /archive"),
    (errors.CorpusTooNew(PLACE, 9, 1), 3, "install a newer article-corpus"),
    (errors.CorpusLocked(PLACE, 10.0), 75, "try again"),
    (errors.CorpusDamaged(PLACE, "run: corpus index rebuild"), 5, "corpus index rebuild"),
    (errors.ArticleNotFound("abc", "near: abd"), 1, "near: abd"),
    (errors.ArticleRejected("a.html", 3, "empty file"), 4, "a.html:3: empty file"),
    (errors.NotYet("corpus kwic"), 2, "not in this version"),
    (errors.CorpusError("there is a corpus already"), 2, "already"),
    (PermissionError(13, "Permission denied", "articles.db"), 74, "articles.db: Permission denied"),
    (ZeroDivisionError("division by zero"), 70, "bug of ours"),
    (KeyboardInterrupt(), 130, "the corpus stays usable"),
    (BrokenPipeError(), 0, ""),
]


def fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(corpus, "open", broken)


@pytest.mark.parametrize(
    ("error", "code", "message"), ERRORS, ids=[type(error).__name__ for error, *_ in ERRORS]
)
def test_an_error_has_its_exit_code_and_no_traceback(
    run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, message: str
) -> None:
    fail_with(monkeypatch, error)
    result = run("search", "연구소")
    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert "Traceback" not in result.err
    if message:
        assert result.err.lstrip("\n").startswith("corpus: ")


@pytest.mark.parametrize(
    ("name", "code"),
    [("SQLITE_FULL", 74), ("SQLITE_IOERR_WRITE", 74), ("SQLITE_BUSY", 75), ("SQLITE_CORRUPT", 5)],
)
def test_what_sqlite_meets_is_no_bug_of_ours(
    run, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = name
    fail_with(monkeypatch, error)
    result = run("status")
    assert result.code == code
    assert result.err.startswith("corpus: articles.db: database or disk is full")


def test_the_traceback_is_there_when_asked_for(run, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, ZeroDivisionError("division by zero"))
    monkeypatch.setenv("CORPUS_DEBUG", "1")
    result = run("status")
    assert result.code == 70
    assert "Traceback" in result.err


def test_a_query_error_points_at_its_place(run, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, errors.QueryError("한국 date:2021-13", 8, "there is no month 13"))
    result = run("search", "한국", "date:2021-13")
    assert result.code == 2
    assert result.err.splitlines() == [
        "corpus: there is no month 13 (at character 9)",
        "  한국 date:2021-13",
        # Two Hangul syllables take four columns.
        "  " + " " * 10 + "^",
    ]


def test_an_error_in_an_option_points_nowhere(run, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, errors.QueryError("한국", None, "no publisher 한국"))
    assert run("search", "한국").err == "corpus: no publisher 한국\n"


def test_a_damaged_corpus_error_in_the_middle_of_output_keeps_its_code(
    run, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Torn:
        def __enter__(self):
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def export(self, *_: object, **__: object):
            yield corpus.Article(id="a", title="첫 기사")
            raise errors.CorpusDamaged(PLACE, "a page is torn")

    monkeypatch.setattr(corpus, "open", lambda *_, **__: Torn())
    result = run("export")
    assert result.code == 5
    assert '"id": "a"' in result.out


@pytest.mark.parametrize("name", NOT_YET)
def test_a_command_of_a_later_version_is_refused_whatever_follows(run, name: str) -> None:
    result = run(name, "연구소", "--by", "year", "-카카오")
    assert (result.code, result.out) == (2, "")
    assert result.err == f"corpus: corpus {name} is not in this version\n"


def test_index_compact_is_refused(run) -> None:
    result = run("index", "compact")
    assert (result.code, result.err) == (2, "corpus: corpus index compact is not in this version\n")


def test_an_unknown_command_names_near_ones(run) -> None:
    result = run("serach", "x")
    assert result.code == 2
    assert "did you mean search" in result.err
    assert "try: corpus --help" in result.err


def test_an_unknown_option_is_a_usage_error_and_not_a_word(run) -> None:
    result = run("search", "연구소", "--sinse", "2021")
    assert result.code == 2
    assert "--sinse" in result.err
    assert "try: corpus search --help" in result.err


def test_no_corpus_is_3_with_the_line_that_makes_one(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("search", "연구소")
    assert (result.code, result.out) == (3, "")
    assert "corpus init" in result.err


def test_a_corpus_is_found_by_option_then_environment_then_upwards(
    run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before, after = run("--corpus", built, "count"), run("count", "--corpus", built)
    assert before.out == after.out == "14 articles\nread as: all articles\n"
    # The later --corpus holds.
    assert run("--corpus", tmp_path / "none", "count", "--corpus", built).out == before.out
    monkeypatch.setenv("CORPUS_DIR", str(built))
    assert run("count").out == before.out
    assert run("count", "--corpus", tmp_path / "none").code == 3
    monkeypatch.delenv("CORPUS_DIR")
    monkeypatch.chdir(built / "index")
    assert run("count").out == before.out


def test_a_closed_pipe_is_silent_and_exits_0(built: Path) -> None:
    command = [sys.executable, "-m", "corpus", "--corpus", str(built), "export"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors_said = process.stderr.read()
    assert process.wait(timeout=60) == 0
    assert errors_said == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_74() -> None:
    command = [sys.executable, "-m", "corpus", "--help"]
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert result.returncode == 74
    assert b"No space left on device" in result.stderr
    assert b"Traceback" not in result.stderr


def test_ctrl_c_is_130_and_the_corpus_stays_usable(archive: Path, shell) -> None:
    command = [sys.executable, "-m", "corpus", "--corpus", str(archive), "ingest", "-"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    lock = archive / "writer.lock"
    deadline = time.monotonic() + 30
    # Standard input stays open: the ingest waits for more until it is interrupted.
    while process.poll() is None and not lock.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    # A busy machine may still be importing, and an import written in C may swallow the signal.
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.5)
        os.kill(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"the corpus stays usable" in said
    assert b"Traceback" not in said
    assert shell("--corpus", archive, "index", "verify").returncode == 0


def test_a_second_writer_is_75(archive: Path, run, monkeypatch: pytest.MonkeyPatch) -> None:
    really = corpus.open
    monkeypatch.setattr(corpus, "open", lambda path, mode="r": really(path, mode, wait=0.1))
    with really(archive, "w"):
        result = run("--corpus", archive, "index", "update")
        assert run("--corpus", archive, "count").code == 0
    assert result.code == 75
    assert "try again" in result.err


def test_output_is_utf_8_whatever_the_locale(built: Path) -> None:
    command = [sys.executable, "-m", "corpus", "--corpus", str(built), "search", "연구소"]
    environment = {**os.environ, "PYTHONIOENCODING": "euc-kr", "PYTHONUTF8": "0"}
    result = subprocess.run(command, capture_output=True, env=environment, timeout=60)
    assert "연구소" in result.stdout.decode("utf-8")
