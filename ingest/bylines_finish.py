"""Where does the story end? Read from the last line upwards, until the first piece that is story.

A line that lost its line breaks is cut into pieces where sentences end and where notices
begin, and each piece is judged as a line would be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.ingest import bylines_captions as captions
from corpus.ingest import bylines_guests as guests
from corpus.ingest import bylines_head as head
from corpus.ingest import bylines_names as names
from corpus.ingest import bylines_notices as notices
from corpus.ingest import bylines_people as people
from corpus.ingest import bylines_tail as tail
from corpus.ingest import publishers
from corpus.ingest.bylines_edits import Edits
from corpus.ingest.bylines_found import Found
from corpus.ingest.bylines_tail import Piece, Weight

_LINES = 80  # from the end
_WEAK_PIECES = 30
_WINDOW = 1600  # characters at the end of a line that are cut into pieces
_LAST = 120  # characters: a sentence of the story
_LONGEST_NOTICE = 260
_LONGEST_SLOGAN = 60
_BELOW_MAIL = 2  # lines: the title of a film, notes on how the story was made

_CUT = re.compile(
    r"(?<=[다요죠까]\.)(?![\"'”’」』)\].])\s?"
    r"|(?<=[다요죠까]\.[\"”])\s?(?=[가-힣])"
    r"|(?<=[다요죠까][!?])\s?(?![\"'”’」』)\]])"
    r"|(?<=[가-힣)\"”’].)(?<=[.!?])\s?(?=[\[(<]\s?[가-힣A-Z]|[A-Za-z0-9._-]{2,30}@)"
    r"|(?<![(\[<▶])(?=[▶▷☞※■★▣✔])(?!▶\])"
    r"|(?<![\[<(〈＜\-–])(?<![\[<(〈＜\-–]\s)(?<!저작권자)(?<!저작권자\s)(?<!opyright)(?<!opyright\s)"
    r"(?<!opyrights)(?<!opyrights\s)(?=(?:저작권자\s?[(ⓒ©?]|[Cc]opyrights?(?![a-z])|[ⓒ©]\s?[가-힣]))"
    r"|(?<=\])\s?(?=\[)|(?=[Gg]ood\s?[Nn]ews\s?[Pp]aper)|(?=[\[<]\s?(?:관련\s?기사|인기\s?기사|핫뉴스))"
    r"|(?=[\[<(〈＜]\s?(?:저작권자|Copyright|ⓒ|©|무단|네이버|기사\s?제보|카카오톡\]|전화\]|메일\]))"
    r"|(?=-\sCopyright)|(?=[(<]끝[)>])|(?=https?://)|(?=\*\s?(?:뉴스\s?)?제보)|(?=\s-\s)"
    r"|(?<![\[<(〈▶])(?<!▶\s)(?=기사\s?제보|제보는\s(?:카|K|여))|(?<=[a-z])(?=저작권자)"
    r"|(?=[?]\s?[가-힣A-Za-z0-9().]{2,30},?\s?무단)"
    r"|(?=\[[^\[\]]{2,60}(?:기자|특파원)[^\[\]]{0,50}\]\s*(?:[▶☞]|\Z))"
    r"|(?<!\s)(?=#[가-힣A-Za-z0-9]{1,20}\s?#)|(?<=[.!?”]\s)(?=#[가-힣A-Za-z0-9]{1,20}\s?#)"
    r"|(?<![(\[])(?=[(\[]?\s?(?:영상\s?취재|촬영기자|영상편집)\s?[:：])"
)
# Where a cut may be, give or take a character: trying _CUT at every place costs eight times more.
_MAY_CUT = re.compile(
    r"(?<=[가-힣)\"”’])[.!?][\"”]?|[▶▷☞※■★▣✔ⓒ©\[<(〈＜\-*#\]?]|저작권|[Cc]opyright|http|기사|제보|[Gg]ood|영상|촬영"
)
_MAIL = re.compile(rf"{names.EMAIL_PATTERN}[)\]>]?")
_AFTER_MAIL = re.compile(
    r"\s?(?:[^\s가-힣A-Za-z0-9·ㆍ,;/&|=)\]>.@]|네이버|사진|영상|저작권|무단|기사|관련|제보|구독|카카오|키워드|이\s기사|본\s기사|"
    r"[Gg]ood\s?[Nn]ews|[Cc]opyright)"
)
_GLUE = re.compile(
    r"(?<=[다요.”\"'’)\]…])\s?(?=[\[(/]?[가-힣A-Za-z])|(?<=연합뉴스)(?=[가-힣])|(?<=뉴시스)(?=[가-힣])"
    r"|(?<=뉴스1)(?=[가-힣])|(?<=제공)(?=\[?[가-힣])|(?<=기자)(?=[a-z0-9._-]+@)"
    r"|(?<=[0-9A-Za-z])(?=[가-힣]{2,4}\s?(?:기자|특파원))|(?<=[가-힣])(?=[a-z0-9._-]+@)"
)
# The credit of an agency's picture: the address glued to it is the reporter's.
_PHOTOGRAPHED = re.compile(
    rf"(?:[\d.]+\s?/)?\s?(?:뉴스1\s)?News1\s{names.NAME_PATTERN}\s?기자(?=[a-z0-9])"
)
_CLAUSE = re.compile(r"(?:이?라?고|이?라?며|면서|라는|는|은|이라|라)\s")
_CLOSED = re.compile(r"[다요죠까][.!?]\s?\Z")
_PICTURED = re.compile(r"\s있다\.|모습(?:이다)?\.|장면(?:이다)?\.")
# What may be all there is: such a text has no story.
_ALWAYS = ("byline", "e-mail", "copyright", "broadcast", "end-mark", "tip-off", "hashtag")
_NOTES = ("byline", "broadcast", "helpline", "funding", "editor", "correction")


@dataclass(slots=True)
class _Finish:
    """The state of one reading: the weak pieces wait for a strong one above them."""

    edits: Edits
    found: Found
    begin: int
    weak: list[tuple[int, int, int, str]] = field(default_factory=list)
    below: str = ""  # the reason of the piece below
    scripted: bool = False  # whether markers of a broadcast stand above

    def settle(self, number: int, start: int, end: int, piece: Piece) -> bool:
        """Note a piece; False when too many weak ones wait."""
        if piece.reason == self.below == "tip-off":
            piece = Piece("tip-off")  # ways to send tips, above the line that asks for them
        signed = self.edits.lines[number][start:end].lstrip()[:1] in ("▶", "☞")
        if piece.reason == "promo?" and self.below.startswith("promo") and signed:
            piece = Piece("promo?")  # one of a list of advertisements
        if piece.weight == Weight.WEAK:
            self.weak.append((number, start, end, piece.reason))
            return len(self.weak) <= _WEAK_PIECES
        self.below = piece.reason
        if piece.reason != "caption":  # captions stand between paragraphs as well
            self.commit()
        self.found.take(piece, self.edits.lines[number][start:end].strip(), number)
        self.edits.take(number, start, end, piece.reason)
        return True

    def all_there_is(self, number: int, start: int, piece: Piece) -> bool:
        """Whether a piece that may be story is where the story begins."""
        return number == self.begin and start == 0 and piece.reason not in _ALWAYS

    def commit(self) -> None:
        """The weak pieces go: something below the story stands above them."""
        for each in self.weak:
            self.edits.take(*each)
        self.weak.clear()


def take(edits: Edits, found: Found, begin: int) -> None:
    """Take out everything below the story, which begins at line `begin` (from 0)."""
    _lists(edits, begin)
    finish = _Finish(edits, found, begin)
    finish.scripted = any(reason == "broadcast" for _, reason in edits.taken())
    lowest = max(begin, len(edits.lines) - _LINES)
    number = len(edits.lines) - 1
    while number >= lowest:
        if edits.gone(number) or _line(finish, number):
            number -= 1
            continue
        above = _notice_above(edits, number, lowest)
        if above is None:
            break
        finish.weak.clear()
        for each in range(number, above, -1):
            kind = notices.note_kind(edits.lines[each])
            piece = Piece(kind) if kind else Piece("related?", Weight.WEAK)
            finish.settle(each, 0, len(edits.lines[each]), piece)
        number = above


def pieces(text: str) -> list[tuple[int, int]]:
    """Where the pieces of a line begin and end (code points); only its end is cut."""
    window = max(0, len(text) - _WINDOW)
    mails = _mail_ends(text, window) if "@" in text else []
    cuts = [0]
    for match in _cuts(text, window):
        while mails and mails[0] <= match.start():
            if mails[0] > cuts[-1]:
                cuts.append(mails[0])
            mails.pop(0)
        last = cuts[-1]
        advert = text[last:].lstrip()[:1] in ("▶", "☞", "★", "-") and match.start() - last < 60
        if (
            advert
            and _CLOSED.search(text, last, match.start())
            and not notices.is_speech(text[last:])
        ):
            continue
        if match.start() > last and not _in_bracket(text, match.start()):
            cuts.append(match.end() if match.end() < len(text) else match.start())
    cuts += [end for end in mails if cuts[-1] < end < len(text)]
    bounds = zip(cuts, [*cuts[1:], len(text)], strict=True)
    return [(start, end) for start, end in bounds if text[start:end].strip()]


def _in_bracket(text: str, at: int) -> bool:
    """Whether a short square bracket is open: [그림과 글, 세상을 전합니다. 누리통]"""
    opened = text.rfind("[", max(0, at - 40), at)
    return opened >= 0 and "]" not in text[opened:at] and "]" in text[at : at + 30]


def _cuts(text: str, window: int) -> Iterator[re.Match[str]]:
    """What _CUT finds from `window` on."""
    at = window
    for hint in _MAY_CUT.finditer(text, window):
        for place in range(max(at, hint.start() - 1), hint.end() + 1):
            match = _CUT.match(text, place) if place >= at else None
            if match:
                yield match
                at = max(match.end(), place + 1)


def _mail_ends(text: str, window: int) -> list[int]:
    """Where notices begin that are glued to an e-mail."""
    ends = (match.end() for match in _MAIL.finditer(text, window))
    return [end for end in ends if end < len(text) and _AFTER_MAIL.match(text, end)]


def _lists(edits: Edits, begin: int) -> None:
    """Lists of other articles under their heading, near the end, as far as no story follows."""
    last = len(edits.lines) - 1
    for number in range(last, max(begin, last - 16), -1):
        if not notices.is_header(edits.lines[number]):
            continue
        for each in range(number, last + 1):
            line = edits.lines[each]
            if each > number and (len(line) > 100 or line.endswith(("다.", "다.”", '다."'))):
                return
            if "@" in line or notices.is_chrome(line) or "기자" in line[-6:]:
                continue  # the byline may stand below the list
            edits.take_line(each, "related")


def _notice_above(edits: Edits, number: int, lowest: int) -> int | None:
    """A copyright line or an e-mail with only short lines below it: they are no story."""
    for above in range(number, max(lowest, number - 15), -1):
        line = edits.lines[above]
        if above < number and len(line) < 200 and notices.is_copyright(line):
            return above
        below = edits.lines[above + 1 : number + 1]
        if 0 < len(below) <= _BELOW_MAIL and len(line) <= 40 and _MAIL.fullmatch(line):
            short = all(len(each) <= 90 or notices.note_kind(each) for each in below)
            return above if short else None
        long = len(line) > 70 or (captions.ends_like_sentence(line) and line.endswith("."))
        if long and number - above >= _BELOW_MAIL:
            return None
        if long and not any("@" in each for each in edits.lines[above - 2 : above]):
            return None
    return None


def _line(finish: _Finish, number: int) -> bool:
    """Take the end of one line; whether all of it went, so that the line above is next."""
    edits = finish.edits
    low, high = edits.low[number], edits.high[number]
    text = edits.lines[number][low:high]
    signed = tail.station_signs_off(text) if finish.scripted and len(text) <= 40 else None
    if signed is not None and number > finish.begin:
        return finish.settle(number, low, high, signed)
    if len(text) <= 24 and number > finish.begin and _publisher(text):
        return finish.settle(number, low, high, Piece("agency-tag"))
    if len(text) <= 60 and _guest(finish, number, text):
        return True
    if text[0] in "([【" and len(text) > 60 and captions.is_caption(text) and head.at_start(text):
        return finish.settle(number, low, high, Piece("caption"))  # (평양=뉴스1) = … 금지]
    if text[0] == "▲" and len(text) > 60 and captions.is_caption(text):
        return finish.settle(number, low, high, Piece("caption"))  # ▲ … 예정이다. ⓒ한빛통신
    if len(text) <= _LONGEST_NOTICE and not captions.credit_of(text):
        piece = tail.classify(text)
        if piece is not None and piece.weight == Weight.WEAK and _glued(finish, number, low, high):
            return False
        if piece is not None and finish.weak and notices.leads(text):
            piece = Piece("promo")
        if (
            piece is not None
            and _whole(piece, text)
            and not finish.all_there_is(number, low, piece)
        ):
            return finish.settle(number, low, high, piece)
    if captions.ends_like_sentence(text) and not tail.hints(text[-_LAST:]):
        return False  # eight of ten stories: cutting them into pieces costs most of all
    bounds = pieces(text)
    for start, end in reversed(bounds):
        if end == len(text) and _below_copyright(text, bounds):
            finish.settle(number, low + start, high, Piece("promo?", Weight.WEAK))
            continue
        if _glued(finish, number, low + start, low + end):
            return False
        part = text[start:end]
        found = tail.classify(part, alone=low == 0 and len(bounds) == 1)
        if found is None and finish.scripted:
            found = tail.station_signs_off(part.strip())
        if found is None or (found.weight == Weight.WEAK and start == 0 and len(bounds) > 1):
            return False
        if finish.all_there_is(number, low + start, found):
            return False
        if not finish.settle(number, low + start, low + end, found):
            return False
        bare = len(part) < 40 and part.strip()[0] in "/([<사0123456789"
        if found.reason == "caption" and bare and len(bounds) > 1:
            _sentence_of_picture(finish, number)
            return edits.gone(number) or _line(finish, number)
    return True


def _below_copyright(text: str, bounds: list[tuple[int, int]]) -> bool:
    """Whether the last piece of a line is a slogan behind a copyright notice."""
    if len(bounds) < 3:
        return False
    (start, end), (last, _) = bounds[-2:]
    slogan = text[last:].strip()
    return (
        len(slogan) <= _LONGEST_SLOGAN
        and not captions.ends_like_sentence(slogan)
        and tail.classify(slogan, alone=False) is None
        and notices.is_copyright(text[start:end].strip())
    )


def _publisher(text: str) -> bool:
    """Whether a line is only the paper's name, or a station's and its programme in brackets."""
    inner = text[1:-1] if text[0] == "[" and text[-1] == "]" else ""
    return publishers.is_publisher(inner.split(" ", 1)[0] if inner else text)


def _guest(finish: _Finish, number: int, text: str) -> bool:
    """Whether a line below a sentence says who wrote it from outside, and went."""
    above = finish.edits.lines[number - 1] if number > finish.begin else ""
    if not above.endswith((".", ".”", '."')):
        return False
    byline = guests.guest(text)
    return byline is not None and finish.settle(
        number, 0, len(text), Piece("byline?", Weight.STRONG, byline)
    )


def _whole(piece: Piece, text: str) -> bool:
    """Whether a line may be judged as one: no sentence of the story can stand in it."""
    if piece.reason in _NOTES:
        return len(text) <= 120 or len(pieces(text)) <= 3
    bounds = pieces(text)
    if piece.reason in ("promo", "tip-off"):
        first = text[: bounds[0][1]].rstrip()
        return len(text) <= 100 and not (
            len(bounds) > 1 and first.endswith("다.") and tail.classify(first, alone=False) is None
        )
    single = len(bounds) == 1
    return single or (piece.weight == Weight.STRONG and len(text) <= 60)


def _glued(finish: _Finish, number: int, start: int, end: int) -> bool:
    """A byline with neither a full stop nor a space before it, at the end of a sentence."""
    text = finish.edits.lines[number][start:end]
    window = max(0, len(text) - 110)
    mailed = "@" in text[window:] or "[email" in text[window:]
    if not (mailed or "기자" in text[-8:] or "[" in text[-20:]):
        return False
    whole = people.read(text) if _PHOTOGRAPHED.match(text) is None else None
    if whole is not None and (whole.reporters or not (whole.unknown or whole.contributors)):
        return False
    fitting = []
    for match in _GLUE.finditer(text, window):
        before, part = text[: match.start()], text[match.end() :]
        if not before or _CLAUSE.match(part) or _PHOTOGRAPHED.match(part):
            continue
        byline = people.read(part)
        if byline is None or not _closes(before, byline):
            continue
        fitting.append((match, byline))
        if not byline.unknown:
            break
    for match, byline in fitting[-1:]:
        before = text[: match.start()]
        finish.commit()
        finish.found.credit(byline, top=False)
        finish.edits.take(number, start + match.start(), end, "byline")
        piece = tail.classify(before, alone=False)
        if piece is not None and piece.weight == Weight.STRONG and start > 0:
            finish.settle(number, start, start + match.start(), piece)
            if piece.reason == "caption" and len(before) < 60 and before.strip()[0] in "/([<사012":
                _sentence_of_picture(finish, number)
        return True
    return False


def _closes(before: str, byline: people.Byline) -> bool:
    """Whether a byline may follow `before`: a clause has ended, or a credit."""
    mailed = bool(byline.mails) or any(who.email for who in byline.reporters)
    if byline.strength == 0 or not (byline.titled or mailed):
        return False
    if byline.unknown and before[-1] not in ".”\"'’)]…":
        return False
    if before[-1] in "다요.”\"'’)]…1" or before.endswith(("연합뉴스", "제공", "뉴시스", "기자")):
        return True
    return byline.titled and byline.unknown == 0 and before[-1].isalnum() and before[-1].isascii()


def _sentence_of_picture(finish: _Finish, number: int) -> None:
    """The sentence that a credit belongs to, in a line that lost its line breaks."""
    edits = finish.edits
    low, high = edits.low[number], edits.high[number]
    text = edits.lines[number][low:high]
    bounds = pieces(text)
    if len(bounds) < 2:
        return
    start, end = bounds[-1]
    if _PICTURED.search(text[max(start, end - 12) : end]) and end - start < 160:
        finish.found.picture(number, text[start:end].strip())
        edits.take(number, low + start, high, "caption?")
