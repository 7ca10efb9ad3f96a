"""Is every entry of a feed an article, with what the feed knows of it, and never more than it says?"""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from ingest_inputs import BODY, BYLINE, FIRST, SECOND, given

from corpus.article import Reporter
from corpus.ingest.sources import extract_bytes

CONTENT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{BYLINE}</p><script>alert(1)</script>"
RSS = """<?xml version="1.0" encoding="{charset}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>한빛일보 - 전체기사</title><link>https://hanbit.example</link><language>ko</language>
<lastBuildDate>Fri, 08 Oct 2021 00:00:00 +0900</lastBuildDate>
{items}
</channel></rss>"""
ITEM = f"""<item><title><![CDATA[다리 &amp; 길]]></title>
<link>https://hanbit.example/news/1</link><guid isPermaLink="false">hb-1</guid>
<dc:creator>도은설 기자</dc:creator><category>사회</category><category>가람시</category>
<pubDate>Thu, 07 Oct 2021 13:50:00 +0900</pubDate>
<description><![CDATA[{FIRST}]]></description>
<content:encoded><![CDATA[{CONTENT}]]></content:encoded></item>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko"><title>가람신문</title>
<id>urn:garam</id><updated>2021-10-08T00:00:00+09:00</updated>
<entry><title>다리</title><id>urn:garam:1</id>
<link rel="alternate" href="https://garam.example/1"/><link rel="self" href="https://garam.example/f"/>
<author><name>한가람</name><email>garam@garam.example</email></author><category term="지역"/>
<published>2021-10-07T13:50:00+09:00</published><updated>2021-10-07T15:00:00+09:00</updated>
<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry>
<entry><title>둘째</title><id>https://garam.example/2</id><updated>2021-10-07T16:00:00+09:00</updated>
<summary>{FIRST}</summary></entry></feed>"""
RDF = f"""<?xml version="1.0"?><!-- saved -->
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://garam.example">
<title>가람신문</title><link>https://garam.example</link>
<items><rdf:Seq><rdf:li rdf:resource="https://garam.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://garam.example/1"><title>다리</title><link>https://garam.example/1</link>
<description>{FIRST}</description><dc:date>2021-10-07</dc:date></item></rdf:RDF>"""


def rss(*items: str, charset: str = "utf-8") -> str:
    return RSS.format(items="\n".join(items), charset=charset)


def item(body: str, title: str = "다리") -> str:
    return f"<item><title>{title}</title><link>https://hanbit.example/{title}</link>{body}</item>"


@pytest.mark.parametrize("kind", ["auto", "rss"])
def test_an_rss_item_with_its_content_is_a_full_article(tmp_path: Path, kind: str) -> None:
    read = given(tmp_path, "a.dat", rss(ITEM), kind=kind)
    assert read.rejects == []
    (article,) = read.articles
    assert (article.title, article.body) == ("다리 & 길", BODY)
    assert article.completeness == "full"
    assert article.reporters == (Reporter("도은설", "snow@hanbit.example"),)
    assert (article.publisher, article.section) == ("한빛일보", "사회")
    assert article.published is not None
    assert article.published.isoformat() == "2021-10-07T13:50:00+09:00"
    assert article.url == "https://hanbit.example/news/1"
    assert article.source_id == "hb-1"
    assert article.language == "ko"
    assert article.origin == f"{tmp_path}/a.dat@1"


def test_atom_entries_have_their_authors_dates_and_links(tmp_path: Path) -> None:
    read = given(tmp_path, "a.xml", ATOM)
    first, second = read.articles
    assert (first.title, first.body, first.publisher) == ("다리", BODY, "가람신문")
    assert first.url == "https://garam.example/1"
    assert str(first.modified) == "2021-10-07 15:00:00+09:00"
    assert first.reporters[0].name == "한가람"
    assert (first.completeness, second.completeness) == ("full", "lead")
    assert second.url == "https://garam.example/2"
    assert read.places == ["a.xml@1", "a.xml@2"]


def test_rss_1_keeps_its_items_beside_the_channel(tmp_path: Path) -> None:
    (article,) = given(tmp_path, "a.rdf", RDF).articles
    assert (article.title, article.body, article.completeness) == ("다리", FIRST, "lead")
    assert str(article.published) == "2021-10-07"
    assert article.publisher == "가람신문"


def test_completeness_says_what_the_feed_gave(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{FIRST} {SECOND}</p>" for _ in range(8))
    items = {
        "content": f"<content:encoded><![CDATA[{CONTENT}]]></content:encoded>",
        "content cut": f"<content:encoded><![CDATA[<p>{FIRST}</p><p>시는 [...]</p>]]></content:encoded>",
        "synopsis": f"<description>{FIRST}</description>",
        "whole description": f"<description><![CDATA[{paragraphs}]]></description>",
        "no text": "",
    }
    feed = rss(*(item(body, name) for name, body in items.items()))
    read = given(tmp_path, "a.xml", feed)
    assert [article.completeness for article in read.articles] == [
        "full", "lead", "lead", "full", "title"
    ]  # fmt: skip
    assert read.articles[-1].body == ""


def test_a_feed_that_was_saved_without_dates_gives_undated_articles(tmp_path: Path) -> None:
    (article,) = given(tmp_path, "a.xml", rss(item(f"<description>{FIRST}</description>"))).articles
    assert article.published is None
    assert "undated" in article.flags


@pytest.mark.parametrize("charset", ["euc-kr", "utf-16", "utf-8"])
def test_feeds_in_every_charset_are_read(tmp_path: Path, charset: str) -> None:
    data = rss(item(f"<description>{FIRST} 뷁</description>"), charset=charset)
    read = given(tmp_path, "a.xml", data.encode("cp949" if charset == "euc-kr" else charset))
    assert [article.body for article in read.articles] == [f"{FIRST} 뷁"]


def test_html_entities_that_xml_does_not_know_do_no_harm(tmp_path: Path) -> None:
    body = f"<description>{FIRST}&nbsp;&middot; 끝</description>"
    (article,) = given(tmp_path, "a.xml", rss(item(body))).articles
    assert article.body.startswith(FIRST)
    assert article.title == "다리"


def test_an_entry_without_a_title_takes_none_from_the_feed(tmp_path: Path) -> None:
    read = given(tmp_path, "a.xml", rss(f"<item><description>{FIRST}</description></item>", ITEM))
    assert len(read.articles) == 2
    assert read.articles[0].title != "한빛일보"
    assert (
        given(tmp_path, "b.xml", rss("<item></item>", ITEM)).rejects[0].origin.endswith("b.xml@1")
    )


def test_a_feed_that_breaks_off_gives_the_entries_before(tmp_path: Path) -> None:
    feed = rss(ITEM, ITEM.replace("hb-1", "hb-2").replace("/1<", "/2<"))
    read = given(tmp_path, "a.xml", feed[: feed.index("hb-2")])
    assert read.articles[0].source_id == "hb-1"


def test_the_original_of_an_entry_is_a_feed_that_gives_the_same_article(tmp_path: Path) -> None:
    other = ITEM.replace("hb-1", "hb-2").replace("news/1", "news/2")
    for feed in (rss(ITEM, other), ATOM, RDF):
        for found in given(tmp_path, "a.xml", feed).found:
            again = extract_bytes(found.original, origin=found.article.origin)
            assert again.to_dict() | {"origin": None} == found.article.to_dict() | {"origin": None}
    assert b"hb-2" not in given(tmp_path, "a.xml", rss(ITEM, other)).found[0].original


def test_clean_leaves_the_bodies_of_entries_as_they_are(tmp_path: Path) -> None:
    read = given(tmp_path, "a.xml", rss(ITEM), clean=True)
    assert read.articles[0].body == f"{BODY}\n{BYLINE}"


# ------------------------------------------------------------------------- hostile feeds

LAUGHS = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY lol "lol">
{more}]>
<rss version="2.0"><channel><title>&lol9;</title><item><title>다리</title>
<description>{text}&lol9;</description></item></channel></rss>"""


def test_a_billion_laughs_are_not_laughed(tmp_path: Path) -> None:
    names = ["lol", *(f"lol{n}" for n in range(1, 10))]
    more = "\n".join(
        f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in itertools.pairwise(names)
    )
    read = given(tmp_path, "a.xml", LAUGHS.format(more=more, text=FIRST))
    for article in read.articles:
        assert len(article.body) < 500
        assert "lollol" not in article.body
    assert read.articles[0].body.startswith(FIRST)


@pytest.mark.parametrize("scheme", ["file://{}", "{}"])
def test_external_entities_are_not_read(tmp_path: Path, scheme: str) -> None:
    (tmp_path / "secret").write_text("비밀이다", encoding="utf-8")
    target = scheme.format(tmp_path / "secret")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{target}"><!ENTITY % p SYSTEM "{target}"> %p;]>'
    feed = rss(item(f"<description>{FIRST}&x;</description>")).replace("<rss", f"{doctype}<rss", 1)
    read = given(tmp_path, "a.xml", feed)
    assert read.articles[0].body.startswith(FIRST)
    assert all(b"\xeb\xb9\x84\xeb\xb0\x80" not in found.original for found in read.found)
    assert all("비밀" not in article.body for article in read.articles)


def test_external_entities_in_pages_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("비밀이다", encoding="utf-8")
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret">'
        f'<!ENTITY a "가가가가가가가가"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        f"<html><head><title>다리</title></head><body><article><p>{FIRST}&x;&b;</p>"
        f"<p>{SECOND}</p></article></body></html>"
    )
    read = given(tmp_path, "a.xhtml", page)
    assert all(
        "비밀" not in article.body and "가가가가" not in article.body for article in read.articles
    )
    assert len(read.all) == 1


def test_what_a_feed_says_of_itself_is_not_repeated_without_bound(tmp_path: Path) -> None:
    padding = f"<description>{'가' * 100_000}</description>"
    feed = rss(*(item(f"<description>{FIRST}</description>", str(n)) for n in range(20)))
    read = given(tmp_path, "a.xml", feed.replace("<link>https://hanbit.example</link>", padding))
    assert len(read.articles) == 20
    assert max(len(found.original) for found in read.found) < 5000


def test_a_feed_is_told_from_a_page_by_its_root(tmp_path: Path) -> None:
    from ingest_inputs import page

    text = page().replace("<article>", "<!-- <rss> --><article>")
    assert given(tmp_path, "a.xml", text).articles[0].body == BODY
    assert given(tmp_path, "a.html", rss(ITEM)).places == ["a.html@1"]
