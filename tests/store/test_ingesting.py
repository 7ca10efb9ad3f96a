"""Who is the same article, what is a revision, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_bench import Bench, Item

from corpus import ingesting
from corpus.errors import ArticleRejected
from corpus.identity import derived_id
from corpus.results import IngestReport, Progress

URL = "https://a.kr/news/1"
BODY = "네이버가 인공지능 논문 66편을 국제 학회에서 발표했다고 밝혔다."
OTHER = "전북도의회는 교육 조례를 처음으로 통과시켰다."


def figures(report: IngestReport) -> tuple[int, int, int, int, int]:
    return (
        report.added,
        report.revised,
        report.unchanged,
        len(report.kept_out),
        len(report.rejected),
    )


def test_a_given_id_is_kept(bench: Bench) -> None:
    bench.ingest(bench.item(id="기사-1", title="제목", url=URL))
    assert [each["id"] for each in bench.state()] == ["기사-1"]


def test_without_an_id_the_canonical_url_is_the_identity(bench: Bench) -> None:
    bench.ingest(bench.item(title="제목", url="http://a.kr/news/1#top"))
    assert [each["id"] for each in bench.state()] == [derived_id(URL)]


def test_without_id_and_path_the_original_bytes_are_the_identity(bench: Bench) -> None:
    bench.ingest(bench.item(title="제목", url="https://a.kr/", original=b"x"))
    sha256 = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    assert [each["id"] for each in bench.state()] == [derived_id(sha256)]


def test_the_record_says_where_it_comes_from(bench: Bench) -> None:
    bench.ingest(bench.item(title="제목", original=b"x", origin="a/b.html", line=None))
    record, original = bench.state()[0]["records"][0]
    assert original == b"x"
    assert record["sha256"].startswith("2d711642")
    assert (record["origin"], record["revision"]) == ("a/b.html", 1)


def test_a_sha256_that_the_record_brings_along_is_kept(bench: Bench) -> None:
    bench.ingest(bench.item(id="a", title="제목", sha256="ab" * 32))
    assert bench.state()[0]["records"][0][0]["sha256"] == "ab" * 32


def test_the_same_input_twice_changes_nothing_and_says_so(bench: Bench) -> None:
    items = [
        bench.item(id="a", title="하나"),
        bench.item(title="둘"),
        bench.item(url=URL, body="셋"),
    ]
    assert figures(bench.ingest(*items)) == (3, 0, 0, 0, 0)
    before, seq = bench.state(), bench.store.seq
    assert figures(bench.ingest(*items)) == (0, 0, 3, 0, 0)
    assert (bench.state(), bench.store.seq) == (before, seq)


def test_the_same_original_is_unchanged_even_if_it_is_read_differently(bench: Bench) -> None:
    bench.ingest(bench.item(id="a", title="제목", original=b"x"))
    report = bench.ingest(bench.item(id="a", title="다른 제목", original=b"x"))
    assert figures(report) == (0, 0, 1, 0, 0)


def test_the_same_content_is_unchanged_even_from_other_bytes(bench: Bench) -> None:
    bench.ingest(bench.item(id="a", title="제목", original=b"x"))
    report = bench.ingest(bench.item(id="a", title="제목", original=b"y", origin="other"))
    assert figures(report) == (0, 0, 1, 0, 0)


def test_content_that_was_there_before_stays_history(bench: Bench) -> None:
    for title in ("하나", "둘", "하나"):
        bench.ingest(bench.item(id="a", title=title))
    state = bench.state()[0]
    assert (state["revision"], len(state["records"])) == (2, 2)


def test_the_same_content_twice_in_one_run_is_one_article(bench: Bench) -> None:
    item = bench.item(id="a", title="제목")
    assert figures(bench.ingest(item, item)) == (1, 0, 1, 0, 0)


@pytest.mark.parametrize("fields", [{"id": "a"}, {"url": URL}])
def test_other_content_later_is_a_revision_and_the_old_one_stays(
    bench: Bench, fields: dict[str, Any]
) -> None:
    bench.ingest(bench.item(title="제목", body=BODY, **fields))
    report = bench.ingest(bench.item(title="제목", body=OTHER, **fields))
    assert figures(report) == (0, 1, 0, 0, 0)
    state = bench.state()[0]
    assert state["revision"] == 2
    assert [record["body"] for record, _ in state["records"]] == [BODY, OTHER]


def test_the_same_id_twice_in_one_run_is_rejected_naming_both_lines(bench: Bench) -> None:
    report = bench.ingest(
        bench.item(id="a", title="하나", line=3), bench.item(id="a", title="둘", line=9)
    )
    assert figures(report) == (1, 0, 0, 0, 1)
    assert report.rejected[0].place == "in.jsonl:9"
    assert "the id a came already in this run, at in.jsonl:3" in report.rejected[0].reason


def test_the_same_url_and_title_twice_in_one_run_is_rejected_naming_both(bench: Bench) -> None:
    report = bench.ingest(
        bench.item(url=URL, title="제목", body=BODY, origin="a.html", line=None),
        bench.item(url=URL, title="제목", body=OTHER, origin="b.html", line=None),
    )
    assert figures(report) == (1, 0, 0, 0, 1)
    assert report.rejected[0].origin == "b.html"
    assert "at a.html" in report.rejected[0].reason


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (
            {"publisher": "테크M"},
            {"publisher": "전북일보"},
            "its publisher is 테크M, here 전북일보",
        ),
        ({"url": URL}, {"url": "https://b.kr/2"}, f"its URL is {URL}, here https://b.kr/2"),
    ],
)
def test_a_given_id_of_another_article_is_a_rejected_collision(
    bench: Bench, first: dict[str, Any], second: dict[str, Any], said: str
) -> None:
    bench.ingest(bench.item(id="1", title="하나", **first))
    report = bench.ingest(bench.item(id="1", title="둘", **second))
    assert figures(report) == (0, 0, 0, 0, 1)
    assert said in report.rejected[0].reason
    assert "--id-prefix" in report.rejected[0].reason


def test_a_publisher_that_is_missing_contradicts_nothing(bench: Bench) -> None:
    bench.ingest(bench.item(id="1", title="하나", publisher="테크M", url=URL))
    assert figures(bench.ingest(bench.item(id="1", title="둘"))) == (0, 1, 0, 0, 0)
    assert bench.state()[0]["url"] == URL


def test_one_url_under_other_titles_in_one_run_is_other_articles_and_suspicious(
    bench: Bench,
) -> None:
    items = [bench.item(url=URL, title=f"제목 {n}", body=BODY) for n in range(12)]
    report = bench.ingest(*items)
    assert figures(report) == (12, 0, 0, 0, 0)
    assert report.suspicious == (f"one canonical URL on 12 articles: {URL}",)
    again = bench.ingest(*items)
    assert figures(again) == (0, 0, 12, 0, 0)
    assert again.suspicious == report.suspicious


def test_an_edited_headline_later_is_a_revision(bench: Bench) -> None:
    bench.ingest(bench.item(url=URL, title="제목", body=BODY))
    report = bench.ingest(bench.item(url=URL, title="고친 제목", body=f"{BODY} 덧붙였다."))
    assert figures(report) == (0, 1, 0, 0, 0)
    assert report.suspicious == ()


def test_another_title_and_text_later_under_one_url_is_another_article(bench: Bench) -> None:
    bench.ingest(bench.item(url=URL, title="제목", body=BODY))
    report = bench.ingest(bench.item(url=URL, title="다른 제목", body=OTHER))
    assert figures(report) == (1, 0, 0, 0, 0)
    assert report.suspicious == (f"one canonical URL on 2 articles: {URL}",)


def test_an_older_capture_is_kept_but_does_not_become_current(bench: Bench) -> None:
    for title, day in (("새", 9), ("옛", 3), ("더 새", 12)):
        report = bench.ingest(bench.item(id="a", title=title, captured=date(2021, 1, day)))
        current = bench.state()[0]["revision"]
        assert (report.added + report.revised, current) == (
            1,
            {"새": 1, "옛": 1, "더 새": 3}[title],
        )
    assert len(bench.state()[0]["records"]) == 3


def test_a_deleted_article_is_kept_out_with_its_reason(bench: Bench) -> None:
    items = [bench.item(id="a", title="하나"), bench.item(url=URL, title="둘", body=BODY)]
    bench.ingest(*items)
    entries = [bench.store.find("a"), bench.store.find(derived_id(URL))]
    bench.store.delete([entry for entry in entries if entry], "법원 결정")
    edited = bench.item(url=URL, title="고친 둘", body=BODY)
    report = bench.ingest(*items, bench.item(id="a", title="새"), edited)
    assert figures(report) == (0, 0, 0, 4, 0)
    assert {each.reason for each in report.kept_out} == {"법원 결정"}
    assert len(bench.store) == 0


@pytest.mark.parametrize("id", ["a\x00b", " a", "a" * 513, "\ud800", ""])
def test_an_id_that_cannot_be_one_is_rejected_with_its_place(bench: Bench, id: str) -> None:
    report = bench.ingest(bench.item(id=id, title="제목", line=5, original=b"x"))
    assert [each.place for each in report.rejected] == ["in.jsonl:5"]


def test_a_record_that_json_cannot_hold_is_rejected_and_the_rest_goes_in(bench: Bench) -> None:
    report = bench.ingest(
        bench.item(id="a", title="\ud800", original=b"x"),
        bench.item(id="c", title="제목", sha256="\ud800", original=b"y"),
        bench.item(id="d", title="제목"),
    )
    assert figures(report) == (1, 0, 0, 0, 2)


def test_an_origin_that_is_not_unicode_is_stored_with_a_stand_in(bench: Bench) -> None:
    report = bench.ingest(bench.item(id="a", title="제목", origin="a\udcff.html", original=b"x"))
    assert figures(report) == (1, 0, 0, 0, 0)
    assert bench.state()[0]["records"][0][0]["origin"] == "a?.html"


def test_an_empty_article_is_rejected(bench: Bench) -> None:
    report = bench.ingest(bench.item(id="a"))
    assert report.rejected[0].reason == "title and body are both empty"


def test_rejects_of_the_source_are_counted_and_logged(bench: Bench) -> None:
    reject = ArticleRejected("x.jsonl", 7, "broken JSON")
    report = bench.ingest(reject, bench.item(id="a", title="제목"))
    assert report.rejected == (reject,)
    (run,) = bench.store.runs(None)
    assert (run.what, run.state, run.added, run.rejected) == ("ingest", "done", 1, 1)
    assert [str(each) for each in run.rejects] == ["x.jsonl:7: broken JSON"]


def test_a_dry_run_decides_everything_and_writes_nothing(bench: Bench) -> None:
    bench.ingest(bench.item(id="a", title="하나"))
    before, seq, runs = bench.state(), bench.store.seq, len(bench.store.runs(None))
    items = [
        bench.item(id="a", title="둘"),
        bench.item(id="b", title="셋"),
        bench.item(id="b", title="넷"),
    ]
    assert figures(bench.ingest(*items, dry_run=True)) == (1, 1, 0, 0, 1)
    assert (bench.state(), bench.store.seq, len(bench.store.runs(None))) == (before, seq, runs)
    assert figures(bench.ingest(*items)) == (1, 1, 0, 0, 1)


def test_without_originals_the_digest_still_tells_the_same_input(bench: Bench) -> None:
    item = bench.item(title="제목")
    bench.ingest(item, keep_originals=False)
    assert bench.state()[0]["records"][0][1] is None
    assert figures(bench.ingest(item)) == (0, 0, 1, 0, 0)


def test_an_original_of_two_articles_is_stored_once(bench: Bench) -> None:
    items = [bench.item(id=name, title=name, original=b"feed") for name in "ab"]
    bench.ingest(*items)
    assert bench.store.sizes().originals == 1
    assert [each["records"][0][1] for each in bench.state()] == [b"feed", b"feed"]


def test_every_change_has_its_own_number(bench: Bench) -> None:
    bench.ingest(*(bench.item(id=name, title=name) for name in "abc"))
    bench.ingest(bench.item(id="b", title="새"))
    assert bench.store.seq == 4
    assert [change.number for change in bench.store.changes(3)] == [2]
    entry = bench.store.find("a")
    assert entry is not None
    bench.store.delete([entry], "이유")
    assert [(each.number, each.article) for each in bench.store.changes(4)] == [(1, None)]
    assert [each.number for each in bench.store.changes(0)] == [3, 2]


def test_ctrl_c_keeps_what_was_committed_and_the_same_call_completes_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingesting, "BATCH_ARTICLES", 2)
    items = [bench.item(id=str(n), title=f"제목 {n}") for n in range(7)]

    def interrupted() -> Iterator[Item]:
        yield from items[:5]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bench.run(interrupted())
    assert len(bench.store) == 4
    run = bench.store.runs(1)[0]
    assert (run.state, run.note, run.added) == ("interrupted", "Ctrl-C", 4)
    assert figures(bench.run(items)) == (3, 0, 4, 0, 0)


def test_progress_tells_articles_bytes_rejects_and_place(bench: Bench) -> None:
    told: list[Progress] = []
    item = bench.item(id="a", title="제목", original=b"12345")
    bench.ingest(item, ArticleRejected("x", 1, "broken"), progress=told.append, bytes_total=9)
    last = told[-1]
    assert (last.phase, last.done, last.rejected) == ("ingest", 2, 1)
    assert (last.bytes_done, last.bytes_total, last.path) == (9, 9, "in.jsonl")


_texts = st.sampled_from(["가", BODY, f"{BODY} 더.", OTHER])
_inputs = st.lists(
    st.builds(
        dict,
        id=st.sampled_from([None, None, "a", "b", derived_id(URL)]),
        url=st.sampled_from([None, URL, URL, "https://b.kr/2", "https://a.kr/"]),
        title=st.sampled_from(["제목", "고친 제목", "셋"]),
        body=_texts,
        publisher=st.sampled_from([None, None, "테크M", "전북일보"]),
        captured=st.sampled_from([None, date(2021, 1, 1), date(2022, 1, 1)]),
    ),
    max_size=10,
)


@given(runs=st.lists(_inputs, min_size=1, max_size=3), size=st.integers(1, 4), kill=st.integers(0))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_batches_repetition_and_interruption_do_not_show_in_the_result(
    runs: list[list[dict[str, Any]]],
    size: int,
    kill: int,
    tmp_path_factory: pytest.TempPathFactory,
    make_bench: Callable[[Path], Bench],
) -> None:
    whole = make_bench(tmp_path_factory.mktemp("whole"))
    broken = make_bench(tmp_path_factory.mktemp("broken"))
    for inputs in runs:
        items = [whole.item(line=line, **each) for line, each in enumerate(inputs)]
        first = whole.run(items)
        seq = whole.store.seq
        again = whole.run(items)
        assert (again.added, again.revised, whole.store.seq) == (0, 0, seq)
        # Fewer where content that was rejected came in later under an id of its own.
        assert len(again.rejected) <= len(first.rejected)

        def interrupted(items: list[Item] = items) -> Iterator[Item]:
            yield from items[: kill % (len(items) + 1)]
            raise KeyboardInterrupt

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ingesting, "BATCH_ARTICLES", size)
            with pytest.raises(KeyboardInterrupt):
                broken.run(interrupted())
            broken.run(items)
        assert broken.state() == whole.state()
