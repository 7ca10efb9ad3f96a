"""What is on a page comes out of it, and a page without an article is refused by name."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Reporter
from corpus.errors import ArticleRejected
from corpus.ingest import EXTRACTOR, page
from corpus.ingest.decode import decode

PAGES = Path(__file__).parent / "pages"
STORY = "가람시는 오늘 새 시장을 열었다고 밝혔다. 시민 천 명이 모여 개장을 축하했다. "


def html(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>새 시장 열렸다</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_each_page_gives_the_record_beside_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    text = decode(path.read_bytes()).text
    found = {**page.extract_page(text).to_dict(), "rule": page.read_page(text).rule}
    found["body"] = found["body"].split("\n")
    assert {key: found[key] for key in expected} == expected


def test_an_article_carries_the_version_of_the_rules_and_its_flags() -> None:
    article = page.extract_page(
        html(f'<div id="articleBody">{STORY}</div>'), url="https://a.example/1"
    )
    assert (article.extractor, article.flags, article.url) == (
        EXTRACTOR,
        ("undated",),
        "https://a.example/1",
    )
    assert (article.id, article.language, article.completeness) == (None, "ko", "full")


def test_an_impossible_date_leaves_the_article_undated_with_the_raw_text_kept() -> None:
    meta = '<meta property="article:published_time" content="2023-02-30T10:00:00+09:00">'
    article = page.extract_page(html(f'<div id="articleBody">{STORY}</div>', meta))
    assert article.published is None
    assert "undated" in article.flags
    assert article.extra == {"published_raw": "2023-02-30T10:00:00+09:00"}


def test_on_a_portal_the_paper_is_the_publisher_and_its_address_is_kept() -> None:
    path = PAGES / "portal-before-2021.html"
    article = page.extract_page(decode(path.read_bytes()).text)
    assert article.publisher == "누리일보"
    assert article.extra["original_url"] == "https://www.nuri-ilbo.example/1"


@pytest.mark.parametrize(
    "caption",
    [
        "<figure><img src=a><figcaption>시장 모습</figcaption></figure>",
        "<div class='photo'><img src=a><p>시장 모습</p></div>",
        "<img src=a><p class='caption'>시장 모습</p>",
        "<table><tr><td><img src=a></td></tr><tr><td class='cap'>시장 모습</td></tr></table>",
        "<span class='end_photo_org'><img src=a><em class='img_desc'>시장 모습</em></span>",
        "<div class='article_img'><p class='photo'><img src=a></p><p class='aboutPhoto'>시장 모습</p></div>",
        "<img src=a><br>▲ 시장 모습<br>",
    ],
)
def test_a_caption_is_never_body(caption: str) -> None:
    parts = page.read_page(
        html(f'<div id="articleBody"><p>{STORY}</p>{caption}<p>{STORY}</p></div>')
    )
    assert parts.lines == [STORY.strip(), STORY.strip()]
    assert [one.removeprefix("▲ ") for one in parts.captions] == ["시장 모습"]


@pytest.mark.parametrize(
    "beside",
    [
        "<script>var a = '안녕하세요.';</script>",
        "<div class='related_news'><a href=1>다른 기사</a></div>",
        "<ul class='sns_share'><li>카카오톡</li></ul>",
        "<div class='ad_box'>광고입니다.</div>",
        "<div style='display:none'>숨은 글</div>",
        "<button>글자 크기</button><span class='is_blind'>사진 확대</span>",
        "<div class='comment_area'>댓글입니다.</div>",
        "<video>브라우저가 지원하지 않습니다.</video>",
        "<!-- 주석 -->",
    ],
)
def test_what_stands_inside_the_body_without_being_story_is_left_out(beside: str) -> None:
    parts = page.read_page(
        html(f'<div id="articleBody"><p>{STORY}</p>{beside}<p>{STORY}</p></div>')
    )
    assert parts.lines == [STORY.strip(), STORY.strip()]


def test_a_class_that_sounds_like_a_banner_does_not_cost_the_story() -> None:
    parts = page.read_page(html(f'<div id="articleBody"><div class="ad">{STORY * 5}</div></div>'))
    assert parts.lines == [(STORY * 5).strip()]


def test_an_inline_banner_does_not_break_the_line_around_it() -> None:
    body = '<div id="articleBody">시장이 <span class="view_banner"><iframe></iframe></span> 열렸다고 가람시가 밝혔다.</div>'
    assert page.read_page(html(body)).lines == ["시장이 열렸다고 가람시가 밝혔다."]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html></html>", "HTML without an article"),
        ("그냥 글", "HTML without an article"),
        (html("<p>요청하신 페이지를 찾을 수 없습니다.</p>"), "404"),
        (html('<form><input name=i><input type="password"></form>아이디와 비밀번호'), "login"),
        (
            html("".join(f"<li><a href={n}>가람시 시장이 새로 열렸다 {n}</a>" for n in range(99))),
            "links",
        ),
        (html("<div id=root></div><script>render()</script>"), "scripts"),
        (html("<p>Access Denied</p>"), "denies"),
    ],
)
def test_a_page_without_an_article_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ArticleRejected) as caught:
        page.extract_page(text, origin="a.html")
    assert reason in caught.value.reason
    assert caught.value.origin == "a.html"


def test_a_story_about_a_deleted_page_is_a_story() -> None:
    text = "삭제된 기사와 존재하지 않는 페이지를 찾는 사람들이 늘고 있다고 도서관이 밝혔다. " * 6
    assert page.read_page(html(f"<article>{text}</article>")).lines


def test_a_flash_with_nothing_but_a_title_is_kept_and_said_to_be_empty() -> None:
    meta = '<meta property="article:published_time" content="2023-04-21T16:25:31+09:00">'
    article = page.extract_page(html("<div id=articleBody></div>", meta))
    assert (article.body, article.completeness) == ("", "title")
    assert "empty-body" in article.flags


def test_reporters_are_the_printed_ones_with_their_addresses_from_the_box() -> None:
    box = '<div class="reporter"><a href="mailto:sky@garam.example">도하늘 기자</a></div>'
    body = f'<div id="articleBody"><p>{STORY}</p><p>도하늘 기자</p></div>{box}'
    article = page.extract_page(html(body))
    assert article.reporters == (Reporter("도하늘", "sky@garam.example"),)
    assert article.body == STORY.strip()


HOSTILE = {
    "nested tags": "<div>" * 100_000 + STORY * 3 + "</div>" * 100_000,
    "nested tags in the body": '<div id="articleBody">' + "<b>" * 100_000 + STORY,
    "nested tables": "<table><tr><td>" * 20_000 + STORY * 3,
    "a NUL": f'<div id="articleBody">{STORY}\0{STORY}</div>',
    "10 MB in one attribute": f'<div id="articleBody" title="{"x" * 10_000_000}">{STORY}</div>',
    "10 MB in one class": f'<div id="articleBody"><p class="{"a " * 5_000_000}">{STORY}</p></div>',
    "many metas": '<meta name="author" content="도하늘 기자">' * 50_000
    + f"<article>{STORY * 3}</article>",
    "open quotes in JSON-LD": '<script type="application/ld+json">{"@type":"NewsArticle","a":"'
    + '\\"' * 200_000
    + f'</script><div id="articleBody">{STORY}</div>',
    "deep JSON-LD": '<script type="application/ld+json">'
    + "[" * 100_000
    + f'"NewsArticle"</script><div id="articleBody">{STORY}</div>',
    "a title of bars": f"<title>{'- ' * 200_000}</title><div id=articleBody>{STORY}</div>",
    "words before no date": "입력 : < " * 100_000 + f'<div id="articleBody">{STORY}</div>',
    "250 levels around a megabyte": "<div>" * 250 + f"<p>{STORY}</p>" * 10_000 + "</div>" * 250,
    "a row of 20,000 parts": "<div>"
    + "<div class=a><a href=1>가</a><p>나</p></div>" * 20_000
    + f'</div><div id="articleBody">{STORY}</div>',
    "20,000 links in the body": f'<div id="articleBody"><p>{STORY}</p>'
    + "<p><a href=1>다른 기사 제목입니다</a></p>" * 20_000
    + "</div>",
    "links in 250 levels": '<div id="articleBody"><p>'
    + STORY * 50
    + "</p>"
    + "<div><a href=1>다른 기사</a>" * 250
    + "</div>" * 251,
    "a lone surrogate": f'<div id="articleBody">\ud800{STORY}</div>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_in_bounded_time_with_its_story(name: str) -> None:
    start = time.process_time()
    article = page.extract_page(html(HOSTILE[name]))
    assert STORY.strip()[:20] in article.body
    assert time.process_time() - start < 10


def test_entities_of_a_doctype_are_never_opened() -> None:
    text = (
        '<!DOCTYPE html [<!ENTITY a "하하하하"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/hosts">]>'
        f'<html><body><div id="articleBody">&b;&x;{STORY}</div></body></html>'
    )
    body = page.extract_page(text).body
    assert "localhost" not in body
    assert "하하" not in body


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_mutilated_page_gives_an_article_or_a_refusal(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(PAGES.glob("*.html"))))
    text = path.read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text)))
        size = data.draw(st.integers(0, 80))
        text = text[:at] + data.draw(st.text(max_size=6)) + text[at + size :]
    try:
        article = page.extract_page(text)
    except ArticleRejected:
        return
    article.to_json()


def test_elements_left_out_of_the_body_are_recorded_with_place_and_reason() -> None:
    from corpus.ingest.byline import restore
    from corpus.ingest.page import extract_page

    page = """<html><head><title>강물이 맑아졌다</title></head><body><article>
      <h1>강물이 맑아졌다</h1><div class="article_body">
      <p>강물이 맑아졌다는 조사 결과가 나왔다. 조사는 지난달 상류와 하류 열두 곳에서 이뤄졌다.</p>
      <div class="related"><a href="/1">지난 기사</a></div>
      <p>물고기도 돌아왔다. 시는 내년에도 조사를 이어 가겠다고 밝혔다. 주민도 함께 나선다.</p>
      <p class="reporter-line">김가람 기자 ram@garam-news.example</p>
      <p class="copyright">ⓒ 가람신문, 무단 전재 금지</p>
      <p style="display:none">보이지 않는 말</p></div></article></body></html>"""
    article = extract_page(page)
    assert [(r.line, r.text, r.reason) for r in article.removed] == [
        (2, "지난 기사\n", "related"),
        (4, "김가람 기자 ram@garam-news.example\n", "byline"),
        (5, "ⓒ 가람신문, 무단 전재 금지\n", "copyright"),
    ]
    whole = restore(article.body.split("\n"), article.removed)
    assert [line[:4] for line in whole] == ["강물이 ", "지난 기", "물고기도", "김가람 ", "ⓒ 가람"]
