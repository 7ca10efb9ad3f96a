"""What stands above the story? Menus, subtitles, captions, and the dateline that ends them."""

from __future__ import annotations

import re

from corpus.article import Note
from corpus.ingest import bylines_broadcast as broadcast
from corpus.ingest import bylines_captions as captions
from corpus.ingest import bylines_guests as guests
from corpus.ingest import bylines_head as head
from corpus.ingest import bylines_names as names
from corpus.ingest import bylines_notices as notices
from corpus.ingest import bylines_people as people
from corpus.ingest.bylines_edits import Edits
from corpus.ingest.bylines_found import Found

_LINES = 12  # from the top; no dateline has been met further down
_LONG = 300  # characters: a line as long as this may have lost its breaks
_MAYBE_LONG = 120  # characters: shorter lines hold no caption and a story
_STORY = 40  # characters: less than this behind a byline is none
_HEADLINE = 110  # characters: no subtitle is longer
_SIGNED = re.compile(
    rf"(?:기자명\s)?({names.NAME_PATTERN}\s?(?:{names.TITLE_PATTERN})\s?[(\[<]{names.EMAIL_PATTERN}[)\]>])\s?(?=[가-힣0-9A-Z“‘\"])"
)
_STAMPED = re.compile(
    r"(?:.{0,30}\s)?(?:19|20)\d\d\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}\.?\s+(?:오전|오후)?\s?\(?\d{1,2}:\d{2}(?::\d\d)?\)?\s?\|?"
)
_OPENING = re.compile(
    r"\s*(?:\[[^\[\]]{2,10}\]\s?)?(?:[◀\[【<〈]\s?(?:앵커(?:멘트)?|기자|리포트)\s?[▶\]】>〉]|●\s?앵커\s?[:：])\s*"
)
_ANCHOR = re.compile(r"[◀\[【<〈]\s?앵커(?:멘트)?\s?[▶\]】>〉]\s*")
_BARE = re.compile(
    rf"((?:[가-힣A-Za-z0-9]{{2,10}} ){{0,3}}{names.NAME_PATTERN} ?기자) (?=[가-힣A-Za-z0-9])"
)
_PLACEHOLDER = re.compile(r"(?:#[A-Z]+\d+#\s?)+")  # where a content system puts a picture
_SEEN = re.compile(
    r"[※*\[(]?\s?(?:이|본)\s기사는\s(?:19|20)\d\d년\s.{4,70}?(?:표출|게재|출고|게시|노출|보도|송고|공개|발행)(?:(?:된|되었던|됐던|한)\s.{0,20}?(?:다|니다)|(?:됐|되었|했)습니다)\.[\])]?\s*"
)
# What else the paper offers, in brackets: [이 기사에 나온 … 볼 수 있습니다.]
_OFFERED = re.compile(r"\[이\s기사[에와의]\s[^\[\]]{8,120}수\s있습니다\.?\]\s*")
_QUOTING = re.compile(r"(?:[다요죠까][\"”'’]|까)\Z")
_FULL_STOP = re.compile(r"[다요죠까음임]\.[\"”’]?\s*\Z")
_CREDIT = re.compile(
    r"사진|/\s?\S{2,20}\s?제공|[가-힣]\s제공(?=[가-힣\[]|\Z)|뉴스1|뉴시스|연합뉴스|[ⓒ©]|DB|갈무리|캡[처쳐]|금지\]"
)
_SENTENCE = re.compile(r"[다요]\.")
_MENU = "동영상 뉴스"
# What an agency tells the desks that take its story: (ATTN: UPDATES with …).
_TO_DESKS = re.compile(r"\s*\((?:ATTN|LEAD|EDS|RECASTS|UPDATES|CORRECTS)\b[^()]*\)\s*\Z")


def take(edits: Edits, found: Found) -> int:
    """Take out everything above the story; gives the line (from 0) where the story begins."""
    begin = _menus(edits, found)
    lines = edits.lines
    sentences = 0
    script = False  # sentences of a script are short
    above: list[int] = []
    for number in range(begin, min(len(lines), begin + _LINES)):
        line = lines[number]
        if notices.opens_as_note(line) and number + 1 < len(lines):
            found.notes.append(Note("editor", line))
            edits.take_line(number, "editor")
            begin = number + 1 if number == begin else begin
            continue
        if broadcast.is_mark(line):
            edits.take_line(number, "broadcast")
            script = True
            continue
        if line[0] in "▶☞※" and notices.promotes(line, alone=True) and number + 1 < len(lines):
            edits.take_line(number, "promo")
            begin = number + 1 if number == begin else begin
            continue
        placed = _PLACEHOLDER.match(line)
        if placed:
            edits.take(number, 0, placed.end(), "page-part")
            if edits.gone(number):
                continue
        dateline = head.at_start(line[edits.low[number] :])
        if dateline is not None:
            dateline.start += edits.low[number]
            dateline.end += edits.low[number]
        alone = dateline is not None and dateline.end >= len(line)
        if not alone and number + 1 < len(lines) and _pictured(line):
            above.append(number)
            continue
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
        if _byline(edits, found, number, above if sentences == 0 else None):
            begin, above = number + 1, []
        elif _is_sentence(line, script=script):
            sentences += 1
            if sentences > 2:
                break
        elif len(line) <= _HEADLINE:
            above.append(number)
    _glued_caption(edits, found, begin)
    if begin == 0 and not found.head:
        _bare(edits, found)
    return begin


def _bare(edits: Edits, found: Found) -> None:
    """A byline before the first word, where a line break or all signs were lost."""
    line = edits.lines[0]
    signed = _SIGNED.match(line) if "@" in line[:60] else None
    byline = people.read(signed[1]) if signed and len(line) > signed.end() + _STORY else None
    if signed and byline is not None and byline.reporters and not byline.unknown:
        found.credit(byline, top=True)
        edits.take(0, 0, signed.end(), "byline")
        return
    match = _BARE.match(line) if "기자 " in line[:40] else None
    if match is None or any("." in each or "," in each for each in edits.lines[:2]):
        return
    byline = people.read(match[1])
    if byline is None or byline.unknown > 1 or not byline.reporters:
        return
    found.credit(byline, top=True)
    edits.take(0, 0, match.end(), "byline")


def _is_sentence(line: str, *, script: bool) -> bool:
    """Whether a line is a sentence of the story, in any language; in a script they are short."""
    if captions.ends_like_sentence(line):
        if not script and len(line) <= _HEADLINE and _QUOTING.search(line):
            return False  # 시장 "다리 새로 놓겠다": the sentences of a story have full stops
        return len(line) > 24 or script or line.endswith(".")
    return len(line) > 40 and line.endswith((".", '."', ".”"))


def _pictured(line: str) -> bool:
    return captions.is_caption(line) or captions.is_signed_caption(line)


def _byline(edits: Edits, found: Found, number: int, above: list[int] | None) -> bool:
    """Take a line that is all byline; never below a sentence (`above` is None)."""
    line = edits.lines[number]
    if above is None or len(line) > 90 or notices.is_speech(line):
        return False
    english = head.english_byline(line)
    guest = guests.guest(line) if number == 0 and len(edits.lines) > 1 else None
    if guest is not None and len(edits.lines[1]) > 30:
        found.credit(guest, top=True)
    elif english:
        found.head += english
    else:
        if len(line) > 70 or not (
            "기자" in line or "@" in line or "위원" in line or "특파원" in line
        ):
            return False
        byline = people.read(line)
        if byline is None or byline.strength < 2 or not (byline.reporters and byline.titled):
            return False
        found.credit(byline, top=True)
    _above(edits, found, above)
    edits.take_line(number, "byline")
    return True


def _menus(edits: Edits, found: Found) -> int:
    """Menus, dates and buttons of a copied page, down to the last stamp above the story."""
    last = -1
    for number in range(min(len(edits.lines) - 1, 40)):
        line = edits.lines[number]
        sentence = captions.ends_like_sentence(line)
        button = notices.is_chrome(line) and not (sentence and len(line) > 40)
        if (sentence and len(line) > 20 and not button) or (
            line[0] in "([【" and head.at_start(line) is not None
        ):
            break
        stamped = _STAMPED.match(line) or line.startswith("기자명 ")
        if stamped or (number < 4 and notices.is_stamp(line)) or (button and number <= last + 2):
            last = number
    if last < 0:
        _opening(edits, found)
        _first_seen(edits, found)
        _offered(edits)
    for number in range(last + 1):
        line = edits.lines[number]
        named = people.read(line.partition(" 입력")[0]) if "기자" in line else None
        if named is not None and (named.strength < 2 or named.unknown):
            named = None
        if named is not None:
            found.credit(named, top=True)
        if notices.is_stamp(line) and found.stamp is None:
            found.stamp = line
        edits.take_line(number, "input-line" if notices.is_stamp(line) or named else "promo?")
    return last + 1


def _first_seen(edits: Edits, found: Found) -> None:
    """Take out where and when the story appeared first, if that is its first sentence."""
    match = _SEEN.match(edits.lines[0], edits.low[0])
    if match and match.end() < len(edits.lines[0]):
        found.notes.append(Note("editor", match[0].strip()))
        edits.take(0, edits.low[0], match.end(), "editor")


def _offered(edits: Edits) -> None:
    """Take out the brackets that offer something beside the story, before its first sentence."""
    line = edits.lines[0]
    match = _OFFERED.search(line, edits.low[0], 300) if "[이 기사" in line[:160] else None
    if match and match.end() < len(line) and not _SENTENCE.search(line, 0, match.start()):
        edits.take(0, match.start(), match.end(), "promo")


def _opening(edits: Edits, found: Found) -> None:
    """The menu, subtitle and marker before the first words of a script on one line."""
    line = edits.lines[0]
    if line.startswith(_MENU):
        edits.take(0, 0, len(_MENU), "promo")
    match = _OPENING.match(line, edits.low[0])
    if match and match.end() < len(line):
        edits.take(0, edits.low[0], match.end(), "broadcast")
    match = _ANCHOR.search(line, edits.low[0], 240) if len(line) > _LONG else None
    if match and match.start() > edits.low[0]:
        before = line[edits.low[0] : match.start()].strip()
        if before:
            found.subtitle.append(before)
        edits.take(0, edits.low[0], match.start(), "subtitle?")
        edits.take(0, match.start(), match.end(), "broadcast")


def _above(edits: Edits, found: Found, above: list[int]) -> None:
    for number in above:
        line = edits.lines[number]
        if _pictured(line):
            found.picture(number, line)
            edits.take_line(number, "caption")
        elif notices.is_chrome(line) and len(line) <= 40:
            edits.take_line(number, "promo")
        elif line[0] == "#":
            found.keywords += notices.tags(line) if notices.is_hashtags(line) else ()
            edits.take_line(number, "hashtag")
        elif _TO_DESKS.match(line):
            found.notes.append(Note("editor", line))
            edits.take_line(number, "editor")
        else:
            found.subtitle.append(line)
            edits.take_line(number, "subtitle?")


def _dateline(edits: Edits, found: Found, number: int, dateline: head.Dateline) -> None:
    line = edits.lines[number]
    before = line[: dateline.start].strip()
    sentences = len(_SENTENCE.findall(before))
    quoted = before.endswith(("”", '"'))  # what stands above a byline may be a quotation
    if sentences and not quoted and not _CREDIT.search(before) and not dateline.place:
        # Behind a sentence of the lead a name in brackets made the picture.
        found.picture(number, line[dateline.start : dateline.end].strip())
        edits.take(number, dateline.start, dateline.end, "caption?")
        return
    if before and not _FULL_STOP.search(before):
        # A caption has a sentence or two and a credit, a subtitle has none; a lead has more.
        if _CREDIT.search(before) and sentences <= 2:
            found.picture(number, before)
            edits.take(number, 0, dateline.start, "caption?")
        elif not sentences:
            found.subtitle.append(before)
            edits.take(number, 0, dateline.start, "subtitle?")
    reason = "dateline" if dateline.place else "byline" if dateline.named else "agency-tag"
    edits.take(number, dateline.start, dateline.end, reason)
    story = head.credit_after(line, dateline.end, dateline)
    if story > dateline.end:
        found.picture(number, line[dateline.end : story].strip())
        edits.take(number, dateline.end, story, "caption?")
    found.place = found.place or dateline.place
    found.agency = found.agency or dateline.agency
    found.publisher = found.publisher or dateline.publisher
    found.head += dateline.reporters
    found.contributors += dateline.contributors


def _glued_caption(edits: Edits, found: Found, number: int) -> None:
    """A caption whose line break was lost, before the first sentence of a long line."""
    if number >= len(edits.lines) or len(edits.lines[number]) < _MAYBE_LONG:
        return
    line = edits.lines[number]
    story = captions.glued_head(line)
    if story > edits.low[number]:
        found.picture(number, line[edits.low[number] : story].strip())
        edits.take(number, edits.low[number], story, "caption?")
