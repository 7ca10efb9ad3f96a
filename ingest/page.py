"""What is the article on this page? Its metadata, its body lines, and who wrote them.

The page is parsed once. The body comes from the site's layout, from script data, from a
container that many systems share, or from where the text is dense, in this order; title,
dates, section and reporters from the head first and from the page where the head is
silent; the byline stage then takes what is no story out of the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree
from msgspec import structs

from corpus.article import Article, Print, Removed, Reporter, When
from corpus.errors import ArticleRejected
from corpus.ingest import (
    EXTRACTOR,
    beside,
    containers,
    embedded,
    language,
    metadata,
    normal,
    people,
    publishers,
    refusal,
)
from corpus.ingest.lines import Lines, Part, lines_of, multi
from corpus.ingest.publishers.layouts import Layout, layouts_for
from corpus.ingest.publishers.systems import SYSTEMS
from corpus.ingest.titles import choose
from corpus.ingest.tree import NoTree, Tree, parse, plain

# Browsers write where a page was saved from.
_SAVED = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S+)")
_ORIGINAL = (
    "a.media_end_head_origin_link, a.link_origin, .sponsor .btn_artialoriginal, a.btn_origin"
)


@dataclass
class Story:
    """The body found: its lines, what stood inside it, and the rule that found it."""

    found: Lines = field(default_factory=Lines)
    layout: Layout = field(default_factory=Layout)
    script: embedded.Embedded | None = None
    rule: str = ""
    nodes: list[etree._Element] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(map(len, self.found.lines))


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


def extract_page(text: str, *, url: str | None = None, origin: str = "page") -> Article:
    """The article of one HTML page, already decoded; `url` is where it came from, if known.

    Raises ArticleRejected (at `origin`) where the page holds no article.
    """
    from corpus.ingest import byline

    parts = read_page(text, url=url, origin=origin)
    stripped = byline.strip(parts.lines)
    body = "\n".join(stripped.lines)
    flags = list(stripped.flags)
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
    publisher = parts.publisher or (
        publishers.canonical(stripped.publisher) if stripped.publisher else None
    )
    return Article(
        title=parts.title,
        subtitle=parts.subtitle or stripped.subtitle,
        body=body,
        captions=tuple(captions),
        completeness="full" if body else "title",
        language=language.of(f"{parts.title}\n{body}", hint=parts.language_hint),
        reporters=people.combine(
            list(stripped.reporters), parts.authors, " ".join(one.text for one in stripped.removed)
        ),
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
        rights=stripped.rights,
        extractor=EXTRACTOR,
        removed=tuple(_with_parts(stripped.removed, parts.left_out)),
        notes=tuple(stripped.notes),
        flags=tuple(dict.fromkeys(flags)),
        extra=extra,
    )


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
    story = _story(tree, head, layouts)
    publisher = metadata.publisher_of(head, address)
    section = _section(tree, head, story)
    sites = _sites(head, publisher, address)
    title = _title(tree, head, story, sites, section)
    _refuse(tree, head, story, title, origin)
    script = story.script or embedded.Embedded()
    lines = normal.lines("\n".join(story.found.lines))
    # Only the first line: a headline quoted later in the story is story.
    left_out = story.found.parts
    if len(lines) > 1 and _same(lines[0], title):
        left_out = [
            *(part for part in left_out if part.before == 0),
            Part(0, lines.pop(0), "title"),
            *(replace(part, before=part.before - 1) for part in left_out if part.before),
        ]
    published = metadata.date_of(head, metadata.PUBLISHED, story.layout.utc_labels)
    when = (
        published.when
        or _first_date(script.published)
        or beside.entered(tree, story.layout.published)
    )
    modified = metadata.date_of(head, metadata.MODIFIED, story.layout.utc_labels).when
    subtitle = script.subtitle or _subtitle(tree, story, title)
    body_text = f"{title}\n" + "\n".join(lines)
    return PageParts(
        title=normal.line(title),
        subtitle="\n".join(normal.lines(subtitle)) or None,
        lines=lines,
        captions=tuple(dict.fromkeys(filter(None, map(normal.line, story.found.captions)))),
        section=normal.line(section) or None,
        publisher=normal.line(publisher) if publisher else None,
        url=address,
        published=when,
        published_raw="" if when else published.raw,
        modified=modified
        or _first_date(script.modified)
        or beside.changed(tree, story.layout.modified),
        authors=_authors(tree, head, story),
        keywords=metadata.keywords_of(head, body_text, publisher),
        language_hint=head.lang or head.first(("ld:inLanguage", "og:locale")),
        print=Print(**script.page) if script.page else None,
        rule=story.rule,
        extra=_extra(tree, address),
        left_out=left_out,
    )


# ---------------------------------------------------------------- the body


def _gather(
    nodes: Iterable[etree._Element],
    drop: frozenset[etree._Element],
    captions: str,
    tree: Tree,
) -> Lines:
    marked = frozenset(tree.select(captions)) if captions else frozenset()
    out = Lines()
    done: set[etree._Element] = set()
    for node in nodes:
        if any(other in done for other in node.iterancestors()):
            continue
        done.add(node)
        found = lines_of(node, drop, marked)
        out.parts += (replace(part, before=part.before + len(out.lines)) for part in found.parts)
        out.lines += found.lines
        out.captions += found.captions
        out.signed += found.signed
        out.subtitle = out.subtitle or found.subtitle
    return out


def _story(tree: Tree, head: metadata.Head, layouts: tuple[Layout, ...]) -> Story:
    for layout in (*layouts, *SYSTEMS):
        story = _by_layout(tree, layout)
        if story.found.lines:
            return story
    story = Story(rule="none")
    nodes = containers.named(tree)
    if nodes:
        story = Story(_gather(nodes, frozenset(), "", tree), rule="container", nodes=nodes)
    if story.size < 200:
        script = embedded.find(tree.source, tree.root)
        if script and sum(map(len, script.lines)) > story.size:
            return Story(Lines(script.lines, script.captions), script=script, rule="script data")
    # A named container with a few words is a flash; what is dense then is something else.
    if not story.size:
        dense = containers.dense(tree.root)
        story = Story(_gather(dense, frozenset(), "", tree), rule="density", nodes=dense)
    if story.size < 60:
        plain_body = max(head.all("ld:articleBody"), key=len, default="")
        if len(plain_body) > max(story.size, 60):
            story = Story(Lines(normal.lines(plain_body)), rule="articleBody in JSON-LD")
    return story


def _by_layout(tree: Tree, layout: Layout) -> Story:
    if layout.embedded:
        script = embedded.find(tree.source, tree.root)
        if script:
            return Story(
                Lines(script.lines, script.captions), layout, script, rule="layout, script data"
            )
    if not layout.body:
        return Story(layout=layout)
    drop = frozenset([*tree.select(layout.drop), *tree.select(layout.subtitle)[:1]])
    # Alternatives stand in order of preference, so they are asked one by one.
    for selector in layout.body.split(","):
        nodes = tree.select(selector)
        found = _gather(nodes, drop, layout.captions, tree) if nodes else Lines()
        if found.lines:
            return Story(found, layout, rule=f"layout {selector.strip()}", nodes=nodes)
    return Story(layout=layout)


def _refuse(tree: Tree, head: metadata.Head, story: Story, title: str, origin: str) -> None:
    """Raise ArticleRejected where there is no story, unless the page says it is an article."""
    if not title and not story.size:
        raise ArticleRejected(origin, None, refusal.reason(tree, head.title))
    if story.size < 300 and not head.is_article:
        said = refusal.missing(head.title or title, "\n".join(story.found.lines))
        if said:
            raise ArticleRejected(origin, None, said)
    if story.size or (head.is_article and title):
        linked = story.rule == "density" and story.size < 60 and not head.is_article
        if not linked:
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


def _title(tree: Tree, head: metadata.Head, story: Story, sites: list[str], section: str) -> str:
    layout_titles = (
        [plain(node) for node in tree.select(story.layout.title)[:1]] if story.layout.title else []
    )
    script_title = [story.script.title] if story.script and story.script.title else []
    stated = [value for name in metadata.TITLE for value in head.all(name)[:2]]
    printed = [text for node in tree.root.iter("h1") if 4 < len(text := plain(node)) < 200][:3]
    candidates = [*script_title, *stated[:1], *layout_titles, *stated[1:], head.title, *printed]
    return choose(candidates, sites, section)


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _section(tree: Tree, head: metadata.Head, story: Story) -> str:
    if story.script and story.script.section and not head.first(metadata.SECTION):
        return story.script.section
    stated = head.first(metadata.SECTION)
    if stated in ("뉴스", "news", "News"):  # YTN: the section stands in section2
        stated = head.first(("article:section2",)) or stated
    if stated and len(stated) <= 40 and not stated.startswith("http"):
        return stated
    for node in tree.select(story.layout.section)[:1] if story.layout.section else []:
        return plain(node)[:40]
    return beside.path_section(tree)


def _subtitle(tree: Tree, story: Story, title: str) -> str:
    for node in tree.select(story.layout.subtitle)[:1] if story.layout.subtitle else []:
        return multi(node)
    if story.found.subtitle:
        return story.found.subtitle
    return beside.subtitle(story.nodes[0], title) if story.nodes and title else ""


def _authors(tree: Tree, head: metadata.Head, story: Story) -> list[Reporter]:
    found: dict[str | None, Reporter] = {}
    scripted = [
        one
        for name, mail in (story.script.authors if story.script else [])
        for one in people.persons(name, mail)
    ]
    for one in [
        *scripted,
        *metadata.authors_of(head),
        *beside.boxed(tree, story.nodes, story.layout.reporters),
        *(one for text in story.found.signed for one in people.persons(text)),
    ]:
        known = found.get(one.name)
        if known is None or (one.email and not known.email):
            found[one.name] = one
    return list(found.values())


def _first_date(text: str) -> When | None:
    from corpus.ingest.dates import parse_date

    return parse_date(text) if text else None


def _extra(tree: Tree, address: str | None) -> dict[str, Any]:
    """On a portal, the address of the original at its paper."""
    if not address or not publishers.is_portal(address):
        return {}
    for node in tree.select(_ORIGINAL)[:1]:
        href = (node.get("href") or "").strip()
        if href.startswith(("http://", "https://")):
            return {"original_url": href}
    return {}
