"""Every charset that Korean archives hold becomes the right text; what is no text is refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ArticleRejected
from corpus.ingest.decode import decode

TEXT = "가람시의회가 조례안을 통과시켰다. 똠얌꿍 · 뷁 · “인용” ⓒ 가람신문 123 ABC\n"


def page(charset: str) -> str:
    return f'<html><head><meta charset="{charset}"><title>제목</title></head><body>{TEXT}</body></html>'


@pytest.mark.parametrize("declared", ["euc-kr", "EUC-KR", "ks_c_5601-1987", "KSC5601", "ms949"])
def test_euc_kr_by_any_name_is_cp949_with_all_its_syllables(declared: str) -> None:
    found = decode(page(declared).encode("cp949"))
    assert (found.text, found.encoding) == (page(declared), "cp949")
    assert not found.repaired
    assert not found.damaged


def test_utf8_declared_as_euc_kr_is_read_as_utf8_and_said_to_be_repaired() -> None:
    found = decode(page("euc-kr").encode())
    assert (found.text, found.encoding, found.repaired) == (page("euc-kr"), "utf-8", True)


def test_cp949_declared_as_utf8_is_read_as_cp949_and_said_to_be_repaired() -> None:
    found = decode(page("utf-8").encode("cp949"), declared="utf-8")
    assert (found.text, found.encoding, found.repaired) == (page("utf-8"), "cp949", True)


def test_latin_1_in_the_http_header_means_nothing_for_a_korean_page() -> None:
    assert decode(TEXT.encode("cp949"), declared="ISO-8859-1").text == TEXT


def test_the_charset_of_a_script_is_not_the_charset_of_the_page() -> None:
    text = f'<script charset="euc-kr" src="a.js"></script><p>{TEXT}'
    found = decode(text.encode())
    assert (found.text, found.repaired) == (text, False)


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8", "cp949"]
)
def test_each_unicode_form_with_and_without_its_mark_gives_the_same_text(encoding: str) -> None:
    assert decode(page("x-unknown").encode(encoding)).text == page("x-unknown")


@pytest.mark.parametrize("declared", [None, "johab", "euc-kr"])
def test_johab_of_old_archives_is_read(declared: str | None) -> None:
    text = "가람시의회가 조례안을 통과시켰다. 뷁 123 ABC"
    assert decode(text.encode("johab"), declared=declared).text == text


def test_utf16_is_told_by_what_it_says_and_not_by_its_zeros() -> None:
    text = "대대적인 대회 대응책"  # the low byte of 대 is a NUL, too
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("data", [b"\x1b$)C", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_mark_alone_is_an_empty_file(data: bytes) -> None:
    with pytest.raises(ArticleRejected, match="empty file"):
        decode(data)


def test_a_prolog_declares_as_well_as_a_meta_tag() -> None:
    text = '<?xml version="1.0" encoding="shift_jis"?><p>カタカナと漢字</p>'
    assert decode(text.encode("shift_jis")).text == text


def test_nfd_comes_through_unchanged_for_the_normal_form_to_compose() -> None:
    text = unicodedata.normalize("NFD", TEXT)
    assert decode(text.encode()).text == text


def test_one_broken_byte_costs_one_character_and_no_tag() -> None:
    text = page("euc-kr")
    data = text.encode("cp949").replace(b"<body>", b"<body>\xff<b>x</b>")
    found = decode(data)
    assert found.damaged
    assert "\ufffd<b>x</b>" in found.text
    assert found.text.endswith(text[text.index("<body>") + 6 :])


def test_utf8_cut_in_the_middle_of_a_character_stays_utf8() -> None:
    found = decode(page("utf-8").encode() + "가".encode()[:2])
    assert found.encoding == "utf-8"
    assert found.damaged
    assert found.text.startswith(page("utf-8"))


def test_a_stray_nul_is_damage_and_not_a_reason_to_refuse() -> None:
    found = decode(page("utf-8").encode().replace(b"<body>", b"<body>\0"))
    assert found.damaged
    assert found.text == page("utf-8").replace("<body>", "<body> ")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b" \n\t", "empty file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "looks like a PNG image, not text"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "looks like a JPEG image, not text"),
        (b"%PDF-1.4\n%\xe2\xe3", "looks like a PDF document, not text"),
        (b"PK\x03\x04\x14\0", "looks like a zip archive or office document, not text"),
        (bytes(range(256)) * 20, "looks like binary data (NUL bytes), not text"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleRejected) as caught:
        decode(data, origin="a/b.html")
    assert (caught.value.origin, caught.value.line, caught.value.reason) == (
        "a/b.html",
        None,
        reason,
    )


@pytest.mark.parametrize("data", [b"\x1b$)C", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_mark_or_an_escape_and_nothing_more_is_an_empty_file(data: bytes) -> None:
    with pytest.raises(ArticleRejected, match="empty"):
        decode(data)


@given(st.binary(min_size=1, max_size=400), st.sampled_from([None, "euc-kr", "utf-8", "nonsense"]))
def test_any_bytes_give_text_or_a_refusal(data: bytes, declared: str | None) -> None:
    try:
        found = decode(data, declared=declared)
    except ArticleRejected:
        return
    assert found.text and found.text.encode("utf-8").decode("utf-8") == found.text


@given(st.text(alphabet="가나다뷁똠힣 abc.\n“ⓒ", min_size=1).filter(str.strip))
def test_cp949_and_utf8_both_come_back_whole(text: str) -> None:
    # Six bytes and fewer can be valid in both.
    long = text + TEXT
    assert decode(long.encode("cp949")).text == decode(long.encode()).text == long
