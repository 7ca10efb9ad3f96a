"""`corpus query`: save, list, run and delete."""

from __future__ import annotations

import json
from pathlib import Path


def test_a_query_is_saved_listed_run_and_deleted(run, archive: Path) -> None:
    def at(*args: str):
        return run("--corpus", archive, "query", *args)

    assert at("list").out == "no query is saved: corpus query save NAME QUERY\n"
    saved = at("save", "labs", "연구소", "-카카오")
    assert (saved.code, saved.out) == (0, "query:labs stands for: 연구소 -카카오\n")
    again = at("save", "labs", "연구소 OR 조석표")
    assert again.out == "query:labs stands for: 연구소 OR 조석표 (was: 연구소 -카카오)\n"
    at("save", "물때", "조석표")
    assert at("list").lines == ["labs  연구소 OR 조석표", "물때  조석표"]
    document = json.loads(at("list", "--format", "json").out)
    assert [query["name"] for query in document["queries"]] == ["labs", "물때"]
    lines = at("list", "--format", "jsonl").lines
    assert [json.loads(line)["query"] for line in lines] == ["연구소 OR 조석표", "조석표"]
    found = at("run", "labs", "--since", "2021", "--format", "ids")
    searched = run(
        "--corpus", archive, "search", "query:labs", "--since", "2021", "--format", "ids"
    )
    assert found.out == searched.out and len(found.lines) == 2
    assert "read as: (연구소 OR 조석표) AND date:2021.." in found.err
    deleted = at("delete", "물때")
    assert deleted.out == "deleted query:물때, which stood for: 조석표\n"


def test_what_cannot_be_saved_or_found_is_a_query_error(run, archive: Path) -> None:
    for args, message in (
        (("save", "a b", "가"), "cannot be a name"),
        (("save", "x"), "nothing to save under x"),
        (("save", "x", "가", "AND"), "a word is missing after AND"),
        (("run", "x"), "there is no saved query 'x'"),
        (("delete", "x"), "there is no saved query 'x'"),
    ):
        result = run("--corpus", archive, "query", *args)
        assert result.code == 2 and message in result.err, args
