"""What is an article? One frozen record, the same in the store, in JSON and in Python.

Text is as the store keeps it: NFC, no zero-width characters, one space between
words, paragraphs separated by one line feed. Keys that are absent are null.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import force_setattr

if TYPE_CHECKING:
    # Every datetime is a date: isinstance(value, datetime) tells whether a time is known.
    When = date
else:
    # A date, or an aware datetime where the time is known. msgspec decodes no union of the
    # two, and its hook for other types costs as much as all the rest of a record.
    When = Any


class Reporter(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who wrote it: name (None where only an e-mail is printed) and e-mail."""

    name: str | None = None
    email: str | None = None


class Contributor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who else had a part: photographers, crew, guest writers, desks."""

    name: str | None = None
    role: str | None = None
    affiliation: str | None = None
    email: str | None = None


class Print(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where it stood on paper."""

    date: str | None = None
    edition: str | None = None
    page: str | None = None


class Removed(msgspec.Struct, frozen=True, omit_defaults=True):
    """What byline and boilerplate removal took out of one line, and why.

    `line` counts from 1, `column` in code points from 0, both in the body before
    the removal. A text that ends in a line feed took the whole line with it.
    """

    line: int
    column: int
    text: str
    reason: str


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """What belongs to the record but not to the story: kind is `correction`, `editor`, …"""

    kind: str
    text: str


class Article(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """One article. `id` is None until the store has given it one.

    >>> article = Article(title="판교에 연구센터", body="첫 문단.\\n둘째 문단.")
    >>> article.to_dict()["subtitle"] is None
    True
    """

    # text
    id: str | None = None
    title: str = ""
    subtitle: str | None = None
    body: str = ""
    captions: tuple[str, ...] = ()
    completeness: str | None = None  # full | lead | title
    language: str | None = None
    # people
    reporters: tuple[Reporter, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    # where and when
    publisher: str | None = None
    agency: str | None = None
    place: str | None = None
    section: str | None = None
    series: str | None = None
    keywords: tuple[str, ...] = ()
    published: When | None = None
    modified: When | None = None
    print: Print | None = None
    # source
    url: str | None = None
    source_id: str | None = None
    rights: str | None = None
    origin: str | None = None
    captured: When | None = None
    sha256: str | None = None  # of the original bytes, hexadecimal
    revision: int | None = None
    first_seen: When | None = None
    extractor: str | None = None
    # what was taken out
    removed: tuple[Removed, ...] = ()
    notes: tuple[Note, ...] = ()
    flags: tuple[str, ...] = ()
    extra: dict[str, Any] = {}

    def to_dict(self) -> dict[str, Any]:
        """Every key of the record, with JSON's own types; what is absent is None."""
        return {name: _plain(getattr(self, name)) for name in self.__struct_fields__}

    def to_json(self) -> bytes:
        """UTF-8 JSON without the keys that are absent: the form the store keeps."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> Article:
        """The inverse of `to_json`; raises msgspec.ValidationError on any other JSON."""
        article = _decoder.decode(data)
        for name in _TIMES:
            value = getattr(article, name)
            if value is not None:
                try:
                    force_setattr(article, name, parse_when(value))
                except (TypeError, ValueError) as error:
                    raise msgspec.ValidationError(f"{error} - at `$.{name}`") from error
        return article


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, msgspec.Struct):
        return {name: getattr(value, name) for name in value.__struct_fields__}
    return value.isoformat() if isinstance(value, date) else value


def parse_when(text: str) -> date:
    """ISO 8601 as a date or an aware datetime, whichever the text gives.

    Raises ValueError on anything else.

    >>> parse_when("2021-12-01"), parse_when("2021-12-01T09:00:00+09:00").hour
    (datetime.date(2021, 12, 1), 9)
    """
    return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)


_TIMES = ("published", "modified", "captured", "first_seen")
_decoder = msgspec.json.Decoder(Article)
