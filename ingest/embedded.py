"""Is the story only in a script? Then take it out of the script's data.

조선일보 (Arc) keeps content elements in Fusion.globalContent, 한국일보 HTML in contentHtml,
many others plain text in JSON-LD articleBody. Each gives lines, captions and, where the
data has them, subtitle, dates, section and reporters.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from corpus.ingest.lines import Lines, lines_of
from corpus.ingest.titles import same
from corpus.ingest.tree import NoTree, parse
from corpus.ingest.words import words

_DECODER = json.JSONDecoder(strict=False)
_HTML_KEYS = ("contentHtml", "articleBodyHtml", "content_html", "bodyHtml")
_PLACEHOLDER = re.compile(r"\$\$[A-Z_0-9]+\$\$")
_COLON = re.compile(r'\s*:\s*"')
_LONGEST = 4_000_000  # characters of script data


@dataclass
class Embedded:
    """What the data of a script gave; empty strings and lists where it had nothing."""

    lines: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    title: str = ""
    subtitle: str = ""
    published: str = ""
    modified: str = ""
    section: str = ""
    authors: list[tuple[str, str]] = field(default_factory=list)  # (name, e-mail)
    page: dict[str, str] = field(default_factory=dict)  # date, edition, page on paper
    where: str = ""  # the key that held the story


def find(text: str, root: etree._Element) -> Embedded | None:
    """The story in the script data of a page; None if there is none.

    `text` is the page itself: its scripts are searched where they stand.
    """
    if "Fusion.globalContent" in text:
        found = _fusion(text)
        if found and found.lines:
            return found
    for key in _HTML_KEYS:
        if key in text:
            found = _html_value(root, key)
            if found and found.lines:
                return found
    return None


def _decode(text: str, start: int) -> Any:
    try:
        return _DECODER.raw_decode(text[: start + _LONGEST], start)[0]
    except (ValueError, RecursionError):
        return None


def _read(markup: str) -> Lines:
    """What a piece of HTML holds; nothing where it is none."""
    try:
        return lines_of(parse(f"<html><body><div>{markup}</div></body></html>"))
    except NoTree:
        return Lines()


def _inline(markup: str) -> list[str]:
    """Lines of a piece of HTML, or of a text without a tag."""
    if "<" in markup:
        return _read(markup).lines
    return [line for line in map(str.strip, html.unescape(markup).split("\n")) if line]


# ---------------------------------------------------------------- Arc (Fusion)


def _fusion(text: str) -> Embedded | None:
    start = text.find("{", text.find("Fusion.globalContent"))
    value = _decode(text, start) if start >= 0 else None
    if not isinstance(value, dict):
        return None
    out = Embedded(where="Fusion.globalContent content_elements")
    for item in value.get("content_elements") or []:
        if not isinstance(item, dict):
            continue
        kind = item.get("type")
        content = item.get("content")
        if kind in ("text", "header") and isinstance(content, str):
            out.lines += _inline(content)
        elif kind == "list" and isinstance(item.get("items"), list):
            for entry in item["items"]:
                if isinstance(entry, dict) and isinstance(entry.get("content"), str):
                    out.lines += _inline(entry["content"])
        elif kind == "quote":
            for entry in item.get("content_elements") or []:
                if isinstance(entry, dict) and isinstance(entry.get("content"), str):
                    out.lines += _inline(entry["content"])
        elif kind == "image" and isinstance(item.get("caption"), str):
            out.captions += _inline(item["caption"])
    out.title = _name(value.get("headlines"), "basic")
    out.subtitle = "\n".join(_inline(_name(value.get("subheadlines"), "basic")))
    out.published = str(value.get("first_publish_date") or value.get("display_date") or "")
    out.modified = str(value.get("last_updated_date") or "")
    taxonomy = value.get("taxonomy")
    if isinstance(taxonomy, dict):
        out.section = _name(taxonomy.get("primary_section"), "name")
    credits_ = value.get("credits")
    by = credits_.get("by") if isinstance(credits_, dict) else None
    for person in by if isinstance(by, list) else []:
        if isinstance(person, dict):
            out.authors.append(_arc_author(person))
    return out


def _arc_author(person: dict[str, Any]) -> tuple[str, str]:
    extra = person.get("additional_properties")
    original = extra.get("original") if isinstance(extra, dict) else None
    original = original if isinstance(original, dict) else {}
    byline, name = original.get("byline"), person.get("name")
    mail = original.get("email") or person.get("email")
    text = byline if isinstance(byline, str) and byline else name if isinstance(name, str) else ""
    if text == name and re.fullmatch(r"[가-힣]{1,3} [가-힣]", text):
        given, surname = text.split()  # Arc writes 박선민 as "선민 박"
        text = surname + given
    return text, mail if isinstance(mail, str) else ""


def _name(value: Any, key: str) -> str:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


# ---------------------------------------------------------------- HTML inside JSON


def _html_value(root: etree._Element, key: str) -> Embedded | None:
    for script in root.iter("script"):
        source = script.text
        if not source or key not in source or len(source) > _LONGEST:
            continue
        # Next.js pushes JSON inside a JavaScript string: one level of escapes goes first.
        for level in (source, _unescaped(source)):
            start = _opening(level, key)
            value = _decode(level, start) if start >= 0 else None
            if isinstance(value, str) and len(value) > 40:
                return _from_html(level, value, key)
    return None


def _unescaped(source: str) -> str:
    if '\\"' not in source:
        return ""
    start = source.find('"')
    value = _decode(source, start) if start >= 0 else None
    return value if isinstance(value, str) else source.replace('\\"', '"').replace("\\\\", "\\")


def _from_html(level: str, markup: str, key: str) -> Embedded:
    found = _read(_PLACEHOLDER.sub("", markup))
    out = Embedded(found.lines, found.captions, where=key)
    out.subtitle = "\n".join(_inline(_string(level, "subTitle"))) or found.subtitle
    out.published, out.modified = _string(level, "deployDt"), _string(level, "reDeployDt")
    out.section = _string(level, "sectionName")
    names = re.findall(r'"writerName"\s*:\s*"([^"\\]{1,40})"', level)
    mails = re.findall(r'"writerEmail"\s*:\s*"([^"\\]{1,80})"', level)
    out.authors = [
        (name, mails[at] if at < len(mails) else "") for at, name in enumerate(dict.fromkeys(names))
    ]
    for ours, theirs in (("date", "paperDate"), ("page", "paperMenu")):
        value = _string(level, theirs)
        if value and value != "0":
            out.page[ours] = value
    return out


# ---------------------------------------------------------------- data of an application

# What systems call the story, its headline and its parts in the state of a page.
_STORIES = words(
    "articlebody content contents body bodytext text html article_body articlecontent "
    "content_body contenthtml bodyhtml newscontent viewcontent detail"
)
_HEADLINES = words("title headline subject articletitle newstitle art_title")
_SUBTITLES = words("subtitle sub_title subheadline deck")
_STATES = re.compile(r"__(?:NEXT_DATA|NUXT|INITIAL_STATE|PRELOADED_STATE|APOLLO_STATE)__")
_MOST_NODES = 20_000
_SENTENCES = re.compile(r"[다요죠까][.?!]")


def application(root: etree._Element, headline: str) -> Embedded | None:
    """The story in the state of a page that scripts draw (Next.js, Nuxt and their like).

    The object that holds a long text with sentences under a usual key; one whose title is
    the `headline` before others. None where there is none.
    """
    best: tuple[float, Embedded] | None = None
    for script in root.iter("script"):
        source = script.text
        if not source or len(source) > _LONGEST:
            continue
        kind = script.get("type") or ""
        if not (
            _STATES.search(source[:200])
            or script.get("id") == "__NEXT_DATA__"
            or (kind == "application/json")
        ):
            continue
        start = source.find("{")
        value = _decode(source, start) if start >= 0 else None
        for score, found in _stories(value, headline):
            if best is None or score > best[0]:
                best = (score, found)
    return best[1] if best else None


def _stories(value: Any, headline: str) -> Iterator[tuple[float, Embedded]]:
    todo: list[Any] = [value]
    for _ in range(_MOST_NODES):
        if not todo:
            return
        node = todo.pop()
        if isinstance(node, list):
            todo.extend(one for one in node if isinstance(one, dict | list))
        elif isinstance(node, dict):
            todo.extend(one for one in node.values() if isinstance(one, dict | list))
            texts = {str(key).lower(): one for key, one in node.items() if isinstance(one, str)}
            key = max(
                (one for one in _STORIES if one in texts), key=lambda k: len(texts[k]), default=""
            )
            if not key or len(texts[key]) < 60 or not _SENTENCES.search(texts[key]):
                continue
            title = next((texts[one] for one in texts if one in _HEADLINES and texts[one]), "")
            found = _from_markup(texts[key])
            found.where = f"{key} in script data"
            found.title = title
            found.subtitle = next((texts[one] for one in texts if one in _SUBTITLES), "")
            own = bool(title and headline) and same(title, headline)
            yield len(texts[key]) * (10.0 if own else 1.0), found


def _from_markup(markup: str) -> Embedded:
    if "<" not in markup:
        return Embedded(_inline(markup))
    found = _read(markup)
    return Embedded(found.lines, found.captions)


def _string(level: str, key: str) -> str:
    start = _opening(level, key)
    value = _decode(level, start) if start >= 0 else None
    return value if isinstance(value, str) else ""


def _opening(level: str, key: str) -> int:
    """Where the string under `key` begins, at its quote; -1 where there is none."""
    name, at = f'"{key}"', 0
    # A regular expression from the start takes ten times as long over 60,000 characters.
    while (at := level.find(name, at)) >= 0:
        at += len(name)
        match = _COLON.match(level, at)
        if match:
            return match.end() - 1
    return -1
