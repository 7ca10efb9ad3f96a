"""What is the article on this page? Its metadata, its body lines, and who wrote them.

The page is parsed once. Where the body stands is asked of corpus.ingest.story; title, dates,
section and reporters come from the head first and from the page where the head is silent;
the byline stage then takes what is no story out of the lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from msgspec import structs

from corpus import normal
from corpus.article import Article, Print, Removed, Reporter, When
from corpus.errors import ArticleRejected
from corpus.ingest import (
    EXTRACTOR,
    beside,
    byline,
    containers,
    embedded,
    explain,
    language,
    metadata,
    people,
    publishers,
    refusal,
)
from corpus.ingest import story as where
from corpus.ingest.dates import parse_date
from corpus.ingest.lines import Part, multi
from corpus.ingest.publishers.layouts import Layout, layouts_for
from corpus.ingest.story import Story
from corpus.ingest.titles import choose, same
from corpus.ingest.tree import NoTree, Tree, parse, plain

# Browsers write where a page was saved from.
_SAVED = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S+)")
_HOME = re.compile(r"홈|home|뉴스홈|메인|main|전체\s?(?:기사|뉴스)?", re.I)


@dataclass(frozen=True)
class PageParts:
    """Everything on a page before bylines are taken out: lines are the raw body."""

    title: str
    subtitle: str | None
    lines: list[str]
    captions: tuple[str, ...]
    section: str | None
    publisher: str | None
    url: str | None
    published: When | None
    published_raw: str
    modified: When | None
    authors: list[Reporter]
    keywords: tuple[str, ...]
    language_hint: str
    print: Print | None
    rule: str
    extra: dict[str, Any]
    left_out: list[Part]  # elements within the body that are no story
    flags: tuple[str, ...] = ()
    rights: str | None = None  # the copyright line beside the story


def extract_page(text: str, *, url: str | None = None, origin: str = "page") -> Article:
    """The article of one HTML page, already decoded; `url` is where it came from, if known.

    Raises ArticleRejected (at `origin`) where the page holds no article.
    """
    parts = read_page(text, url=url, origin=origin)
    stripped = byline.strip(parts.lines)
    body = "\n".join(stripped.lines)
    flags = [*stripped.flags, *parts.flags]
    extra = dict(parts.extra)
    if parts.published is None:
        flags.append("undated")
        if parts.published_raw:
            extra["published_raw"] = parts.published_raw
    if not body:
        flags.append("empty-body")
    captions = [
        *parts.captions,
        *(line for line in stripped.captions if line not in parts.captions),
    ]
    publisher = parts.publisher
    if not publisher and stripped.publisher:
        publisher = publishers.canonical(stripped.publisher)
        explain.note("publisher", publisher, "byline")
    reporters = people.combine(
        list(stripped.reporters), parts.authors, " ".join(one.text for one in stripped.removed)
    )
    _explain_text(stripped)
    return Article(
        title=parts.title,
        subtitle=parts.subtitle or stripped.subtitle,
        body=body,
        captions=tuple(captions),
        completeness=_completeness(body, flags),
        language=language.of(f"{parts.title}\n{body}", hint=parts.language_hint),
        reporters=reporters,
        contributors=tuple(stripped.contributors),
        publisher=publisher,
        agency=stripped.agency,
        place=stripped.place,
        section=parts.section,
        keywords=parts.keywords or tuple(stripped.keywords),
        published=parts.published,
        modified=parts.modified,
        print=stripped.print or parts.print,
        url=parts.url,
        rights=stripped.rights or _part_of(parts.left_out, "copyright") or parts.rights,
        extractor=EXTRACTOR,
        removed=tuple(_with_parts(stripped.removed, parts.left_out)),
        notes=tuple(stripped.notes),
        flags=tuple(dict.fromkeys(flags)),
        extra=extra,
    )


def _explain_text(stripped: byline.Stripped) -> None:
    """Note what the text itself said: bylines, datelines, captions, copyright."""
    for one in stripped.reporters:
        explain.note("reporters", one.name or one.email, "byline in the text")
    for line in stripped.captions:
        explain.note("captions", line, "caption in the text")
    for field in ("agency", "place", "rights", "subtitle"):
        explain.note(field, getattr(stripped, field), "read from what was taken out of the text")


def _part_of(left_out: Sequence[Part], reason: str) -> str | None:
    """The text of the first element left out for `reason`."""
    return next((part.text for part in left_out if part.reason == reason), None)


def _completeness(body: str, flags: Sequence[str]) -> str:
    if not body:
        return "title"
    return "lead" if "paginated" in flags or "paywall" in flags else "full"


def _with_parts(removed: Sequence[Removed], parts: Sequence[Part]) -> list[Removed]:
    """Removed pieces and left-out elements in one numbering of lines: the page's own."""
    # An element that stood before n lines of the body moves them and all behind them down.
    moved = [
        structs.replace(piece, line=piece.line + sum(part.before < piece.line for part in parts))
        for piece in removed
    ]
    for at, part in enumerate(parts):
        moved.append(Removed(part.before + at + 1, 0, f"{part.text}\n", part.reason))
    return sorted(moved, key=lambda piece: (piece.line, piece.column))


def read_page(text: str, *, url: str | None = None, origin: str = "page") -> PageParts:
    """The parts of a page; raises ArticleRejected (at `origin`) where it holds no article."""
    try:
        tree = Tree(parse(text), text)
    except NoTree:
        raise ArticleRejected(origin, None, "HTML without an article") from None
    head = metadata.read(tree.root)
    saved = _SAVED.search(text[:1000]) if url is None else None
    address = metadata.address_of(head, saved[1] if saved else url)
    layouts = layouts_for(address) or layouts_for(url)
    publisher, rule = metadata.publisher_of(head, address, tree.source)
    sites = _sites(head, publisher, address)
    story = where.find(tree, head, layouts, _headline(tree, head, sites))
    if not publisher:
        publisher, rule = _portal(tree, story.layout, address) or (None, "")
    explain.note("publisher", publisher, rule)
    explain.note("body", f"{len(story.found.lines)} lines", f"{story.rule}: {story.where}")
    section = _section(tree, head, story)
    title = _title(tree, head, story, sites, section)
    walled = refusal.take_wall(story.found.lines)
    _refuse(tree, head, story, title, origin, walled=bool(walled))
    script = story.script or embedded.Embedded()
    lines = normal.lines("\n".join(story.found.lines))
    # Only the first line: a headline quoted later in the story is story.
    end = len(lines)
    left_out = [
        *(part for part in story.found.parts if part.before <= end),
        *(Part(end, one, "paywall") for one in walled),
        *(replace(part, before=end) for part in story.found.parts if part.before > end),
    ]
    if len(lines) > 1 and same(lines[0], title):
        left_out = [
            *(part for part in left_out if part.before == 0),
            Part(0, lines.pop(0), "title"),
            *(replace(part, before=part.before - 1) for part in left_out if part.before),
        ]
    leading = ""
    if story.layout.leading_subtitle and len(lines) > 2 and _is_subtitle(lines):
        leading = lines.pop(0)
        explain.note("subtitle", leading, "first line of the body")
        left_out = [
            Part(0, leading, "subtitle"),
            *(replace(part, before=max(0, part.before - 1)) for part in left_out),
        ]
    dates = _published(tree, head, story, script, title)
    subtitle = script.subtitle or _subtitle(tree, story, title) or leading
    body_text = f"{title}\n" + "\n".join(lines)
    flags = ("paginated",) * metadata.goes_on(head, address) + ("paywall",) * bool(walled)
    return PageParts(
        title=normal.line(title),
        subtitle="\n".join(normal.lines(subtitle)) or None,
        lines=lines,
        captions=tuple(dict.fromkeys(filter(None, map(normal.line, story.found.captions)))),
        section=normal.line(section) or None,
        publisher=normal.line(publisher) if publisher else None,
        url=address,
        published=dates.when,
        published_raw=dates.raw,
        modified=_modified(tree, head, story, script),
        authors=_authors(tree, head, story, title),
        keywords=metadata.keywords_of(head, body_text, publisher),
        language_hint=head.lang or head.first(("ld:inLanguage", "og:locale")),
        print=Print(**script.page) if script.page else None,
        rule=story.rule,
        extra=_extra(tree, story.layout, address),
        left_out=left_out,
        flags=flags,
        rights=metadata.rights_line(tree.source),
    )


def _refuse(
    tree: Tree, head: metadata.Head, story: Story, title: str, origin: str, *, walled: bool
) -> None:
    """Raise ArticleRejected where there is no story, unless the page says it is an article."""
    if walled and story.size < 60:
        login = not head.is_article and tree.select("input[type=password]")
        reason = "a login page, not an article" if login else "a paywall without the article"
        raise ArticleRejected(origin, None, reason)
    if not title and not story.size:
        raise ArticleRejected(origin, None, refusal.reason(tree, head.title))
    if story.size < 300 and not head.is_article:
        said = refusal.missing(head.title or title, "\n".join(story.found.lines))
        if said:
            raise ArticleRejected(origin, None, said)
    if story.size or (head.is_article and title):
        loose = story.rule == "density" and story.size < 60 and not head.is_article
        if not loose or (beside.headed(tree, title) and not containers.is_list(tree.root)):
            return
    raise ArticleRejected(origin, None, refusal.reason(tree, head.title))


# ---------------------------------------------------------------- what stands around it


def _sites(head: metadata.Head, publisher: str | None, address: str | None) -> list[str]:
    names = [
        publisher or "",
        head.first(("og:site_name",)),
        head.first(("ld:publisher",)),
        head.first(("application-name",)),
    ]
    if address:
        names.append(publishers.name_for_domain(address) or "")
    # "경남도민일보" for a page whose site name is "경남도민일보 - 지역언론"
    return [name for name in dict.fromkeys(names) if name]


def _headline(tree: Tree, head: metadata.Head, sites: list[str]) -> str:
    """What the head calls the article, before the layout of the page is known."""
    stated = [value for name in metadata.TITLE for value in head.all(name)[:1]]
    return choose([*stated[:2], head.title], sites)


def _title(tree: Tree, head: metadata.Head, story: Story, sites: list[str], section: str) -> str:
    layout_titles = [plain(node) for node in tree.select(story.layout.title)[:1]]
    stated = [(value, name) for name in metadata.TITLE for value in head.all(name)[:2]]
    printed = [text for node in tree.root.iter("h1") if 4 < len(text := plain(node)) < 200][:3]
    candidates = [
        *([(story.script.title, "script data")] if story.script else []),
        *((value, metadata.where(name)) for value, name in stated[:1]),
        *((text, f"layout {story.layout.title}") for text in layout_titles),
        *((value, metadata.where(name)) for value, name in stated[1:]),
        (head.title, "title element"),
        *((text, "h1 element") for text in printed),
    ]
    best = choose((text for text, _ in candidates if text), sites, section)
    shown = beside.heading(tree, best)
    if shown:
        explain.note("title", shown, "heading on the page that the title begins with")
        return shown
    if explain.active():
        rules = (
            rule for text, rule in candidates if text and choose([text], sites, section) == best
        )
        explain.note("title", best, next(rules, "the common part of several"))
    return best


def _section(tree: Tree, head: metadata.Head, story: Story) -> str:
    stated, name = head.pick(metadata.SECTION)
    if stated in ("뉴스", "news", "News"):  # YTN: the section stands in section2
        second = head.first(("article:section2",))
        stated, name = (second, "article:section2") if second else (stated, name)
    if stated and len(stated) <= 40 and not stated.startswith("http"):
        explain.note("section", stated, metadata.where(name))
        return stated
    if story.script and story.script.section:
        explain.note("section", story.script.section, "script data")
        return story.script.section
    for text in map(plain, reversed(tree.select(story.layout.section))):
        if text and len(text) <= 20 and not _HOME.fullmatch(text):
            explain.note("section", text, f"layout {story.layout.section}")
            return text
    found = beside.path_section(tree)
    explain.note("section", found, "breadcrumb")
    return found


def _subtitle(tree: Tree, story: Story, title: str) -> str:
    for node in tree.select(story.layout.subtitle)[:1]:
        found = multi(node)
        explain.note("subtitle", found, f"layout {story.layout.subtitle}")
        return found
    if story.found.subtitle:
        explain.note("subtitle", story.found.subtitle, "class name at the head of the body")
        return story.found.subtitle
    found = beside.subtitle(tree, story.nodes[0], title) if story.nodes and title else ""
    explain.note("subtitle", found, "class name between headline and body")
    return found


def _published(
    tree: Tree, head: metadata.Head, story: Story, script: embedded.Embedded, title: str
) -> metadata.Dated:
    stated = metadata.date_of(head, metadata.PUBLISHED, story.layout.utc_labels)
    found = [
        (lambda: stated.when, stated.rule),
        (lambda: parse_date(script.published), "script data"),
        (lambda: beside.entered(tree, story.layout.published), "printed on the page"),
        (lambda: beside.bare(tree, title), "a date alone under the headline"),
    ]
    return _first(found, stated.raw, "published")


def _modified(
    tree: Tree, head: metadata.Head, story: Story, script: embedded.Embedded
) -> When | None:
    stated = metadata.date_of(head, metadata.MODIFIED, story.layout.utc_labels)
    found = [
        (lambda: stated.when, stated.rule),
        (lambda: parse_date(script.modified), "script data"),
        (lambda: beside.changed(tree, story.layout.modified), "printed on the page"),
    ]
    return _first(found, "", "modified").when


def _is_subtitle(lines: Sequence[str]) -> bool:
    """Whether the first line is no sentence, no dateline and no caption, and the next is one."""
    line = lines[0]
    plain_text = 6 <= len(line) <= 80 and line[0] not in "[(【<〈▲△■◆◇▶☞※" and "=" not in line
    return plain_text and not _SENTENCE_END.search(line) and bool(_SENTENCE_END.search(lines[1]))


_SENTENCE_END = re.compile(r"[다요죠까음][.?!]|기자\s*\Z|@|제공\s*\Z")


def _first(
    candidates: Iterable[tuple[Callable[[], When | None], str]], raw: str, field: str
) -> metadata.Dated:
    for found, rule in candidates:
        when = found()
        if when is not None:
            explain.note(field, when.isoformat(), rule)
            return metadata.Dated(when, "", rule)
    return metadata.Dated(None, raw)


def _authors(tree: Tree, head: metadata.Head, story: Story, title: str) -> list[Reporter]:
    found: dict[str | None, Reporter] = {}
    scripted = [
        one
        for name, mail in (story.script.authors if story.script else [])
        for one in people.persons(name, mail)
    ]
    for group, rule in (
        (scripted, "script data"),
        (metadata.authors_of(head), ""),  # which says itself what it found where
        (beside.boxed(tree, story.nodes, story.layout.reporters), "box with a mail address"),
        ([one for text in story.found.signed for one in people.persons(text)], "signed part"),
    ):
        _merge(found, group, rule)
    if not found:
        _merge(found, beside.named(tree, title), "name under the headline")
    return list(found.values())


def _merge(found: dict[str | None, Reporter], group: list[Reporter], rule: str) -> None:
    for one in group:
        known = found.get(one.name)
        if known is None or (one.email and not known.email):
            if rule:
                explain.note("reporters", one.name, rule)
            found[one.name] = one


# ---------------------------------------------------------------- portals


def _portal(tree: Tree, layout: Layout, address: str | None) -> tuple[str, str] | None:
    """On a portal, the paper that its layout points at, and the rule."""
    if not layout.publisher or not (address and publishers.is_portal(address)):
        return None
    for node in tree.select(layout.publisher)[:3]:
        text = node.get("alt") or node.get("title") or plain(node)
        name = normal.line(text or "")
        if 1 < len(name) <= 20 and not publishers.is_portal(name):
            return publishers.canonical(name), f"layout {layout.publisher}"
    return None


def _extra(tree: Tree, layout: Layout, address: str | None) -> dict[str, Any]:
    """On a portal, the address of the original at its paper."""
    if not layout.original or not (address and publishers.is_portal(address)):
        return {}
    for node in tree.select(layout.original)[:1]:
        href = (node.get("href") or "").strip()
        if href.startswith(("http://", "https://")):
            explain.note("original_url", href, f"layout {layout.original}")
            return {"original_url": href}
    return {}
