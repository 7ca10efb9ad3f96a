"""`corpus search`"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.cli import screen, width


@pytest.fixture
def search(run, built: Path) -> Callable[..., Any]:
    return lambda *args, **options: run("--corpus", built, "search", *args, **options)


def test_text_says_how_many_how_the_query_was_read_and_how_to_go_on(search) -> None:
    result = search("연구소")
    assert (result.code, result.err) == (0, "")
    assert result.lines[0] == "12 articles; 1-10 shown"
    assert "[연구소]" in result.lines[2]
    assert any(line.startswith("read as: 연구소") for line in result.lines)
    assert result.lines[-1].startswith("next: --offset 10; corpus show lab-")


def test_the_short_id_of_a_line_is_enough_to_show_the_article(run, built: Path, search) -> None:
    line = search("조석표", "--publisher", "한빛일보").lines[1]
    assert line.split()[1:4] == ["2022-05-01", "한빛일보", "tide-0"]
    assert run("--corpus", built, "show", "tide-0").code == 0


def test_tokens_with_one_hyphen_belong_to_the_query(search) -> None:
    assert search("조석표").lines[0] == "2 articles; 1-2 shown"
    assert search("조석표", "-카카오").lines[0] == "1 article; 1 shown"
    assert search("-카카오", "조석표", "--limit", "1").lines[0] == "1 article; 1 shown"
    assert search("조석표", "--", "-카카오").lines[0] == "1 article; 1 shown"
    assert search("조석표", "-hanbit").lines[0] == "2 articles; 1-2 shown"


def test_an_option_after_the_separator_is_text(search) -> None:
    assert search("--", "--limit").code in (0, 2)
    assert "Usage" not in search("--", "--limit").out


def test_one_syllable_is_found_with_a_hint_to_narrow_it(search) -> None:
    last = search("길").lines[-1]
    assert last.startswith("next: --offset 10; '길*' where it begins a word; corpus show ")
    assert search("길*").code == 0
    assert "where it begins" not in search("연구소").lines[-1]


def test_a_date_filter_counts_the_undated_it_leaves_out(search) -> None:
    result = search("조석표", "--since", "2022")
    assert result.lines[0] == "1 article; 1 shown"
    assert "left out: 1 undated (--undated include)" in result.lines
    assert search("조석표", "--since", "2022", "--undated", "include").lines[0].startswith("2 ")
    only = search("조석표", "--undated", "only", "--format", "ids")
    assert only.out == "undated-0001\n"


def test_filters_narrow_and_repeat(search) -> None:
    one = search("연구소", "--publisher", "한빛일보", "--format", "ids")
    both = search("연구소", "--publisher", "한빛일보", "--publisher", "새벽통신", "--format", "ids")
    assert (len(one.lines), len(both.lines)) == (6, 12)
    assert len(search("--section", "지역", "--format", "ids").lines) == 1
    assert len(search("--reporter", "김가온", "--format", "ids").lines) == 12
    assert search("조석표", "--field", "title", "--format", "ids").out == ""
    until = search("연구소", "--until", "2011", "--format", "ids", "--sort", "oldest")
    assert until.lines == ["lab-0001", "lab-0002"]


def test_an_unknown_publisher_is_an_error_that_names_near_ones(search) -> None:
    result = search("연구소", "--publisher", "한빛일본")
    assert result.code == 2
    assert "한빛일보" in result.err


def test_sort_limit_and_offset_choose_the_rows(search) -> None:
    newest = search("연구소", "--sort", "newest", "--format", "ids").lines
    assert newest == [f"lab-{number:04}" for number in range(12, 0, -1)]
    page = search("연구소", "--sort", "newest", "--format", "ids", "--limit", "3", "--offset", "2")
    assert page.lines == newest[2:5]
    assert len(search("연구소", "--limit", "all", "--format", "jsonl").lines) == 12
    assert search("연구소", "--offset", "50").lines[0] == "12 articles; none shown"
    assert search("연구소", "--limit", "many").code == 2


def test_nothing_found_is_0_and_1_only_when_asked_for(search) -> None:
    result = search("없는말이다")
    assert (result.code, result.lines[0]) == (0, "0 articles")
    assert search("없는말이다", "--fail-empty").code == 1
    assert search("연구소", "--fail-empty").code == 0


def test_an_empty_query_needs_a_filter(search) -> None:
    assert search().code == 2
    assert search("--publisher", "새벽통신").lines[0] == "6 articles; 1-6 shown"


def test_json_is_one_document_of_the_known_format(search) -> None:
    document = json.loads(search("연구소", "--format", "json", "--limit", "2", "--explain").out)
    assert document["format_version"] == 1
    assert (document["total"], len(document["hits"])) == (12, 2)
    assert document["explain"]["total"] == 12
    hit = document["hits"][0]
    match = hit["matches"][0]
    assert hit["article"][match["field"]][match["start"] : match["end"]] == "연구소"


def test_jsonl_is_one_hit_a_line_with_totals_on_stderr(search) -> None:
    result = search("연구소", "--format", "jsonl", "--limit", "3")
    assert [json.loads(line)["format_version"] for line in result.lines] == [1, 1, 1]
    assert result.err.startswith("12 articles; 1-3 shown\nread as: ")


def test_columns_choose_keys_and_their_order(search) -> None:
    result = search("갯벌", "--format", "csv", "--columns", "title,id,matched")
    assert list(csv.reader(io.StringIO(result.out))) == [
        ["title", "id", "matched"],
        ["‘물때’를 읽는 사람들…갯벌의 하루", "tide-0001", "2"],
    ]
    lines = search("갯벌", "--format", "jsonl", "--columns", "id").lines
    assert json.loads(lines[0]) == {"id": "tide-0001"}
    document = json.loads(search("갯벌", "--format", "json", "--columns", "id").out)
    assert document["hits"] == [{"id": "tide-0001"}]


def test_an_unknown_column_names_the_known_ones(search) -> None:
    result = search("갯벌", "--format", "csv", "--columns", "titel")
    assert result.code == 2
    assert "title" in result.err


def test_tsv_has_one_line_for_each_hit(search) -> None:
    result = search("조석표", "--format", "tsv", "--columns", "id,body", "--sort", "newest")
    assert result.lines[1].count("\t") == 1
    assert len(result.lines) == 3


def test_a_byte_order_mark_comes_first_and_only_where_it_helps(search) -> None:
    result = search("조석표", "--format", "csv", "--bom")
    assert result.data.startswith(b"\xef\xbb\xbfrank,id,")
    assert search("조석표", "--bom").code == 2
    assert search("조석표", "--columns", "id").code == 2


def test_colour_is_as_the_option_says(search, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in search("연구소").out
    assert "\x1b[1;31m연구소\x1b[0m" in search("연구소", "--color", "always").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;31m" in search("연구소", "--color", "always").out


def test_explain_tells_the_query_its_terms_and_what_the_score_adds_up_from(search) -> None:
    lines = search("갯벌 -카카오톡", "--explain").lines
    told = lines[lines.index("explain: articles with 갯벌 and without 카카오톡") :]
    assert told[1:5] == ["  and", "    word 갯벌", "    not", "      word 카카오톡"]
    assert told[5].startswith("  갯벌: 1 article, 2 times, ") and told[5].endswith(" µs")
    assert told[7].startswith(" 1 tide-0001 score ")
    score = told[7].split(" ")[-1]
    assert told[8] == f"     {score} 갯벌: 1x title, 1x body"
    assert told[9].startswith("           tf 4, df 1 of 14, idf ")
    assert all(width.columns(line) <= 80 for line in told)


def test_explain_in_json_adds_up_to_the_scores(search) -> None:
    document = json.loads(search("연구소 (교육 OR 판교~)", "--format", "json", "--explain").out)
    explain = document["explain"]
    assert explain["tree"]["kind"] == "and"
    assert [term["term"] for term in explain["terms"]] == ["연구소", "교육", "판교~"]
    assert all(term["microseconds"] > 0 for term in explain["terms"])
    for hit, why in zip(document["hits"], explain["hits"], strict=True):
        assert why["id"] == hit["id"]
        total = sum(term["contribution"] for term in why["terms"])
        assert total == pytest.approx(hit["score"]) and total > 0


def test_what_is_sorted_by_time_has_no_score_to_explain(search) -> None:
    assert search("갯벌", "--sort", "newest", "--explain").lines[-1] == "     nothing was scored"


def test_a_long_answer_on_a_terminal_goes_through_the_pager(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paged: list[str] = []
    monkeypatch.setattr(screen.sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(screen.sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(screen.click, "echo_via_pager", lambda text, **_: paged.extend(text))
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("PAGER", raising=False)
    screen.page(["short"])
    assert (paged, capsys.readouterr().out) == ([], "short\n")
    screen.page(str(number) for number in range(100))
    assert len(paged) == 100
    monkeypatch.setenv("PAGER", "cat")
    screen.page(str(number) for number in range(100))
    assert len(capsys.readouterr().out.splitlines()) == 100


def test_match_any_takes_a_question_and_says_how_it_was_read(search) -> None:
    result = search("--match", "any", "연구소는", "언제", "조석표를", "냈나요?", "-카카오")
    assert result.code == 0
    assert "read as: any of (연구소, 조석표, 냈나요, 카카오; passed over: 언제)" in result.lines
    shown = json.loads(search("--match", "any", "연구소는?", "--format", "json").out)
    assert shown["total"] == 12
    assert {match["kind"] for match in shown["hits"][0]["matches"]} == {"literal"}


def test_match_any_without_a_word_is_a_query_error(search) -> None:
    result = search("--match", "any", "?!")
    assert result.code == 2
    assert "no word to look for" in result.err


def test_explain_of_a_question_adds_up_too(search) -> None:
    asked = (
        "논문보다 조석표가 먼저인 곳은 어디인가요?",
        "--match",
        "any",
        "--format",
        "json",
        "--explain",
    )
    document = json.loads(search(*asked).out)
    explain = document["explain"]
    assert explain["tree"]["kind"] == "question" and explain["hits"]
    for hit, why in zip(document["hits"], explain["hits"], strict=True):
        total = sum(term["contribution"] for term in why["terms"])
        assert total == pytest.approx(hit["score"]) and total > 0
    assert any(" … " in term["term"] for why in explain["hits"] for term in why["terms"])
