"""Which corpus is opened, by whom, and what is said where it cannot be."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import corpus
from corpus.article import Article


def test_a_new_corpus_is_empty_and_can_be_searched(tmp_path: Path) -> None:
    with corpus.create(tmp_path / "a" / "b") as c:
        assert (len(c), list(c), c.search("네이버").total, c.count().total) == (0, [], 0, 0)
        assert c.verify().problems == ()
    assert {each.name for each in (tmp_path / "a" / "b").iterdir()} >= {
        "corpus.toml",
        "articles.db",
    }


def test_an_empty_corpus_is_read_without_an_index(tmp_path: Path) -> None:
    corpus.create(tmp_path / "a").close()
    with corpus.open(tmp_path / "a") as c:
        assert (c.search("네이버").total, c.index_status().state) == (0, "empty")


def test_creating_over_a_corpus_is_refused_and_changes_nothing(folder: Path) -> None:
    settings = (folder / "corpus.toml").read_bytes()
    with pytest.raises(corpus.CorpusError, match="is a corpus already"):
        corpus.create(folder)
    with corpus.open(folder) as c:
        assert len(c) == 3
    assert (folder / "corpus.toml").read_bytes() == settings


def test_files_beside_are_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    corpus.create(tmp_path).close()
    assert (tmp_path / "notes.txt").exists()


def test_a_corpus_that_lost_its_settings_is_taken_up_again(folder: Path) -> None:
    (folder / "corpus.toml").unlink()
    with pytest.raises(corpus.CorpusNotFound):
        corpus.open(folder)
    with corpus.create(folder) as c:
        assert len(c) == 3


def test_without_a_path_the_environment_counts_then_the_folders_above(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = folder / "x" / "y"
    deep.mkdir(parents=True)
    monkeypatch.delenv("CORPUS_DIR", raising=False)
    monkeypatch.chdir(deep)
    with corpus.open() as c:
        assert c.path == folder
    corpus.create(tmp_path / "other").close()
    monkeypatch.setenv("CORPUS_DIR", str(tmp_path / "other"))
    with corpus.open() as c:
        assert c.path == tmp_path / "other"


def test_no_corpus_says_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORPUS_DIR", raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(corpus.CorpusNotFound, match="corpus init"):
        corpus.open()
    with pytest.raises(corpus.CorpusNotFound, match=r"corpus init .*nowhere"):
        corpus.open(tmp_path / "nowhere")


def test_a_named_folder_inside_a_corpus_is_not_taken_for_it(folder: Path) -> None:
    (folder / "sub").mkdir()
    with pytest.raises(corpus.CorpusNotFound):
        corpus.open(folder / "sub")


def test_a_corpus_from_the_future_is_refused_by_name(folder: Path) -> None:
    with sqlite3.connect(folder / "articles.db") as connection:
        connection.execute("PRAGMA user_version = 7")
    connection.close()
    for mode in ("r", "w"):
        with pytest.raises(corpus.CorpusTooNew, match="format 7, this program reads formats up to"):
            corpus.open(folder, mode=mode)


@pytest.mark.parametrize("content", [b"", b"noise" * 1000, None])
def test_a_store_that_is_none_is_damage_that_says_what_to_do(
    folder: Path, content: bytes | None
) -> None:
    if content is None:
        (folder / "articles.db").unlink()
    else:
        (folder / "articles.db").write_bytes(content)
    for mode in ("r", "w"):
        with pytest.raises(corpus.CorpusDamaged, match="restore it") as caught:
            corpus.open(folder, mode=mode)
        assert caught.value.path == folder / "articles.db"


def test_a_store_of_something_else_is_not_touched(folder: Path) -> None:
    (folder / "articles.db").unlink()
    with sqlite3.connect(folder / "articles.db") as connection:
        connection.execute("CREATE TABLE articles (x)")
    connection.close()
    with pytest.raises(corpus.CorpusDamaged, match="not the store of a corpus"):
        corpus.open(folder, mode="w")


def test_a_store_with_torn_pages_is_damage(folder: Path) -> None:
    path = folder / "articles.db"
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(corpus.CorpusDamaged, match="restore it"), corpus.open(folder) as c:
        list(c.export())


def test_settings_that_are_not_toml_are_named(folder: Path) -> None:
    (folder / "corpus.toml").write_text("[store\n", encoding="utf-8")
    with pytest.raises(corpus.CorpusDamaged, match=r"corpus\.toml: not a TOML file"):
        corpus.open(folder)
    (folder / "corpus.toml").write_text("[store]\nkeep_originals = 7\n", encoding="utf-8")
    with pytest.raises(corpus.CorpusDamaged, match="must be true or false"):
        corpus.open(folder)


def test_originals_can_be_switched_off(folder: Path, write: Callable[..., Path]) -> None:
    (folder / "corpus.toml").write_text("[store]\nkeep_originals = false\n", encoding="utf-8")
    with corpus.open(folder, mode="w") as w:
        w.ingest(write(Article(id="a", title="제목")))
        with pytest.raises(corpus.CorpusError, match="not kept"):
            w.original("a")
        assert w.original("techm-0001")
        assert w.verify().problems == ()


def test_a_second_writer_waits_then_is_told_and_readers_never_wait(folder: Path) -> None:
    with corpus.open(folder, mode="w"):
        started = time.monotonic()
        with pytest.raises(corpus.CorpusLocked, match="another process"):
            corpus.open(folder, mode="w", wait=0.3)
        assert 0.25 < time.monotonic() - started < 5
        with corpus.open(folder) as reader:
            assert reader.search("네이버").total == 3


def test_a_second_writer_gets_in_when_the_first_has_finished(folder: Path) -> None:
    first = corpus.open(folder, mode="w")
    timer = threading.Timer(0.3, first._lock.release if first._lock else lambda: None)
    timer.start()
    try:
        with corpus.open(folder, mode="w", wait=10) as second:
            assert second.mode == "w"
    finally:
        timer.join()
        first._lock = None
        first.close()


def test_a_writer_that_fails_to_open_leaves_no_lock(folder: Path) -> None:
    good = (folder / "corpus.toml").read_bytes()
    (folder / "corpus.toml").write_text("[", encoding="utf-8")
    with pytest.raises(corpus.CorpusDamaged):
        corpus.open(folder, mode="w")
    (folder / "corpus.toml").write_bytes(good)
    corpus.open(folder, mode="w", wait=0).close()


def test_a_reader_sees_what_a_writer_commits(folder: Path, write: Callable[..., Path]) -> None:
    with corpus.open(folder) as c, corpus.open(folder, mode="w") as w:
        assert c.search("네이버").pending == 0
        w.ingest(write(Article(id="newer1", title="새 네이버 기사")))
        hits = c.search("네이버")
        assert (hits.total, hits.pending, len(c)) == (3, 1, 4)
        with corpus.open(folder) as fresh:
            assert (fresh.search("네이버").total, fresh.search("네이버").pending) == (4, 0)


def test_a_mode_that_is_none_is_a_value_error(folder: Path) -> None:
    with pytest.raises(ValueError, match="mode must be"):
        corpus.open(folder, mode="a")  # type: ignore[arg-type]  # what is tested


@pytest.fixture
def locked_folder(folder: Path) -> Iterator[Path]:
    """A copy of the corpus that everybody may read and nobody may write."""
    with tempfile.TemporaryDirectory() as outer:
        Path(outer).chmod(0o755)
        copy = shutil.copytree(folder, Path(outer) / "archive")
        (copy / "writer.lock").unlink()
        paths = (copy, *copy.rglob("*"))
        for path in paths:
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield copy
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_reading_works_where_nobody_may_write(folder: Path, locked_folder: Path) -> None:
    with corpus.open(folder) as c:  # loads what the child could not load as another user
        whole = c.search("네이버").total
    child = os.fork()
    if not child:
        status = 1
        try:
            if os.getuid() == 0:  # permissions mean nothing to root
                os.setuid(65534)
            with corpus.open(locked_folder) as c:
                hits = c.search("네이버")
                found = (hits.total, hits.pending, len(list(c)), len(hits[0].snippets))
                status = 0 if found == (whole, 0, 3, 1) else 2
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    names = {path.name for path in locked_folder.iterdir()}
    assert names == {"articles.db", "corpus.toml", "index"}
