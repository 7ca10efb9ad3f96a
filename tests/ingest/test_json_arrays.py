"""Is an array read element by element, and does a broken one cost only itself?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from ingest_inputs import BODY, FIRST, Read, given, record

from corpus.ingest import json_records

RECORDS = [
    {"id": f"r{number}", "title": f"다리 {number}", "body": '그는 "[{,]}" \\ 라고 썼다고 말했다.'}
    for number in range(1, 6)
]


@pytest.mark.parametrize("indent", [None, 0, 2, "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_an_array_gives_its_elements_in_order_with_number_and_line(
    tmp_path: Path, indent: int | str | None, mark: str
) -> None:
    text = mark + json.dumps(RECORDS, ensure_ascii=False, indent=indent)
    read = given(tmp_path, "a.json", text, clean=True)
    assert read.rejects == []
    assert [article.id for article in read.articles] == ["r1", "r2", "r3", "r4", "r5"]
    assert read.places == ["a.json@1", "a.json@2", "a.json@3", "a.json@4", "a.json@5"]
    assert {article.body for article in read.articles} == {RECORDS[0]["body"]}
    lines = text.splitlines()
    for found in read.found:
        assert found.line is not None
        assert "{" in lines[found.line - 1]


def test_originals_are_the_bytes_of_each_element(tmp_path: Path) -> None:
    read = given(tmp_path, "a.json", f"[ {record(id='1')} ,\n {record(id='2')}\n]")
    assert [found.original.decode() for found in read.found] == [record(id="1"), record(id="2")]


@pytest.mark.parametrize("joint", [",\n", ",\n  ", ", "])
@pytest.mark.parametrize(
    "broken",
    [
        '{"id": "x", "title": "끝나지 않는 글',
        '{"id": "x", "title": "쉼표", }',
        '{"id": "x", "title": ["괄호"}',
        '{"id": "x", "title": "안 닫힌 괄호"',
        '{"id": "x", "title": "역슬래시\\',
    ],
)
def test_a_broken_element_in_the_middle_is_one_reject_and_reading_goes_on(
    tmp_path: Path, joint: str, broken: str
) -> None:
    elements = [record(id="1"), record(id="2"), broken, record(id="4"), record(id="5")]
    # In one line, elements are told apart by their first key.
    if joint == ", ":
        elements = [json.dumps({"id": n, "title": "다리", "body": FIRST}) for n in "1245"]
        elements.insert(2, broken)
    lead = joint[1:] if "\n" in joint else ""
    read = given(tmp_path, "a.json", f"[{lead}{joint.join(elements)}\n]")
    assert [article.id for article in read.articles] == ["1", "2", "4", "5"]
    assert [reject.origin for reject in read.rejects] == [f"{tmp_path}/a.json@3"]
    assert read.rejects[0].line == (4 if "\n" in joint else 1)
    assert "not JSON" in read.rejects[0].reason


def test_what_came_before_a_cut_is_kept_and_the_cut_is_named(tmp_path: Path) -> None:
    read = given(tmp_path, "a.json", f"[\n{record(id='1')},\n{record(id='2')[:40]}")
    assert [article.id for article in read.articles] == ["1"]
    assert [reject.line for reject in read.rejects] == [3]
    whole = given(tmp_path, "b.json", f"[\n{record(id='1')},\n{record(id='2')}\n")
    assert len(whole.articles) == 1
    assert "cut off" in whole.rejects[-1].reason or "does not end" in whole.rejects[-1].reason


def test_elements_that_are_no_objects_are_rejected_by_what_they_are(tmp_path: Path) -> None:
    read = given(tmp_path, "a.json", f"[{record()}, 12, null, [1, 2], {record(title='둘')}]")
    assert read.titles == ["다리", "둘"]
    assert [reject.reason.split(",")[0] for reject in read.rejects] == [
        "a number",
        "null",
        "a list",
    ]


def test_an_empty_array_has_no_article_and_no_fault(tmp_path: Path) -> None:
    assert given(tmp_path, "a.json", "[\n]\n").all == []


def test_what_follows_the_array_is_named(tmp_path: Path) -> None:
    read = given(tmp_path, "a.json", f"[{record()}]\n[{record()}]\n")
    assert len(read.articles) == 1
    assert "something follows the array" in read.rejects[0].reason


def test_arrays_in_cp949_are_read(tmp_path: Path) -> None:
    assert given(tmp_path, "a.json", f"[{record()}]".encode("cp949")).articles[0].body == FIRST


def test_an_element_longer_than_the_part_that_is_read_at_once_is_whole(tmp_path: Path) -> None:
    body = "가나다라마바사 " * 100_000
    read = given(tmp_path, "a.json", f"[{record(body=body)},{record()}]", clean=True)
    assert [len(article.body) for article in read.articles] == [len(body) - 1, len(FIRST)]


def test_an_element_that_is_too_long_is_rejected_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_records, "MOST_BYTES", 1000)
    monkeypatch.setattr(json_records, "_PART", 64)
    elements = [record(id="1"), record(id="2", body="가" * 2000), record(id="3")]
    read = given(tmp_path, "a.json", "[\n" + ",\n".join(elements) + "\n]")
    assert [article.id for article in read.articles] == ["1", "3"]
    assert len(read.rejects) == 1


TEXTS = st.text('가나 "\\[]{},:\n', max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@drawn(
    st.lists(VALUES, min_size=1, max_size=6),
    st.sampled_from([None, 1, 2]),
    st.integers(1, 40),
)
def test_any_array_is_cut_as_json_cuts_it(
    tmp_path_factory: pytest.TempPathFactory, values: list[object], indent: int | None, part: int
) -> None:
    elements = [
        {"id": f"n{number}", "title": "제목", "more": value} for number, value in enumerate(values)
    ]
    path = tmp_path_factory.mktemp("drawn") / "a.json"
    path.write_text(json.dumps(elements, ensure_ascii=False, indent=indent), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_records, "_PART", part)
        read = Read(path)
    assert read.rejects == []
    assert [json.loads(found.original) for found in read.found] == elements


def test_a_spread_record_that_is_cut_off_is_one_reject(tmp_path: Path) -> None:
    import gzip

    data = gzip.compress(
        json.dumps({"title": "다리", "body": BODY, "more": list(range(9999))}, indent=1).encode()
    )
    read = given(tmp_path, "a.json.gz", data[:-2000])
    assert read.articles == []
    assert len(read.rejects) == 1
    assert "cut off" in read.rejects[0].reason
