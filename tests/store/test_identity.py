"""Identity keys, ids and fingerprints keep what the contract says of them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Contributor, Note, Print, Removed, Reporter
from corpus.identity import derived_id, fingerprint, id_fault, moment, overlap, url_key


def test_a_derived_id_is_sixteen_characters_of_lower_case_base32() -> None:
    assert all(re.fullmatch("[a-z2-7]{16}", derived_id(f"https://a.kr/{n}")) for n in range(99))


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://a.kr/1", "https://a.kr/1"),
        ("http://A.kr:80/1#comments", "https://a.kr/1"),
        ("https://a.kr:8080/1", "https://a.kr:8080/1"),
        ("https://a.kr/view?id=1&utm_source=naver&fbclid=x", "https://a.kr/view?id=1"),
        ("https://a.kr/?idxno=7", "https://a.kr/?idxno=7"),
        ("https://a.kr?idxno=7", "https://a.kr/?idxno=7"),
        (" https://a.kr/한글 ", "https://a.kr/한글"),
        ("https://a.kr", None),
        ("https://a.kr/", None),
        ("https://a.kr/?utm_source=x", None),
        ("https://a.kr:port/1", None),
        ("mailto:a@a.kr", None),
        ("/news/1", None),
        ("https://[broken/1", None),
        ("", None),
        (None, None),
    ],
)
def test_a_url_is_an_identity_only_where_it_names_one_article(
    url: str | None, key: str | None
) -> None:
    assert url_key(url) == key


@pytest.mark.parametrize(
    "id", ["", " a", "a\n", "a\tb", "a\x00b", "a\x7fb", "a\x85b", "a\u2028b", "\ud800", "a" * 513]
)
def test_an_id_that_commands_could_not_take_is_refused(id: str) -> None:
    assert id_fault(id)


@pytest.mark.parametrize("id", ["a", "2021-기사-1", "a b", "한" * 512, "https://a.kr/1?x=y"])
def test_any_other_id_is_taken(id: str) -> None:
    assert id_fault(id) is None


def test_where_when_and_how_it_was_read_is_not_content() -> None:
    article = Article(title="제목", body="본문")
    read_again = msgspec.structs.replace(
        article,
        id="a",
        origin="b",
        captured=date(2021, 1, 1),
        sha256="c",
        revision=7,
        first_seen=date(2021, 1, 1),
        extractor="9",
    )
    assert fingerprint(read_again) == fingerprint(article)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "다른 제목"},
        {"body": "본문."},
        {"reporters": (Reporter("이영아"),)},
        {"publisher": "테크M"},
        {"published": date(2021, 1, 1)},
        {"flags": ("undated",)},
        {"extra": {"k": 1}},
    ],
)
def test_anything_else_is_content(change: dict[str, Any]) -> None:
    article = Article(title="제목", body="본문")
    assert fingerprint(msgspec.structs.replace(article, **change)) != fingerprint(article)


_text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8)
_maybe = st.none() | _text
_when = (
    st.none()
    | st.dates()
    | st.datetimes(
        min_value=datetime(1900, 1, 2),
        max_value=datetime(9998, 1, 1),
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=9))]),
    )
)
_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | _text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_text, inner, max_size=3),
    max_leaves=6,
)
_articles = st.builds(
    Article,
    id=_maybe,
    title=_text,
    subtitle=_maybe,
    body=_text,
    captions=st.lists(_text, max_size=2).map(tuple),
    reporters=st.lists(st.builds(Reporter, _maybe, _maybe), max_size=2).map(tuple),
    contributors=st.lists(st.builds(Contributor, _maybe, _maybe), max_size=2).map(tuple),
    publisher=_maybe,
    published=_when,
    modified=_when,
    captured=_when,
    print=st.none() | st.builds(Print, _maybe, _maybe, _maybe),
    removed=st.lists(st.builds(Removed, st.integers(1, 9), st.integers(0, 9), _text, _text)).map(
        tuple
    ),
    notes=st.lists(st.builds(Note, _text, _text), max_size=2).map(tuple),
    extra=st.dictionaries(_text, _json, max_size=3).filter(
        lambda extra: "inf" not in str(extra).lower()
    ),
)


@given(_articles)
def test_a_record_comes_back_from_json_with_the_same_content(article: Article) -> None:
    again = Article.from_json(article.to_json())
    assert fingerprint(again) == fingerprint(article)
    assert again.to_dict() == article.to_dict()


def test_capture_times_sort_by_the_moment_and_a_date_is_midnight_in_seoul() -> None:
    seoul = timezone(timedelta(hours=9))
    times = [
        moment(date(2021, 12, 1)),
        moment(datetime(2021, 11, 30, 15, 30, tzinfo=UTC)),
        moment(datetime(2021, 12, 1, 1, 0, tzinfo=seoul)),
    ]
    assert times == sorted(t for t in times if t)
    assert moment(None) is None


def test_overlap_tells_an_edited_body_from_another_one() -> None:
    body = "네이버가 인공지능 논문 66편을 국제 학회에서 발표했다."
    assert overlap(body, body.replace("66편", "67편")) > 0.8
    assert overlap(body, "전북도의회는 교육 조례를 처음으로 통과시켰다.") < 0.1
    assert overlap("", "") == overlap(body, "") == 0.0
