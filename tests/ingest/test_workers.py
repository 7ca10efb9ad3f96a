"""Several processes: the same results in the same order, and no page harms another."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import pytest

from corpus.errors import ArticleRejected
from corpus.ingest import extracting
from corpus.ingest.publishers import layouts
from corpus.ingest.raw import Extracted, How, Raw, Result
from corpus.ingest.sources import read
from corpus.ingest.workers import extract_all

HERE = Path(__file__).parent
PAGES = HERE / "pages"
BREAKING = "breaking:extract"
PROCESSES = Path("/proc")


@pytest.fixture(autouse=True)
def _breaking_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))


def told(results: list[Result]) -> list[object]:
    """What can be compared: the articles with all they hold, rejects with their reasons."""
    return [
        (one.article, one.original, one.line, one.reading)
        if isinstance(one, Extracted)
        else str(one)
        for one in results
    ]


def raws(*texts: str) -> list[Raw]:
    return [
        Raw("text", f"{text}\n본문 {at}이다.\n".encode(), f"{at}.txt")
        for at, text in enumerate(texts)
    ]


def reasons(results: list[Result]) -> list[str | None]:
    return [one.reason if isinstance(one, ArticleRejected) else None for one in results]


def test_any_number_of_jobs_gives_the_same_in_the_same_order(tmp_path: Path) -> None:
    lines = [f'{{"title": "제목 {at}", "body": "본문 {at}이다."}}' for at in range(300)]
    lines[7] = "{broken"
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "empty.html").write_bytes(b"")
    sources = [PAGES, tmp_path]
    alone = told(list(read(sources)))
    assert len(alone) > 300 and any(isinstance(one, str) for one in alone)
    assert told(list(read(sources, jobs=3))) == alone


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("exit", "exit code 7"),
        ("segfault", "signal SIGSEGV"),
        ("raise", "ended the process"),
    ],
)
def test_a_page_that_ends_its_worker_is_the_only_reject(word: str, said: str) -> None:
    items = raws(*["제목"] * 40, word, *["제목"] * 40)
    results = list(extract_all(iter(items), How(), 2, task=BREAKING))
    refused = [(at, reason) for at, reason in enumerate(reasons(results)) if reason]
    assert [at for at, _ in refused] == [40]
    assert said in refused[0][1]


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of memory on Windows")
def test_a_page_that_takes_too_much_memory_is_the_only_reject() -> None:
    items = raws("제목", "memory", "제목")
    results = list(extract_all(iter(items), How(), 1, task=BREAKING, memory=1 << 30))
    assert [reason is None for reason in reasons(results)] == [True, False, True]


@pytest.mark.parametrize("word", ["loop", "sleep"])
def test_a_page_that_never_ends_is_stopped_and_its_neighbours_go_on(word: str) -> None:
    items = raws("제목", word, "제목")
    results = list(extract_all(iter(items), How(seconds=3), 1, task=BREAKING))
    assert reasons(results) == [None, extracting.too_long(How(seconds=3)), None]


def test_one_process_alone_stops_a_slow_page_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(raw: Raw, how: How) -> object:
        while raw.data.startswith("느린".encode()):
            pass
        return real(raw, how)

    real = extracting.read
    monkeypatch.setattr(extracting, "read", slow)
    how = How(seconds=0.2)
    found = [extracting.extract(raw, how) for raw in raws("느린 제목", "제목")]
    assert reasons(found) == [extracting.too_long(how), None]


@pytest.mark.skipif(not PROCESSES.exists(), reason="this system lists no processes in /proc")
def test_whoever_stops_listening_leaves_no_process_behind() -> None:
    results = extract_all(iter(raws(*["제목"] * 2000)), How(), 3)
    next(results)
    before = children()
    assert before
    results.close()
    assert not children() & before


def children() -> set[int]:
    """The processes that this one has begun and that live."""
    found = set()
    for file in PROCESSES.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            state, parent = file.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state != "Z":
                found.add(int(file.parent.name))
    return found


def test_layouts_of_a_corpus_reach_the_workers(tmp_path: Path) -> None:
    page = (
        '<!doctype html><meta charset="utf-8"><title>강물이 맑아졌다</title>'
        '<link rel="canonical" href="https://solbit.example/1"><h1>강물이 맑아졌다</h1>'
        '<div class="zone"><p>강물이 맑아졌다는 조사 결과가 나왔다. 열두 곳에서 이뤄졌다.</p>'
        '<p class="tip9">누구나 이 자리에 글을 보낼 수 있다.</p>'
        "<p>물고기도 돌아왔다. 시는 내년에도 조사를 이어 가겠다고 밝혔다.</p></div>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    layouts.install([{"domains": ["solbit.example"], "body": ".zone", "drop": ".tip9"}])
    try:
        (found,) = read([tmp_path / "a.html"], jobs=2)
    finally:
        layouts.install([])
    assert isinstance(found, Extracted)
    assert "글을 보낼 수 있다" not in found.article.body
