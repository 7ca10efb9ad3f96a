"""Does an input of a gigabyte take more memory than one article does?"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from corpus.ingest.flow import opened
from corpus.ingest.opening import items_of

resource = pytest.importorskip("resource", reason="no measure of memory on this system")

GIGABYTE = 1 << 30
# Address space: the interpreter, lxml and, at most, two copies of the largest page.
BOUND = 640 << 20
READER = """
    import io, json, resource, sys
    from corpus.ingest.flow import opened
    from corpus.ingest.opening import items_of
    from corpus.ingest.raw import Raw

    bound = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))

    class Endless(io.RawIOBase):
        '''A gigabyte of JSON, made as it is read.'''

        def __init__(self, begin, element, joint, end):
            self.parts = [begin + element]
            self.more, self.end, self.left, self.rest = joint + element, end, 1 << 30, b""

        def readable(self):
            return True

        def read(self, size=-1):
            if not self.rest:
                if self.parts:
                    self.rest = self.parts.pop(0)
                elif self.left > 0:
                    self.rest = self.more
                    self.left -= len(self.more)
                else:
                    self.rest, self.end = self.end, b""
            data, self.rest = self.rest[:size], self.rest[size:]
            return data

    record = {"title": "제목", "body": "가나다라마바사. " * 8_000}
    element = json.dumps(record, ensure_ascii=False).encode()
    lines = Endless(b"", element, b"\\n", b"")
    array = Endless(b"[", element, b",\\n", b"]")
    for stream in (lines, array):
        found = 0
        for item in items_of(opened(stream), "a.json"):
            assert isinstance(item, Raw) and item.data == element
            found += 1
        print(found > 5000)
"""


def test_a_gigabyte_of_one_page_is_rejected_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    for begin in (b"<!doctype html><p>", b"", b'{"title": "', b'[{"title": "', b'"'):
        with path.open("wb") as file:
            file.write(begin)
            file.truncate(GIGABYTE)  # a sparse file: its NUL bytes take no room
        code = (
            "import resource, sys; from corpus.ingest.sources import read;"
            f"resource.setrlimit(resource.RLIMIT_AS, ({BOUND}, {BOUND}));"
            "print(*read(sys.argv[1:]), sep='\\n')"
        )
        command = [sys.executable, "-c", code, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        (reject,) = done.stdout.splitlines()
        assert "64 MB" in reject
        assert "not one article" in reject


def test_a_gigabyte_of_records_streams_in_the_memory_of_one(tmp_path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(READER), str(BOUND)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["True", "True"]


def test_a_gigabyte_in_one_cell_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as file:
        file.write("제목,본문\n하나,".encode())
        file.truncate(200 << 20)
        file.seek(0, 2)
        file.write("\n둘,본문이다.\n".encode())
    with path.open("rb") as file:
        found = list(items_of(opened(file), "t.csv"))
    assert [str(item) for item in found[:1]] == [
        "t.csv:2: row 2: larger than 64 MB: not one article"
    ]
    assert len(found) == 2
