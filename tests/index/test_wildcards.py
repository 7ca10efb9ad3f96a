"""Open characters of a word: the traps by name; test_matching compares with a scan."""

from __future__ import annotations

import pytest
from indexing import Build, article

from corpus.index.protocol import Request

TEXT = "검찰대와 검사 대 인공지능이 인재능 NeurIPS2021 2011 abcI AI 인 능 검·대 값\n대"


def marked(build: Build, query: str, text: str = TEXT) -> list[str]:
    index = build([article("a", body=text)])
    answer = index.search(Request(query))
    spans = [text[m.start : m.end] for m in answer.marks(article("a", body=text))]
    assert bool(spans) == bool(answer.total)
    return spans


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("검?대", ["검찰대", "검·대"]),
        ("인*능", ["인공지능", "인재능"]),
        ("인?능", ["인재능"]),
        ("인**능", ["인공지능", "인재능"]),
        ("인*?능", ["인공지능", "인재능"]),
        ("검??", ["검찰대", "검·대"]),
        ("?능", ["지능", "재능"]),
        ("*?능", ["재능"]),  # the end of a run
        ("?능*", []),  # the beginning of one: 지능 and 재능 stand inside
        ("값?대", []),  # white space is no character of a word
        ("검*대", ["검찰대", "검·대"]),
        ("Ne?rIPS", ["NeurIPS"]),
        ("e?rIPS", []),  # Latin letters at the edge are a whole run
        ("?rIPS", ["urIPS"]),  # beside a ? their run may go on
        ("20?1", ["2021", "2011"]),
        ("2?1", []),
        ("A*I", ["abcI", "AI"]),
        ("N*2021", ["NeurIPS2021"]),
    ],
)
def test_what_open_characters_stand_for(build: Build, query: str, found: list[str]) -> None:
    assert marked(build, query) == found


def test_a_mark_has_the_kind_of_what_it_stands_on_in_the_text(build: Build) -> None:
    assert marked(build, "*?\u0307", "\u1ea1\u0307x") == []  # the run goes on
    assert marked(build, "*?\u0307", "\u1ea1\u0307 x") == ["\u1ea1\u0307"]
    assert marked(build, "\u0323?*", "\uac00\u0323\ub098") == []  # the run began before
    assert marked(build, "\u0323?*", "\u0323\ub098") == ["\u0323\ub098"]


def test_each_beginning_has_its_shortest_match(build: Build) -> None:
    assert marked(build, "가*나", "가가나나") == ["가가나", "가나"]
    assert marked(build, "가*나*다", "가나다나다") == ["가나다"]


def test_stars_stand_for_thirty_characters_of_a_word_at_most(build: Build) -> None:
    within, beyond = "가" + "사" * 30 + "나", "가" + "사" * 31 + "나"
    assert marked(build, "가*나", f"{within} {beyond}") == [within]
    # All of them together: else each star would add to what one match may cost.
    halves = "가" + "사" * 16 + "나" + "사" * 15 + "다"
    assert marked(build, "가*나*다", halves) == []
    assert marked(build, "가*나*다", halves.replace("사", "", 1)) == [halves.replace("사", "", 1)]


def test_in_quotation_marks_the_signs_are_text(build: Build) -> None:
    text = "왜? 검찰대 별*표"
    assert marked(build, '"왜?"', text) == ["왜?"]
    assert marked(build, '"검?대"', text) == []
    assert marked(build, '="별*표"', text) == ["별*표"]


def test_characters_beyond_the_first_plane_are_one_character(build: Build) -> None:
    text = "가😀나 가𠀀𠀁나 𠀀가𠀁"
    assert marked(build, "가?나", text) == ["가😀나"]
    assert marked(build, "가*나", text) == ["가😀나", "가𠀀𠀁나"]
    assert marked(build, "𠀀?𠀁", text) == ["𠀀가𠀁"]
    assert marked(build, "𠀁?𠀀", text) == []
