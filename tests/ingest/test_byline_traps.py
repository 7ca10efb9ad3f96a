"""What looks like a byline or a notice and is story? It comes back word for word."""

from __future__ import annotations

import pytest

from corpus.ingest.byline import strip

BEFORE = "가람시가 낡은 다리를 걷어내고 새 다리를 놓기로 했다고 12일 밝혔다."

SENTENCES = [
    # reporters are news
    "이 전 기자 측은 혐의를 부인했다.",
    "고 이솔마 기자의 영결식이 13일 열렸다.",
    "가람일보 심정온 기자는 장학금 100만원을 기탁했다.",
    "그는 편집국에 들어가 기자 5명을 폭행했다.",
    "구단 전담 기자로 활동하는 도은설은 이같이 전했다.",
    "심의위원들이 검사장과 기자가 공모했다고 보기는 어렵다고 판단했다.",
    "시장은 이날 기자회견을 열고 사과했다.",
    "시장은 기자간담회에서 사업을 설명했다.",
    "한국기자협회는 성명을 냈다.",
    "현장에 나가 있는 취재기자 연결합니다. 나혜온 기자!",
    # contacts
    "시는 곰을 보면 시청 환경과(☎031-000-0000)로 신고해 달라고 당부했다.",
    "신청은 전자우편(bridge@korea.example)으로 하면 된다.",
    "자세한 사항은 가람시 누리집을 참고하거나 전화(070-000-0000)로 문의하면 된다.",
    "곰을 봤다는 제보 전화도 10건가량 걸려왔지만 모두 곰과는 무관했다.",
    "이용자는 앱을 내려받아 뉴스레터를 구독할 수 있다.",
    "그의 유튜브 채널은 구독자 100만명을 넘겼다.",
    # notices as news
    "대법원은 무단 전재가 저작권 침해라고 판단했다.",
    "복지부는 자살예방 상담전화 109를 알리는 행사를 열었다.",
    "이 연구는 한국언론진흥재단의 지원을 받아 진행됐다.",
    # signs in parentheses
    "연구진은 초전도 임계온도(절대온도 39K = -234℃)가 높은 물질을 만들었다.",
    "환율이 1달러=150엔대까지 내렸다.",
    # headlines and lists
    "▲신임 이사 김가온 △감사 박나래 △사무국장 최다솜",
    "◆동맹이냐 자국 우선이냐",
    "▶지자체마다 다른 속도=가람시는 지난해 조례를 만들었다.",
    "△무료 급식 제공",
    "전역했을 때 소회는.",
    "다만 카메라(#jj4)는 그대로 둔다.",
    # names of people in the news
    "수상자는 김가온 박나래 최다솜이다.",
    "김가온(45·서울)은 첫 우승을 했다.",
    "안전한 제품을 시민에게 제공한다.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("where", ["last", "first", "alone"])
def test_story_that_looks_like_something_else_stays(sentence: str, where: str) -> None:
    lines = {"last": [BEFORE, sentence], "first": [sentence, BEFORE], "alone": [sentence]}[where]
    found = strip(lines)
    assert list(found.lines) == lines
    assert found.reporters == ()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_last_sentence_stays_above_a_byline(sentence: str) -> None:
    found = strip([BEFORE, sentence, "도은설 기자 snow@hanbit.example", "(끝)"])
    assert found.lines == (BEFORE, sentence)
    assert [(who.name, who.email) for who in found.reporters] == [("도은설", "snow@hanbit.example")]


def test_a_publisher_whose_name_holds_the_word_reporter_is_a_publisher() -> None:
    found = strip(["[가람기자연대] (재)가람장학재단이 장학금을 전달했다고 26일 밝혔다.", BEFORE])
    assert found.lines[0] == "(재)가람장학재단이 장학금을 전달했다고 26일 밝혔다."
    assert found.reporters == ()
    assert found.publisher == "가람기자연대"


def test_sections_in_brackets_are_no_publishers() -> None:
    for tag in ("[사설]", "[단독]", "[인터뷰]", "[종합]", "[속보]"):
        line = f"{tag} {BEFORE}"
        assert strip([line, BEFORE]).lines[0] == line


def test_a_caption_with_a_dateline_is_no_dateline() -> None:
    caption = (
        "(평양 노동신문=뉴스1) = 공장을 둘러보고 있다. [재판매 및 DB 금지] rodongphoto@news1.kr"
    )
    found = strip([caption, BEFORE, "kukoo@news1.kr"])
    assert found.lines == (BEFORE,)
    assert [(who.name, who.email) for who in found.reporters] == [(None, "kukoo@news1.kr")]


def test_lists_of_appointments_stay_whole() -> None:
    line = "◇부국장 승진 ▷편집국 선임기자 이호솔 ▷글로벌경제부장 윤원솔 ◇부장 ▷문화부장 노현솔"
    found = strip([line])
    assert found.lines == (line,)
    assert found.reporters == ()


def test_market_briefings_keep_their_lists() -> None:
    lines = [
        "◆한빛경제 주요뉴스",
        "▷코스피 30% 급등에 대형주 늘어",
        "-24일 금융투자업계에 따르면 융자 잔액은 31조원으로 역대 최대 수준",
        "◆주요 리포트",
        "▷조선업 행동계획과 불확실성",
        "◆오늘 주요일정",
        "▷미국: 제조업 지수",
    ]
    assert list(strip(lines).lines) == lines


def test_scenes_and_questions_stay() -> None:
    lines = [
        "# 장면1 : 한 남성이 집에 들어가려다 붙잡혔다.",
        "Q. 다리를 왜 새로 놓나.",
        "A. 낡았기 때문이다.",
        "-앞으로의 계획은.",
        "“내년에 시작한다.”",
    ]
    assert list(strip(lines).lines) == lines
