"""How are the pages of a site laid out? Records of selectors, dated, newest first.

A site adds a module here with its domains and layouts, a page and an expected record
under tests/, and no code; or the same as `[[layouts]]` tables in corpus.toml. A redesign
adds a layout and dates the one before it; old pages still parse: the first layout whose
body is on the page is taken. docs/layouts.md says how.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from importlib import import_module

from corpus.ingest import publishers
from corpus.ingest.publishers import parents


@dataclass(frozen=True)
class Layout:
    """Selectors (corpus.ingest.selectors) of one layout; an empty one leaves it to general rules.

    `until` is the last day of the layout, None while it is in use. `body` may match
    several elements, which follow one another. `drop` is inside the body and not story;
    `embedded` names the script data that holds the body (corpus.ingest.embedded).
    `utc_labels` are metas whose +09:00 stands behind a UTC clock; `published` and
    `modified` are elements whose text or data-date-time holds the date; `section` are
    elements of which the last is it. On a portal, `publisher` and `original` are the
    elements that name the paper and link to the article there. `leading_subtitle` says that a
    first line that is no sentence is the subtitle. `checked` says that a stored
    page was read with it; without that it comes from knowledge of the site.
    """

    body: str = ""
    until: date | None = None
    title: str = ""
    subtitle: str = ""
    drop: str = ""
    captions: str = ""
    section: str = ""
    reporters: str = ""
    published: str = ""
    modified: str = ""
    embedded: str = ""
    utc_labels: tuple[str, ...] = ()
    publisher: str = ""
    original: str = ""
    leading_subtitle: bool = False
    checked: bool = False


SELECTORS = (
    "body",
    "title",
    "subtitle",
    "drop",
    "captions",
    "section",
    "reporters",
    "published",
    "modified",
    "publisher",
    "original",
)

_SWITCHES = ("leading_subtitle", "checked")

# Modules are named by domain (mk_co_kr); each says DOMAINS and LAYOUTS.
MODULES = tuple(
    sorted(name for _, name, _ in pkgutil.iter_modules(publishers.__path__) if "_" in name)
)


class LayoutError(ValueError):
    """A table that is no layout; the message says which key and what is wrong with it."""


@cache
def _table() -> dict[str, tuple[Layout, ...]]:
    table: dict[str, tuple[Layout, ...]] = {}
    for name in MODULES:
        module = import_module(f"corpus.ingest.publishers.{name}")
        for domain in module.DOMAINS:
            table[domain] = module.LAYOUTS
    return table


_own: dict[str, tuple[Layout, ...]] = {}
_tables: list[dict[str, object]] = []


def layouts_for(address: str | None) -> tuple[Layout, ...]:
    """The layouts of the site at an address, newest first; none for an unknown site.

    Those that `install` was given stand before those of the program.
    """
    if not address:
        return ()
    hosts = parents(address)
    given = next((_own[host] for host in hosts if host in _own), ()) if _own else ()
    table = _table()
    return (*given, *next((table[host] for host in hosts if host in table), ()))


def install(tables: Iterable[Mapping[str, object]]) -> None:
    """Use the layouts of `tables` (`read`) in this process, instead of those given before."""
    given = [dict(table) for table in tables]
    found = read(given)
    _own.clear()
    _own.update(found)
    _tables[:] = given


def installed() -> list[dict[str, object]]:
    """The tables that were given last, for another process."""
    return list(_tables)


def read(tables: Iterable[Mapping[str, object]]) -> dict[str, tuple[Layout, ...]]:
    """Layouts by domain from tables with the keys of Layout and `domains`, newest first.

    Raises LayoutError.

    >>> read([{"domains": ["a.example"], "body": "#story"}])["a.example"][0].body
    '#story'
    """
    from corpus.ingest.selectors import compiled

    found: dict[str, tuple[Layout, ...]] = {}
    known = {each.name for each in fields(Layout)}
    for number, table in enumerate(tables, 1):
        where = f"[[layouts]] number {number}"
        values = dict(table)
        domains = values.pop("domains", None)
        if isinstance(domains, str):
            domains = [domains]
        if not (isinstance(domains, list) and domains and all(map(_is_text, domains))):
            raise LayoutError(f'{where}: "domains" must list the sites, as ["paper.co.kr"]')
        for key, value in values.items():
            if key not in known:
                raise LayoutError(f'{where}: unknown key "{key}"; known are {", ".join(known)}')
            if key in SELECTORS:
                if not isinstance(value, str):
                    raise LayoutError(f'{where}: "{key}" must be a selector, in quotes')
                try:
                    compiled(value) if value else None
                except ValueError as error:
                    raise LayoutError(f'{where}: "{key}": {error}') from None
        until = values.get("until")
        if until is not None and (isinstance(until, datetime) or not isinstance(until, date)):
            raise LayoutError(f'{where}: "until" must be a day, as 2023-08-31 without quotes')
        labels = values.get("utc_labels", [])
        if not (isinstance(labels, list) and all(map(_is_text, labels))):
            raise LayoutError(f'{where}: "utc_labels" must list names of metas')
        if not isinstance(values.get("embedded", ""), str):
            raise LayoutError(f'{where}: "embedded" must be a name, in quotes')
        if not all(isinstance(values.get(key, False), bool) for key in _SWITCHES):
            raise LayoutError(f"{where}: {' and '.join(_SWITCHES)} are true or false")
        if not values.get("body") and not values.get("embedded"):
            raise LayoutError(f'{where}: "body" is missing')
        values["utc_labels"] = tuple(labels)
        layout = Layout(**values)  # type: ignore[arg-type]  # every key was looked at above
        for domain in domains:
            found[domain] = (*found.get(domain, ()), layout)
    return found


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)
