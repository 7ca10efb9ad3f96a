"""The index follows the store, and whatever happens to it, the store makes it anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import corpus
from corpus.article import Article
from corpus.index import arrays
from corpus.index.engine import WhooshIndex
from corpus.index.protocol import Change
from corpus.store import Store


def _lost(folder: Path) -> None:
    shutil.rmtree(folder / "index")


def _truncated(folder: Path) -> None:
    for path in (folder / "index").iterdir():
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _noise(folder: Path) -> None:
    for path in (folder / "index").iterdir():
        path.write_bytes(bytes(range(256)) * (path.stat().st_size // 256 + 1))


def _foreign(folder: Path) -> None:
    with corpus.create(folder.parent / "other") as c:
        source = folder.parent / "other.jsonl"
        source.write_bytes(Article(id="other1", title="남의 기사").to_json())
        c.ingest(source)
    _lost(folder)
    shutil.copytree(folder.parent / "other" / "index", folder / "index")


def _ahead(folder: Path) -> None:
    backup = (folder / "articles.db").read_bytes()
    source = folder.parent / "later.jsonl"
    source.write_bytes(Article(id="later1", title="나중 기사").to_json())
    with corpus.open(folder, mode="w") as w:
        w.ingest(source)
    (folder / "articles.db").write_bytes(backup)


def _older(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as before, corpus.open(folder, mode="w") as w:
        before.setattr(arrays, "FORMAT", arrays.FORMAT - 1)
        w.rebuild_index()


UNTRUSTED = [_truncated, _noise, _foreign, _ahead, _older]


@pytest.mark.parametrize("harm", UNTRUSTED)
def test_a_reader_refuses_an_index_that_cannot_be_trusted(
    folder: Path, harm: Callable[[Path], None]
) -> None:
    harm(folder)
    with corpus.open(folder) as c:
        with pytest.raises(corpus.CorpusDamaged, match="corpus index rebuild"):
            c.search("네이버")
        assert (len(c), c["jeonbu"].id) == (3, "jeonbuk-01")
        state = c.index_status()
        assert state.state in ("damaged", "foreign", "ahead")
        assert "corpus index rebuild" in (state.problem or "")
        assert any("corpus index rebuild" in problem for problem in c.verify().problems)


@pytest.mark.parametrize("harm", UNTRUSTED)
@pytest.mark.parametrize("mend", ["ingest", "search", "update_index", "rebuild_index"])
def test_a_writer_makes_it_anew_and_says_so(
    folder: Path, harm: Callable[[Path], None], mend: str, write: Callable[..., Path]
) -> None:
    harm(folder)
    with corpus.open(folder, mode="w") as w:
        if mend == "ingest":
            assert "the index was rebuilt" in w.ingest(write()).notices[0]
        elif mend == "search":
            assert w.search("네이버").total == 3
        else:
            assert getattr(w, mend)() == 3
        assert len(w.notices) == (mend != "rebuild_index")
        assert (w.verify().problems, w.search("네이버").total) == ((), 3)
    with corpus.open(folder) as c:
        assert (c.index_status().state, c.search("네이버").total) == ("current", 3)


def test_a_lost_index_is_all_pending_and_comes_back(folder: Path) -> None:
    _lost(folder)
    with corpus.open(folder) as c:
        hits = c.search("네이버")
        assert (hits.total, hits.pending, c.index_status().state) == (0, 3, "empty")
        assert c.verify().problems == ()
    with corpus.open(folder, mode="w") as w:
        assert w.update_index() == 3
        assert w.search("네이버").total == 3
        assert w.update_index() == 0


def test_articles_that_the_index_lacks_are_pending_until_the_next_writer(
    folder: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(WhooshIndex, "apply", killed)
        with pytest.raises(KeyboardInterrupt), corpus.open(folder, mode="w") as w:
            w.ingest(write(Article(id="newer1", title="새 네이버 기사")))
    with corpus.open(folder) as c:
        hits = c.search("네이버")
        assert (hits.total, hits.pending, c.count().pending, len(c)) == (3, 1, 1, 4)
        assert c.index_status().state == "behind"
        assert (c.verify().problems, c.verify().pending) == ((), 1)
        assert c["newer1"].title == "새 네이버 기사"
    with corpus.open(folder, mode="w") as w:
        assert w.search("네이버").total == 4
        assert w.notices == ()


def test_a_deletion_that_the_index_has_not_seen_is_pending(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(WhooshIndex, "apply", killed)
        with pytest.raises(KeyboardInterrupt), corpus.open(folder, mode="w") as w:
            w.delete("techm-0001", reason="시험")
    with corpus.open(folder) as c:
        hits = c.search("하이퍼클로바")
        assert (hits.total, hits.pending) == (1, 1)
        assert hits[0].article.id == "techm-0001"
        assert c.verify().problems == ()
    with corpus.open(folder, mode="w") as w:
        assert w.search("하이퍼클로바").total == 0


def test_a_late_capture_leaves_nothing_pending(
    w: corpus.Corpus, write: Callable[..., Path]
) -> None:
    from datetime import date

    w.ingest(write(Article(id="again1", title="새", captured=date(2021, 2, 1))))
    report = w.ingest(write(Article(id="again1", title="옛", captured=date(2021, 1, 1))))
    assert (report.revised, w["again1"].title) == (1, "새")
    assert (w.index_status().state, w.search("옛").total, w.verify().problems) == ("current", 0, ())


def test_a_rebuild_that_is_killed_leaves_the_old_index_answering(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = Store.changes

    def killed(self: Store, since: int) -> Iterator[Change]:
        yield next(changes(self, since))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "changes", killed)
        with pytest.raises(KeyboardInterrupt), corpus.open(folder, mode="w") as w:
            w.rebuild_index()
    with corpus.open(folder) as c:
        assert (c.search("네이버").total, c.index_status().state) == (3, "current")
        assert c.verify().problems == ()


def test_too_little_memory_is_refused_before_anything_is_done(folder: Path) -> None:
    with corpus.open(folder, mode="w") as w:
        for call in (
            lambda: w.ingest([], memory=1 << 20),
            lambda: w.update_index(memory=1 << 20),
            lambda: w.rebuild_index(memory=1 << 20),
        ):
            with pytest.raises(ValueError, match="at least 64M"):
                call()
        assert w.index_status().state == "current"
        assert w.rebuild_index(memory=64 << 20) == len(w)
