"""Does the byline stage find who wrote it, take out what is no story, and nothing else?

All texts are written for this test; names, places and papers are invented.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import normal
from corpus.article import Reporter
from corpus.ingest.byline import Stripped, restore, strip

LEAD = "가람시가 낡은 다리를 걷어내고 새 다리를 놓기로 했다고 12일 밝혔다."
NEXT = "시는 주민 설명회를 세 차례 열어 의견을 듣고 내년 봄에 공사를 시작할 계획이다."
LAST = "한편 다리 이름은 시민 공모로 정해 다음 달에 발표한다."
STORY = (LEAD, NEXT, LAST)


def people(found: Stripped) -> list[tuple[str | None, str | None]]:
    return [(who.name, who.email) for who in found.reporters]


def story(*extra: str, head: str = "") -> Stripped:
    """The story with `head` before its first word and `extra` lines below it."""
    lines = [f"{head}{LEAD}", NEXT, LAST, *extra]
    return strip(lines)


HEADS = [
    ("(가람=한빛통신) 도은설 기자 = ", "도은설", "가람", "한빛통신"),
    ("(도쿄=한빛통신) 도은설 특파원 = ", "도은설", "도쿄", "한빛통신"),
    ("[가람=한빛뉴스]도은설 기자 = ", "도은설", "가람", "한빛뉴스"),
    ("【가람=한빛뉴스】 도은설 기자 = ", "도은설", "가람", "한빛뉴스"),
    ("【도쿄=도은설 특파원】 ", "도은설", "도쿄", None),
    ("【한빛뉴스 가람=도은설 기자】 ", "도은설", "가람", None),
    ("[한빛뉴스 = 도은설 기자] ", "도은설", None, None),
    ("[한빛뉴스 도은설 기자] ", "도은설", None, None),
    ("[한빛일보=도은설 기자]", "도은설", None, None),
    ("[한빛뉴스ㅣ가람=도은설 기자] ", "도은설", "가람", None),
    ("[한빛뉴스 | 가람=도은설기자] ", "도은설", "가람", None),
    ("(한빛뉴스 도은설 기자) ", "도은설", None, None),
    ("[한빛뉴스] 도은설 기자= ", "도은설", None, None),
    ("[도은설 기자] ", "도은설", None, None),
    ("(가람＝한빛통신) 도은설 기자 = ", "도은설", "가람", "한빛통신"),
    ("[아시아경제 조솔기나 기자] ", "조솔기나", None, None),
    ("[연합뉴스 마이클김 기자] ", "마이클김", None, None),
    ("[한빛뉴스 김 솔 기자] ", "김솔", None, None),
    ("도은설 기자 = ", "도은설", None, None),
]


@pytest.mark.parametrize(("head", "name", "place", "agency"), HEADS, ids=[h[0] for h in HEADS])
def test_a_dateline_says_who_where_and_for_whom(
    head: str, name: str, place: str | None, agency: str | None
) -> None:
    found = story(head=head)
    assert found.lines == STORY
    assert people(found) == [(name, None)]
    assert found.place == place
    assert found.agency == agency


@pytest.mark.parametrize("head", ["(가람=한빛통신) ", "[한빛뉴스] ", "[한빛일보]"])
def test_a_dateline_without_a_name_is_taken_out_all_the_same(head: str) -> None:
    found = story(head=head)
    assert found.lines == STORY
    assert people(found) == []


def test_several_reporters_in_a_dateline_are_all_named() -> None:
    found = story(head="(가람=한빛통신) 권준아 김솔 류수민 기자 = ")
    assert people(found) == [("권준아", None), ("김솔", None), ("류수민", None)]


TAILS = [
    ("도은설 기자 snow@hanbit.example", "도은설", "snow@hanbit.example"),
    ("도은설기자 snow@hanbit.example", "도은설", "snow@hanbit.example"),
    ("도은설 기자(snow@hanbit.example)", "도은설", "snow@hanbit.example"),
    ("도은설 (snow@hanbit.example)", "도은설", "snow@hanbit.example"),
    ("도은설 snow@hanbit.example", "도은설", "snow@hanbit.example"),
    ("[도은설 기자 snow@hanbit.example]", "도은설", "snow@hanbit.example"),
    ("[도은설 한빛뉴스 기자 / snow@hanbit.example]", "도은설", "snow@hanbit.example"),
    ("한빛뉴스 도은설 기자 snow@hanbit.example", "도은설", "snow@hanbit.example"),
    ("도은설 한빛뉴스 기자 (snow@hanbit.example)", "도은설", "snow@hanbit.example"),
    ("snow@hanbit.example 도은설 기자", "도은설", "snow@hanbit.example"),
    ("도은설 기자/snow@hanbit.example", "도은설", "snow@hanbit.example"),
    ("가람=도은설 기자 snow@hanbit.example", "도은설", "snow@hanbit.example"),
    ("가람/도은설 snow@hanbit.example", "도은설", "snow@hanbit.example"),
    ("가람 ¦ 도은설 기자", "도은설", None),
    ("도은설 선임기자", "도은설", None),
    ("도은설 과학전문기자", "도은설", None),
    ("도은설 인턴 기자", "도은설", None),
    ("도은설 논설위원", "도은설", None),
    ("도은설 칼럼니스트", "도은설", None),
    ("/도은설기자", "도은설", None),
    ("도은설기자 snow77", "도은설", "snow77"),
    ("도은설 기자 snow@", "도은설", "snow@"),
    ("글=도은설 기자 snow@hanbit.example", "도은설", "snow@hanbit.example"),
    ("글·사진=도은설 기자", "도은설", None),
    ("남궁도담 기자 nam@hanbit.example", "남궁도담", "nam@hanbit.example"),
    ("황보솔 기자", "황보솔", None),
    ("도은설 기자 snow (at) hanbit.example", "도은설", "snow@hanbit.example"),
    ("노을 기자 noeul@hanbit.example", "노을", "noeul@hanbit.example"),
    ("도은설 기자[email protected]", "도은설", None),
    ("도은설 / 화면캡처 한빛방송", "도은설", None),
    ("iMBC 도은설 | 사진캡쳐 인스타그램", "도은설", None),
    ("논설위원 도은설", "도은설", None),
    ("Kim Na-rae narae@hanbit.example", "Kim Na-rae", "narae@hanbit.example"),
]


@pytest.mark.parametrize(("tail", "name", "mail"), TAILS, ids=[t[0] for t in TAILS])
def test_a_byline_at_the_end_is_read_and_taken_out(tail: str, name: str, mail: str | None) -> None:
    found = story(tail)
    assert found.lines == STORY
    assert people(found) == [(name, mail)]


@pytest.mark.parametrize(
    "tail",
    [
        "도은설 기자 snow@hanbit.example",
        "도은설기자",
        " 도은설 기자",
        " [도은설 기자 snow@hanbit.example]",
        " [도은설 기자]",
        " /가람=도은설기자 snow77",
    ],
)
def test_a_byline_glued_to_the_last_sentence_is_cut_off(tail: str) -> None:
    found = strip([LEAD, NEXT, LAST + tail])
    assert found.lines == STORY
    assert people(found)[0][0] == "도은설"


def test_a_byline_glued_to_a_sentence_without_its_full_stop_is_cut_off() -> None:
    found = strip([LEAD, "그는 “내년에 다시 오겠다”고 말했다도은설 기자 snow@hanbit.example"])
    assert found.lines == (LEAD, "그는 “내년에 다시 오겠다”고 말했다")
    assert people(found) == [("도은설", "snow@hanbit.example")]


def test_an_email_alone_belongs_to_the_name_in_the_dateline() -> None:
    found = story("snow@hanbit.example", head="(가람=한빛통신) 도은설 기자 = ")
    assert people(found) == [("도은설", "snow@hanbit.example")]


def test_an_email_alone_is_a_reporter_without_a_name() -> None:
    assert people(story("snow@hanbit.example")) == [(None, "snow@hanbit.example")]


def test_two_reporters_get_their_own_emails_in_order() -> None:
    found = story("a1@hanbit.example", "b2@hanbit.example", head="[한빛일보=고은솔·신해온 기자] ")
    assert people(found) == [("고은솔", "a1@hanbit.example"), ("신해온", "b2@hanbit.example")]


@pytest.mark.parametrize(
    "tail",
    [
        "배지온 기자 b@hanbit.example 신해온 기자 s@hanbit.example",
        "배지온 기자 b@hanbit.example · 신해온 기자 s@hanbit.example",
        "가람=배지온 b@hanbit.example / 미르=신해온 기자 s@hanbit.example",
        "글/배지온기자 b@hanbit.example · 사진/신해온기자 s@hanbit.example",
    ],
)
def test_two_bylines_on_one_line_are_two_people(tail: str) -> None:
    assert people(story(tail)) == [("배지온", "b@hanbit.example"), ("신해온", "s@hanbit.example")]


def test_two_names_before_one_title_share_it_and_the_first_has_the_email() -> None:
    found = story("배지온·신해온 기자 b@hanbit.example")
    assert people(found) == [("배지온", "b@hanbit.example"), ("신해온", None)]


def test_the_same_byline_twice_is_one_reporter() -> None:
    found = story("미르 경기장=배지온 기자 (b@hanbit.example)", "배지온 기자 (b@hanbit.example)")
    assert found.lines == STORY
    assert people(found) == [("배지온", "b@hanbit.example")]


def test_a_desk_is_a_contributor_and_its_mail_nobodys() -> None:
    found = story("디지털뉴스팀 newsroom@hanbit.example")
    assert found.lines == STORY
    assert people(found) == []
    assert [who.role for who in found.contributors] == ["desk"]


@pytest.mark.parametrize(
    "caption",
    [
        "새 다리 조감도. 가람시 제공",
        "사진=가람시",
        "[사진=가람시]",
        "(사진=가람시 제공)",
        "/사진=가람시",
        "시민들이 옛 다리를 건너고 있다. /연합뉴스",
        "시민들이 옛 다리를 건너고 있다. (사진=가람시 제공)",
        "시민들이 옛 다리를 건너고 있다. [가람시 제공. 재판매 및 DB 금지]",
        "시민들이 옛 다리를 건너고 있다. 2023.4.7/뉴스1 © News1 임다온 기자",
        "▲ 옛 다리 모습. ⓒ가람시",
        "옛 다리 전경. [임다온 기자]",
        "일러스트 = 임다온 기자",
        "그래픽=임다온",
        "다리 위를 걷는 시민들 갈무리",
    ],
)
@pytest.mark.parametrize("where", ["above", "between"])
def test_captions_are_taken_out_and_their_photographers_are_no_reporters(
    caption: str, where: str
) -> None:
    lines = [caption, LEAD, NEXT, LAST] if where == "above" else [LEAD, NEXT, caption, LAST]
    found = strip([*lines, "도은설 기자 snow@hanbit.example"])
    assert found.lines == STORY
    assert people(found) == [("도은설", "snow@hanbit.example")]
    assert caption in found.captions


def test_a_credit_behind_the_last_sentence_goes_without_the_sentence() -> None:
    found = strip([LEAD, NEXT, "한편 조감도는 누리집에서 공개된다. (사진=가람시 제공)"])
    assert found.lines[-1] == "한편 조감도는 누리집에서 공개된다."


NOTICES = [
    ("<저작권자(c) 한빛통신, 무단 전재-재배포 금지>", "copyright"),
    ("〈저작권자ⓒ한빛통신. 무단 전재-재배포, AI 학습 및 활용 금지〉", "copyright"),
    ("[ⓒ 한빛뉴스, 무단전재 및 재배포 금지]", "copyright"),
    ("Copyright © 한빛뉴스. All rights reserved. 무단 전재 금지.", "copyright"),
    ("※ 저작권자 ⓒ 한빛일보 무단 전재 및 재배포 금지", "copyright"),
    ("(끝)", "end-mark"),
    ("▶제보는 카톡 okjebo", "tip-off"),
    ("기사제보 및 보도자료 press@hanbit.example", "tip-off"),
    ("※ 한빛뉴스는 여러분의 제보를 기다립니다.", "tip-off"),
    ("▶ 한빛뉴스 구독하기", "promo"),
    ("☞ 네이버에서 한빛뉴스를 구독하세요", "promo"),
    ("▶ 한빛일보 뉴스레터, 원클릭으로 받아보세요", "promo"),
    ("#새다리 #가람시 #공사", "hashtag"),
    ("입력 : 2023-04-07 18:36", "input-line"),
    ("2023/04/07 18:36 송고", "input-line"),
    ("※ 우울감 등 말하기 어려운 고민이 있으면 자살예방 상담전화 109에서 상담을 받을 수 있습니다.", "helpline"),
    ("※ 이 기사는 한빛재단의 지원을 받아 작성됐습니다.", "funding"),
    ("KBS 뉴스 도은설입니다.", "broadcast"),
    ("영상취재 : 도태운 / 영상편집 : 윤슬기", "broadcast"),
]  # fmt: skip


@pytest.mark.parametrize(("notice", "reason"), NOTICES, ids=[n[0] for n in NOTICES])
def test_notices_below_the_story_are_taken_out_with_their_reason(notice: str, reason: str) -> None:
    found = story(notice)
    assert found.lines == STORY
    assert [piece.reason for piece in found.removed] == [reason]
    assert found.removed[0].text == notice + "\n"
    assert found.removed[0].line == 4
    assert found.removed[0].column == 0


def test_what_a_notice_says_is_kept() -> None:
    found = story(
        "※ 우울감 등 말하기 어려운 고민이 있으면 자살예방 상담전화 109에서 상담을 받을 수 있습니다.",
        "#새다리 #가람시",
        "<저작권자(c) 한빛통신, 무단 전재-재배포 금지>",
        "1992-06-05 18면",
    )
    assert found.lines == STORY
    assert found.keywords == ("새다리", "가람시")
    assert found.rights == "<저작권자(c) 한빛통신, 무단 전재-재배포 금지>"
    assert found.notes[0].kind == "helpline"
    assert found.print is not None
    assert (found.print.date, found.print.page) == ("1992-06-05", "18")


def test_related_headlines_go_with_their_heading() -> None:
    found = story("관련 기사", "다리 공사 두고 여야 공방", "옛 다리에 얽힌 이야기")
    assert found.lines == STORY
    assert {piece.reason for piece in found.removed} == {"related"}


def test_headlines_below_a_byline_and_a_promotion_go_with_them() -> None:
    found = story("도은설 기자 snow@hanbit.example", "▶ 다리 공사 여야 공방", "▶ 한빛뉴스 구독하기")
    assert found.lines == STORY


def test_a_subtitle_above_the_dateline_is_a_subtitle() -> None:
    found = strip(
        ["내년 봄 착공… 이름은 공모로", f"(가람=한빛통신) 도은설 기자 = {LEAD}", NEXT, LAST]
    )
    assert found.lines == STORY
    assert found.subtitle == "내년 봄 착공… 이름은 공모로"


def test_a_script_loses_its_markers_and_keeps_its_speakers() -> None:
    found = strip(
        [
            "[앵커]",
            "옛 다리가 사라집니다.",
            "도은설 기자입니다.",
            "[기자]",
            "시민들이 다리를 건넙니다.",
            '[임다온/가람시민 : "섭섭하지요."]',
            "▶ 인터뷰 : 임다온 / 가람시민",
            '- "섭섭하지요."',
            "새 다리는 내년에 놓입니다.",
            "가람에서 HBS 뉴스 도은설입니다.",
            "영상취재 : 도태운",
        ]
    )
    assert found.lines == (
        "옛 다리가 사라집니다.",
        "도은설 기자입니다.",
        "시민들이 다리를 건넙니다.",
        '[임다온/가람시민 : "섭섭하지요."]',
        "▶ 인터뷰 : 임다온 / 가람시민",
        '- "섭섭하지요."',
        "새 다리는 내년에 놓입니다.",
    )
    assert people(found) == [("도은설", None)]
    assert [who.name for who in found.contributors] == ["도태운"]


def test_a_reporter_whom_only_the_anchor_names_is_found_and_the_sentence_stays() -> None:
    lines = ["[앵커]", "옛 다리가 사라집니다. 도은설 기자입니다.", "[리포트]", "다리가 철거됩니다."]
    found = strip(lines)
    assert people(found) == [("도은설", None)]
    assert found.lines == (lines[1], lines[3])


def test_a_text_that_lost_its_breaks_loses_its_boilerplate_all_the_same() -> None:
    sentence = "시는 주민 설명회를 열어 의견을 듣고 공사를 시작할 계획이라고 설명했다."
    text = (
        f"새 다리 조감도./사진=가람시 제공[한빛뉴스 도은설 기자] {LEAD}{sentence * 8}{LAST}"
        "snow@hanbit.example▶ 네이버에서 한빛뉴스 구독하기▶ 오늘의 운세"
        "ⓒ 한빛뉴스, 무단 전재 및 재배포 금지"
    )
    found = strip([text])
    assert found.lines == (f"{LEAD}{sentence * 8}{LAST}",)
    assert people(found) == [("도은설", "snow@hanbit.example")]


def test_english_datelines_and_bylines_are_read() -> None:
    found = strip(
        [
            "By Kim Na-rae",
            "SEOUL, April 19 (Hanbit) -- A new bridge will be built in Garam.",
            "The city said so on Monday.",
            "narae@hanbit.example",
            "(END)",
        ]
    )
    assert found.lines == ("A new bridge will be built in Garam.", "The city said so on Monday.")
    assert people(found) == [("Kim Na-rae", "narae@hanbit.example")]


def test_an_article_that_is_only_a_caption_keeps_it() -> None:
    line = "시민들이 옛 다리를 건너고 있다. /연합뉴스"
    assert strip([line]).lines == (line,)


def test_no_lines_are_no_lines() -> None:
    assert strip([]) == Stripped(())


PIECES = st.sampled_from(
    [
        LEAD, NEXT, LAST, "도은설 기자", " ", "snow@hanbit.example", "(가람=한빛통신) ",
        "[한빛뉴스 도은설 기자]", "도은설 기자 = ", "▶", "※", "(끝)", "사진=가람시", "[앵커]", "=",
        "무단 전재 금지", "관련 기사", "#가", "/", "뉴스1", " 제공", "다.", "기자", "“", "”", "(", "]",
        "- ", "▶ 한빛뉴스 구독하기", "2023.4.7", "입력", "KBS 뉴스 도은설입니다.", "ⓒ", "@", ":",
    ]
)  # fmt: skip
LINES = st.lists(st.lists(PIECES, min_size=1, max_size=9).map("".join), max_size=9)


@given(LINES)
@settings(max_examples=400, deadline=None)
def test_what_was_taken_out_can_always_be_put_back(pieces: list[str]) -> None:
    lines = normal.lines("\n".join(pieces))
    found = strip(lines)
    assert restore(found.lines, found.removed) == lines
    assert all(line == normal.text(line) and line for line in found.lines)


@given(st.text(alphabet="가나다라 .()[]=@a기자=/▶\n", max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_put_back(raw: str) -> None:
    lines = normal.lines(raw)
    found = strip(lines)
    assert restore(found.lines, found.removed) == lines


def test_removals_of_other_lines_are_refused() -> None:
    found = story("도은설 기자 snow@hanbit.example")
    with pytest.raises(ValueError, match="other lines"):
        restore(["하나"], found.removed)


def test_partial_removals_say_their_column_and_take_their_spaces_along() -> None:
    found = story(head="(가람=한빛통신) 도은설 기자 = ")
    piece = found.removed[0]
    assert (piece.line, piece.column) == (1, 0)
    assert piece.text == "(가람=한빛통신) 도은설 기자 = "
    assert people(found) == [("도은설", None)]
    assert found.reporters == (Reporter("도은설", None),)


def test_what_an_agency_tells_the_desks_is_a_note_and_no_subtitle() -> None:
    found = strip(
        [
            "(ATTN: UPDATES with remarks in para 4)",
            "SEOUL, April 19 (Hanbit) -- The river is clean again, officials said Wednesday.",
            "Fish have come back as well, they added.",
        ]
    )
    assert found.subtitle is None and found.lines[0].startswith("The river")
    assert [(note.kind, note.text) for note in found.notes] == [
        ("editor", "(ATTN: UPDATES with remarks in para 4)")
    ]
