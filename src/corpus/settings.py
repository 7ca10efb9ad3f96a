"""What may people set for a corpus? What `corpus.toml` says.

The program writes the file once, with the comments that explain it, and never again:
it belongs to its readers. Keys that this version does not know are left alone, since a
later version may.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

from corpus.errors import CorpusDamaged
from corpus.index.protocol import Synonyms

FILE = "corpus.toml"

TEMPLATE = """\
# The settings of this corpus. Its presence makes the folder a corpus: `corpus` looks for
# it here and in the folders above. The program never writes this file; edit it freely.

[store]
# Keep the original bytes of every article, compressed, beside the record. They cost about
# as much again as the records, and are what `corpus show ID --original` gives.
keep_originals = true

# Words that mean the same: each finds the others, marked as synonyms. `since` and `until`
# bound the days of publication for which this holds.
# [[synonyms]]
# words = ["트위터", "엑스"]
# since = 2023-07-24

# A site that is not read well gets a layout of its own here: selectors for the parts of its
# pages, newest first (docs/layouts.md). `corpus extract --layouts corpus.toml --explain PAGE`
# shows what it does.
#
# [[layouts]]
# domains = ["paper.co.kr"]
# body = "#story"
# subtitle = ".deck"
# drop = ".related, .share"
# captions = "figcaption"
"""


class Settings(msgspec.Struct, frozen=True):
    """The settings in force; a key that corpus.toml leaves out has its default here."""

    keep_originals: bool = True
    synonyms: tuple[Synonyms, ...] = ()
    layouts: tuple[dict[str, Any], ...] = ()  # as written; who reads pages checks them


def load(folder: Path) -> Settings:
    """The settings of the corpus in `folder`; all defaults where it has no corpus.toml.

    Raises CorpusDamaged where the file is not TOML or a key has the wrong type.
    """
    path = folder / FILE
    try:
        text = _text(path)
    except FileNotFoundError:
        return Settings()
    if text == TEMPLATE:
        return Settings()
    values = _parsed(text, path)
    store = values.get("store", {})
    keep = store.get("keep_originals", True) if isinstance(store, dict) else None
    if not isinstance(keep, bool):
        raise CorpusDamaged(path, "[store] keep_originals must be true or false; correct it")
    return Settings(
        keep_originals=keep,
        synonyms=_synonyms(values.get("synonyms", []), path),
        layouts=_layouts(values, path),
    )


def layouts(path: Path) -> tuple[dict[str, Any], ...]:
    """The [[layouts]] tables of any TOML file, as written.

    Raises OSError, and CorpusDamaged where the file is not TOML or has no such tables.
    """
    return _layouts(_parsed(_text(path), path), path)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusDamaged(path, f"not a TOML file ({error}); correct it") from error


def _parsed(text: str, path: Path) -> dict[str, Any]:
    import tomllib  # 3 ms, for those who changed something

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorpusDamaged(path, f"not a TOML file ({error}); correct it") from error


def _layouts(values: dict[str, Any], path: Path) -> tuple[dict[str, Any], ...]:
    tables = values.get("layouts", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise CorpusDamaged(
            path, "layouts are written as [[layouts]], with two brackets; correct it"
        )
    return tuple(tables)


def _synonyms(groups: object, path: Path) -> tuple[Synonyms, ...]:
    from corpus.index import days
    from corpus.index.characters import fold
    from corpus.index.normal import normalized

    found = []
    for number, group in enumerate(groups if isinstance(groups, list) else [None], 1):
        words = group.get("words") if isinstance(group, dict) else None
        if not (
            isinstance(words, list)
            and len(words) > 1
            and all(isinstance(word, str) and normalized(word) for word in words)
        ):
            what = f"[[synonyms]] number {number} needs words = two or more strings; correct it"
            raise CorpusDamaged(path, what)
        bounds = {}
        for name in ("since", "until"):
            try:
                bounds[name] = days.period(str(group[name])) if name in group else None
            except days.BadDate as error:
                what = f"[[synonyms]] number {number}, {name}: {error}; correct it"
                raise CorpusDamaged(path, what) from None
        since, until = bounds["since"], bounds["until"]
        dated = since is not None or until is not None
        found.append(
            Synonyms(
                tuple(fold(normalized(word)) for word in words),
                since[0] if since else days.EARLIEST if dated else 0,
                until[1] if until else days.LATEST if dated else 0,
            )
        )
    return tuple(found)


def write_template(folder: Path) -> None:
    """Put the commented corpus.toml into `folder`, whole or not at all. Raises OSError."""
    partial = folder / f"{FILE}.new"
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        file.write(TEMPLATE)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / FILE)
