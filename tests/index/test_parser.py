"""How a query is read, and what is said of one that cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import normal
from corpus.errors import QueryError
from corpus.index import characters, parser
from corpus.index.normal import normalized
from corpus.index.query import ALL_FIELDS, Near, Pattern, Words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", "all articles"),
        ("   ", "all articles"),
        ("네이버 논문", "네이버 AND 논문"),
        ("네이버 AND 논문 OR AI NOT 카카오", "네이버 AND 논문 OR AI AND NOT 카카오"),
        ("네이버 (논문 OR 학회)", "네이버 AND (논문 OR 학회)"),
        ("-(a b)", "NOT (a AND b)"),
        ("NOT NOT 가", "NOT NOT 가"),
        ('"이 대통령" ="AI" “큰 따옴표”', '"이 대통령" AND ="AI" AND “큰 따옴표”'),
        ("제목:네이버 body:(a OR b)", "title:네이버 AND (body:a OR body:b)"),
        ("3:2 http://a.example/b 서울=연합", "3:2 AND http://a.example/b AND 서울=연합"),
        ("[속보] C++ and or", "[속보] AND C++ AND and AND or"),
        ("2021-10 인공-지능", "2021-10 AND 인공-지능"),
        ('publisher:"한국 일보" 언론사:KBS', 'publisher:"한국 일보" AND 언론사:KBS'),
        ('메모:상담 title:(note:"상담 전화" 가)', 'note:상담 AND note:"상담 전화" AND title:가'),
        ("-note:*담 note:상?전*", "NOT note:*담 AND note:상?전*"),
        ("이란* *이란", "이란* AND *이란"),
        ("검?대 title:인*능* -20?1", "검?대 AND title:인*능* AND NOT 20?1"),
        ('"검?대" ="인*능"', '"검?대" AND ="인*능"'),
        ("검?대 NEAR/3 인*능", "검?대 NEAR/3 인*능"),
        ("1~2월 3~5 ~", "1~2월 AND 3~5 AND ~"),
        ("대통령~ title:navers~2", "대통령~ AND title:navers~2"),
        ("NEARBY NEAR-DEATH a/NEAR/3 나NEAR", "NEARBY AND NEAR-DEATH AND a/NEAR/3 AND 나NEAR"),
        ('"NEAR/3" title:ADJ', '"NEAR/3" AND title:ADJ'),
    ],
)
def test_queries_are_read_as_people_mean_them(text: str, read: str) -> None:
    assert str(parser.parse(text)) == read


@pytest.mark.parametrize(
    ("text", "position", "hint"),
    [
        ("네이버 AND", 7, "a word is missing after AND"),
        ("OR 네이버", 0, "a word is missing after the beginning"),
        ("네이버 OR OR 라인", 7, "a word is missing after OR"),
        ("(네이버", 0, r"this \( has no partner"),
        ("네이버)", 3, r"this \) has no partner"),
        ("()", 1, "a word is missing after"),
        ("NOT", 3, "a word is missing after NOT"),
        ('네이버 "인공 지능', 4, "quotation mark has no partner"),
        ("닫기”", 2, "quotation mark has no partner"),
        ('""', 0, "hold nothing"),
        ('" \u200b "', 0, "hold nothing"),
        ("\u200b", 0, "holds nothing that can be seen"),
        ("네이버 - 카카오", 4, "excludes nothing"),
        ("title: 네이버", 0, "without a space"),
        ("title:", 0, "without a space"),
        ("publisher:(a OR b)", 10, "publisher:A OR publisher:B"),
        ('publisher:""', 10, "needs a value"),
        ("note:(a OR b)", 5, "write note:A OR note:B"),
        ("메모: 상담", 0, "write what to look for behind 메모: without a space"),
        ("가 note:상담~", 7, "~ does not look in notes; write note:상담 "),
        ('note:""', 5, "hold nothing"),
        ("note:*상담*", 5, "found anywhere; write 상담 without"),
        ("note:상담 NEAR/3 전화", 0, "write note:상담 AND 전화"),
        ("전화 ADJ/3 note:상담", 9, "write 전화 AND note:상담"),
        ("date:2021-13", 10, "no month 13"),
        ("date:2021-02-30", 13, "2021-02 has no day 30"),
        ("date:2021..2020-99", 16, "no month 99"),
        ("date:..", 5, "a date at one end"),
        ("date:2022..2021", 5, "2022 is after 2021"),
        ("date:어제", 5, "'어제' is no date"),
        ("*", 0, "stand for open characters of a word"),
        ("가 **", 2, "stand for open characters of a word"),
        ("???", 0, "stand for open characters of a word"),
        ("title:*?*", 6, "stand for open characters of a word"),
        ("*가*", 0, "found anywhere; write 가 without"),
        ("*검?대*", 0, "found anywhere; write 검[?]대 without"),
        ("가?" * 21, 0, "20 of [?] and [*] at most"),
        ("가\u0001*나", 0, "no control characters"),
        ('publisher:" \u200b "', 10, "needs a value"),
        ("가 당~", 2, "4 letters .jamo.; 당 has 3: write 당"),
        ("네모~2", 0, "6 letters .jamo.; 네모 has 4: write 네모~1"),
        ("대통령~3", 0, "1 or 2 letters away; write 대통령~2"),
        ("대통령~0", 0, "write 대통령~1"),
        ("2021~", 0, "write 2021 or 202[?]"),
        ("12,000~", 0, "one word without signs"),
        ('"인공 지능"~2', 7, "A NEAR/3 B"),
        ("인*능~", 0, "write 인[*]능, or 인능~"),
        ("??~", 0, "write [?][?]"),
        ("가" * 33 + "~", 0, "32 characters at most"),
        ("가 query:mine", 8, "no saved query 'mine'; save one with: corpus query save mine QUERY"),
        ("query:", 0, "without a space"),
        ("질의:(가)", 3, "the name of a saved query"),
        ('query:"가"', 6, "the name of a saved query"),
        ("가" * 10_001, 10_000, "10,000 characters at most"),
        ("가 " * 1_001, 2_000, "1,000 terms at most"),
        ("(" * 60 + "가" + ")" * 60, 50, "50 deep at most"),
        ("NOT " * 60 + "가", 200, "50 deep at most"),
    ],
)
def test_an_error_names_the_place_and_what_to_write(text: str, position: int, hint: str) -> None:
    with pytest.raises(QueryError, match=hint) as caught:
        parser.parse(text)
    assert caught.value.position == position and caught.value.query == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("네이버 NEAR/3 인공지능", "네이버 NEAR/3 인공지능"),
        ("네이버 ADJ/1 인공지능", "네이버 ADJ/1 인공지능"),
        ("가 NEAR/1000 나", "가 NEAR/1000 나"),
        ("가 NEAR/03 나", "가 NEAR/3 나"),
        ('"인공 지능" NEAR/5 ="논문"', '"인공 지능" NEAR/5 ="논문"'),
        ('"인공 지능" NEAR/5"논문"', '"인공 지능" NEAR/5 "논문"'),
        ("당* NEAR/2 *주당", "당* NEAR/2 *주당"),
        ("(가 OR 나) NEAR/2 다", "(가 OR 나) NEAR/2 다"),
        ("가 NEAR/2(나 OR (다 OR 라))", "가 NEAR/2 (나 OR 다 OR 라)"),
        ("(가) NEAR/2 ((나))", "가 NEAR/2 나"),
        # tighter than NOT and AND
        ("-가 NEAR/2 나", "NOT 가 NEAR/2 나"),
        ("가 나 NEAR/2 다 라", "가 AND 나 NEAR/2 다 AND 라"),
        ("가 OR 나 NEAR/2 다 AND 라", "가 OR 나 NEAR/2 다 AND 라"),
        ("(가 NEAR/2 나) OR 다", "가 NEAR/2 나 OR 다"),
        ("가 NEAR/2 나 date:2021", "가 NEAR/2 나 AND date:2021"),
        # fields
        ("title:가 NEAR/2 제목:나", "title:가 NEAR/2 title:나"),
        ("title:(가 NEAR/2 나)", "title:가 NEAR/2 title:나"),
        ("body:(가 OR 나) ADJ/2 body:다", "(body:가 OR body:나) ADJ/2 body:다"),
    ],
)
def test_words_near_each_other_are_read_as_people_mean_them(text: str, read: str) -> None:
    tree = parser.parse(text)
    assert str(tree) == read
    assert str(parser.parse(read)) == read


def test_a_near_holds_the_words_of_both_sides_the_distance_and_whether_order_counts() -> None:
    near = parser.parse("(네이버 OR 라인) ADJ/7 LG", exact=True)
    assert isinstance(near, Near)
    assert near.first == (
        Words(Pattern.word("네이버"), ALL_FIELDS, "네이버"),
        Words(Pattern.word("라인"), ALL_FIELDS, "라인"),
    )
    assert near.second == (Words(Pattern.word("LG"), ALL_FIELDS, "LG"),)
    assert (near.distance, near.ordered) == (7, True)
    assert near.words == near.first + near.second
    same = parser.parse("(네이버 OR 라인) ADJ/7 lg", exact=True)
    assert near == same and hash(near) == hash(same)
    assert near != parser.parse("(네이버 OR 라인) NEAR/7 LG", exact=True)


@pytest.mark.parametrize(
    ("text", "position", "hint", "instead"),
    [
        ("가 NEAR 나", 2, "from 1 to 1,000", "NEAR/3"),
        ("가 ADJ/ 나", 2, "from 1 to 1,000", "ADJ/3"),
        ("NEAR 프로토콜", 0, 'for the word itself, "NEAR"', "NEAR/3"),
        ("가 NEAR/0 나", 2, "from 1 to 1,000", "NEAR/1"),
        ("가 NEAR/-2 나", 2, "from 1 to 1,000", "NEAR/3"),
        ("가 NEAR/100000 나", 2, "from 1 to 1,000", "NEAR/1000"),
        ("가 NEAR/" + "9" * 5000 + " 나", 2, "from 1 to 1,000", "NEAR/1000"),
        ("가 NEAR/1,000 나", 2, "from 1 to 1,000", "NEAR/1000"),
        ("가 NEAR/1001 나", 2, "from 1 to 1,000", "NEAR/1000"),
        ("가 NEAR/3", 8, "a word is missing after NEAR/3", None),
        ("NEAR/3 가", 0, "a word is missing after the beginning", None),
        ("가 OR NEAR/3 나", 5, "a word is missing after OR", None),
        ("가 NEAR/3 AND 나", 9, "a word is missing after NEAR/3", None),
        ("가 NEAR/3 NEAR/3 나", 9, "a word is missing after NEAR/3", None),
        ("가 NEAR/3 나 NEAR/4 다", 11, "two words", "가 NEAR/3 나 AND 나 NEAR/4 다"),
        ("가 ADJ/3 나 NEAR/4", 16, "a word is missing after NEAR/4", None),
        ("가 NEAR/3 date:2021", 9, "words, phrases", "가 AND date:2021"),
        ("date:2021 NEAR/3 (가 OR 나)", 0, "words", "date:2021 AND (가 OR 나)"),
        ("가 나 NEAR/3 publisher:KBS", 11, "words", "나 AND publisher:KBS"),
        ("가 NEAR/3 -나", 9, "words", "가 AND NOT 가 NEAR/3 나"),
        ("(NOT 가) NEAR/3 나", 0, "words", "나 AND NOT 가 NEAR/3 나"),
        ("(NOT date:2021) NEAR/3 나", 0, "words", "NOT date:2021 AND 나"),
        ("(가 나) ADJ/3 다", 0, "words", "가 ADJ/3 다 AND 나 ADJ/3 다"),
        ("다 ADJ/3 (가 나)", 8, "words", "다 ADJ/3 가 AND 다 ADJ/3 나"),
        ("가 NEAR/3 (나 NEAR/3 다)", 9, "words", "가 NEAR/3 나 AND 나 NEAR/3 다"),
        ("(가 ADJ/2 나) NEAR/3 다", 0, "words", "가 ADJ/2 나 AND 나 NEAR/3 다"),
        ("가 NEAR/3 (나 OR date:2021)", 9, "words", "가 AND (나 OR date:2021)"),
        ("가 NEAR/3 (" + "나 " * 200 + ")", 9, "AND finds both", None),
        ("title:가 NEAR/3 나", 8, "same fields", "title:(가 NEAR/3 나)"),
        ("가 NEAR/3 (본문:나 OR 다)", 2, "same fields", "body:(가 NEAR/3 (나 OR 다))"),
    ],
)  # fmt: skip
def test_a_near_that_cannot_be_answered_names_the_nearest_query_that_can(
    text: str, position: int, hint: str, instead: str | None
) -> None:
    with pytest.raises(QueryError, match=hint) as caught:
        parser.parse(text)
    assert caught.value.position == position
    _, write, query = caught.value.hint.partition("write ")
    assert bool(write) == (instead is not None)
    if instead is not None and instead.startswith(("NEAR", "ADJ")):
        assert query.startswith(instead)
        parser.parse(f"가 {instead} 나")
    elif instead is not None:
        assert query == instead
        parser.parse(query)


@given(st.text(max_size=6) | st.text("가a1ㆍ\u0323\u0301金あ😀", max_size=6))
def test_the_edges_of_a_pattern_are_those_of_its_units(text: str) -> None:
    folded = characters.fold(text)
    of_units = characters.kinds(characters.encode(folded).units).tolist() or [characters.NONE]
    pattern = Pattern.word(text)
    assert pattern.text == folded
    assert pattern.left_edge == (of_units[0] >= characters.FIRST_WHOLE)
    assert pattern.right_edge == (of_units[-1] >= characters.FIRST_WHOLE)


@given(
    st.text(max_size=12)
    | st.text("가각 ᄀ\u1161\u11a8e\u0301\u200b\u00a0\x85\tＡﾾￂﾤ👩\u200d🚀\ud800", max_size=12)
)
def test_a_query_is_normalised_as_the_store_normalises(text: str) -> None:
    assert normalized(text) == " ".join(normal.text(text).split())


@settings(max_examples=1000)
@given(
    st.text(max_size=20)
    | st.text('가a1 ()"“”-*?:=~AND ORT', max_size=20)
    | st.lists(
        st.sampled_from(
            ["가", "나", "(", ")", "OR", "-", "NOT", "NEAR/2", "ADJ/1", "title:", "date:2021"]
        )
    ).map(" ".join)
)
def test_any_text_is_a_tree_or_a_query_error_within_the_text(text: str) -> None:
    try:
        parser.parse(text)
    except QueryError as error:
        assert error.position is not None and 0 <= error.position <= len(text)
