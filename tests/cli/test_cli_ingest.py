"""`corpus ingest`"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from corpus.cli.commands.ingest import summary
from corpus.cli.progress import drawn
from corpus.errors import ArticleRejected
from corpus.index import writer
from corpus.results import IngestReport, KeptOut, Progress

STORY = "갯벌에 길을 낸 사람들\n조석표가 먼저였다고 그들은 말한다.\n다음 날에도 물은 들어왔다.\n"


@pytest.fixture
def empty(run, tmp_path: Path) -> Path:
    assert run("init", tmp_path / "archive").code == 0
    return tmp_path / "archive"


def figures(out: str) -> dict[str, int]:
    """The column of figures under the first line."""
    rows = [line.split() for line in out.splitlines()[1:] if line.startswith("  ")]
    return {row[0]: int(row[1].replace(",", "")) for row in rows if row[1].isdigit()}


def test_ingest_says_what_it_did_and_the_articles_are_found(run, empty, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    result = run("--corpus", empty, "ingest", tmp_path / "story.txt", "--publisher", "한빛일보")
    assert (result.code, result.err) == (0, "")
    assert result.lines[0].startswith("1 article read in ")
    assert figures(result.out) == {
        "added": 1,
        "revised": 0,
        "unchanged": 0,
        "rejected": 0,
        "undated": 1,
    }
    found = run("--corpus", empty, "search", "조석표", "--format", "json")
    assert json.loads(found.out)["hits"][0]["article"]["publisher"] == "한빛일보"


def test_ingest_of_the_same_input_changes_nothing_and_says_so(run, empty, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    run("--corpus", empty, "ingest", tmp_path / "story.txt")
    again = run("--corpus", empty, "ingest", tmp_path / "story.txt")
    assert figures(again.out)["added"] == 0
    assert figures(again.out)["unchanged"] == 1


def test_ingest_reads_standard_input(run, empty) -> None:
    line = json.dumps({"title": "표준 입력", "body": "한 줄이다."}, ensure_ascii=False)
    assert run("--corpus", empty, "ingest", "-", "--from", "jsonl", stdin=line + "\n").code == 0
    assert run("--corpus", empty, "count").lines[0] == "1 article"


def test_a_reject_is_named_and_reported_and_the_rest_goes_in(run, empty, tmp_path: Path) -> None:
    source = tmp_path / "news.jsonl"
    source.write_text('{"title": "하나", "body": "본문이다."}\n{"title": \n', encoding="utf-8")
    report = tmp_path / "rejects.jsonl"
    result = run("--corpus", empty, "ingest", source, "--report", report)
    assert result.code == 4
    assert result.err.startswith(f"corpus: {source}:2: ")
    assert f"listed in {report}" in result.out
    rejects = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [(reject["origin"], reject["line"]) for reject in rejects] == [(str(source), 2)]
    assert run("--corpus", empty, "count").lines[0] == "1 article"

    source.write_text(
        '{"title": "하나", "body": "본문이다."}\n{"title": "둘", "body": "고쳤다."}\n',
        encoding="utf-8",
    )
    again = run("--corpus", empty, "ingest", "--retry", report)
    assert (again.code, figures(again.out)["added"]) == (0, 1)


def test_a_missing_path_is_a_reject_and_not_the_end(run, empty, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    result = run("--corpus", empty, "ingest", tmp_path / "none.txt", tmp_path / "story.txt")
    assert result.code == 4
    assert "none.txt: " in result.err
    assert figures(result.out)["added"] == 1


def test_a_dry_run_writes_nothing(run, empty, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    result = run("--corpus", empty, "ingest", tmp_path / "story.txt", "--dry-run")
    assert result.code == 0
    assert figures(result.out)["added"] == 1
    assert "nothing was written" in result.out
    assert run("--corpus", empty, "count").lines[0] == "0 articles"


def test_the_report_as_json_has_the_version_of_the_format(run, empty, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    result = run("--corpus", empty, "ingest", tmp_path / "story.txt", "--format", "json")
    assert json.loads(result.out)["format_version"] == 1
    assert json.loads(result.out)["added"] == 1


def test_an_id_prefix_keeps_two_sources_apart(run, empty, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"id": "1", "title": "하나", "body": "본문이다."}\n', encoding="utf-8")
    assert run("--corpus", empty, "ingest", source, "--id-prefix", "mk:").code == 0
    assert run("--corpus", empty, "show", "mk:1").code == 0


def test_clean_leaves_the_body_as_it_is(run, empty, tmp_path: Path) -> None:
    body = "갯벌에 길이 났다.\n김가온 기자 gaon@hanbit.example"
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"id": "a", "title": "길", "body": body}), encoding="utf-8")
    assert run("--corpus", empty, "ingest", source, "--clean").code == 0
    assert json.loads(run("--corpus", empty, "show", "a", "--format", "json").out)["body"] == body


def test_a_table_is_taken_in_and_a_row_that_is_none_is_named(run, empty, tmp_path: Path) -> None:
    source = tmp_path / "news.csv"
    source.write_text("제목,본문\n하나,본문이다.\n둘,본문이다.,셋\n", encoding="cp949")
    result = run("--corpus", empty, "ingest", source, "--from", "csv")
    assert result.code == 4
    assert f"{source}:3: row 3: 3 cells, the header has 2" in result.err
    assert figures(result.out)["added"] == 1


def test_several_jobs_take_in_the_same(run, empty, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    result = run("--corpus", empty, "ingest", tmp_path / "story.txt", "--jobs", "2")
    assert (result.code, result.err) == (0, "")
    assert figures(result.out)["added"] == 1
    again = run("--corpus", empty, "ingest", tmp_path / "story.txt")
    assert figures(again.out)["unchanged"] == 1


def test_ingest_of_nothing_is_a_usage_error(run, empty) -> None:
    result = run("--corpus", empty, "ingest")
    assert result.code == 2
    assert "name the files" in result.err


def test_the_bar_shows_phase_rate_and_rejects() -> None:
    from rich.console import Console

    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=100)
    with drawn(console) as show:
        show(Progress("ingest", done=50, bytes_done=500, bytes_total=1000, rejected=2))
    text = screen.getvalue()
    assert "reading" in text
    assert "50 articles" in text
    assert "/s" in text
    assert "2 rejected" in text


def test_the_summary_names_every_figure_and_every_suspicion() -> None:
    done = IngestReport(
        added=50_000,
        revised=3,
        unchanged=611,
        kept_out=(KeptOut("lab-0001", "a.jsonl", 3, "withdrawn"),),
        rejected=(ArticleRejected("a.jsonl", 7, "title and body are both empty"),),
        undated=37,
        encodings_repaired=2,
        suspicious=("one canonical URL on 512 articles: https://hanbit.example/",),
        lines_removed=61_234,
        lines_doubtful=89,
        seconds=202.4,
        notices=("the index was damaged and was rebuilt",),
    )
    assert list(summary(done, Path("rejects.jsonl"))) == [
        "50,614 articles read in 202.4 s, 250 a second",
        "  added         50,000",
        "  revised            3",
        "  unchanged        611",
        "  kept out           1  deleted before",
        "  rejected           1  listed in rejects.jsonl",
        "  undated           37",
        "  repaired           2  charset was not the declared one",
        "  lines out     61,234  bylines, promotion; 89 of them doubtful",
        "suspicious: 1 thing",
        "  one canonical URL on 512 articles: https://hanbit.example/",
        "notice: the index was damaged and was rebuilt",
    ]


def test_memory_of_an_ingest_reaches_the_writer(
    run, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = []
    real = writer.apply

    def watched(*args: object, **options: object) -> object:
        limits.append(options["limits"])
        return real(*args, **options)

    monkeypatch.setattr(writer, "apply", watched)
    source = tmp_path / "story.txt"
    source.write_text("제목이다\n본문 한 줄이 여기 있다.", encoding="utf-8")
    assert run("--corpus", empty, "ingest", source, "--memory", "2g").code == 0
    assert [each.memory for each in limits] == [2 << 30]
