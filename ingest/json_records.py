"""Where does one record of a JSON file end and the next begin? One a line, one alone, or an array.

An array is never held whole: its elements are cut out by their brackets and read one by
one, so that a broken one costs itself and, where the file is written as programs write
arrays, not its neighbours.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from corpus.errors import ArticleRejected
from corpus.ingest.flow import Flow
from corpus.ingest.limits import MOST_BYTES, megabytes
from corpus.ingest.raw import Found, Raw

_MARK = b"\xef\xbb\xbf"
_PART = 1 << 18  # bytes read of an array at a time
_LONGEST_SHAPE = 4096  # bytes between one element and the first key of the next
_LONG = 4 << 20  # bytes of an element beyond which it is asked whether it swallowed others
# Whole strings, brackets and commas; a quote alone begins a string that does not end here.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{},]', re.S)


def records_of(flow: Flow, origin: str) -> Iterator[Found]:
    """Every record of a JSON file, as raw items in UTF-8 or CP949, as they stand."""
    head = flow.head().removeprefix(_MARK).lstrip()
    if head.startswith(b"["):
        yield from _array(flow, origin)
    else:
        yield from _lines(flow, origin)


def utf8(data: bytes) -> bytes:
    """A record as UTF-8; old exports are CP949."""
    try:
        data.decode()
    except UnicodeDecodeError:
        try:
            return data.decode("cp949").encode()
        except UnicodeDecodeError:
            return data
    return data


def is_record(data: bytes) -> bool:
    """Whether `data` is one JSON object and nothing else."""
    try:
        return isinstance(msgspec.json.decode(utf8(data)), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def lines_of(flow: Flow, origin: str) -> Iterator[tuple[int, bytes] | ArticleRejected]:
    """Every line with its number; one that is too long for an article is rejected unread.

    A line that the end of the stream cut is rejected with what cut it.
    """
    number = 0
    while line := flow.file.readline(MOST_BYTES + 1):
        number += 1
        if len(line) > MOST_BYTES:
            while line and not line.endswith(b"\n"):
                line = flow.file.readline(MOST_BYTES)
            reason = f"a line of more than {megabytes(MOST_BYTES)}: not one article"
            yield ArticleRejected(origin, number, reason)
        elif line.endswith(b"\n") or not flow.cut:
            yield number, line.removeprefix(_MARK) if number == 1 else line
    if flow.cut:
        yield ArticleRejected(origin, number or None, flow.cut)


def _lines(flow: Flow, origin: str) -> Iterator[Found]:
    """One record a line, or one record that a tool has spread over many lines."""
    lines = lines_of(flow, origin)
    held: list[tuple[int, bytes] | ArticleRejected] = []
    size = 0
    for each in lines:
        held.append(each)
        if isinstance(each, ArticleRejected):
            if len(held) > 1 and flow.cut:  # the only record, and not all of it
                held = [each]
            break
        size += len(each[1])
        spread = len(held) > 1 or each[1].strip().endswith((b"{", b",", b"["))
        if not spread or size > MOST_BYTES or (len(held) == 1 and is_record(each[1])):
            break
    else:
        whole = b"".join(each[1] for each in held if not isinstance(each, ArticleRejected)).strip()
        if len(held) > 1 and is_record(whole):
            yield Raw("record", whole, origin)
            return
    for each in itertools.chain(held, lines):
        yield from _line(each, origin)


def _line(each: tuple[int, bytes] | ArticleRejected, origin: str) -> Iterator[Found]:
    if isinstance(each, ArticleRejected):
        yield each
        return
    number, data = each
    if stripped := data.strip():
        yield Raw("record", stripped, origin, number)


# ------------------------------------------------------------------------------- arrays


class _Elements:
    """The elements of one array: their bytes, the line each begins on, its number from 1."""

    def __init__(self, flow: Flow) -> None:
        self._file: BinaryIO = flow.file
        self.buffer = bytearray()
        self.line = 1
        self.ended = False

    def more(self, begin: int = 0) -> bool:
        # As much again as is held, so that one long string is not searched a thousand times.
        data = self._file.read(max(_PART, len(self.buffer) - begin))
        self.buffer += data
        self.ended = not data
        return bool(data)

    def drop(self, size: int) -> None:
        self.line += self.buffer.count(b"\n", 0, size)
        del self.buffer[:size]

    def end(self, begin: int, shape: re.Pattern[bytes]) -> int | None:
        """Where the element at `begin` ends (its comma or the array's bracket); None: nowhere.

        Past _LONG, one that holds what has the shape of an element is taken as broken.
        """
        checked = False
        depth, position = 0, begin
        while True:
            found = _TOKEN.search(self.buffer, position)
            if found is None or found[0] == b'"':
                # A string that goes on, or the rest of a number: read on from its beginning.
                position = found.start() if found else len(self.buffer)
                if len(self.buffer) - begin > MOST_BYTES or not self.more(begin):
                    return None
                if not checked and len(self.buffer) - begin > _LONG:
                    checked = True
                    if shape.search(self.buffer, begin + 1):
                        return None
                continue
            token, position = found[0], found.end()
            if token in (b"{", b"["):
                depth += 1
            elif depth and token in (b"}", b"]"):
                depth -= 1
            elif not depth and token in (b",", b"]"):
                return found.start()
            if position - begin > MOST_BYTES:
                return None

    def again(self, begin: int, shape: re.Pattern[bytes]) -> int | None:
        """Where the next element begins that has the first one's shape, after `begin`."""
        while True:
            found = shape.search(self.buffer, begin)
            if found:
                return found.start("begin")
            searched = len(self.buffer) - _LONGEST_SHAPE
            if searched > begin:
                self.drop(searched)
                begin = 0
            if not self.more():
                return None


def _array(flow: Flow, origin: str) -> Iterator[Found]:
    held = _Elements(flow)
    held.more()
    held.drop(held.buffer.index(b"[") + 1)
    shape: re.Pattern[bytes] | None = None
    number = 0
    closed = False
    while not closed:
        while not (lead := re.match(rb"[\s]*", held.buffer)) or lead.end() == len(held.buffer):
            held.drop(len(held.buffer))
            if not held.more():
                break
        begin = lead.end() if lead else 0
        if not held.buffer[begin:]:
            break
        if held.buffer[begin : begin + 1] == b"]":
            held.drop(begin + 1)
            closed = True
            break
        number += 1
        place = f"{origin}@{number}"
        if shape is None:
            shape = _shape(bytes(held.buffer[:begin]), bytes(held.buffer[begin : begin + 4096]))
        end = held.end(begin, shape)
        line = held.line + held.buffer.count(b"\n", 0, begin)
        if end is not None and is_record(data := bytes(held.buffer[begin:end]).strip()):
            closed = held.buffer[end : end + 1] == b"]"
            held.drop(end + 1)
            yield Raw("record", data, place, line)
            continue
        # Broken. An element within it that looks like the first one is the next one.
        limit = len(held.buffer) if end is None else end
        inner = shape.search(held.buffer, begin + 1, limit)
        if inner is None and end is not None:
            closed = held.buffer[end : end + 1] == b"]"
            data = bytes(held.buffer[begin:end]).strip()
            held.drop(end + 1)
            yield Raw("record", data, place, line)  # the reader of records says what is wrong
            continue
        if flow.cut and held.ended and inner is None:
            yield ArticleRejected(place, line, flow.cut)
            return
        size = limit - begin
        yield ArticleRejected(place, line, _broken(size, bytes(held.buffer[begin:limit])))
        following = inner.start("begin") if inner else held.again(begin + 1, shape)
        if following is None:
            held.drop(len(held.buffer))
            return
        held.drop(following)
    if closed:
        rest = bytes(held.buffer).strip() or flow.file.read(_PART).strip()
        if rest:
            reason = "something follows the array; write one array, or one record a line"
            yield ArticleRejected(origin, held.line, reason)
    elif flow.cut:
        yield ArticleRejected(origin, held.line, flow.cut)
    else:
        yield ArticleRejected(origin, held.line, "the array has no end: the file was cut off")


def _broken(size: int, data: bytes) -> str:
    if size > MOST_BYTES:
        return f"an element of more than {megabytes(MOST_BYTES)}: not one article"
    try:
        msgspec.json.decode(utf8(data))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        said = str(error)
        return f"not JSON, the element does not end: {said[:1].lower()}{said[1:]}"
    return "not JSON: the element does not end"


def _shape(before: bytes, element: bytes) -> re.Pattern[bytes]:
    """What the beginning of an element looks like, by the first one.

    On a line of its own, the same indentation: what is nested stands deeper. In one long
    line, a comma and the same first key.
    """
    newline = before.rfind(b"\n")
    if newline >= 0:
        indent = re.escape(before[newline + 1 :])
        return re.compile(rb"\n" + indent + rb"(?P<begin>\{)")
    key = re.match(rb'\{\s*("(?:[^"\\]|\\.)*+"\s*:)', element, re.S)
    first = re.escape(key[1]) if key else rb'"'
    return re.compile(rb",\s*(?P<begin>\{\s*" + first + rb")")
