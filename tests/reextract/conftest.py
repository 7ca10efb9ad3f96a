"""A corpus whose articles were read by older rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from older_rules import older_rules
from read_records import PAGE, STORY, record, write

import corpus


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with a page, a text in CP949, and a file of records, one of them finished."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    text = f"가람시 다리 이름 공모\n{STORY}\n김환 기자 hwan@hanbit.example"
    (folder / "text.txt").write_bytes(text.encode("cp949"))
    write(folder / "records.jsonl", record(1), record(2), record(3, clean=True))
    return folder


@pytest.fixture
def archive(source: Path, tmp_path: Path) -> Path:
    """The corpus of `source`, read by older rules."""
    with older_rules(), corpus.create(tmp_path / "archive") as c:
        report = c.ingest([source], section="지역")
    assert (report.added, report.rejected) == (5, ())
    return tmp_path / "archive"
