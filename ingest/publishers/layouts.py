"""How are the pages of a site laid out? Records of selectors, dated, newest first.

A site adds a module here with its domains and layouts, a page and an expected record
under tests/, and no code. A redesign adds a layout and dates the one before it; old pages
still parse: the first layout whose body is on the page is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module

from corpus.ingest.publishers import parents


@dataclass(frozen=True)
class Layout:
    """Selectors (corpus.ingest.tree) of one layout; an empty one leaves it to the general rules.

    `until` is the last day of the layout, None while it is in use. `body` may match
    several elements, which follow one another. `drop` is inside the body and not story;
    `embedded` names the script data that holds the body (corpus.ingest.embedded).
    `utc_labels` are metas whose +09:00 stands behind a UTC clock; `published` and
    `modified` are elements whose text or data-date-time holds the date.
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


# Each module says DOMAINS and LAYOUTS.
MODULES = (
    "businesspost_co_kr",
    "chosun_com",
    "daum_net",
    "ddaily_co_kr",
    "donga_com",
    "hani_co_kr",
    "hankookilbo_com",
    "hankyung_com",
    "imbc_com",
    "joongang_co_kr",
    "kbs_co_kr",
    "khan_co_kr",
    "mbn_co_kr",
    "mk_co_kr",
    "naver_com",
    "newsis_com",
    "sbs_co_kr",
    "segye_com",
    "tvchosun_com",
    "yna_co_kr",
    "yonhapnewstv_co_kr",
    "ytn_co_kr",
)


@cache
def _table() -> dict[str, tuple[Layout, ...]]:
    table: dict[str, tuple[Layout, ...]] = {}
    for name in MODULES:
        module = import_module(f"corpus.ingest.publishers.{name}")
        for domain in module.DOMAINS:
            table[domain] = module.LAYOUTS
    return table


def layouts_for(address: str | None) -> tuple[Layout, ...]:
    """The layouts of the site at an address, newest first; none for an unknown site."""
    if not address:
        return ()
    table = _table()
    return next((table[host] for host in parents(address) if host in table), ())
