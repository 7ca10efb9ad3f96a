"""Which paper is it, and how are its pages laid out?

Useful for: canonical names by domain or by any variant of the name; page layouts as
data, one module per content system. Not useful for: rules that hold for the Korean
press as a whole, which are code beside this folder.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from corpus.ingest.publishers import names

__all__ = ["canonical", "is_portal", "is_publisher", "name_for_domain", "parents"]


def _key(name: str) -> str:
    return "".join(name.split()).casefold()


def _read(table: str) -> tuple[dict[str, str], dict[str, str]]:
    domains: dict[str, str] = {}
    variants: dict[str, str] = {}
    for entry in filter(None, table.splitlines()):
        name, _, rest = entry.partition(":")
        hosts, _, others = rest.partition("|")
        domains.update(dict.fromkeys(hosts.split(), name))
        variants.update(dict.fromkeys(map(_key, [name, *others.split(";")]), name))
    del variants[""]
    return domains, variants


_domains, _variants = _read(names.TABLE)


_LONGEST_HOST = 253  # characters (RFC 1123); 100,000 labels have 100,000 domains above them


def _host(domain: str) -> str:
    text = domain.strip().lower()
    if "//" in text:
        try:
            text = urlsplit(text).hostname or ""
        except ValueError:  # "http://[broken"
            return ""
    host = text.partition("/")[0].partition(":")[0].rstrip(".")
    return host if len(host) <= _LONGEST_HOST else ""


def parents(domain: str) -> list[str]:
    """The host of a domain or URL, then the domains above it, without the top level.

    >>> parents("https://news.example.co.kr/a")
    ['news.example.co.kr', 'example.co.kr', 'co.kr']
    """
    labels = _host(domain).split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


@lru_cache(maxsize=4096)
def name_for_domain(domain: str) -> str | None:
    """The publisher at a host name or URL; its sub-domains are its own; None if unknown.

    >>> name_for_domain("www.techm.kr"), name_for_domain("https://biz.chosun.com/a")
    ('테크M', '조선비즈')
    >>> name_for_domain("naver.com")
    """
    return next((_domains[host] for host in parents(domain) if host in _domains), None)


def canonical(name: str) -> str:
    """The one name of a publisher; a name that is not in the table comes back as it is.

    >>> canonical("KBS 뉴스"), canonical("연합뉴스 TV"), canonical("가람신문")
    ('KBS', '연합뉴스TV', '가람신문')
    """
    tidy = " ".join(name.split())
    return _variants.get(_key(tidy), tidy)


def is_publisher(name: str) -> bool:
    """Whether the table knows `name`, in any variant."""
    return _key(name) in _variants


def is_portal(domain_or_name: str) -> bool:
    """Whether it only carries what others publish: a host, URL or name such as 네이버 뉴스.

    >>> is_portal("https://n.news.naver.com/article/1"), is_portal("다음 뉴스")
    (True, True)
    """
    if _key(domain_or_name) in names.PORTAL_NAMES:
        return True
    return any(host in names.PORTALS for host in parents(domain_or_name))
