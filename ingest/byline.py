"""What in these lines is no story? Datelines, bylines, captions, copyright and promotion.

Three passes: the head down to the dateline (bylines_start), the end upwards until the first
piece that is story (bylines_finish), and the captions between, here. What is taken out is
recorded piece by piece, with place and reason; `restore` puts it back. Where it is not sure
the reason ends with a question mark; where nothing would be left the captions stay.

The price is a quarter of a millisecond an article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Contributor, Note, Print, Removed, Reporter
from corpus.ingest import bylines_broadcast as broadcast
from corpus.ingest import bylines_captions as captions
from corpus.ingest import bylines_finish as finish
from corpus.ingest import bylines_names as names
from corpus.ingest import bylines_notices as notices
from corpus.ingest import bylines_people as people
from corpus.ingest import bylines_start as start
from corpus.ingest.bylines_edits import Edits, restore
from corpus.ingest.bylines_found import Found

__all__ = ["Stripped", "restore", "strip"]

_ANNOUNCED = re.compile(
    rf"({names.NAME_PATTERN})\s?(?:기자|특파원)(?:이|가|입니다|의|와|과|,|!|\s보도)"
)
_SENTENCES = ("다.", "다.”", '다."', "요.")  # how nine of ten lines end
_ANCHOR_LINES = 8


@dataclass(frozen=True, slots=True)
class Stripped:
    """The kept lines, and what the rest said. `removed` is in the order of the text.

    `subtitle` is what stood above the dateline, its lines joined by line feeds; `stamp` is
    the line that said when the text was entered or sent, as it was printed.
    """

    lines: tuple[str, ...]
    removed: tuple[Removed, ...] = ()
    reporters: tuple[Reporter, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    captions: tuple[str, ...] = ()
    place: str | None = None
    agency: str | None = None
    publisher: str | None = None
    rights: str | None = None
    print: Print | None = None
    notes: tuple[Note, ...] = ()
    keywords: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    subtitle: str | None = None
    stamp: str | None = None


def strip(lines: Sequence[str]) -> Stripped:
    """Take out of normalised lines (see normal.lines) what is no story.

    >>> found = strip(["(부산=한빛통신) 김환 기자 = 배가 떠났다.", "hwan@hanbit.example"])
    >>> found.lines, found.reporters
    (('배가 떠났다.',), (Reporter(name='김환', email='hwan@hanbit.example'),))
    """
    if not lines:
        return Stripped(())
    edits, found = Edits(lines), Found()
    begin = start.take(edits, found)
    finish.take(edits, found, begin)
    _between(edits, found, begin)
    _keep_something(edits, found)
    reporters = found.reporters() or _announced(edits)
    kept, removed = edits.result()
    return Stripped(
        lines=kept,
        removed=removed,
        reporters=tuple(reporters),
        contributors=tuple(dict.fromkeys(found.contributors)),
        captions=tuple(dict.fromkeys(text for _, text in sorted(found.captions))),
        place=found.place,
        agency=found.agency,
        publisher=found.publisher,
        rights="\n".join(reversed(found.rights)) or None,
        print=found.print,
        notes=tuple(reversed(found.notes)),
        keywords=tuple(dict.fromkeys(found.keywords)),
        subtitle="\n".join(found.subtitle) or None,
        stamp=found.stamp,
    )


def _between(edits: Edits, found: Found, begin: int) -> None:
    """Captions, markers and signatures of sections between head and end: whole lines only."""
    lines = edits.lines
    for number in range(begin, len(lines)):
        line = lines[number]
        touched = edits.low[number] > 0 or edits.high[number] < len(line)
        if "사진" in line or "자료" in line or "기자]" in line or "DB" in line:
            for start, end in captions.glued_credits(line, edits.low[number], edits.high[number]):
                found.picture(number, line[start:end].strip())
                edits.take(number, start, end, "caption?")
        if touched or line.endswith(_SENTENCES):
            continue
        credit = captions.credit_of(line)
        if notices.is_copyright(line) and len(finish.pieces(line)) == 1:
            found.rights.append(line)
            edits.take_line(number, "copyright")
        elif credit and (line[0] == "▲" or captions.opens(lines[number : number + 3], number)):
            found.picture(number, line)
            edits.take_line(number, "caption" if line[0] == "▲" else "caption?")
        elif credit:
            found.picture(number, line[credit:].strip())
            edits.take(number, credit, len(line), "caption")
        elif captions.is_caption(line) or (
            number < len(lines) - 3 and len(line) <= 200 and captions.is_signed_caption(line)
        ):
            found.picture(number, line)
            edits.take_line(number, "caption")
        elif broadcast.is_mark(line):
            edits.take_line(number, "broadcast")
        elif len(line) <= 60 and "@" in line:
            byline = people.read(line)
            named = byline is not None and byline.strength == 2 and byline.reporters
            if byline is not None and (named or (byline.mails and names.EMAIL.fullmatch(line))):
                found.credit(byline, top=False)
                edits.take_line(number, "byline")


def _keep_something(edits: Edits, found: Found) -> None:
    """An article that is all captions keeps them: they are its story."""
    if any(not edits.gone(number) for number in range(len(edits.lines))):
        return
    for number, reason in edits.taken():
        if reason in ("caption", "caption?"):
            edits.give_back(number, reason)
            found.captions = [each for each in found.captions if each[0] != number]


def _announced(edits: Edits) -> list[Reporter]:
    """Whom the anchor hands over to, in a script that names the reporter nowhere else."""
    first = next((number for number, reason in edits.taken() if reason == "broadcast"), None)
    if first is None:
        return []
    for line in edits.lines[first : first + _ANCHOR_LINES]:
        match = _ANNOUNCED.search(line)
        if match and names.is_name(match[1]):
            return [Reporter(match[1])]
    return []
