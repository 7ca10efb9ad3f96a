"""Titles without the site, persons only, absolute addresses, JSON-LD that is not quite JSON."""

from __future__ import annotations

import pytest

from corpus.article import Reporter
from corpus.ingest import jsonld, metadata, page, people
from corpus.ingest.titles import choose, tidy, without_site
from corpus.ingest.tree import parse


@pytest.mark.parametrize(
    ("raw", "site", "title"),
    [
        ("시장 열렸다 - 조선일보", "조선일보", "시장 열렸다"),
        ("시장 열렸다 | 한국일보", "한국일보", "시장 열렸다"),
        ("시장 열렸다-정치ㅣ한국일보", "한국일보", "시장 열렸다"),
        ("시장 열렸다 : 네이버 뉴스", "", "시장 열렸다"),
        ("시장 열렸다 : 뉴스 : 동아닷컴", "동아일보", "시장 열렸다"),
        ("시장 열렸다 - 매일경제", "매일경제", "시장 열렸다"),
        ("Market opens | Yonhap News Agency", "연합뉴스", "Market opens"),
        ("[사회]시장 열렸다 | YTN", "YTN", "시장 열렸다"),
        ("시장 열렸다 < 사회 < 기사본문 - 가람신문", "가람신문", "시장 열렸다"),
        ("시장 열렸다 - 인터넷 가람신문", "가람신문", "시장 열렸다"),
        ("시장 열렸다 - 가람시민의 하루", "가람신문", "시장 열렸다 - 가람시민의 하루"),
        ("3-2로 이긴 가람", "가람신문", "3-2로 이긴 가람"),
        ("대통령: 시장 열겠다", "가람신문", "대통령: 시장 열겠다"),
        ("공영방송의 길 MBC-KBS", "가람신문", "공영방송의 길 MBC-KBS"),
        ("[단독] 시장 열렸다", "가람신문", "[단독] 시장 열렸다"),
        ("가람신문 - 시장 열렸다", "가람신문", "시장 열렸다"),
        ("::: 가람신문 ::: 시장 열렸다", "가람신문", "시장 열렸다"),
        ("KBS <시장 사람들> 첫 방송", "KBS", "KBS <시장 사람들> 첫 방송"),
        ("<시장 사람들> 첫 방송 - KBS 뉴스", "KBS", "<시장 사람들> 첫 방송"),
        ("KBS-MBC 공동 성명", "KBS", "KBS-MBC 공동 성명"),
        ("시장 열렸다 :: 공감언론 뉴시스통신사 ::", "뉴시스", "시장 열렸다"),
        ("가람신문", "가람신문", "가람신문"),
    ],
)
def test_a_title_loses_the_name_of_the_site_and_nothing_else(
    raw: str, site: str, title: str
) -> None:
    assert without_site(raw, [site] if site else []) == title


def test_a_title_that_is_only_the_site_gives_way_to_the_next() -> None:
    assert choose(["연합뉴스TV", "시장 열렸다"], ["연합뉴스TV"]) == "시장 열렸다"


def test_a_title_cut_short_gives_way_to_the_whole_one() -> None:
    assert choose(["가람시 새 시장 열렸…", "가람시 새 시장 열렸다"], []) == "가람시 새 시장 열렸다"


def test_the_headline_on_the_page_shows_where_an_unknown_site_name_begins() -> None:
    assert (
        choose(["가람시 새 시장 열렸다 | 아무개", "가람시 새 시장 열렸다"], [])
        == "가람시 새 시장 열렸다"
    )


def test_quotes_that_a_site_writes_as_seconds_are_quotes_again() -> None:
    assert tidy("″지갑 열어라″ &amp;quot;1+1&amp;quot;") == '"지갑 열어라" &quot;1+1&quot;'
    assert tidy("12″ 웨이퍼") == "12″ 웨이퍼"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("신현주 기자", ["신현주"]),
        ("순천, 광양 구현모 기자 ninek@garam.example", ["구현모"]),
        ("박준석 기자 외 1명", ["박준석"]),
        ("이남경 MK스포츠 기자(mkculture3@garam.example)", ["이남경"]),
        ("스포츠조선 = 안소윤 기자", ["안소윤"]),
        ("이정화 에디터", ["이정화"]),
        ("권준우·김솔 기자", ["권준우", "김솔"]),
        ("박준석, 이유찬", ["박준석", "이유찬"]),
        ("남궁민수", ["남궁민수"]),
        ("정다워기자", ["정다워"]),
        ("Yoo Jee-ho", ["Yoo Jee-ho"]),
        ("조선일보", []),
        ("SBS 뉴스", []),
        ("SBS NEWS", []),
        ("iMBC 연예", []),
        ("디지털뉴스부", []),
        ("가람일보 편집국", []),
        ("경제부", []),
        ("Yonhap News Agency", []),
        ("https://www.facebook.com/garam", []),
        ("관리자", []),
        ("", []),
    ],
)
def test_only_persons_are_authors(text: str, names: list[str]) -> None:
    assert [one.name for one in people.persons(text)] == names


def test_the_address_of_a_desk_is_no_ones() -> None:
    assert people.persons("도하늘 기자 news@garam.example") == [Reporter("도하늘")]
    assert people.persons("도하늘 기자", "sky@garam.example") == [
        Reporter("도하늘", "sky@garam.example")
    ]


def test_the_printed_name_is_believed_over_the_stated_one() -> None:
    printed = [Reporter("Yoo Jee-ho", "jeeho@a.example")]
    assert people.combine(printed, [Reporter("유지호")]) == tuple(printed)


def test_an_address_without_a_name_belongs_to_the_one_person_stated() -> None:
    assert people.combine([Reporter(None, "a@b.example")], [Reporter("이민지")]) == (
        Reporter("이민지", "a@b.example"),
    )


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "headline": "가", // 제목\n "url": "https://a.example/1"}',
        '{"@type": "NewsArticle", "headline": "가", /* 제목 */ "url": "https://a.example/1",}',
        '[{"@type": "WebSite"}, {"@type": ["Article"], "headline": "가", "url": "https://a.example/1"}]',
        '{"@graph": [{"@type": "Organization"}, {"@type": "ReportageNewsArticle", "headline": "가"}]}',
        '{"@type": "NewsArticle", "headline": "가\n", "datePublished": "2023-04-07"}',
        '{"@type": "NewsArticle", "headline": "가", "description": "그는 "아니다"라고 했다"}',
        '<!-- {"@type": "NewsArticle", "headline": "가"} -->',
    ],
)
def test_an_article_is_found_in_json_that_is_not_quite_json(block: str) -> None:
    assert [jsonld.text_of(one["headline"]) for one in jsonld.articles(iter([block]))] == ["가"]


def test_organisations_and_their_addresses_are_never_read() -> None:
    blocks = ['{"@type": "Organization", "name": "비디오머그", "email": "a@b.example"}', "{", ""]
    assert jsonld.articles(iter(blocks)) == []


def head(markup: str) -> metadata.Head:
    return metadata.read(parse(f"<html><head>{markup}</head><body></body></html>"))


@pytest.mark.parametrize(
    ("markup", "given", "address"),
    [
        ('<link rel=canonical href="/a/1"><meta property="og:url" content="https://a.example/x">', None, "https://a.example/a/1"),
        ('<link rel=canonical href="https://a.example/a/1?utm_source=k&id=3#top">', None, "https://a.example/a/1?id=3"),
        ('<meta property="og:url" content="https://a.example/x">', None, "https://a.example/x"),
        ('<link rel=canonical href="https://a.example/"><meta property="og:url" content="https://a.example/x">', None, "https://a.example/x"),
        ('<link rel=canonical href="//a.example/1">', "http://b.example/", "http://a.example/1"),
        ('<link rel=canonical href="http://[broken">', "https://a.example/2", "https://a.example/2"),
        ('<link rel=canonical href="javascript:void(0)">', None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_an_address_is_absolute_or_none(
    markup: str, given: str | None, address: str | None
) -> None:
    assert metadata.address_of(head(markup), given) == address


def test_a_reporter_in_the_publisher_slot_is_no_publisher() -> None:
    markup = (
        '<meta name="publisher" content="이민지"><meta property="og:site_name" content="가람신문">'
    )
    assert metadata.publisher_of(head(markup), None)[0] == "가람신문"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("&lt;저작권자 © 미리내타임즈, 무단 전재 및 재배포 금지&gt;", "미리내타임즈"),
        ("ⓒ 고마을신문(http://www.gomaul.example) 무단전재 및 재배포금지", "고마을신문"),
        ("Copyright © 2019 <b>KBS</b> All rights reserved.", "KBS"),
        ("저작권자(c) 연합뉴스, 무단 전재-재배포 금지", "연합뉴스"),
        ("ⓒ 한도윤", ""),
        ("저작권자의 허락 없이 쓸 수 없다.", ""),
    ],
)
def test_the_copyright_line_names_the_paper_where_nothing_else_does(line: str, name: str) -> None:
    assert metadata.rights_holder(f"<p>{line}</p>", "") == name


@pytest.mark.parametrize(
    ("following", "more"),
    [
        ("https://a.example/1?page=2", True),
        ("/1?page=2", True),
        ("/1/2", True),
        ("/2", False),
        ("https://b.example/1?page=2", False),
        ("", False),
    ],
)
def test_a_story_goes_on_only_on_a_page_of_its_own_address(following: str, more: bool) -> None:
    found = metadata.Head(next=following)
    assert metadata.goes_on(found, "https://a.example/1") is more


def test_the_domain_table_is_believed_over_the_site_name() -> None:
    markup = '<meta property="og:site_name" content="매일방송">'
    assert metadata.publisher_of(head(markup), "https://mbn.co.kr/news/1")[0] == "MBN"


def test_keywords_are_those_that_the_article_contains() -> None:
    markup = '<meta name="keywords" content="가람신문, 뉴스, 시장, 가람시, #개장">'
    found = metadata.keywords_of(head(markup), "가람시 시장 개장", "가람신문")
    assert found == ("시장", "가람시", "개장")


def test_an_english_page_is_english_even_where_its_head_says_korean() -> None:
    text = "The city opened a new market on Friday, officials said, and a crowd came. " * 3
    article = page.extract_page(
        f'<html lang="ko"><title>Market opens</title><article><p>{text}</p></article>'
    )
    assert article.language == "en"
