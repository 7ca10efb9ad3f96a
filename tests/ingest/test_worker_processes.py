"""What does an ingest with worker processes leave behind, however it ends, and what does it hold?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ingest_inputs import BODY, FIRST, TEXT, page, record

import corpus
from corpus.errors import ArticleRejected, CorpusError
from corpus.ingest import sources, workers
from corpus.ingest.extracting import too_long
from corpus.ingest.raw import Extracted, Found, How, Raw, Skipped
from corpus.ingest.workers import extract_all

SCRIPT = """
    import sys
    import corpus
    # No guard of __main__: a script may call ingest as it likes.
    with corpus.create(sys.argv[1]) as c:
        print("ready", flush=True)
        print(c.ingest(sys.argv[2], jobs=2).added)
"""
IN_PROC = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")


def raws(number: int) -> Iterator[Found]:
    for at in range(number):
        yield Raw("text", f"제목 {at}\n{FIRST}".encode(), f"place-{at}")


def lines(folder: Path, number: int) -> Path:
    text = "".join(record(id=str(n), title=f"제목 {n}", body=BODY) + "\n" for n in range(number))
    (folder / "in.jsonl").write_text(text, encoding="utf-8")
    return folder / "in.jsonl"


def script(folder: Path) -> list[str]:
    path = folder / "script.py"
    path.write_text(textwrap.dedent(SCRIPT), encoding="utf-8")
    return [sys.executable, str(path), str(folder / "archive"), str(folder / "in.jsonl")]


def waited(condition: Callable[[], bool]) -> bool:
    for _ in range(400):
        if condition():
            return True
        time.sleep(0.05)
    return False


def marked(mark: str) -> list[str]:
    """The processes that carry the mark in their environment; zombies have none."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.append(folder.name)
        except OSError:
            continue
    return found


def test_corpus_and_report_are_the_same_whatever_the_number_of_jobs(tmp_path: Path) -> None:
    archive = tmp_path / "in"
    archive.mkdir()
    for number in range(40):
        (archive / f"{number:03}.html").write_text(page(f"다리 {number}"), encoding="utf-8")
        (archive / f"{number:03}.txt").write_text(f"{number} {TEXT}", encoding="utf-8")
    found = [record(id=str(number), title=f"기사 {number}") for number in range(200)]
    found[50:50] = ["{broken", "[1]", record(id="7", title="같은 번호")]
    (archive / "r.jsonl").write_text("\n".join(found), encoding="utf-8")
    (archive / "t.csv").write_text(f"제목,본문\n가,{FIRST}\n나,{FIRST},다\n", encoding="utf-8")
    states = []
    for jobs in (1, 3):
        with corpus.create(tmp_path / f"jobs{jobs}") as c:
            report = c.ingest(archive, jobs=jobs).to_dict() | {"seconds": 0}
            articles = [c[name].to_dict() | {"first_seen": None} for name in c]
            states.append((report, list(c), articles))
    assert states[0] == states[1]
    assert states[0][0]["added"] > 200
    assert len(states[0][0]["rejected"]) == 4


def test_rejects_and_skips_of_the_source_stay_in_their_place() -> None:
    def items() -> Iterator[Found]:
        yield ArticleRejected("a", None, "first")
        for item in raws(100):
            yield item
            yield Skipped("b", "image")
        yield ArticleRejected("c", 3, "last")

    found = list(extract_all(items(), How(), 2))
    assert [isinstance(each, Skipped) for each in found[2:-1:2]] == [True] * 100
    assert [each.article.title for each in found if isinstance(each, Extracted)] == [
        f"제목 {number}" for number in range(100)
    ]
    assert (str(found[0]), str(found[-1])) == ("a: first", "c:3: last")


def test_the_source_waits_once_enough_bytes_are_on_their_way() -> None:
    taken = 0

    def items() -> Iterator[Found]:
        nonlocal taken
        for number in range(200):
            taken += 1
            yield Raw("text", b"x" * (1 << 20), f"place-{number}")

    results = extract_all(items(), How(), 2)
    next(results)
    assert taken <= (workers.MOST_WAITING >> 20) + 2
    results.close()


def test_a_fault_of_the_source_is_the_callers() -> None:
    def items() -> Iterator[Found]:
        yield from raws(100)
        raise OSError(5, "the disk has gone")

    with pytest.raises(OSError, match="the disk"):
        list(extract_all(items(), How(), 2))


def test_a_worker_that_cannot_start_is_said_with_what_to_do() -> None:
    with pytest.raises(CorpusError, match="could not be started"):
        list(extract_all(raws(1), How(), 1, task="no_such_module:extract"))


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer of processor time here")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_over_its_time_is_rejected_with_one_job_and_with_several(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_SECONDS", 0.5)
    long = "\n".join(
        f"가나다 라마바 {number}, 사아자차 기자 a@b.example" for number in range(99_000)
    )
    for name, text in (("a", TEXT), ("b", f"길다\n{long}"), ("c", TEXT)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = list(sources.read([tmp_path], jobs=jobs))
    reasons = [each.reason if isinstance(each, ArticleRejected) else None for each in found]
    assert reasons == [None, too_long(How(seconds=0.5)), None]


def test_a_script_without_a_guard_may_use_jobs(tmp_path: Path) -> None:
    lines(tmp_path, 50)
    done = subprocess.run(script(tmp_path), capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["ready", "50"]


@IN_PROC
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_an_ingest_and_its_corpus_is_whole(
    tmp_path: Path, ending: signal.Signals
) -> None:
    source = lines(tmp_path, 8_000)
    mark = f"CORPUS_TEST_MARK={tmp_path}"
    environment = os.environ | {"CORPUS_TEST_MARK": str(tmp_path)}
    with subprocess.Popen(
        script(tmp_path), env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        assert waited(lambda: len(marked(mark)) == 3)
        child.send_signal(ending)
        child.wait(timeout=60)
    assert child.returncode != 0
    assert waited(lambda: marked(mark) == [])
    with corpus.open(tmp_path / "archive", mode="w") as c:
        assert c.verify().problems == ()
        report = c.ingest(source, jobs=2)
        assert report.added + report.unchanged == 8_000


@IN_PROC
def test_ctrl_c_on_the_command_line_is_exit_130_and_one_sentence(tmp_path: Path) -> None:
    source = lines(tmp_path, 8_000)
    mark = f"CORPUS_TEST_MARK={tmp_path}"
    environment = os.environ | {"CORPUS_TEST_MARK": str(tmp_path)}
    run = [sys.executable, "-m", "corpus", "--corpus", str(tmp_path / "archive")]
    subprocess.run([*run, "init"], check=True, capture_output=True)
    with subprocess.Popen(
        [*run, "ingest", str(source), "--jobs", "2"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert waited(lambda: len(marked(mark)) == 3)
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert said.splitlines()[-1].startswith("corpus: interrupted")
    assert "Traceback" not in said
    assert marked(mark) == []
