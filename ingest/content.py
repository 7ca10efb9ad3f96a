"""What is this, by its first bytes? A container to open, or one of the formats that hold articles.

Names lie (a page saved as .txt, a feed as .html), so they are asked for nothing but one
thing: a .csv without the names of its columns is a table with a fault, not a text.
"""

from __future__ import annotations

import re
import tarfile

from corpus.errors import ArticleRejected
from corpus.ingest import csv_columns

KINDS = ("auto", "html", "text", "jsonl", "csv", "rss", "warc")

_PACKED = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_BLOCK = 512  # of a tar: a member's header
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|p|article|table)\b", re.I)
DOCTYPE = rb"<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*)?>"
"""A document type with what it declares, as a pattern in which a dot is any character."""
# The root element, after what may stand before it.
_FEED = re.compile(
    rb"(?:\s*+(?:<\?.*?\?>|<!--.*?-->|" + DOCTYPE + rb"))*+\s*"
    rb"<(?:rss|(?:\w+:)?feed|rdf:RDF)\b",
    re.S,
)


def container_of(head: bytes) -> str | None:
    """gzip, bzip2, xz, zstd, zip or tar; None where the first bytes are no container's."""
    for mark, form in _PACKED:
        if head.startswith(mark):
            return form
    if _BZIP2.match(head):
        return "bzip2"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    return "tar" if _is_tar(head) else None


def _is_tar(head: bytes) -> bool:
    # Old tars have no mark; a header's checksum is never right by chance.
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def kind_of(head: bytes, origin: str) -> str:
    """html, text, jsonl, csv, rss or warc. Raises ArticleRejected (at `origin`) for nothing."""
    if not head.strip():
        raise ArticleRejected(origin, None, "empty file")
    if head.startswith(b"WARC/"):
        return "warc"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if re.match(rb"\{\s*(?:[\"}]|\Z)|\[\s*(?:\{|\]\s*\Z)", start):
        return "jsonl"
    plain = head.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf")  # UTF-16 is readable so
    if _FEED.match(plain):
        return "rss"
    if _HTML.search(plain) and b"<" in plain.lstrip(b" \t\r\n")[:200]:
        return "html"
    if csv_columns.is_table(head) or origin.lower().endswith((".csv", ".tsv")):
        return "csv"
    return "text"
