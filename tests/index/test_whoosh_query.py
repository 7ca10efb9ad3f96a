"""Whoosh opens the index and its searcher answers as the engine does, which needs no Whoosh."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from indexing import Build, article
from whoosh.index import open_dir
from whoosh.query import NullQuery, Term

from corpus.article import Article, Note, Reporter
from corpus.errors import QueryError
from corpus.index.protocol import Request
from corpus.index.whoosh_query import parse


def newspapers() -> list[Article]:
    return [
        article("a", "강물", "가 나", publisher="한빛일보", published=date(2021, 12, 31)),
        article(
            "b", "강물", "가", publisher="KBX",
            published=datetime(2021, 12, 31, 15, 30, tzinfo=UTC),  # 2022-01-01 in Seoul
            reporters=(Reporter("김가람", None), Reporter("이나래", None)),
        ),
        article("c", "강물", "LG전자 강물 이 대통령", published=date(2022, 3, 1)),
        article("d", "강물", "사람이 대통령", notes=(Note("helpline", "상담은 109"),)),
        article("e", "다른", "나 강물", published=date(2022, 3, 1)),
    ]  # fmt: skip


QUERIES = [
    "", "강물", "강물 나", "강물 OR 나 OR 대통령", "NOT 강물", "-나 강물", "(가 OR LG) -publisher:KBX",
    '"이 대통령"', '="이 대통령" 강물', "title:강물 body:강물", "강*", "*물", "강물 date:2021", "NOT date:2021..",
    "강물 (가 OR 나) NOT (date:2022 나)", "publisher:KBX", "id:e", "없음", "없음 OR 나", "NOT 없음",
    "강물 NEAR/3 나", "note:상담", "강물 -메모:109", "(강물 OR 나) ADJ/5 대통령 OR 가",
]  # fmt: skip


@pytest.mark.parametrize("cuts", [(), (2, 3)], ids=["one segment", "three segments"])
def test_whooshs_searcher_gives_the_articles_and_scores_of_the_engine(
    build: Build, tmp_path: Path, cuts: tuple[int, ...]
) -> None:
    index = build(newspapers(), cuts)
    with open_dir(str(tmp_path / "index")).searcher() as searcher:
        assert searcher.doc_count() == 5
        for query in QUERIES:
            answer = index.search(Request(query), limit=None)
            scores = {row.id: row.score for row in answer.rows}
            results = searcher.search(parse(query), limit=None)
            assert {hit["id"]: hit.score for hit in results} == scores, query
            assert str(parse(query)) == answer.read_as


def test_a_query_combines_with_whooshs_own(build: Build, tmp_path: Path) -> None:
    build(newspapers(), (2, 3))
    with open_dir(str(tmp_path / "index")).searcher() as searcher:

        def ids(query: object) -> list[str]:
            return sorted(hit["id"] for hit in searcher.search(query, limit=None))

        assert ids(parse("강물") & parse("나")) == ids(parse("강물 나")) == ["a", "e"]
        assert ids(parse("강물") - parse("나")) == ids(parse("강물 -나")) == ["b", "c", "d"]
        assert ids(parse("가") | parse("LG")) == ids(parse("가 OR LG")) == ["a", "b", "c"]
        assert ids(parse("나") & Term("title", "다른")) == ["e"]
        assert ids(parse("나") | NullQuery) == ["a", "e"]
        assert parse("가") == parse("가") != parse("나") and len({parse("가"), parse("가")}) == 1


def test_whoosh_reads_stored_fields_terms_lengths_and_times(build: Build, tmp_path: Path) -> None:
    build(newspapers(), (2, 3))
    with open_dir(str(tmp_path / "index")).searcher() as searcher:
        [hit] = searcher.search(parse("date:2022-01"))
        assert (hit["publisher"], hit["reporter"]) == ("KBX", "김가람,이나래")
        reader = searcher.reader()
        assert reader.doc_frequency("title", "강물") == 4
        assert reader.frequency("body", "강물") == 2
        assert b"\xea\xb0\x95\xeb\xac\xbc" in set(reader.lexicon("title"))
        assert reader.field_length("title") == 10
        newest = searcher.search(parse("title:강물"), sortedby="published", reverse=True)
        assert [hit["id"] for hit in newest][:3] == ["c", "b", "a"]


def test_a_query_that_cannot_be_answered_is_refused_here_too() -> None:
    with pytest.raises(QueryError, match="a word is missing after AND"):
        parse("강물 AND")


def test_a_search_imports_nothing_of_whoosh(build: Build, tmp_path: Path) -> None:
    build(newspapers(), (2, 3))
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from corpus.index.engine import open_index\n"
        "from corpus.index.protocol import Request\n"
        "index = open_index(Path(sys.argv[1]))\n"
        "found = index.search(Request('강물 -publisher:KBX date:2021..', undated='include')).total\n"
        "counted = index.count(Request('강물'), 'year').total\n"
        "print(found, counted, index.status().articles, len(index.check()))\n"
        "print(*[name for name in sys.modules if name.split('.')[0] == 'whoosh'])\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "index")]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert done.stdout.decode().split("\n") == ["4 5 5 0", "", ""]
