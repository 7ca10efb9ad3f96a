"""On a site that nothing is known of the story comes out whole, and what is no article is refused.

Each shape is one that real sites have; class names here say nothing, so that no name decides.
"""

from __future__ import annotations

import pytest

from corpus.errors import ArticleRejected
from corpus.ingest import page

TITLE = "고갯마을에 주민이 모는 버스가 생겼다"
STORY = [
    "해마다 겨울이면 길이 끊기던 고갯마을에 주민이 스스로 모는 마을버스가 생겼다.",
    "버스는 아침 7시와 낮 1시, 저녁 6시 하루 세 번 읍내까지 오간다.",
    "운전은 면허가 있는 주민 14명이 차례로 맡는다. 기름값은 함께 판 사과 값으로 댄다.",
    "이장 노순덕 씨(67)는 “병원 가는 날을 눈이 정하던 때는 지났다”며 웃었다.",
    "군은 내년부터 비슷한 마을 다섯 곳에 차량 임차료를 보태기로 했다.",
]
OTHERS = [
    ("강변 산책로에 불 밝힌다", "솔빛시가 강변 산책로에 등 삼백 개를 새로 달기로 했다고 밝혔다."),
    ("도서관 나무 옮겨 심어", "도서관 앞 나무 열두 그루를 시민이 함께 옮겨 심었다고 전했다."),
    ("버스 노선 두 개 늘린다", "다음 달부터 새 노선 두 개가 밤늦게까지 다닌다고 시가 밝혔다."),
    ("갯벌 학교 스무 해 맞아", "바닷가 폐교에 문을 연 갯벌 학교가 올해로 스무 돌을 맞았다."),
    ("별 보는 고을의 가로등", "한 고을이 가로등을 아래만 비추는 등으로 통째로 바꾸어 달았다."),
    ("점자 악보 만든 고교생", "친구에게 노래를 들려주려고 만든 것이 대회에서 상을 받았다."),
]
MENU = "<ul>" + "".join(f"<li><a href={n}>{n}</a></li>" for n in ("정치", "경제", "사회")) + "</ul>"
TEASERS = "".join(
    f'<div class="it"><a href="/{at}"><img src=a></a><a href="/{at}"><b>{head}</b></a>'
    f"<p>{lead}</p><span>2024.05.0{at + 1}</span></div>"
    for at, (head, lead) in enumerate(OTHERS)
)
COMMENTS = "".join(
    f"<div class=cc><span>누리꾼{at}</span><span>2024-05-0{at % 9 + 1}</span><p>정말 좋은 소식입니다. "
    "저도 아이와 함께 꼭 가 보고 싶습니다. 어린 시절이 떠오릅니다. 고맙습니다.</p></div>"
    for at in range(15)
)
ARTICLE = '<meta property="article:published_time" content="2024-05-01T10:00:00+09:00">'
H1 = f"<h1>{TITLE}</h1>"


def paragraphs(lines: list[str] = STORY) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def html(body: str, head: str = "", title: str = TITLE) -> str:
    return f"<html lang=ko><head><title>{title}</title>{head}</head><body>{body}</body></html>"


SHAPES = {
    "the story in three blocks with advertisements between": MENU
    + H1
    + "<div class=pt>"
    + paragraphs(STORY[:2])
    + "</div><div class=x9><img></div><div class=pt>"
    + paragraphs(STORY[2:4])
    + "</div><div class=pt>"
    + paragraphs(STORY[4:])
    + "</div>",
    "every paragraph in wrappers of its own": H1
    + "<div><div class=row>"
    + "".join(f"<div class=bk><div class=in><p>{line}</p></div></div>" for line in STORY)
    + "</div></div>",
    "breaks in a table cell of a page without classes": "<table><tr><td>"
    + "".join(f"<a href={n}>차례{n}</a> " for n in range(20))
    + f"</td></tr><tr><td><b>{TITLE}</b></td></tr><tr><td>"
    + "<br><br>".join(STORY)
    + "</td></tr><tr><td>대표전화 02-000-0000 | 발행인 지한결 | 등록번호 가 00000</td></tr></table>",
    "nine nested fonts": "<div>" + "<font>" * 9 + "<br>".join(STORY) + "</font>" * 9 + "</div>",
    "teasers in the same element as the story": f"<main>{H1}<div class=tx>{paragraphs()}</div>"
    f"<section class=mr><h2>최신 기사</h2>{TEASERS}</section></main>",
    "comments longer than the story": f"{H1}<div class=aa>{paragraphs()}</div><div class=bb>{COMMENTS}</div>",
    "everything in one article element": "<article><ul class=ct><li>사회</li></ul>"
    + H1
    + "<p class=dy>입력 2024.05.01 10:00 | 수정 2024.05.01 11:00</p><p>한도윤 기자</p>"
    + "<ul><li>공유</li><li>인쇄</li><li>글자크기</li></ul>"
    + paragraphs()
    + "<p>저작권자 © 가람신문 무단전재 및 재배포 금지</p><h3>관련기사</h3><ul>"
    + "".join(f"<li><a href=/{head}>{head}, 그 뒤 이야기</a></li>" for head, _ in OTHERS[:2])
    + "</ul></article>",
    "a second copy that is hidden": f'{H1}<div class="pc">{paragraphs()}</div>'
    f'<div class="mo" style="display:none">{paragraphs()}</div>',
    "two visible copies": f"{H1}<div class=news_txt>{paragraphs()}</div><div class=q7>{paragraphs()}</div>",
    "a link in a sentence": f"{H1}<div class=aa><p>{STORY[0].replace('마을버스', '<a href=1>마을버스</a>')}</p>"
    f"{paragraphs(STORY[1:])}</div>",
    "a login form above": f"<form><input name=i><input type=password><button>로그인</button></form>{H1}"
    f"<div class=aa>{paragraphs()}</div>",
    "a linked list with its heading between paragraphs": f"{H1}<div class=aa>{paragraphs(STORY[:2])}"
    f"<b>함께 볼 기사</b><ul><li><a href=/1>{OTHERS[0][1]}</a></li><li><a href=/2>{OTHERS[1][1]}</a></li></ul>"
    f"{paragraphs(STORY[2:])}</div>",
    "a summary by a machine": f"{H1}<div class=aa><div class=zz><b>AI 요약</b><ul><li>버스가 생겼다.</li>"
    f"<li>주민이 몬다.</li></ul></div>{paragraphs()}</div>",
    "a labelled link between paragraphs": f"{H1}<div class=aa>{paragraphs(STORY[:1])}"
    f"<p><strong>[관련기사] <a href=/1>{OTHERS[0][0]}</a></strong></p>{paragraphs(STORY[1:3])}"
    f"<p>☞<a href=/2>{OTHERS[1][0]}</a></p>{paragraphs(STORY[3:])}</div>",
    "the imprint at the end of the same element": f"{H1}<div class=aa>{paragraphs()}"
    "<p>누리저널 | 주소 : 솔빛시 물길로 1 | 발행인 : 지한결 | 등록번호 : 가 00000</p></div>",
    "a poll, tags and an offer to subscribe": f"{H1}<div class=aa>{paragraphs()}<p><a href=/1>#버스</a></p>"
    "<div class=vt><p>이 기사 어떻게 생각하시나요?</p><button>좋아요</button></div>"
    "<p>▶ 네이버에서 누리저널 구독하기</p></div>",
    "line feeds that a style sheet shows": f"{H1}<div class=aa>" + "\n\n".join(STORY) + "</div>",
    "line feeds in a pre": f"{H1}<pre class=aa>" + "\n".join(STORY) + "</pre>",
    "source that is wrapped": f"{H1}<div class=aa>"
    + "".join(f"<p>{line.replace(' ', chr(10))}</p>" for line in STORY)
    + "</div>",
    "a form around the whole page": f"<form id=f1><div>{MENU}</div>{H1}<div><div class=aa>{paragraphs()}</div></div></form>",
    "the neighbours in a board": f"{H1}<div class=aa>{paragraphs()}</div><div><p>이전글 : "
    "<a href=1>강변 산책로</a></p><p>다음글 : <a href=2>나무</a></p></div>",
    "a linked line between breaks": f"{H1}<div class=aa>{'<br><br>'.join(STORY[:2])}<br><br>"
    f"<a href=/1>▶ {OTHERS[0][0]} 사진 더 보기</a><br><br>{'<br><br>'.join(STORY[2:])}</div>",
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_story_comes_out_whole_and_alone(name: str) -> None:
    article = page.extract_page(html(SHAPES[name], ARTICLE))
    assert article.body.split("\n") == STORY
    assert article.title == TITLE


@pytest.mark.parametrize(
    "kept",
    [
        "<h3>◇ 사과 팔아 기름 넣고</h3>",
        "<table><tr><th>때</th><th>떠나는 곳</th></tr><tr><td>7시</td><td>고개</td></tr></table>",
        "<blockquote>눈이 와도 버스는 온다.</blockquote>",
        "<ul><li>첫차 7시</li><li>막차 6시</li></ul>",
        "<p><a href='https://bus.example/table'>https://bus.example/table</a></p>",
    ],
)
def test_subheads_tables_verse_lists_and_sources_stay(kept: str) -> None:
    body = f"{H1}<div class=aa>{paragraphs(STORY[:2])}{kept}{paragraphs(STORY[2:])}</div>"
    lines = page.extract_page(html(body, ARTICLE)).body.split("\n")
    assert [line for line in lines if line in STORY] == STORY
    assert len(lines) > len(STORY)


@pytest.mark.parametrize(
    "caption",
    [
        "<p><img src=a></p><p>▲ 고갯마을 정류장 (사진=고개군)</p>",
        "<div><img src=a><div>고갯마을 정류장 /사진=고개군</div></div>",
        "<p><img src=a><br>고갯마을 정류장 고개군 제공</p>",
        "<div><img src=a><span>고갯마을 정류장. 연합뉴스</span></div>",
    ],
)
def test_a_caption_behind_a_picture_is_a_caption_without_any_class_name(caption: str) -> None:
    body = f"{H1}<div class=aa>{caption}{paragraphs()}</div>"
    article = page.extract_page(html(body, ARTICLE))
    assert article.body.split("\n") == STORY
    assert len(article.captions) == 1


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (TITLE, [STORY[0]]),
        ("로그인 장애, 한 시간 만에 복구", ["15일 오전 누리포털에서 로그인이 되지 않는 장애가 있었다.",
                                  "회사는 서버를 점검하던 중 일시적인 오류가 났다고 밝혔다."]),
        ("404호 주민의 편지", STORY),
        ("삭제된 게시물 되살린 시민들", STORY),
        ("유료 도로, 회원만 할인", ["유료 도로를 지날 때 회원만 요금을 깎아 주는 제도가 다음 달 생긴다."]),
        ("기사 삭제 요청 두 배로 늘어", ["존재하지 않는 기사를 찾는 사람이 늘었다고 도서관이 12일 밝혔다."]),
    ],
)  # fmt: skip
def test_a_short_real_article_is_never_refused(title: str, body: list[str]) -> None:
    text = html(f"{MENU}<h1>{title}</h1><div class=aa>{paragraphs(body)}</div>", title=title)
    assert page.extract_page(text).body.split("\n") == body


NO_ARTICLES = {
    "a front page of teasers": (html(f"{MENU}<div class=li>{TEASERS}</div>", title="누리저널"), "list"),
    "a list of linked teasers": (
        html(
            MENU
            + "<ul class=hd>"
            + "".join(f'<li><a href="/{h}"><b>{h}</b><p>{t}</p></a></li>' for h, t in OTHERS)
            + "</ul>",
            title="누리저널 - 사회",
        ),
        "list",
    ),
    "a front page with a line about itself": (
        html(
            f"{MENU}<div class=li>{TEASERS}</div><div><p>누리저널은 바르고 빠른 소식을 전합니다.</p></div>",
            '<meta property="og:type" content="website">',
            title="누리저널",
        ),
        "list",
    ),
    "a 404 page": (
        html(
            f"{MENU}<div><h2>페이지를 찾을 수 없습니다.</h2><p>페이지의 주소가 변경 혹은 삭제되어 요청하신 "
            "페이지를 찾을 수 없습니다.</p><p>주소가 정확한지 다시 한번 확인해 주시기 바랍니다.</p></div>",
            title="누리저널",
        ),
        "404",
    ),
    "a deleted article": (
        html(f"{MENU}<div>삭제되었거나 존재하지 않는 기사입니다.</div>", title="기사 - 누리저널"),
        "404",
    ),
    "a deleted article in an alert": (
        "<html><body><script>alert('존재하지 않는 기사입니다.');history.back();</script></body></html>",
        "404",
    ),
    "a login wall": (
        html(
            f"{MENU}<div><h2>로그인</h2><form><input name=i><input type=password></form><p>회원 가입을 하시면 "
            "누리저널의 모든 기사를 읽으실 수 있습니다.</p></div>",
            title="로그인 | 누리저널",
        ),
        "login",
    ),
    "a paywall and nothing else": (
        html(
            f"{H1}<div id=articleBody><p>이 기사는 구독자 전용 콘텐츠입니다. 로그인 후 이용하실 수 있습니다.</p></div>",
            ARTICLE,
        ),
        "paywall",
    ),
    "a page that scripts draw": (
        html("<div id=app></div><script src=/main.js></script>", title="누리저널"),
        "scripts",
    ),
    "a page that asks for a robot": (
        html("<h1>비정상적인 접근이 감지되었습니다</h1><p>로봇이 아닙니다를 눌러 주세요.</p>", title="잠시만요"),
        "denies",
    ),
    "a page that checks the browser": (
        html("<h1>Just a moment...</h1><p>Checking your browser.</p><script>x</script>", title="Just a moment..."),
        "denies",
    ),
    "a gateway's error": (
        html("<center><h1>502 Bad Gateway</h1></center><hr>nginx", title="502 Bad Gateway"),
        "error",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_ARTICLES)
def test_what_is_no_article_is_refused_with_the_reason(name: str) -> None:
    text, reason = NO_ARTICLES[name]
    with pytest.raises(ArticleRejected) as caught:
        page.extract_page(text)
    assert reason in caught.value.reason


def test_a_lead_before_a_paywall_is_kept_and_said_to_be_a_lead() -> None:
    wall = "<div><p>이 기사는 유료 회원 전용입니다. 로그인 후 이용하실 수 있습니다.</p><p>구독하기</p></div>"
    body = f"{H1}<div id=articleBody>{paragraphs(STORY[:2])}{wall}</div>"
    article = page.extract_page(html(body, ARTICLE))
    assert article.body.split("\n") == STORY[:2]
    assert (article.completeness, "paywall" in article.flags) == ("lead", True)
    assert [piece.reason for piece in article.removed] == ["paywall", "page-part"]


def test_a_page_in_another_language_is_kept_with_its_language() -> None:
    text = html(
        "<h1>Old waterworks to become a garden</h1><div class=aa><p>The city said the old waterworks "
        "will become a garden by next spring.</p><p>Bridges will cross the basins.</p></div>",
        title="Old waterworks to become a garden",
    )
    assert page.extract_page(text).language == "en"


def test_pages_whose_canonicals_point_at_each_other_are_read_one_by_one() -> None:
    one = html(H1 + f"<article>{paragraphs()}</article>", '<link rel="canonical" href="/b">')
    other = html(H1 + f"<article>{paragraphs()}</article>", '<link rel="canonical" href="/a">')
    assert page.extract_page(one, url="https://a.example/a").url == "https://a.example/b"
    assert page.extract_page(other, url="https://a.example/b").url == "https://a.example/a"
