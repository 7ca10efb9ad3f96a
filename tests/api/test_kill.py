"""SIGKILL at any moment of an ingest: nothing is lost, and the next writer completes it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from finished_records import read
from ingest_child import BATCH

import corpus
from corpus import ingesting
from corpus.article import Article
from corpus.ingest import sources

# More of them: CORPUS_KILLS=500 pytest tests/api/test_kill.py
KILLS = int(os.environ.get("CORPUS_KILLS", "12"))
CHILD = Path(__file__).with_name("ingest_child.py")


def _article(number: int, body: str = "") -> Article:
    return Article(
        id=f"article-{number:04}",
        title=f"네이버 소식 {number}",
        body=body or f"인공지능 이야기 {number}번째다.\n" * 5,
    )


@pytest.fixture(scope="module", autouse=True)
def _reader() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "read", read)
        patch.setattr(ingesting, "BATCH_ARTICLES", BATCH)
        yield


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus with a past: sixty articles, one of them deleted."""
    folder = tmp_path_factory.mktemp("before")
    source = folder / "old.jsonl"
    source.write_bytes(b"\n".join(_article(number).to_json() for number in range(60)))
    with corpus.create(folder / "archive") as c:
        c.ingest(source)
        c.delete("article-0003", reason="시험")
    return folder / "archive"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An input that adds, revises, repeats, collides, and holds a broken line."""
    articles = [_article(number) for number in range(40, 160)]
    articles += [_article(number, body="고친 본문이다.") for number in range(20)]
    articles += [_article(number, body="또 다른 본문이다.") for number in (1, 150)]
    articles += [Article(title=f"제목 {n}", url="https://a.kr/1") for n in range(5)]
    lines = [article.to_json() for article in articles]
    lines.insert(70, b"{broken")
    path = tmp_path_factory.mktemp("source") / "in.jsonl"
    path.write_bytes(b"\n".join(lines))
    return path


def _state(folder: Path) -> dict[str, Any]:
    with corpus.open(folder) as c:
        found = {}
        for name in c:
            revisions = [each.to_dict() for each in c.revisions(name)]
            for each in revisions:
                del each["first_seen"]
            originals = [c.original(name, each["revision"]) for each in revisions]
            found[name] = (c[name].revision, revisions, originals)
        hits = c.search("네이버", limit=None, sort="newest")
        return {
            "articles": found,
            "order": list(c),
            "hits": [(hit.id, hit.revision, hit.matches) for hit in hits],
            "pending": hits.pending,
            "problems": c.verify().problems,
            "seq": c.status().seq,
        }


@pytest.fixture(scope="module")
def whole(before: Path, source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The state after an ingest that nobody killed."""
    folder = shutil.copytree(before, tmp_path_factory.mktemp("whole") / "archive")
    with corpus.open(folder, mode="w") as c:
        report = c.ingest(source)
    assert (report.added, report.revised, len(report.rejected)) == (105, 19, 3)
    state = _state(folder)
    assert (state["pending"], state["problems"], len(state["order"])) == (0, (), 164)
    return state


def _readable_then_completed(folder: Path, source: Path, whole: dict[str, Any]) -> None:
    with corpus.open(folder) as c:
        hits = c.search("네이버", limit=None)
        assert hits.pending == c.index_status().pending
        for hit in hits:
            assert "네이버" in hit.article.title
        assert 59 <= len(c) <= 164
        assert c.verify().problems == ()
        for name in c:
            assert c.original(name) and c[name].id == name
    with corpus.open(folder, mode="w") as c:
        c.ingest(source)
    assert _state(folder) == whole


POINTS = [
    *((f"{when} {place}", 1) for when in ("before", "after") for place in ("start", "finish")),
    *((f"{when} commit", n) for when in ("before", "after") for n in (1, 2, 5, 8)),
    ("before write", 2),
    ("after write", 3),
    ("before index", 1),
    ("at change", 1),
    ("at change", 60),
    ("after index", 1),
]


@pytest.mark.parametrize(("point", "number"), POINTS)
def test_an_ingest_killed_at_any_point_resumes_to_the_same_corpus(
    point: str, number: int, before: Path, source: Path, whole: dict[str, Any], tmp_path: Path
) -> None:
    folder = shutil.copytree(before, tmp_path / "archive")
    command = [sys.executable, CHILD, folder, source, point, str(number)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr.decode()
    _readable_then_completed(folder, source, whole)


def test_an_ingest_killed_at_random_moments_resumes_to_the_same_corpus(
    before: Path, source: Path, whole: dict[str, Any], tmp_path: Path
) -> None:
    seed = int(os.environ.get("CORPUS_KILL_SEED", time.time_ns()))
    print(f"CORPUS_KILL_SEED={seed}")
    choose = random.Random(seed)
    seconds = 0.0
    for kill in range(KILLS + 1):
        folder = shutil.copytree(before, tmp_path / f"archive{kill}")
        command = [sys.executable, CHILD, folder, source]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            if kill == 0:  # the first one tells how long it takes
                seconds = float(child.stdout.readline())
                continue
            time.sleep(choose.uniform(0, seconds * 1.1))
            child.kill()
        _readable_then_completed(folder, source, whole)
        shutil.rmtree(folder)


def test_ctrl_c_in_a_process_leaves_a_usable_corpus(
    before: Path, source: Path, whole: dict[str, Any], tmp_path: Path
) -> None:
    import signal

    folder = shutil.copytree(before, tmp_path / "archive")
    command = [sys.executable, CHILD, folder, source]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.03)
        child.send_signal(signal.SIGINT)
        child.communicate()
    _readable_then_completed(folder, source, whole)
