"""What in these lines is no story? Datelines, bylines, captions, copyright and promotion.

Three passes: the head down to the dateline, the end upwards until the first piece that is
story, and the captions between. What is taken out is recorded piece by piece, with place and
reason; `restore` puts it back. Where it is not sure the reason ends with a question mark, and
where nothing of the story would be left the captions stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.article import Contributor, Note, Print, Removed, Reporter
from corpus.ingest import bylines_captions as captions
from corpus.ingest import bylines_head as head
from corpus.ingest import bylines_names as names
from corpus.ingest import bylines_people as people
from corpus.ingest import bylines_tail as tail
from corpus.ingest.bylines_edits import Edits, restore
from corpus.ingest.bylines_tail import Piece, Weight

__all__ = ["Stripped", "restore", "strip"]

_HEAD_LINES = 12
_TAIL_LINES = 80
_WEAK_PIECES = 30
_WINDOW = 1600  # characters at the end of a line that are cut into pieces

# Where a line that lost its line breaks is cut into pieces.
_CUT = re.compile(
    r"(?<=[다요죠까]\.)(?![\"'”’」』)\].])\s?"
    r"|(?<=[다요죠까]\.[\"”])\s?(?=[가-힣])"
    r"|(?<=[다요죠까][!?])\s?(?![\"'”’」』)\]])"
    r"|(?<=[가-힣)\"”’].)(?<=[.!?])\s?(?=[\[(<]\s?[가-힣A-Z]|[A-Za-z0-9._-]{2,30}@)"
    r"|(?=[▶▷☞※■★▣✔])"
    r"|(?<![\[<(〈\-–])(?<![\[<(〈\-–]\s)(?<!저작권자)(?<!저작권자\s)(?<!opyright)(?<!opyright\s)(?<!opyrights)(?<!opyrights\s)"
    r"(?=(?:저작권자\s?[(ⓒ©?]|[Cc]opyrights?(?![a-z])|[ⓒ©]\s?[가-힣]))"
    r"|(?=[\[<(〈]\s?(?:저작권자|Copyright|ⓒ|©|무단|네이버|기사\s?제보|카카오톡\]|전화\]|메일\]))"
    r"|(?=-\sCopyright)|(?=[(<]끝[)>])|(?=https?://)|(?=\*\s?(?:뉴스\s?)?제보)|(?=\s-\s)"
    r"|(?<![\[<(〈])(?=기사\s?제보|제보는\s)|(?<=[a-z])(?=저작권자)|(?=[?]\s?[가-힣A-Za-z0-9().]{2,30},?\s?무단)"
    r"|(?=\[[^\[\]]{2,60}(?:기자|특파원)[^\[\]]{0,50}\]\s*(?:[▶☞]|\Z))"
    r"|(?=#[가-힣A-Za-z0-9]{1,20}\s?#)|(?<![(\[])(?=[(\[]?\s?(?:영상\s?취재|촬영기자|영상편집)\s?[:：])"
)
_GLUE = re.compile(
    r"(?<=[다요.”\"'’)\]…])\s?(?=[\[(/]?[가-힣A-Za-z])|(?<=연합뉴스)(?=[가-힣])|(?<=뉴시스)(?=[가-힣])|(?<=뉴스1)(?=[가-힣])|(?<=제공)(?=\[?[가-힣])|(?<=기자)(?=[a-z0-9._-]+@)|(?<=[0-9A-Za-z])(?=[가-힣]{2,4}\s?(?:기자|특파원))|(?<=[가-힣])(?=[a-z0-9._-]+@)"
)
_PROGRESSIVE = re.compile(r"(?:고|어|아|여|져|해|돼)\s있다\.|모습(?:이다)?\.|장면(?:이다)?\.")
_ANCHORED = re.compile(rf"({names.NAME_PATTERN})\s?(?:기자|특파원)(?:가|입니다|의|와|,|!|\s보도)")
_PRINT_DATE = re.compile(r"((?:19|20)\d\d)[-./년]\s?(\d{1,2})[-./월]\s?(\d{1,2})")
_PRINT_PAGE = re.compile(r"([A-Z]?\d{1,3})\s?면")
_STAMP_LINE = re.compile(
    r"(?:.{0,30}\s)?(?:19|20)\d\d\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}\.?\s+(?:오전|오후)?\s?\(?\d{1,2}:\d{2}(?::\d\d)?\)?\s?\|?"
)


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


@dataclass(slots=True)
class _Found:
    """What the removed pieces said, collected."""

    head: list[Reporter] = field(default_factory=list)
    foot: list[Reporter] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    contributors: list[Contributor] = field(default_factory=list)
    captions: list[tuple[int, str]] = field(default_factory=list)
    subtitle: list[str] = field(default_factory=list)
    place: str | None = None
    agency: str | None = None
    publisher: str | None = None
    rights: list[str] = field(default_factory=list)
    print: Print | None = None
    notes: list[Note] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    stamp: str | None = None


def strip(lines: Sequence[str]) -> Stripped:
    """Take out of normalised lines (see normal.lines) what is no story."""
    if not lines:
        return Stripped(())
    edits, found = Edits(lines), _Found()
    begin = _head(edits, found)
    _tail(edits, found, begin)
    _captions(edits, found, begin)
    _keep_something(edits, found)
    reporters = _people(found)
    if not reporters:
        reporters = _announced(edits)
    kept, removed = edits.result()
    return Stripped(
        lines=kept,
        removed=removed,
        reporters=tuple(reporters),
        contributors=tuple(dict.fromkeys(found.contributors)),
        captions=tuple(text for _, text in sorted(found.captions)),
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


# the head


def _head(edits: Edits, found: _Found) -> int:
    """Take out everything above the story; gives the line where the story begins."""
    lines = edits.lines
    begin = _chrome_above(edits, found)
    sentences = 0
    above: list[int] = []
    for number in range(begin, min(len(lines), begin + _HEAD_LINES)):
        line = lines[number]
        if tail.is_mark(line):
            edits.take_line(number, "broadcast")
            continue
        if number + 1 < len(lines) and (
            captions.is_caption(line) or captions.is_signed_caption(line)
        ):
            above.append(number)
            continue
        dateline = head.at_start(line)
        if dateline is None or not dateline.named:
            dateline = head.inside(line) or dateline
        if dateline is not None:
            if sentences and (not dateline.named or len(line) - dateline.end < 20):
                break
            _above(edits, found, above)
            _dateline(edits, found, number, dateline)
            if edits.gone(number):
                begin, above = number + 1, []
                continue
            return number
        english = head.english_byline(line)
        byline = (
            people.read(line)
            if len(line) <= 70 and ("기자" in line or "@" in line or "위원" in line)
            else None
        )
        if english or (
            byline is not None and byline.strength == 2 and byline.reporters and byline.titled
        ):
            if sentences == 0:
                _above(edits, found, above)
                edits.take_line(number, "byline")
                if english:
                    found.head += english
                elif byline is not None:
                    _credit(found, byline, top=True)
                begin, above = number + 1, []
            continue
        if captions.ends_like_sentence(line) and len(line) > 24:
            sentences += 1
            if sentences > 2:
                break
        elif len(line) <= 110:
            above.append(number)
    _glued_caption(edits, found, begin)
    return begin


def _chrome_above(edits: Edits, found: _Found) -> int:
    """Menus, dates and buttons above the story of a copied page, down to the last stamp."""
    last = -1
    limit = min(len(edits.lines) - 1, 40)
    for number in range(limit):
        line = edits.lines[number]
        button = tail.is_chrome(line) and not (captions.ends_like_sentence(line) and len(line) > 40)
        if (captions.ends_like_sentence(line) and len(line) > 20 and not button) or (
            line[0] in "([【" and head.at_start(line) is not None
        ):
            break
        stamped = _STAMP_LINE.match(line) or line.startswith("기자명 ")
        if stamped or (number < 4 and tail.is_stamp(line)) or (button and number <= last + 2):
            last = number
    first = edits.lines[0]
    if first.startswith("동영상 뉴스") and last < 0:
        edits.take(0, 0, len("동영상 뉴스"), "promo")
        _markers(edits, 0)
    elif last < 0:
        _markers(edits, 0)
    if last < 0:
        _subtitle_glued(edits, found)
    for number in range(last + 1):
        line = edits.lines[number]
        named = people.read(line.partition(" 입력")[0]) if line.startswith("기자명") else None
        if named is not None:
            _credit(found, named, top=True)
        if tail.is_stamp(line) and found.stamp is None:
            found.stamp = line
        edits.take_line(number, "input-line" if tail.is_stamp(line) or named else "promo?")
    return last + 1


_OPENING = re.compile(
    r"\s*(?:\[[^\[\]]{2,10}\]\s?)?(?:[◀\[【<〈]\s?(?:앵커(?:멘트)?|기자|리포트)\s?[▶\]】>〉]|●\s?앵커\s?[:：])\s*"
)


def _markers(edits: Edits, number: int) -> None:
    line = edits.lines[number]
    match = _OPENING.match(line, edits.low[number])
    if match and match.end() < len(line):
        edits.take(number, edits.low[number], match.end(), "broadcast")


_ANCHOR = re.compile(r"[◀\[【<〈]\s?앵커(?:멘트)?\s?[▶\]】>〉]\s*")


def _subtitle_glued(edits: Edits, found: _Found) -> None:
    """What stands before the first [앵커] of a script on one line is a subtitle."""
    line = edits.lines[0]
    match = _ANCHOR.search(line, edits.low[0], 240) if len(line) > 300 else None
    if match and match.start() > edits.low[0]:
        before = line[edits.low[0] : match.start()].strip()
        if before:
            found.subtitle.append(before)
        edits.take(0, edits.low[0], match.start(), "subtitle?")
        edits.take(0, match.start(), match.end(), "broadcast")


def _above(edits: Edits, found: _Found, above: list[int]) -> None:
    for number in above:
        line = edits.lines[number]
        if captions.is_caption(line) or captions.is_signed_caption(line):
            found.captions.append((number, line))
            edits.take_line(number, "caption")
        elif len(line) <= 40 and tail.is_chrome(line):
            edits.take_line(number, "promo")
        else:
            found.subtitle.append(line)
            edits.take_line(number, "subtitle?")


def _dateline(edits: Edits, found: _Found, number: int, dateline: head.Dateline) -> None:
    line = edits.lines[number]
    if dateline.start:
        before = line[: dateline.start].strip()
        pictured = (
            captions.is_caption(before)
            or "사진" in before
            or "제공" in before
            or captions.ends_like_sentence(before)
        )
        if pictured:
            found.captions.append((number, before))
        else:
            found.subtitle.append(before)
        edits.take(number, 0, dateline.start, "caption?" if pictured else "subtitle?")
    edits.take(
        number,
        dateline.start,
        dateline.end,
        "dateline" if dateline.place else "byline" if dateline.named else "agency-tag",
    )
    story = head.credit_after(line, dateline.end, dateline)
    if story > dateline.end:
        found.captions.append((number, line[dateline.end : story].strip()))
        edits.take(number, dateline.end, story, "caption?")
    found.place = found.place or dateline.place
    found.agency = found.agency or dateline.agency
    found.publisher = found.publisher or dateline.publisher
    found.head += dateline.reporters


def _glued_caption(edits: Edits, found: _Found, number: int) -> None:
    """A caption whose line break was lost, before the first sentence of a long line."""
    if number >= len(edits.lines) or len(edits.lines[number]) < 400:
        return
    line = edits.lines[number]
    story = captions.glued_head(line)
    if story > edits.low[number]:
        found.captions.append((number, line[edits.low[number] : story].strip()))
        edits.take(number, edits.low[number], story, "caption?")


# the end


def _tail(edits: Edits, found: _Found, begin: int) -> None:
    """From the last line upwards, until the first piece that is story."""
    _lists(edits, begin)
    weak: list[tuple[int, int, int, str]] = []
    lowest = max(begin, len(edits.lines) - _TAIL_LINES)
    number = len(edits.lines) - 1
    while number >= lowest:
        if edits.gone(number):
            number -= 1
            continue
        if not _line_end(edits, found, number, weak):
            above = _notice_above(edits, number, lowest)
            if above is None:
                break
            weak = [
                (each, 0, len(edits.lines[each]), "related?")
                for each in range(above + 1, number + 1)
            ]
            number = above
            continue
        number -= 1


def _lists(edits: Edits, begin: int) -> None:
    """Lists of other articles: from their heading to the end, if no story follows."""
    for number in range(len(edits.lines) - 1, max(begin, len(edits.lines) - 40), -1):
        if not tail.is_header(edits.lines[number]):
            continue
        below = edits.lines[number + 1 :]
        if sum(len(line) > 70 and captions.ends_like_sentence(line) for line in below) > 0:
            return
        for each in range(number, len(edits.lines)):
            line = edits.lines[each]
            if "@" in line or tail.is_chrome(line) or "기자" in line[-6:]:
                continue  # the byline may stand below the list
            edits.take_line(each, "related")


def _notice_above(edits: Edits, number: int, lowest: int) -> int | None:
    """A copyright line with nothing but short lines below it: what follows is no story."""
    for above in range(number, max(lowest, number - 15), -1):
        line = edits.lines[above]
        if above < number:
            piece = tail.classify(line) if len(line) < 200 else None
            if piece and piece.reason == "copyright":
                return above
        if len(line) > 70 or (captions.ends_like_sentence(line) and line.endswith(".")):
            return None
    return None


def _line_end(
    edits: Edits, found: _Found, number: int, weak: list[tuple[int, int, int, str]]
) -> bool:
    """Take the end of one line; whether all of it went, so that the line above is next."""
    line = edits.lines[number]
    low, high = edits.low[number], edits.high[number]
    text = line[low:high]
    if len(text) <= 260 and not captions.credit_of(text):
        piece = tail.classify(text)
        if piece is not None and weak and tail.leads(text):
            piece = Piece("promo")
        if piece is not None and _whole(piece, text):
            return _settle(edits, found, weak, number, low, high, piece)
    bounds = _pieces(text)
    for start, end in reversed(bounds):
        part = text[start:end]
        if _glued(edits, found, weak, number, low + start, low + end):
            return False
        piece = tail.classify(part)
        if piece is None or (piece.weight == Weight.WEAK and start == 0 and len(bounds) > 1):
            return False
        inside = piece.reason == "promo" and low + start > 0 and part.strip()[0] not in _ADVERTS
        if inside and (captions.ends_like_sentence(part.strip())):
            return False
        if not _settle(edits, found, weak, number, low + start, low + end, piece):
            return False
        if piece.reason == "caption" and len(part) < 40 and len(bounds) > 1:
            _pictured(edits, found, number, low)
            return _line_end(edits, found, number, weak) if not edits.gone(number) else True
    return True


_CLOSED = re.compile(r"[다요죠까][.!?]\s?\Z")
_ADVERTS = "▶▷☞★☆✔※■□▣◀↑→*•[(<-"


def _whole(piece: Piece, text: str) -> bool:
    """Whether a line may be judged as one: no sentence of the story can stand in it."""
    if piece.reason in ("promo", "tip-off") and (
        text[0] in "※▶☞■*✔" or piece.weight == Weight.WEAK
    ):
        return True
    return (
        piece.weight == Weight.WEAK
        and len(_pieces(text)) == 1
        or (
            piece.weight == Weight.STRONG
            and (len(text) <= 60 or len(_pieces(text)) == 1 or _CUT.split(text, 1)[0] == "")
        )
        or (piece.reason in ("byline", "broadcast", "helpline", "funding", "editor", "correction"))
    )


def _pieces(text: str) -> list[tuple[int, int]]:
    first = max(0, len(text) - _WINDOW)
    cuts = [0]
    for match in _CUT.finditer(text, first):
        advert = text[cuts[-1]] in "▶☞★" and match.start() - cuts[-1] < 60
        if (
            advert
            and _CLOSED.search(text, cuts[-1], match.start())
            and not tail.is_speech(text[cuts[-1] :])
        ):
            continue
        if match.start() > cuts[-1]:
            cuts.append(match.end() if match.end() < len(text) else match.start())
    return [
        (start, end)
        for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)
        if text[start:end].strip()
    ]


def _settle(
    edits: Edits,
    found: _Found,
    weak: list[tuple[int, int, int, str]],
    number: int,
    start: int,
    end: int,
    piece: Piece,
) -> bool:
    if piece.weight == Weight.WEAK:
        weak.append((number, start, end, piece.reason))
        return len(weak) <= _WEAK_PIECES
    for each in weak:
        edits.take(*each)
    weak.clear()
    text = edits.lines[number][start:end].strip()
    _note(found, piece, text, number)
    edits.take(number, start, end, piece.reason)
    return True


def _note(found: _Found, piece: Piece, text: str, number: int) -> None:
    """What a piece says of the article."""
    if piece.byline is not None:
        if piece.reason == "caption":
            found.contributors += piece.byline.contributors
        else:
            _credit(found, piece.byline, top=False)
    if piece.reason == "copyright":
        found.rights.append(text)
    elif piece.reason == "caption":
        found.captions.append((number, text))
    elif piece.reason == "hashtag":
        found.keywords += tail.tags(text)
    elif piece.reason in ("helpline", "funding", "editor", "correction"):
        found.notes.append(Note(piece.reason, text))
    elif piece.reason == "input-line":
        page, day = _PRINT_PAGE.search(text), _PRINT_DATE.search(text)
        if page:
            date = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else None
            found.print = Print(date=date, page=page[1])
        elif day:
            found.stamp = found.stamp or text


def _glued(
    edits: Edits,
    found: _Found,
    weak: list[tuple[int, int, int, str]],
    number: int,
    start: int,
    end: int,
) -> bool:
    """A byline with neither a full stop nor a space before it, at the end of a sentence."""
    text = edits.lines[number][start:end]
    window = max(0, len(text) - 110)
    if (
        "@" not in text[window:]
        and "기자" not in text[-8:]
        and "[email" not in text[window:]
        and "[" not in text[-20:]
    ):
        return False
    if people.read(text) is not None:
        return False
    for match in _GLUE.finditer(text, window):
        part = text[match.end() :]
        before = text[: match.start()]
        byline = people.read(part)
        if byline is None or byline.strength == 0 or not before or _CLAUSE.match(part):
            continue
        if byline.unknown and before[-1] not in ".”\"'’)]…":
            continue
        closed = (
            before[-1] in "다요.”\"'’)]…1"
            or before.endswith(("연합뉴스", "제공", "뉴시스", "기자"))
            or (
                byline.titled
                and byline.unknown == 0
                and before[-1].isalnum()
                and before[-1].isascii()
            )
        )
        if byline.strength == 1 and not (closed or piece_is_promo(before)):
            continue
        if (
            not byline.titled
            and not byline.mails
            and not any(who.email for who in byline.reporters)
        ):
            continue
        if not closed:
            continue
        for each in weak:
            edits.take(*each)
        weak.clear()
        _credit(found, byline, top=False)
        edits.take(number, start + match.start(), end, "byline")
        piece = tail.classify(before)
        if piece is not None and piece.weight == Weight.STRONG and start > 0:
            _note(found, piece, before, number)
            edits.take(number, start, start + match.start(), piece.reason)
            if piece.reason == "caption" and len(before) < 60:
                _pictured(edits, found, number, edits.low[number])
        return True
    return False


_CLAUSE = re.compile(r"(?:이?라?고|이?라?며|면서|라는|는|은|이라|라)\s")


def piece_is_promo(text: str) -> bool:
    """Whether what stands before an e-mail advertises something."""
    piece = tail.classify(text[-60:])
    return piece is not None and piece.reason in ("promo", "promo?")


def _pictured(edits: Edits, found: _Found, number: int, low: int) -> None:
    """The sentence that a credit belongs to, in a line that lost its line breaks."""
    text = edits.lines[number][low : edits.high[number]]
    bounds = _pieces(text)
    if len(bounds) < 2:
        return
    start, end = bounds[-1]
    if _PROGRESSIVE.search(text[max(start, end - 12) : end]) and end - start < 160:
        found.captions.append((number, text[start:end].strip()))
        edits.take(number, low + start, edits.high[number], "caption?")


# between


def _captions(edits: Edits, found: _Found, begin: int) -> None:
    """Captions and signed sections between head and end: whole lines only."""
    for number in range(begin, len(edits.lines)):
        line = edits.lines[number]
        if (
            line.endswith(("다.", "다.”", '다."', "요."))
            or edits.low[number] > 0
            or edits.gone(number)
        ):
            continue
        credit = captions.credit_of(line)
        if tail.is_copyright(line) and len(_pieces(line)) == 1 and edits.high[number] == len(line):
            found.rights.append(line)
            edits.take_line(number, "copyright")
        elif credit:
            found.captions.append((number, line[credit:].strip()))
            edits.take(number, credit, len(line), "caption")
        elif captions.is_caption(line) or (
            number < len(edits.lines) - 3 and captions.is_signed_caption(line)
        ):
            found.captions.append((number, line))
            byline = people.read(line)
            if byline is not None:
                found.contributors += byline.contributors
            edits.take_line(number, "caption")
        elif len(line) <= 60 and "@" in line and not captions.ends_like_sentence(line):
            byline = people.read(line)
            if byline is not None and byline.strength == 2 and byline.reporters:
                _credit(found, byline, top=False)
                edits.take_line(number, "byline")
        elif tail.is_mark(line):
            edits.take_line(number, "broadcast")


def _keep_something(edits: Edits, found: _Found) -> None:
    """An article that is all captions keeps them: they are its story."""
    if any(not edits.gone(number) for number in range(len(edits.lines))):
        return
    for number, reason in edits.taken():
        if reason in ("caption", "caption?"):
            edits.give_back(number, reason)
            found.captions = [each for each in found.captions if each[0] != number]


# people


def _credit(found: _Found, byline: people.Byline, *, top: bool) -> None:
    if top:
        found.head += byline.reporters
    else:
        found.foot = [*byline.reporters, *found.foot]
    found.mails = [*byline.mails, *found.mails]
    found.contributors += byline.contributors
    found.place = found.place or byline.place
    if byline.publisher and found.publisher is None and names.is_press(byline.publisher):
        found.publisher = byline.publisher


def _people(found: _Found) -> list[Reporter]:
    """Each name once, with its e-mail; e-mails that stood alone go to names that have none."""
    merged: dict[str, str | None] = {}
    unnamed: list[str] = []
    for who in (*found.head, *found.foot):
        if who.name is None:
            unnamed.append(who.email or "")
        else:
            merged[who.name] = merged.get(who.name) or who.email
    mails = [
        mail
        for mail in dict.fromkeys([*found.mails, *unnamed])
        if mail and mail not in merged.values()
    ]
    for name, mail in merged.items():
        if mail is None and mails:
            merged[name] = mails.pop(0)
    out = [Reporter(name, mail) for name, mail in merged.items()]
    return out + [Reporter(None, mail) for mail in mails]


def _announced(edits: Edits) -> list[Reporter]:
    """Whom the anchor hands over to, in a script that names the reporter nowhere else."""
    script = [number for number, reason in edits.taken() if reason == "broadcast"]
    if not script:
        return []
    for line in edits.lines[script[0] : script[0] + 8]:
        match = _ANCHORED.search(line)
        if match and names.is_name(match[1]):
            return [Reporter(match[1])]
    return []
