"""When are two inputs the same article, and when are they the same content?

The same article: the given id; else the canonical URL, unless it has no path or other
titles share it; else the SHA-256 of the original bytes. The same content: everything in
the record but where, when and by which rules it was read. The price: an article without
id and URL is another article as soon as one byte of it changes.
"""

from __future__ import annotations

import unicodedata
from base64 import b32encode
from datetime import UTC, date, datetime, time, timedelta, timezone
from hashlib import blake2b, sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from corpus.article import Article

ID_LIMIT = 512
# Below this share of common character bigrams, one URL under two titles is two articles.
OVERLAP = 0.5

_SEOUL = timezone(timedelta(hours=9))
_PORTS = {"http": 80, "https": 443}
# Parameters that advertisers and social networks append; no publisher keys articles by them.
_TRACKING = frozenset({"fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "twclid"})
# What the store knows of an article, not its source: no content.
KNOWN_TO_STORE = ("id", "origin", "captured", "sha256", "revision", "first_seen", "extractor")
_NOTHING: dict[str, Any] = dict.fromkeys(KNOWN_TO_STORE)
_contents = msgspec.json.Encoder(order="deterministic")


def derived_id(key: str) -> str:
    """The id for an identity key: 16 characters of a-z and 2-7, 80 bits of its SHA-256.

    >>> derived_id("https://example.com/news/1")
    'h2xkrk6qdq3ehmgu'
    """
    return b32encode(sha256(key.encode()).digest()[:10]).decode().lower()


def id_fault(id: str) -> str | None:
    """Why `id` cannot be an article's id, or None.

    >>> id_fault("a\\nb")
    'the id holds a control character (U+000A)'
    """
    if not id:
        return "the id is empty"
    if len(id) > ID_LIMIT:
        return f"the id has {len(id)} characters, at most {ID_LIMIT} are possible"
    if id != id.strip():
        return "the id begins or ends with white space"
    if id.isascii() and id.isprintable():
        return None
    for character in id:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            kind = "surrogate" if "\ud800" <= character <= "\udfff" else "control character"
            return f"the id holds a {kind} (U+{ord(character):04X})"
    return None


def url_key(url: str | None) -> str | None:
    """The URL as an identity key, or None where it names no single article.

    Scheme http is read as https, the host is lower case, default ports, fragments and
    advertisers' parameters are dropped. A URL without a path and a query is a home page.

    >>> url_key("HTTP://News.Example.com:80/a?id=1&utm_source=x#top")
    'https://news.example.com/a?id=1'
    >>> url_key("https://example.com/") is None
    True
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in _PORTS or not host:
        return None
    query = parts.query
    if query and ("utm_" in query or any(name in query for name in _TRACKING)):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode(
            [(k, v) for k, v in pairs if not k.startswith("utm_") and k not in _TRACKING]
        )
    if parts.path in ("", "/") and not query:
        return None
    netloc = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    return urlunsplit(("https", netloc, parts.path or "/", query, ""))


def number_key(text: str) -> int:
    """A stable 64-bit number for a text, to be looked up in place of it (SQLite's integer)."""
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def fingerprint(article: Article) -> bytes:
    """16 bytes that are equal exactly for equal content.

    Content is the record without what KNOWN_TO_STORE names. Raises ValueError
    (UnicodeEncodeError) for lone surrogates, OverflowError or TypeError for an `extra` that
    JSON cannot hold.
    """
    content = msgspec.structs.replace(article, **_NOTHING)
    return blake2b(_contents.encode(content), digest_size=16).digest()


def overlap(one: str, other: str) -> float:
    """How much of two bodies is the same: Jaccard's index of their character bigrams, 0 to 1.

    Two empty bodies say nothing about each other: 0.

    >>> overlap("가나다", "가나라")
    0.3333333333333333
    """
    first = {one[i : i + 2] for i in range(len(one) - 1)}
    second = {other[i : i + 2] for i in range(len(other) - 1)}
    return len(first & second) / len(first | second) if first and second else 0.0


def moment(when: date | None) -> str | None:
    """A capture time as UTC text that sorts by time; a date alone is midnight in Seoul.

    >>> moment(date(2021, 12, 1))
    '2021-11-30T15:00:00.000000Z'
    """
    if when is None:
        return None
    if not isinstance(when, datetime):
        when = datetime.combine(when, time())
    if when.tzinfo is None:
        when = when.replace(tzinfo=_SEOUL)
    return f"{when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
