"""The public API answers as its docstrings say, empty and wrong questions included."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from finished_records import ARTICLES

import corpus
from corpus.article import Article
from corpus.hits import Page
from corpus.index.protocol import Match
from corpus.reading import Reader
from corpus.results import Progress


def test_a_search_finds_ranks_and_cuts(c: corpus.Corpus) -> None:
    hits = c.search("네이버")
    assert (hits.total, len(hits), hits.pending, hits.left_out) == (3, 3, 0, 0)
    assert hits[0].id == "techm-0001"
    assert hits[0].article.reporters[0].name == "이영아"
    assert (hits[0].matched, hits[0].where) == (2, "full")
    match = hits[0].matches[0]
    assert hits[0].article.title[match.start : match.end] == "네이버"
    assert any(snippet.marks for snippet in hits[0].snippets)
    assert [hit.id for hit in hits] == [hit.id for hit in hits[:]]


def test_a_page_of_hits_reads_its_articles_with_one_select(
    c: corpus.Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    records = Reader._records
    monkeypatch.setattr(
        Reader, "_records", lambda self, keys: calls.append(len(keys)) or records(self, keys)
    )
    hits = c.search("네이버")
    assert calls == []
    assert {hit.article.title for hit in hits} == {article.title for article in ARTICLES}
    assert calls == [3]


def test_a_walk_over_many_hits_keeps_few_articles() -> None:
    keys = [(number, 1) for number in range(1000)]
    page = Page(
        keys,
        lambda block: {key: Article(title=str(key[0])) for key in block},
        lambda article: (Match("title", 0, len(article.title)),),
    )
    assert [page[row].title for row in range(1000)] == [str(n) for n in range(1000)]
    assert page.matches(7)[0].end == 1 and page.matches(999)[0].end == 3
    assert len(page) <= Page.BLOCK * Page.KEPT


def test_matches_are_looked_for_when_asked_for_and_once(c: corpus.Corpus) -> None:
    hits = c.search("네이버")
    asked: list[str | None] = []
    mark = hits[0].page.mark
    hits[0].page.mark = lambda article: asked.append(article.id) or mark(article)
    assert [len(hit.article.title) for hit in hits] and asked == []
    assert hits[0].matches and hits[0].matched == len(hits[0].matches)
    assert asked == [hits[0].id]


def test_filters_alone_are_a_question_but_nothing_is_not(c: corpus.Corpus) -> None:
    assert c.search(publisher="테크M").total == 2
    assert c.search(publisher=["테크M", "전북일보"], section="지역").total == 1
    assert c.search(since="2021", until="2021").total == 1
    assert c.search(reporter="이영아").total == 1
    assert c.search(undated="only").total == 1
    for nothing in ("", "  "):
        with pytest.raises(corpus.QueryError, match="no query and no filter"):
            c.search(nothing)


def test_an_unknown_publisher_names_near_ones(c: corpus.Corpus) -> None:
    with pytest.raises(corpus.QueryError, match="테크M"):
        c.search("네이버", publisher="테크")


def test_limit_and_offset_cut_rows_never_the_total(c: corpus.Corpus) -> None:
    whole = [hit.id for hit in c.search("네이버", limit=None)]
    hits = c.search("네이버", limit=1, offset=1)
    assert ([hit.id for hit in hits], hits.total, hits.offset) == (whole[1:2], 3, 1)
    with pytest.raises(ValueError, match="negative"):
        c.search("네이버", limit=-1)


def test_counting_nothing_means_all(c: corpus.Corpus) -> None:
    counts = c.count(by="publisher")
    assert (counts.total, dict(counts.groups)) == (3, {"테크M": 2, "전북일보": 1})
    assert c.count("카카오").groups == ()
    assert c.count(by="year").groups[-1] == (None, 1)


def test_an_export_is_everything_newest_first(c: corpus.Corpus) -> None:
    assert [each.id for each in c.export()] == ["techm-0002", "techm-0001", "jeonbuk-01"]
    assert [each.id for each in c.export("카카오")] == ["techm-0002"]


def test_a_wrong_query_fails_before_the_first_exported_article(c: corpus.Corpus) -> None:
    with pytest.raises(corpus.QueryError):
        c.export("(네이버")


def test_every_answer_says_itself_in_json(c: corpus.Corpus) -> None:
    hits = c.search("네이버")
    told = json.loads(json.dumps(hits.to_dict()))
    assert told["format_version"] == 1
    assert told["hits"][0]["article"]["title"] == ARTICLES[0].title
    assert told["hits"][0]["snippets"][0]["field"] == "body"
    assert hits.explain()["read_as"] == hits.read_as
    for answer in (c.count(by="year"), c.status(), c.log()[0], c.verify(), c.index_status()):
        assert json.loads(json.dumps(answer.to_dict()))["format_version"] == 1


def test_an_article_is_found_by_id_and_by_unique_prefix(c: corpus.Corpus) -> None:
    assert c["techm-0001"].title == c["jeonbuk-01"].title.replace(
        ARTICLES[2].title, ARTICLES[0].title
    )
    assert c["jeonbu"].id == "jeonbuk-01"
    assert c.resolve("techm-0002") == "techm-0002"
    assert "techm-0001" in c
    assert "techm-00" not in c
    assert 7 not in c


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("techm-", "several articles begin so: techm-0001, techm-0002"),
        ("tech", "a prefix needs 6 characters or more"),
        ("jeonbuk-77", "near: jeonbuk-01"),
        ("\ud800", "no article"),
        ("", "no article"),
    ],
)
def test_an_unknown_id_is_an_error_that_helps(c: corpus.Corpus, id: str, said: str) -> None:
    with pytest.raises(corpus.ArticleNotFound) as caught:
        c[id]
    assert said in str(caught.value)


def test_a_short_id_names_one_article(c: corpus.Corpus) -> None:
    assert [c.short_id(name) for name in c] == ["techm-0001", "techm-0002", "jeonbu"]
    assert all(c.resolve(c.short_id(name)) == name for name in c)


def test_len_and_iteration_are_the_live_articles_in_order_of_arrival(w: corpus.Corpus) -> None:
    assert (len(w), list(w)) == (3, [article.id for article in ARTICLES])
    w.delete("techm-0001", reason="시험")
    assert (len(w), list(w)) == (2, ["techm-0002", "jeonbuk-01"])


def test_revisions_and_originals_stay(w: corpus.Corpus, write: Callable[..., Path]) -> None:
    changed = msgspec.structs.replace(ARTICLES[0], title="고친 제목")
    report = w.ingest(write(changed))
    assert report.revised == 1
    assert w["techm-0001"].title == "고친 제목"
    assert [each.revision for each in w.revisions("techm-0001")] == [1, 2]
    assert w.original("techm-0001") == changed.to_json()
    assert w.original("techm-0001", 1) == ARTICLES[0].to_json()
    assert w.search("고친").total == 1
    with pytest.raises(corpus.CorpusError, match="revisions 1 to 2, no 3"):
        w.original("techm-0001", 3)


def test_a_reader_keeps_cutting_from_the_revision_that_was_indexed(
    c: corpus.Corpus, write: Callable[..., Path], folder: Path
) -> None:
    hits = c.search("하이퍼클로바")
    with corpus.open(folder, mode="w") as w:
        w.ingest(write(msgspec.structs.replace(ARTICLES[0], body="다른 본문이다.")))
    later = c.search("하이퍼클로바")
    assert (hits.pending, later.pending) == (0, 1)
    assert "하이퍼클로바" in later[0].article.body
    with corpus.open(folder) as fresh:
        assert fresh.search("하이퍼클로바").total == 0


def test_deleting_is_all_or_nothing_and_needs_a_reason(w: corpus.Corpus) -> None:
    with pytest.raises(corpus.ArticleNotFound):
        w.delete(["techm-0001", "없는기사id"], reason="시험")
    with pytest.raises(corpus.CorpusError, match="reason"):
        w.delete("techm-0001", reason=" ")
    assert len(w) == 3
    assert w.delete(["jeonbu", "jeonbuk-01"], reason="시험") == ["jeonbuk-01"]
    assert w.search("네이버후드").total == 0
    with pytest.raises(corpus.ArticleNotFound, match=r"deleted on .*: 시험"):
        w["jeonbuk-01"]
    run = w.log()[0]
    assert (run.what, run.deleted, run.note, run.sources) == ("delete", 1, "시험", ("jeonbuk-01",))


def test_a_deleted_article_is_kept_out(w: corpus.Corpus, write: Callable[..., Path]) -> None:
    w.delete("techm-0001", reason="시험")
    report = w.ingest(write(*ARTICLES))
    assert (report.unchanged, [each.reason for each in report.kept_out]) == (2, ["시험"])


def test_rejects_are_in_the_report_and_its_file_can_be_retried(
    w: corpus.Corpus, tmp_path: Path
) -> None:
    source = tmp_path / "broken.jsonl"
    source.write_bytes(b'{"id": "new", "title": "x"}\n{"id": \n')
    report = w.ingest([source, tmp_path / "missing"])
    assert (report.added, len(report.rejected)) == (1, 2)
    report.write(tmp_path / "report.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "report.jsonl").open(encoding="utf-8")]
    assert [(line["origin"], line["line"]) for line in lines] == [
        (str(source), 2),
        (str(tmp_path / "missing"), None),
    ]
    source.write_bytes(b'{"id": "new", "title": "x"}\n{"id": "newer", "title": "y"}\n')
    again = w.ingest(retry=tmp_path / "report.jsonl")
    assert (again.added, again.unchanged, len(again.rejected)) == (1, 1, 1)


def test_a_retry_of_something_else_says_so(w: corpus.Corpus, tmp_path: Path) -> None:
    (tmp_path / "no.report").write_text("hello", encoding="utf-8")
    with pytest.raises(corpus.CorpusError, match="not the report of an ingest"):
        w.ingest(retry=tmp_path / "no.report")


def test_a_dry_run_touches_nothing(w: corpus.Corpus, write: Callable[..., Path]) -> None:
    report = w.ingest(write(Article(id="new", title="새 기사")), dry_run=True)
    assert (report.added, report.dry_run, len(w), w.index_status().state) == (1, True, 3, "current")


def test_an_id_prefix_goes_in_front(w: corpus.Corpus, write: Callable[..., Path]) -> None:
    w.ingest(write(Article(id="1", title="새 기사")), id_prefix="a-")
    assert "a-1" in w


def test_no_job_and_an_unknown_kind_are_mistakes_of_the_caller(
    w: corpus.Corpus, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="jobs"):
        w.ingest(tmp_path, jobs=0)
    assert len(w.log()) == 1


def test_progress_reads_then_indexes(w: corpus.Corpus, write: Callable[..., Path]) -> None:
    told: list[Progress] = []
    source = write(Article(id="new", title="새 기사"))
    w.ingest(source, progress=told.append)
    assert next(each.phase for each in told) == "ingest"
    assert (told[-1].phase, told[-1].done, told[-1].total) == ("index", 1, 1)
    assert max(each.bytes_total or 0 for each in told) == source.stat().st_size


def test_status_counts_everything(w: corpus.Corpus, folder: Path) -> None:
    w.delete("techm-0001", reason="시험")
    status = w.status()
    assert (status.articles, status.deleted, status.revisions, status.originals) == (2, 1, 3, 3)
    assert (status.path, status.index.state, status.index.articles) == (folder, "current", 2)
    assert status.original_bytes == sum(len(article.to_json()) for article in ARTICLES)
    assert status.last_run == w.log(1)[0]


def test_a_reader_cannot_write(c: corpus.Corpus) -> None:
    for call in (
        lambda: c.ingest([]),
        lambda: c.delete("techm-0001", reason="시험"),
        c.update_index,
        c.rebuild_index,
    ):
        with pytest.raises(corpus.CorpusError, match="open for reading"):
            call()


def test_a_closed_corpus_says_that_it_is_closed(folder: Path) -> None:
    with corpus.open(folder) as c:
        hits = c.search("네이버")
    for call in (lambda: c.search("네이버"), lambda: len(c), lambda: hits[0].article):
        with pytest.raises(corpus.CorpusError, match="is closed"):
            call()
    c.close()


def test_records_are_frozen(c: corpus.Corpus) -> None:
    hits = c.search("네이버")
    for record, name in ((hits, "total"), (hits[0], "score"), (c.status(), "seq")):
        with pytest.raises(AttributeError):
            setattr(record, name, 0)


def test_dates_without_a_time_stay_dates(c: corpus.Corpus) -> None:
    assert c["techm-0001"].published == date(2021, 12, 1)
    assert type(c["techm-0001"].published) is date
