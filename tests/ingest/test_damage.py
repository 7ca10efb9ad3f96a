"""Damaged text comes back exactly or is flagged, and sound text is left alone."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

import damaging
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import normal
from corpus.ingest.damage import mend, mend_page, mend_part
from corpus.ingest.mojibake import repair
from corpus.ingest.sources import extract_bytes
from corpus.ingest.unwrapping import unwrap

SENTENCES = [
    "가람시의회가 12일 ‘낡은 다리’ 조례안을 통과시켰다고 밝혔다.",
    "“물때를 모르면 바다에 나가지 말라”는 말이 섬에서는 법이었다고 한다.",
    "한빛대 연구팀은 NeurIPS2021에서 논문 66편을 발표하며 40만여 명을 만났다.",
    "李 시장과 金 의원은 北쪽 다리를 두고 5·18 기념일에 다시 만나기로 했다.",
    "강화도 갯벌에서 잡은 낙지는 kg당 3만2000원(도매가)에 팔렸다… 작년의 두 배다.",
    "서울 구로구 학교 앞 통학로에 과속방지턱 12개를 더 놓는다는 계획이다.",
]
WORDS = [
    *["가람시", "북쪽의", "낡은", "다리", "똠얌꿍", "햏", "뷁", "ㅋㅋㅋ", "5·18", "4ㆍ3", "100℃", "25㎡", "‘말’", "“글”", "『책』", "…", "—", "–", "±", "×", "÷", "°", "§"],
    *["café", "München", "naïve", "Škoda", "señor", "ÉÈ", "É.", "où", "à", "l'été", "Ça", "fiancée", "AT&T", "R&D", "Q&A", "a&b", "?id=1&x=2"],
    *["北", "美", "李", "金", "蹂躪", "諛", "湲", "怨", "人物", "한국(韓國)", "カタカナ", "ⓒ", "®", "™", "·", "•", "▲", "※", "☎", "ﬁ", "½", "€", "£", "占", "왜?", "정말?!", "AI", "is"],
    *["3", "<", "5", ">", "2", "<기생충>", "👩\u200d🚀", "❤️", "👍🏽", "🇰🇷", "&copy=1"],
]  # fmt: skip
NEWS = Path(__file__).parents[3] / "shared" / "data" / "news" / "news.jsonl.xz"


@pytest.mark.parametrize("kind", damaging.EXACT)
def test_damage_that_can_be_undone_is_undone(kind: str) -> None:
    choose = random.Random(1)
    found = [damaging.outcome(kind, text, choose) for text in SENTENCES]
    assert set(found) <= {"exact", None}
    assert "exact" in found


@pytest.mark.parametrize("kind", damaging.LOSSY)
def test_what_cannot_be_undone_is_flagged(kind: str) -> None:
    choose = random.Random(1)
    found = [damaging.outcome(kind, text, choose) for text in SENTENCES]
    assert set(found) <= {"exact", "flagged", None}
    assert found != [None] * len(SENTENCES)


@given(st.lists(st.sampled_from(WORDS), max_size=30), st.sampled_from([" ", "\n"]))
def test_sound_text_stays_as_it_is(words: list[str], between: str) -> None:
    text = between.join(words)
    assert repair(text) == (text, ())
    assert mend_part(text) == (text, ())
    assert mend_page(text) == (text, ())
    assert mend(text, tags=False) == (text, ())


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
def test_what_was_mended_needs_no_mending(sentences: list[str]) -> None:
    text = damaging.cp1252("\n".join(sentences).encode())
    once, flags = mend(text)
    assert flags == ("encoding",)
    assert mend(once) == (once, ())


@pytest.mark.skipif(not NEWS.exists(), reason="the real articles are not beside the checkout")
def test_real_articles_stay_as_they_are() -> None:
    changed, flagged = [], []
    with lzma.open(NEWS) as lines:
        for record in map(json.loads, lines):
            for field, how in (("title", mend_part), ("body", mend)):
                raw = record.get(field) or ""
                text, flags = how(raw)
                if normal.text(text) != normal.text(raw):
                    changed.append(record["id"])
                if flags:
                    flagged.append(record["id"])
    assert changed == []
    assert len(flagged) <= 1  # in one the end of the text is really broken


# ---------------------------------------------------------------- one part among sound ones


def test_one_broken_paragraph_among_sound_ones_is_read_again() -> None:
    broken = SENTENCES[2].encode().decode("latin-1")
    text, flags = mend("\n".join([*SENTENCES[:2], broken, *SENTENCES[3:4]]))
    assert (text, flags) == ("\n".join(SENTENCES[:4]), ("encoding",))


def test_a_broken_title_on_a_sound_page_is_read_again() -> None:
    title = "가람시 새 다리 놓는다"
    broken = damaging.cp1252(title.encode("cp949"))
    page = (
        f"<!doctype html><html><head><meta charset=utf-8><title>{broken}</title></head><body>"
        f'<div id="articleBody"><p>{"</p><p>".join(SENTENCES[:3])}</p></div></body></html>'
    )
    article = extract_bytes(page.encode())
    assert (article.title, article.body) == (title, "\n".join(SENTENCES[:3]))
    assert "encoding" in article.flags
    assert "mojibake" not in article.flags


def test_the_parts_of_a_record_are_read_again_and_a_finished_record_is_not() -> None:
    broken = "가람시 새 다리".encode().decode("latin-1")
    record = {"title": broken, "subtitle": broken, "section": broken, "body": SENTENCES[0]}
    article = extract_bytes(json.dumps(record).encode())
    assert (article.title, article.subtitle, article.section) == ("가람시 새 다리",) * 3
    assert "encoding" in article.flags
    finished = extract_bytes(json.dumps({**record, "clean": True}).encode())
    assert finished.title == normal.line(broken)


def test_a_body_that_is_half_lost_is_repaired_where_it_can_be_and_flagged() -> None:
    text, flags = mend("ì„œìš¸ì‹œëŠ” ë‹¤ë¦¬ë¥¼ ë†“ëŠ”ë‹¤. ì ì í˜")
    assert text.startswith("서울시는 다리를 놓는다.")
    assert flags == ("encoding", "mojibake")


# ---------------------------------------------------------------- entities, marks, controls


def test_entities_in_a_page_escaped_twice_or_meant_for_cp1252_are_read() -> None:
    page = (
        "<!doctype html><html><head><title>&amp;quot;새 다리&amp;quot; &#147;끝&#148;&#133;</title>"
        f'</head><body><div id="articleBody"><p>{SENTENCES[0]}</p></div></body></html>'
    )
    assert extract_bytes(page.encode()).title == '"새 다리" “끝”…'


def test_an_escaped_body_is_read_as_lines() -> None:
    body = f"&lt;p&gt;{SENTENCES[0]}&lt;/p&gt;&lt;p&gt;{SENTENCES[1]}&amp;nbsp;&lt;/p&gt;"
    text, _ = mend(body)
    assert normal.lines(text) == SENTENCES[:2]


@pytest.mark.parametrize(
    ("damaged", "sound", "flagged"),
    [
        ("사진=?뉴스1", "사진=뉴스1", False),
        ("?ⓒ 한빛일보", "ⓒ 한빛일보", False),
        ("광주 5?18 기념식", "광주 5·18 기념식", False),
        ("왜 그랬을까?ⓒ 한빛일보", "왜 그랬을까?ⓒ 한빛일보", True),
        ("한?미?일 회담", "한?미?일 회담", True),
        ("왜? 정말? 2대1?", "왜? 정말? 2대1?", False),
        ("https://a.example/?a=5&b=6?7", "https://a.example/?a=5&b=6?7", False),
    ],
)
def test_a_question_mark_for_a_lost_sign_is_undone_where_one_reading_is_possible(
    damaged: str, sound: str, *, flagged: bool
) -> None:
    text, flags = mend_part(damaged)
    assert text == sound
    assert ("mojibake" in flags) == flagged


# ---------------------------------------------------------------- lines cut at a width


PARAGRAPHS = [" ".join(SENTENCES[:3]), " ".join(SENTENCES[3:5]), " ".join(SENTENCES[4:])]


def test_lines_cut_inside_words_are_joined_with_the_spaces_that_were_there() -> None:
    text = "\n".join("\n".join(damaging.by_characters(each)) for each in PARAGRAPHS)
    assert any(line.endswith("물때") or line[-1:] != " " for line in text.split("\n"))
    assert mend(text) == ("\n".join(PARAGRAPHS), ("rewrapped",))


@pytest.mark.parametrize("between", ["\n\n", "\r\n\r\n"])
def test_lines_cut_between_words_are_joined_with_a_space(between: str) -> None:
    feed = between[: len(between) // 2]
    text = between.join(feed.join(damaging.by_words(each)) for each in PARAGRAPHS)
    assert mend(text) == ("\n".join(PARAGRAPHS), ("rewrapped",))


TABLE = """구단 경기 승 패 무 승률 승차 연속 최근열경기 홈 방문 득점 실점
한빛자이언츠 144 87 55 2 0.613 0.0 3승 7승3패 45승27패 42승28패 812 644
가람라이온즈 144 79 62 3 0.560 7.5 1패 5승5패 41승30패 38승32패 768 701
새벽베어스 144 76 66 2 0.535 11.0 2승 6승4패 39승32패 37승34패 745 712
바다이글스 144 70 71 3 0.497 16.5 1승 4승6패 37승35패 33승36패 702 735
들꽃타이거즈 144 62 80 2 0.437 25.0 4패 3승7패 33승38패 29승42패 655 790"""
VERSE = """봄밤에 내리는 비는 소리가 없어서 처마 끝에 앉은 새도 모른다
아침에 일어나 마당을 보니 살구꽃이 모두 떨어져 있었다
누가 다녀갔나 물어도 대답 없고
젖은 신발 한 켤레 댓돌 위에 놓였다
나는 그 신발을 오래 바라보다가 부엌에 들어가 쌀을 씻었다"""
LIST = "\n".join(
    f"▲ {name} 공사 구간의 차로를 줄이고 임시 보도와 자전거길을 놓는 안건을 통과"
    for name in ("북쪽 다리", "남쪽 다리", "동쪽 나루", "서쪽 나루", "가운데 섬", "시장 골목")
)


@pytest.mark.parametrize("text", [TABLE, VERSE, LIST, "\n".join(SENTENCES), "\n\n".join(SENTENCES)])
def test_tables_verse_lists_and_whole_paragraphs_are_not_joined(text: str) -> None:
    assert unwrap(text) == text


def test_an_item_of_a_list_that_was_cut_is_joined_and_the_items_stay_apart() -> None:
    items = [f"▲ {each}" for each in PARAGRAPHS]
    text = "\n".join("\n".join(damaging.by_words(each)) for each in items)
    assert unwrap(text).split("\n") == items
