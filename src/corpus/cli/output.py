"""How do records become JSON, JSON Lines, CSV, TSV and ids?

JSON is one document with "format_version": 1; keys may be added within a version,
never renamed or removed. A cell of CSV or TSV holds several values joined with "; "
and nested records as JSON. TSV has no quoting: tabs and line feeds in it are spaces.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

FORMAT_VERSION = 1

Record = Mapping[str, Any]


def print_json(record: Record) -> None:
    """One JSON document, indented, with the version of the format in front."""
    write_line(to_json({"format_version": FORMAT_VERSION, **record}, indent=2))


def print_json_lines(records: Iterable[Record], columns: Sequence[str] | None = None) -> int:
    """One record a line; returns how many. UsageError if `columns` names an unknown key."""
    number = 0
    for record in records:
        write_line(to_json(chosen(record, columns)))
        number += 1
    return number


def print_table(
    records: Iterable[Record],
    columns: Sequence[str],
    *,
    kind: str,
    bom: bool = False,
) -> int:
    """CSV or TSV with a header line; returns the number of records."""
    import csv

    if bom:
        sys.stdout.write("\ufeff")
    # Line feeds alone: cut, awk and grep would keep a carriage return in the last cell.
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if kind == "csv":
        writer.writerow(columns)
    else:
        write_line("\t".join(columns))
    number = 0
    for record in records:
        cells = [cell(value) for value in chosen(record, columns).values()]
        if kind == "csv":
            writer.writerow(cells)
        else:
            write_line("\t".join(" ".join(text.split()) for text in cells))
        number += 1
    return number


def chosen(record: Record, columns: Sequence[str] | None) -> Record:
    """The record, or only the keys named in `columns`, in their order."""
    if columns is None:
        return record
    unknown = [name for name in columns if name not in record]
    if unknown:
        raise click.UsageError(f"there is no column {unknown[0]!r}; there are {', '.join(record)}")
    return {name: record[name] for name in columns}


def check_columns(kind: str, columns: Sequence[str] | None, *, bom: bool) -> None:
    """Refuse options that the format would ignore."""
    if columns and kind in ("text", "ids"):
        raise click.UsageError(f"--columns goes with json, jsonl, csv and tsv, not with {kind}")
    if bom and kind not in ("csv", "tsv"):
        raise click.UsageError(f"--bom goes with csv and tsv, not with {kind}")


def cell(value: Any) -> str:
    """One value as the text of a cell.

    >>> cell([{"name": "이영아", "email": "a@b.kr"}]), cell(None), cell(["가", "나"])
    ('이영아 <a@b.kr>', '', '가; 나')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        if all(isinstance(item, str) for item in value):
            return "; ".join(value)
        if all(isinstance(item, dict) and set(item) == {"name", "email"} for item in value):
            return "; ".join(person(item) for item in value)
    if isinstance(value, (list, tuple, dict)):
        return to_json(value) if value else ""
    return str(value)


def person(record: Record) -> str:
    """A name and an e-mail as mail programs write them."""
    name, email = record.get("name"), record.get("email")
    return f"{name} <{email}>" if name and email else (name or email or "")


def write_line(text: str) -> None:
    """One line of data on stdout. Unlike click.echo it does not flush line by line."""
    sys.stdout.write(text + "\n")


def to_json(value: Any, indent: int | None = None) -> str:
    """`value` as JSON on one line, or indented; Hangul as it is."""
    import json  # 2 ms, and text is what is mostly asked for

    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
