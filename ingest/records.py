"""Which article does a JSON record hold? Its keys are those of the Article record and a few
names that other archives use for them.

Types are strict: a title that is a number is a mistake upstream, and a record that is
half taken is worse than one rejected with its place and reason. What no key of ours names
is kept in `extra` and given back on export.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from corpus import normal
from corpus.article import Article, Contributor, Note, Print, Removed, Reporter, When, parse_when
from corpus.errors import ArticleRejected
from corpus.ingest import EXTRACTOR, bigkinds
from corpus.ingest.damage import mend as damage_of
from corpus.ingest.damage import mend_part

if TYPE_CHECKING:
    from corpus.ingest.byline import Stripped

# By key, the names that other archives and spreadsheets use for it: lower case, no spaces.
_NAMES = {
    "id": "id 기사id 기사번호 기사고유번호",
    "title": "title headline 제목 기사제목 표제",
    "subtitle": "subtitle 부제 부제목",
    "body": "body text content 본문 내용 기사본문 기사내용 전문",
    "reporters": "reporters reporter author authors 기자 기자명 작성자 글쓴이 기고자",
    "publisher": "publisher press 언론사 언론사명 매체 매체명 신문사",
    "published": (
        "published date publishedat publisheddate pubdate 날짜 일자 입력일 입력일시 "
        "등록일 등록일시 게재일 게재일자 보도일 보도일자 작성일 발행일 기사입력"
    ),
    "modified": "modified modifiedat updated 수정일 수정일시",
    "section": "section category 섹션 분류 카테고리 분야",
    "url": "url link 주소 링크 기사주소 기사링크 원문url 원문주소",
    "keywords": "keywords tags 키워드 태그",
    "captions": "captions 사진설명",
    "language": "language 언어",
}
ALIASES = {name: key for key, names in _NAMES.items() for name in names.split()}
# What the store decides, whatever a record says.
_IGNORED = frozenset({"clean", "format_version", "revision", "first_seen", "origin"})
_LINES = frozenset({"title", "subtitle", "completeness", "language", "publisher", "agency",
                    "place", "section", "series", "url", "source_id", "rights", "sha256",
                    "extractor"})  # fmt: skip
_MANY_LINES = frozenset({"subtitle", "rights"})
_LISTS = frozenset({"captions", "keywords", "flags"})
_MENDED = frozenset({"title", "subtitle", "publisher", "agency", "place", "section", "series",
                     "reporters", "captions", "keywords"})  # fmt: skip
_TIMES = frozenset({"published", "modified", "captured"})
_RECORDS: dict[str, Any] = {
    "contributors": tuple[Contributor, ...],
    "removed": tuple[Removed, ...],
    "notes": tuple[Note, ...],
    "print": Print | None,
}
STRUCTURED = frozenset({*_RECORDS, "extra", "reporters"})
NAMES = frozenset(
    {"id", "reporters", "body", "keywords", "captions", "flags", "extra"} | _LINES | _TIMES
)
"""Keys of a record that a person may give; `key_of` gives them for every name that means them."""
_CONSTANT = re.compile(rb"[:,\[]\s*(-?(?:NaN|Infinity))\b")
_FILLING = re.compile(r"[\s_\-]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """The key of ours that a key or the header of a column means; else the name itself.

    >>> key_of("_id"), key_of("기사 제목"), key_of("URL"), key_of("조회수")
    ('id', 'title', 'url', '조회수')
    """
    if name in NAMES or name in _RECORDS:
        return name
    folded = _FILLING.sub("", normal.line(name)).lower()
    return ALIASES.get(folded, name)


def parse_record(data: bytes, *, origin: str, line: int | None) -> dict[str, Any]:
    """The JSON object in `data` (UTF-8). Raises ArticleRejected where there is none."""
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        found = _with_halves(data)
        if found is None:
            constant = _CONSTANT.search(data)
            hint = f"; {constant[1].decode()} is not JSON, write null" if constant else ""
            raise ArticleRejected(origin, line, f"not JSON: {_said(error)}{hint}") from None
    except RecursionError:
        raise ArticleRejected(origin, line, "JSON nested too deep") from None
    if not isinstance(found, dict):
        raise ArticleRejected(origin, line, f"{_name(found)}, not a JSON object")
    return found


def article_of(
    record: dict[str, Any],
    *,
    origin: str,
    line: int | None = None,
    clean: bool = False,
    publisher: str | None = None,
    section: str | None = None,
    id_prefix: str = "",
) -> Article:
    """The article of one record.

    `clean` leaves the body as it is, as `"clean": true` in the record does. `publisher` and
    `section` are for records that name none. Raises ArticleRejected, naming the key.
    """
    if bigkinds.is_row(record):
        record = bigkinds.read(record)
    said = record.get("clean")
    if not isinstance(said, bool | None):
        reason = f'"clean" is {_name(said)}, true or false was expected'
        raise ArticleRejected(origin, line, reason)
    clean = clean or said is True
    try:
        values = _values(record, mend=not clean)
    except _Wrong as wrong:
        raise ArticleRejected(origin, line, str(wrong)) from None
    if not values.get("title") and not values.get("body"):
        raise ArticleRejected(origin, line, "title and body are both empty")
    if "id" in values:
        values["id"] = id_prefix + values["id"]
    values["origin"] = origin
    if clean:
        values["publisher"] = values.get("publisher") or publisher
        if "flags" not in record and "published" not in values:
            values["flags"] = (*values.get("flags", ()), "undated")
    values["section"] = values.get("section") or section
    values.setdefault("extractor", EXTRACTOR)
    article = Article(**values)
    return article if clean else without_boilerplate(article, publisher=publisher)


def without_boilerplate(article: Article, *, publisher: str | None = None) -> Article:
    """The article with bylines and boilerplate taken out of its body, and what they said filled in.

    What the record itself states is believed before what the body says; `publisher` is for
    an article that names none, before the domain of an e-mail is asked.
    """
    from corpus.ingest import byline, language, people

    found = byline.strip(article.body.split("\n") if article.body else [])
    body = "\n".join(found.lines)
    published = article.published or (time_of(found.stamp) if found.stamp else None)
    flags = [*article.flags, *found.flags]
    flags += ["undated"] * (published is None) + ["empty-body"] * (not body)
    if published is not None and "published_raw" not in article.extra:
        flags = [flag for flag in flags if flag != "undated"]
    subtitle = article.subtitle or (found.subtitle if found.subtitle != article.title else None)
    reporters = people.combine(list(found.reporters), list(article.reporters))
    return msgspec.structs.replace(
        article,
        body=body,
        subtitle=subtitle,
        published=published,
        reporters=reporters,
        contributors=article.contributors or found.contributors,
        captions=article.captions or found.captions,
        place=article.place or found.place,
        agency=article.agency or found.agency,
        publisher=article.publisher or _publisher(found) or publisher or _by_mail(reporters),
        rights=article.rights or found.rights,
        print=article.print or found.print,
        notes=(*article.notes, *found.notes),
        keywords=article.keywords or found.keywords,
        removed=(*article.removed, *found.removed),
        language=article.language or language.of(f"{article.title} {body}"),
        completeness=article.completeness or _completeness(article, body),
        flags=tuple(dict.fromkeys(flags)),
    )


def _publisher(found: Stripped) -> str | None:
    """Who published it, as the text says: a tag or a byline, else the agency of its dateline."""
    from corpus.ingest import publishers

    name = found.publisher or (re.split("[/·=]", found.agency)[-1] if found.agency else None)
    return publishers.canonical(name.strip()) if name else None


def _by_mail(reporters: tuple[Reporter, ...]) -> str | None:
    """The publisher whose domain an e-mail has; portals and mail services have none."""
    from corpus.ingest import publishers

    domains = ((who.email or "").rpartition("@")[2] for who in reporters)
    return next(filter(None, map(publishers.name_for_domain, filter(None, domains))), None)


def _completeness(article: Article, body: str) -> str:
    """title, lead or full: a text that breaks off inside a sentence is the beginning of one."""
    if not body:
        return "title"
    cut = article.extra.get("truncated") is True or body.endswith(("...", "…"))
    unfinished = len(body) > 100 and body[-1].isalnum() and body[-1] not in "다요음임함됨죠까"
    return "lead" if cut or (unfinished and not article.removed) else "full"


def _with_halves(data: bytes) -> Any:
    """A record with lone surrogates, half of a character each, which strict JSON readers refuse.

    They become U+FFFD and the record is flagged; not in the id, which must be refused.
    None where the data is no JSON either way.
    """
    if b"\\u" not in data:
        return None
    try:
        found = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    mended = {
        _whole(key): value if key in ("id", "_id") else _whole(value)
        for key, value in found.items()
    }
    if mended != found:
        flags = mended.get("flags")
        mended["flags"] = [*(flags if isinstance(flags, list) else []), "mojibake"]
    return mended


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", normal.REPLACEMENT, value)
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value


class _Wrong(Exception):
    """A key whose value cannot be taken; the message names it."""


def _values(record: dict[str, Any], *, mend: bool) -> dict[str, Any]:
    values: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    flags: list[str] = []
    taken: dict[str, str] = {}
    for given, value in record.items():
        if value is None or given in _IGNORED:
            continue
        key = key_of(given)
        if mend and isinstance(value, str) and key in _MENDED:
            value, damage = mend_part(value)
            flags += damage
        if (key != given and record.get(key) is not None) or taken.setdefault(key, given) != given:
            extra[given] = value  # the record has the key itself as well, or another name for it
        elif key == "id":
            values[key] = _id(given, value)
        elif key == "body":
            text = _text(given, value)
            if mend:
                text, damage = damage_of(text)
                flags += damage
            values[key] = normal.text(text)
        elif key in _LINES:
            form = normal.text if key in _MANY_LINES else normal.line
            if text := form(_text(given, value)):
                values[key] = text
        elif key in _TIMES:
            _take_time(key, given, value, values, extra, flags)
        elif key == "reporters":
            values[key] = _reporters(given, value)
        elif key in _LISTS:
            form = normal.text if key == "captions" else normal.line
            texts = (form(_text(given, item)) for item in _items(given, value))
            values[key] = tuple(filter(None, texts))
        elif key in _RECORDS:
            values[key] = _structured(given, value, _RECORDS[key])
            if key == "notes":
                values[key] = tuple(Note(one.kind, normal.text(one.text)) for one in values[key])
        elif key == "extra":
            if not isinstance(value, dict):
                raise _Wrong(f'"extra" is {_name(value)}, an object was expected')
            extra |= value
        else:
            extra[given] = value
    if normal.damaged(str(record.get("body", ""))) or normal.damaged(str(record.get("title", ""))):
        flags.append("mojibake")
    if extra:
        values["extra"] = extra
    if flags:
        values["flags"] = tuple(dict.fromkeys((*values.get("flags", ()), *flags)))
    return values


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise _Wrong(f'"{key}" is {_name(value)}, a text was expected')
    return value


def _items(key: str, value: object) -> list[Any]:
    if isinstance(value, str):  # meta tags and CSV exports give keywords as one text
        return re.split("[,;|]", value) if key == "keywords" else [value]
    if not isinstance(value, list):
        raise _Wrong(f'"{key}" is {_name(value)}, a list was expected')
    return value


def _id(key: str, value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # many archives number their articles
    text = _text(key, value)
    if _CONTROL.search(text):
        raise _Wrong(f'"{key}" holds a control character: {text!r}')
    if normal.damaged(text):
        raise _Wrong(f'"{key}" holds half of a character (a lone surrogate): {text!r}')
    text = normal.line(text)
    if not text:
        raise _Wrong(f'"{key}" is empty; leave it out and one is made')
    return text


def _take_time(
    key: str,
    given: str,
    value: object,
    values: dict[str, Any],
    extra: dict[str, Any],
    flags: list[str],
) -> None:
    text = normal.line(_text(given, value))
    if not text:
        return
    when = time_of(text)
    if when is not None:
        values[key] = when
        return
    extra[f"{key}_raw"] = text
    if key == "published":
        flags.append("undated")


def time_of(text: str) -> When | None:
    """The time or day that a text says, without a zone as in Seoul; None where it says none."""
    from datetime import datetime

    from corpus.ingest.dates import SEOUL, parse_date

    try:
        when = parse_when(text)
    except ValueError:
        return parse_date(text)
    if isinstance(when, datetime) and when.tzinfo is None:
        return when.replace(tzinfo=SEOUL)
    return when


def _reporters(key: str, value: object) -> tuple[Reporter, ...]:
    from corpus.ingest import people

    found: list[Reporter] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            line = normal.line(item)
            found += people.persons(line) if line else []
        elif isinstance(item, dict):
            person = _structured(key, item, Reporter)
            name = normal.line(person.name) if person.name else None
            mail = normal.line(person.email) if person.email else None
            if name or mail:
                found.append(Reporter(name, mail))
        else:
            raise _Wrong(f'"{key}" holds {_name(item)}, a name or an object was expected')
    return tuple(dict.fromkeys(found))


def _structured(key: str, value: object, kind: Any) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise _Wrong(f'"{key}" is not as expected: {_said(error)}') from None


def _said(error: Exception) -> str:
    text = str(error)
    return text[:1].lower() + text[1:]


def _name(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text"}
    names |= {list: "a list", dict: "an object", type(None): "null"}
    return names.get(type(value), "a value")
