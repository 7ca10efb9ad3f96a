"""Newer rules change what they read better, and nothing that a person said."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from older_rules import older_rules
from read_records import STORY, record, write
from reextract_child import BLOCK

import corpus
from corpus.ingest import EXTRACTOR

CHILD = Path(__file__).with_name("reextract_child.py")
BYLINE = "도은설 기자 snow@hanbit.example"


def bodies(folder: Path) -> dict[str, str]:
    with corpus.open(folder) as c:
        return {c[name].title: c[name].body for name in c}


def test_a_diff_shows_every_change_and_writes_nothing(archive: Path) -> None:
    before = (archive / "articles.db").read_bytes()
    with corpus.open(archive) as c:
        report = c.reextract(diff=True)
        seq = c.status().seq
    assert (report.changed, report.unchanged, report.finished) == (4, 0, 1)
    assert {each.id for each in report.changes} >= {"bridge-001", "bridge-002"}
    first = next(each for each in report.changes if each.id == "bridge-001")
    fields = {each.field: (each.before, each.after) for each in first.fields}
    assert fields["body"] == (f"{STORY}\n1번째 다리다.\n{BYLINE}", f"{STORY}\n1번째 다리다.")
    assert fields["reporters"] == ([], [{"name": "도은설", "email": "snow@hanbit.example"}])
    assert first.extractor == "1"
    assert dict(report.fields)["body"] == 4
    assert (archive / "articles.db").read_bytes() == before
    assert seq == 5
    assert json.loads(json.dumps(report.to_dict()))["format_version"] == 1


def test_changes_are_applied_as_revisions_and_found_by_search(archive: Path) -> None:
    with corpus.open(archive, mode="w") as c:
        report = c.reextract()
        assert (report.changed, report.changes, len(report.rejected)) == (4, (), 0)
        article = c["bridge-001"]
        assert article.body == f"{STORY}\n1번째 다리다."
        assert (article.revision, article.extractor) == (2, EXTRACTOR)
        assert [each.extractor for each in c.revisions("bridge-001")] == ["1", EXTRACTOR]
        assert c.original("bridge-001") == c.original("bridge-001", 1)
        assert c.search("기자").total == 1  # the finished record
        assert c.count("reporter:도은설").total == 3
        assert c.verify().problems == ()
        run = c.log(1)[0]
        assert (run.what, run.state, run.revised, run.unchanged) == ("reextract", "done", 4, 1)


def test_the_second_time_changes_nothing(archive: Path, source: Path) -> None:
    with corpus.open(archive, mode="w") as c:
        c.reextract()
        seq = c.status().seq
        report = c.reextract()
        assert (report.changed, report.unchanged, report.finished) == (0, 4, 1)
        assert c.status().seq == seq
        assert c.ingest([source], section="지역").unchanged == 5


def test_what_the_caller_said_at_the_ingest_holds_again(archive: Path) -> None:
    with corpus.open(archive, mode="w") as c:
        c.reextract()
        assert {c[name].section for name in c} == {"지역"}


def test_a_finished_record_stays_as_it_is(archive: Path) -> None:
    with corpus.open(archive, mode="w") as c:
        c.reextract()
        assert c["bridge-003"].body.endswith(BYLINE)
        assert c["bridge-003"].revision == 1


def edit(c: corpus.Corpus, path: Path, id: str, **keys: object) -> None:
    """What a person does: export, change, ingest."""
    found = next(each for each in c.export() if each.id == id)
    c.ingest([write(path, {**found.to_dict(), **keys, "clean": True})])


def test_an_edited_field_stays_and_the_others_follow_the_rules(
    archive: Path, tmp_path: Path
) -> None:
    with corpus.open(archive, mode="w") as c:
        edit(c, tmp_path / "edit.jsonl", "bridge-001", title="가람시 새 다리 (바로잡음)")
        report = c.reextract()
        article = c["bridge-001"]
        assert article.title == "가람시 새 다리 (바로잡음)"
        assert article.body == f"{STORY}\n1번째 다리다."
        assert article.revision == 3
        (kept,) = report.kept
        assert (kept.id, kept.field, kept.revision) == ("bridge-001", "title", 2)
        assert (kept.value, kept.newer) == ("가람시 새 다리 (바로잡음)", "가람시 새 다리 1호")
        again = c.reextract()
        assert (again.changed, again.kept) == (0, report.kept)


def test_an_edited_body_keeps_its_removed_pieces_and_flags(archive: Path, tmp_path: Path) -> None:
    with corpus.open(archive, mode="w") as c:
        edit(c, tmp_path / "edit.jsonl", "bridge-001", body="손으로 고친 본문이다.")
        report = c.reextract()
        article = c["bridge-001"]
        assert article.body == "손으로 고친 본문이다."
        assert article.removed == ()
        assert [who.name for who in article.reporters] == ["도은설"]
        assert {each.field for each in report.kept} >= {"body", "removed"}


def test_a_date_set_by_hand_stays_and_the_article_is_not_undated(
    archive: Path, tmp_path: Path
) -> None:
    with corpus.open(archive, mode="w") as c:
        name = next(name for name in c if c[name].title == "가람시 다리 이름 공모")
        edit(c, tmp_path / "edit.jsonl", name, published="2021-05-03", flags=[])
        c.reextract()
        assert c[name].published is not None
        assert "undated" not in c[name].flags


def test_a_query_and_filters_say_which_articles(archive: Path) -> None:
    with corpus.open(archive, mode="w") as c:
        report = c.reextract("title:다리", publisher="한빛일보", since="2021-01-03")
        assert (report.changed, report.finished) == (1, 1)
        assert c["bridge-001"].revision == 1
        assert c["bridge-002"].revision == 2
        assert "date:2021-01-03" in report.read_as
        with pytest.raises(corpus.QueryError):
            c.reextract("(")


def test_articles_without_an_original_are_named_and_left(source: Path, tmp_path: Path) -> None:
    corpus.create(tmp_path / "bare").close()
    (tmp_path / "bare" / "corpus.toml").write_text(
        "[store]\nkeep_originals = false\n", encoding="utf-8"
    )
    with older_rules(), corpus.open(tmp_path / "bare", mode="w") as c:
        c.ingest([source])
    with corpus.open(tmp_path / "bare", mode="w") as c:
        report = c.reextract()
        assert (report.changed, report.finished, len(report.skipped)) == (0, 1, 4)
        assert {each.reason for each in report.skipped} == {"the original was not kept"}


def test_an_original_that_the_rules_now_refuse_leaves_its_article(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.ingest import page

    def refuse(*_arguments: object, origin: str, **_options: object) -> None:
        raise corpus.ArticleRejected(origin, None, "a login page")

    monkeypatch.setattr(page, "extract_page", refuse)
    with corpus.open(archive, mode="w") as c:
        report = c.reextract()
        (refused,) = report.rejected
        assert "a login page" in refused.reason
        assert c[refused.id].revision == 1


def test_a_fault_of_the_rules_costs_one_article_and_not_the_run(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.ingest import page

    def fail(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(page, "extract_page", fail)
    with corpus.open(archive, mode="w") as c:
        report = c.reextract()
        assert (report.changed, len(report.rejected)) == (3, 1)
        assert "ZeroDivisionError" in report.rejected[0].reason


def test_a_reader_cannot_apply(archive: Path) -> None:
    with corpus.open(archive) as c, pytest.raises(corpus.CorpusError, match="open for reading"):
        c.reextract()


def test_progress_tells_how_far_it_is(archive: Path) -> None:
    told: list[corpus.Progress] = []
    with corpus.open(archive) as c:
        c.reextract(diff=True, progress=told.append)
    assert (told[-1].phase, told[-1].done, told[-1].total) == ("reextract", 5, 5)


def test_a_store_of_the_older_format_is_read_by_what_its_articles_say(archive: Path) -> None:
    with sqlite3.connect(archive / "articles.db") as connection:
        connection.execute("ALTER TABLE revisions DROP COLUMN reading")
        connection.execute("PRAGMA user_version = 1")
    with corpus.open(archive) as c:
        report = c.reextract(diff=True)
        assert (report.changed, report.finished) == (4, 1)
        assert "section" not in dict(report.fields)
    with corpus.open(archive, mode="w") as c:
        assert c.reextract().changed == 4
        assert c.reextract().changed == 0


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty articles read by older rules."""
    folder = tmp_path_factory.mktemp("many")
    source = write(folder / "in.jsonl", *(record(number) for number in range(60)))
    with older_rules(), corpus.create(folder / "archive") as c:
        c.ingest([source])
    return folder / "archive"


def state(folder: Path) -> object:
    with corpus.open(folder) as c:
        articles = {}
        for name in c:
            revisions = [each.to_dict() for each in c.revisions(name)]
            for each in revisions:
                del each["first_seen"]
            articles[name] = revisions
        hits = c.search("다리", limit=None, sort="newest")
        found = [(hit.id, hit.revision, hit.matches) for hit in hits]
        return articles, found, hits.pending, c.verify().problems, c.status().seq


@pytest.mark.parametrize(
    ("when", "number"), [("before", 1), ("after", 1), ("after", 3), ("before", 6), ("after", 6)]
)
def test_killed_at_any_commit_the_same_call_completes_it(
    when: str, number: int, many: Path, tmp_path: Path
) -> None:
    whole = shutil.copytree(many, tmp_path / "whole")
    with corpus.open(whole, mode="w") as c:
        assert c.reextract().changed == 60
    killed = shutil.copytree(many, tmp_path / "killed")
    command = [sys.executable, CHILD, killed, when, str(number)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr.decode()
    with corpus.open(killed) as c:
        revised = sum(c[name].revision == 2 for name in c)
        assert revised == BLOCK * (number - (when == "before"))
        assert c.verify().problems == ()
    with corpus.open(killed, mode="w") as c:
        assert c.reextract().changed == 60 - revised
    assert state(killed) == state(whole)
