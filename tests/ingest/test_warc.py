"""Is every page of a crawl an article with its address and time, and all else counted or named?"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import brotli
import pytest
import zstandard
from ingest_inputs import BODY, Read, given, page

from corpus.ingest import warc
from corpus.ingest.flow import opened
from corpus.ingest.warc import pages_of

PAGE = page()
HTML = "Content-Type: text/html; charset=utf-8"


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def entry(
    content: bytes = b"",
    kind: str = "response",
    url: str = "https://hanbit.example/news/1",
    length: int | None = None,
) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Record-ID: <urn:uuid:0>",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2021-10-08T01:02:03Z",
        f"Content-Length: {len(content) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def answer(title: str, *headers: str) -> bytes:
    return entry(
        http(page(title).encode(), *(headers or (HTML,))), url=f"https://hanbit.example/{title}"
    )


INFO = entry(b"software: a crawler\r\n", "warcinfo")
CRAWL = [INFO, entry(b"GET / HTTP/1.1\r\n\r\n", "request"), answer("하나"),
         entry(http(b"GIF89a", "Content-Type: image/gif")), answer("둘"),
         entry(http(b"", status="304 Not Modified"), "revisit"),
         entry(http(PAGE.encode(), HTML, status="404 Not Found")),
         entry(http(b"", "Location: /x", status="301 Moved"))]  # fmt: skip


@pytest.mark.parametrize("form", ["plain", "record by record", "whole", "zst"])
@pytest.mark.parametrize("kind", ["auto", "warc"])
def test_pages_are_articles_and_the_rest_is_counted(tmp_path: Path, form: str, kind: str) -> None:
    data = {
        "plain": b"".join(CRAWL),
        "record by record": b"".join(map(gzip.compress, CRAWL)),
        "whole": gzip.compress(b"".join(CRAWL)),
        "zst": zstandard.ZstdCompressor().compress(b"".join(CRAWL)),
    }[form]
    read = given(tmp_path, "a.dat", data, kind=kind)
    assert read.rejects == []
    assert read.titles == ["하나", "둘"]
    assert [article.url for article in read.articles] == [
        "https://hanbit.example/하나",
        "https://hanbit.example/둘",
    ]
    assert {str(article.captured) for article in read.articles} == {"2021-10-08 01:02:03+00:00"}
    assert {article.body for article in read.articles} == {BODY}
    assert [skipped.what for skipped in read.skipped] == [
        "warcinfo", "request", "response of image/gif", "revisit", "status 404", "status 301"
    ]  # fmt: skip


def test_offsets_are_those_of_the_file_on_disk(tmp_path: Path) -> None:
    members = list(map(gzip.compress, CRAWL))
    read = given(tmp_path, "a.warc.gz", b"".join(members))
    starts = [sum(map(len, members[:number])) for number in (2, 4)]
    assert read.places == [f"a.warc.gz@{start}" for start in starts]
    assert read.places == Read(*(tmp_path / place for place in read.places)).places
    plain = given(tmp_path, "a.warc", b"".join(CRAWL))
    assert plain.places == [f"a.warc@{sum(map(len, CRAWL[:number]))}" for number in (2, 4)]


def chunked(body: bytes, size: int = 100) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;x=1\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


BODIES = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("encoding", BODIES)
@pytest.mark.parametrize("in_chunks", [True, False])
def test_content_is_decoded_as_the_browser_did(
    tmp_path: Path, encoding: str, in_chunks: bool
) -> None:
    body = BODIES[encoding](PAGE.encode())
    headers = [HTML, f"content-encoding: {encoding}"]
    if in_chunks:
        body, headers = chunked(body), [*headers, "Transfer-Encoding: chunked"]
    read = given(tmp_path, "a.warc", entry(http(body, *headers)))
    assert read.rejects == []
    assert read.found[0].original == PAGE.encode()


@pytest.mark.parametrize(
    "header", ["Transfer-Encoding: chunked", "Content-Encoding: gzip", "Content-Encoding: br"]
)
def test_content_that_the_crawler_decoded_before_is_taken_as_it_is(
    tmp_path: Path, header: str
) -> None:
    read = given(tmp_path, "a.warc", entry(http(PAGE.encode(), HTML, header)))
    assert read.found[0].original == PAGE.encode()


def test_the_charset_of_the_http_header_is_asked_where_the_page_says_nothing(
    tmp_path: Path,
) -> None:
    text = page().replace("<meta charset='utf-8'>", "")
    data = entry(http(text.encode("utf-8"), "Content-Type: text/html; charset=euc-kr"))
    (article,) = given(tmp_path, "a.warc", data).articles
    assert "encoding" in article.flags
    data = entry(http(text.encode("cp949"), 'Content-Type: text/html; charset="EUC-KR"'))
    (article,) = given(tmp_path, "a.warc", data).articles
    assert (article.body, article.flags) == (BODY, ("undated",))


# ------------------------------------------------------------------------------ damage


def test_a_chunked_page_that_breaks_off_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    broken = chunked(PAGE.encode())[:250]
    odd = chunked(PAGE.encode()).replace(b"\r\n64;x=1", b"\r\nzz;x=1", 1)
    data = b"".join(entry(http(body, HTML, "Transfer-Encoding: chunked")) for body in (broken, odd))
    read = given(tmp_path, "a.warc", data + answer("둘"))
    assert read.titles == ["둘"]
    assert ["breaks off after" in reject.reason for reject in read.rejects] == [True, True]


@pytest.mark.parametrize("encoding", BODIES)
def test_compressed_content_that_is_cut_or_a_bomb_is_named(
    tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "MOST_BYTES", 1 << 20)
    header = f"Content-Encoding: {encoding}"
    cut = entry(http(BODIES[encoding](PAGE.encode())[:-20], HTML, header))
    bomb = entry(http(BODIES[encoding](b" " * (8 << 20)), HTML, header))
    read = given(tmp_path, "a.warc", cut + bomb + answer("둘"))
    assert read.titles == ["둘"]
    assert len(read.rejects) == 2
    assert "1 MB" in read.rejects[1].reason


@pytest.mark.parametrize("packed", [True, False])
def test_garbage_and_wrong_lengths_cost_their_record_only(tmp_path: Path, packed: bool) -> None:
    short = entry(http(PAGE.encode(), HTML), length=400)
    records = [answer("하나"), b"no record\r\n" * 5, answer("둘"), short, answer("셋")]
    data = b"".join(map(gzip.compress, records) if packed else records)
    read = given(tmp_path, "a.warc", data)
    assert [title for title in read.titles if title != "다리"] == ["하나", "둘", "셋"]
    assert sum("belong to no record" in reject.reason for reject in read.rejects) == 2


def test_a_record_that_is_longer_than_the_file_is_named(tmp_path: Path) -> None:
    long = entry(http(PAGE.encode(), HTML), length=1 << 40)
    read = given(tmp_path, "a.warc", answer("하나") + long)
    assert read.titles == ["하나"]
    assert "are missing" in read.rejects[0].reason


def test_a_crawl_that_is_cut_keeps_the_records_before(tmp_path: Path) -> None:
    members = [gzip.compress(answer(title)) for title in ("하나", "둘", "셋")]
    data = b"".join(members)[: -len(members[2]) // 2]
    read = given(tmp_path, "a.warc.gz", data)
    assert read.titles == ["하나", "둘"]
    assert [("cut off" in reject.reason) for reject in read.rejects] == [True]


def test_a_damaged_gzip_member_costs_itself(tmp_path: Path) -> None:
    members = [bytearray(gzip.compress(answer(title))) for title in ("하나", "둘", "셋")]
    for at in range(100, 140):
        members[1][at] ^= 0x55
    read = given(tmp_path, "a.warc.gz", b"".join(map(bytes, members)))
    assert read.titles == ["하나", "셋"]
    assert read.rejects


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "Content-Length"),
        (b"WARC/1.0\r\n" + b"a: b\r\n" * 400_000 + b"\r\n", "headers of more than 1 MB"),
        (b"WARC/1.0\r\n" + b"a" * (3 << 20), "headers of more than 1 MB"),
        (entry(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 400_000), "headers of more than 1 MB"),
    ],
)
def test_headers_are_bounded(tmp_path: Path, data: bytes, part: str) -> None:
    read = given(tmp_path, "a.warc", data)
    assert part in read.rejects[0].reason
    assert read.articles == []


def test_a_response_larger_than_a_page_is_named_and_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "MOST_BYTES", 10_000)
    large = entry(http(PAGE.encode() + b"x" * 20_000, HTML))
    read = given(tmp_path, "a.warc", large + answer("둘"))
    assert read.titles == ["둘"]
    assert "not one article" in read.rejects[0].reason


def test_a_response_without_http_or_address_is_counted(tmp_path: Path) -> None:
    data = entry(b"example.kr IN A", url="dns:example.kr") + entry(b"x", url="") + answer("둘")
    read = given(tmp_path, "a.warc", data)
    assert [skipped.what for skipped in read.skipped] == ["response without HTTP"] * 2
    assert read.titles == ["둘"]


def test_no_warning_of_a_library_is_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "a.warc").open("wb") as file:
        file.write(entry(http(PAGE.encode(), HTML), length=300) + answer("둘 셋"))
    with (tmp_path / "a.warc").open("rb") as file:
        assert list(pages_of(opened(file), "a.warc"))
    assert capfd.readouterr() == ("", "")
