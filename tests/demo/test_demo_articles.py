"""Are the demo's articles what they claim, and does extraction read them as a reader would?"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus import demo
from corpus.article import Article, parse_when
from corpus.errors import ArticleRejected

ARTICLES, EXPECTED = demo.articles(), demo.expected()
FILES = sorted(path for path in ARTICLES.rglob("*") if path.is_file())
NAMES = [path.relative_to(ARTICLES).as_posix() for path in FILES]
PAGES = [path for path in FILES if path.suffix == ".html"]
KEYS = [
    "title",
    "subtitle",
    "body",
    "reporters",
    "publisher",
    "section",
    "url",
    "published",
    "modified",
    "language",
    "captions",
]
# Vocabularies that pages link to; everything else must be a name that nobody can own.
VOCABULARIES = {"schema.org", "www.w3.org"}


def decoded(path: Path) -> str:
    data = path.read_bytes()
    return data.decode("cp949" if path.parent.name == "table-cp949" else "utf-8")


def records(path: Path) -> list[dict[str, Any]]:
    """The expected records of one file, one for a page or a text."""
    text = (EXPECTED / path.relative_to(ARTICLES)).with_suffix(".json").read_text(encoding="utf-8")
    found = json.loads(text)
    return found if isinstance(found, list) else [found]


ALL = [record for path in FILES for record in records(path)]


def shape(article: Article) -> dict[str, Any]:
    """An extracted article in the keys of an expected record."""
    return {
        "title": article.title,
        "subtitle": article.subtitle,
        "body": article.body.split("\n"),
        "reporters": [{"name": who.name, "email": who.email} for who in article.reporters],
        "publisher": article.publisher,
        "section": article.section,
        "url": article.url,
        "published": article.published,
        "modified": article.modified,
        "language": article.language,
        "captions": list(article.captions),
    }


def wanted(record: dict[str, Any]) -> dict[str, Any]:
    """Dates as dates, so that one instant written in two zones is equal, a day and a time not."""
    when = {key: record[key] and parse_when(record[key]) for key in ("published", "modified")}
    return {**record, **when}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_extraction_reads_the_article_as_a_reader_does(path: Path) -> None:
    from corpus.ingest.sources import read

    found = list(read([path]))
    assert not [item for item in found if isinstance(item, ArticleRejected)]
    shaped = [shape(item.article) for item in found if not isinstance(item, ArticleRejected)]
    assert shaped == [wanted(record) for record in records(path)]


def test_the_folder_of_articles_is_taken_in_whole() -> None:
    from corpus.ingest.sources import read

    found = list(read([ARTICLES]))
    assert [item for item in found if isinstance(item, ArticleRejected)] == []
    assert len(found) == len(ALL)


def test_every_file_has_an_expected_record_and_every_record_a_file() -> None:
    written = {path.relative_to(EXPECTED) for path in EXPECTED.rglob("*.json")}
    assert written == {path.relative_to(ARTICLES).with_suffix(".json") for path in FILES}


@pytest.mark.parametrize("record", ALL, ids=[record["title"][:20] for record in ALL])
def test_expected_records_have_all_keys_and_a_story(record: dict[str, Any]) -> None:
    assert list(record) == KEYS
    assert record["title"]
    assert len(record["body"]) >= 4
    assert all(set(who) == {"name", "email"} for who in record["reporters"])
    texts = [record["title"], record["subtitle"] or "", *record["body"], *record["captions"]]
    for text in texts:
        assert text == unicodedata.normalize("NFC", " ".join(text.split()))


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_expected_text_stands_in_its_file_word_for_word(path: Path) -> None:
    if path.suffix == ".jsonl":
        values = [json.loads(line) for line in decoded(path).splitlines()]
        text = "\n".join(str(item) for value in values for item in value.values())
    else:
        text = html.unescape(decoded(path))
    for record in records(path):
        for part in [record["title"], record["subtitle"], *record["body"], *record["captions"]]:
            assert part is None or part in text
        for who in record["reporters"]:
            assert who["name"] in text or who["name"] == ""
            assert who["email"] is None or who["email"] in text


def test_there_are_enough_articles_in_enough_layouts() -> None:
    layouts = Counter(path.parent.name for path in PAGES)
    assert len(ALL) >= 28
    assert len(layouts) >= 7
    assert min(layouts.values()) >= 2
    assert Counter(path.suffix for path in FILES)[".txt"] >= 2
    assert len(records(ARTICLES / "records.jsonl")) >= 6
    titles = Counter(record["title"] for record in ALL)
    assert max(titles.values()) == 1


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_pages_are_as_noisy_as_real_ones_but_small(path: Path) -> None:
    # Below 4 KB there is no room for menus and comments; above 15 the wheel grows for nothing.
    assert 4_000 <= len(path.read_bytes()) <= 15_000
    lines = " ".join(records(path)[0]["body"])
    assert len(re.sub(r"(?s)<(script|style).*?</\1>|<[^>]+>", "", decoded(path))) > len(lines) * 1.2


def test_dates_reach_from_2018_to_2026_and_two_articles_have_none() -> None:
    dates = [record["published"] and parse_when(record["published"]) for record in ALL]
    years = Counter(when.year for when in dates if isinstance(when, date))
    assert sorted(years) == list(range(2018, 2027))
    assert dates.count(None) == 2


def test_the_old_pages_are_cp949_that_says_it_is_euc_kr() -> None:
    old = [path for path in PAGES if path.parent.name == "table-cp949"]
    only_cp949 = 0
    for path in old:
        data = path.read_bytes()
        with pytest.raises(UnicodeDecodeError):
            data.decode("utf-8")
        assert b"charset=euc-kr" in data
        assert "\ufffd" not in data.decode("cp949")
        try:
            data.decode("euc_kr")
        except UnicodeDecodeError:
            only_cp949 += 1
    assert only_cp949 >= 2  # syllables such as 똠 and 샾 that euc-kr does not have


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_address_belongs_to_anybody(path: Path) -> None:
    text = decoded(path)
    hosts = re.findall(r"(?:https?:)?//([\w.-]+\.[a-z]{2,})\b", text, re.IGNORECASE)
    hosts += re.findall(r"@([\w-]+(?:\.[\w-]+)+)", text)
    hosts += re.findall(r"(?<![\w/.@-])((?:www|news|cdn|img)\.[\w.-]+\.[a-z]{2,})\b", text)
    strangers = {host for host in hosts if not host.lower().endswith(".example")}
    assert strangers <= VOCABULARIES | {"www.w3.org"}


def test_the_articles_hold_what_searches_are_shown_with() -> None:
    text = "\n".join("\n".join([record["title"], *record["body"]]) for record in ALL)
    phrases = (
        "인공지능, 인공 지능, 반도체, 하천, 선거, 물가, 프로야구, 지방의회, 기후, 대학, 해운, "
        "HB전자, AI반도체, AI 반도체, 5G망, NeurIPS2021, 5·18, 5ㆍ18, 2000명, 1만2000, "
        "美, 北, 檢, 金값, 기자회견, 솔섬"
    )
    for phrase in [*phrases.split(", "), "12,000명", "“", "’"]:
        assert phrase in text, phrase


def test_reporters_come_single_in_pairs_nameless_and_in_two_scripts() -> None:
    counts = {len(record["reporters"]) for record in ALL}
    assert {0, 1, 2, 3} <= counts
    names = {who["name"] for record in ALL for who in record["reporters"]}
    assert {len(name) for name in names if not name.isascii()} >= {2, 3, 4}
    assert any(name.isascii() for name in names)
