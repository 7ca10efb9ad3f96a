"""One name for each paper, by domain and by every variant; layouts that are all in order."""

from __future__ import annotations

from itertools import pairwise

import pytest

from corpus.ingest import publishers
from corpus.ingest.publishers import layouts, names
from corpus.ingest.publishers.systems import SYSTEMS
from corpus.ingest.selectors import compiled


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("www.techm.kr", "테크M"),
        ("techm.kr", "테크M"),
        ("yna.co.kr", "연합뉴스"),
        ("en.yna.co.kr", "연합뉴스"),
        ("www.yonhapnewstv.co.kr", "연합뉴스TV"),
        ("mbn.co.kr", "MBN"),
        ("https://www.mk.co.kr/news/1", "매일경제"),
        ("biz.chosun.com", "조선비즈"),
        ("www.chosun.com:443", "조선일보"),
        ("http://news.tvchosun.com/site/1.html", "TV조선"),
        ("HANKOOKILBO.COM.", "한국일보"),
        ("naver.com", None),
        ("gmail.com", None),
        ("notchosun.com", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_a_domain_and_its_sub_domains_have_one_publisher(domain: str, name: str | None) -> None:
    assert publishers.name_for_domain(domain) == name


@pytest.mark.parametrize(
    ("variant", "name"),
    [
        ("KBS 뉴스", "KBS"),
        ("SBS NEWS", "SBS"),
        ("매일방송", "MBN"),
        ("연합뉴스 TV", "연합뉴스TV"),
        ("Yonhap News Agency", "연합뉴스"),
        ("한겨레신문", "한겨레"),
        ("가람 신문", "가람 신문"),
    ],
)
def test_a_variant_of_a_name_is_the_name(variant: str, name: str) -> None:
    assert publishers.canonical(variant) == name


def test_siblings_of_a_group_are_not_each_other() -> None:
    assert publishers.canonical("연합뉴스TV") != publishers.canonical("연합뉴스")
    assert publishers.canonical("MBN") != publishers.canonical("매일경제")
    assert publishers.canonical("TV조선") != publishers.canonical("조선일보")


def test_the_table_has_no_domain_twice_and_at_least_two_hundred() -> None:
    hosts = [
        host
        for line in names.TABLE.strip().splitlines()
        for host in line.partition(":")[2].partition("|")[0].split()
    ]
    assert len(hosts) == len(set(hosts)) >= 200


def test_a_portal_is_known_by_host_and_by_name() -> None:
    assert publishers.is_portal("https://n.news.naver.com/article/1")
    assert publishers.is_portal("다음뉴스")
    assert not publishers.is_portal("chosun.com")


ALL = [
    pytest.param(layout, id=f"{name}-{number}")
    for name in layouts.MODULES
    for number, layout in enumerate(
        __import__(f"corpus.ingest.publishers.{name}", fromlist=["LAYOUTS"]).LAYOUTS
    )
] + [pytest.param(layout, id=f"system-{number}") for number, layout in enumerate(SYSTEMS)]


@pytest.mark.parametrize("layout", ALL)
def test_every_selector_of_every_layout_can_be_read(layout: layouts.Layout) -> None:
    for field in layouts.SELECTORS:
        selector = getattr(layout, field)
        if selector:
            assert compiled(selector)
    assert layout.body or layout.embedded


@pytest.mark.parametrize("name", layouts.MODULES)
def test_layouts_stand_newest_first_and_only_the_first_is_open(name: str) -> None:
    module = __import__(f"corpus.ingest.publishers.{name}", fromlist=["LAYOUTS"])
    ends = [layout.until for layout in module.LAYOUTS]
    dated = [end for end in ends if end]
    assert all(later > earlier for later, earlier in pairwise(dated))
    assert layouts.layouts_for(f"https://www.{module.DOMAINS[0]}/1") == module.LAYOUTS
    assert module.__doc__
    assert all(
        publishers.name_for_domain(one) or publishers.is_portal(one) for one in module.DOMAINS
    )


def test_an_unknown_site_has_no_layout() -> None:
    assert layouts.layouts_for("https://garam.example/1") == ()
    assert layouts.layouts_for(None) == ()


def test_a_selector_beyond_our_part_of_css_is_an_error_not_a_guess() -> None:
    with pytest.raises(ValueError, match="no selector"):
        compiled("p:first-child")


def test_what_is_longer_than_a_host_name_can_be_is_none() -> None:
    longest = ".".join(["a" * 62] * 3) + ".co.kr"
    assert publishers.parents(f"https://{longest}/1")[0] == longest
    assert publishers.parents("https://" + "다." * 100_000 + "kr/1") == []
