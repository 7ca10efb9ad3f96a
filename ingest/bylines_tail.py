"""What is this piece of text at the end of an article? A notice, a credit, a byline, or story.

Whatever has no shape of its own is story, and the caller stops there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from corpus.ingest import bylines_broadcast as broadcast
from corpus.ingest import bylines_captions as captions
from corpus.ingest import bylines_names as names
from corpus.ingest import bylines_notices as notices
from corpus.ingest import bylines_people as people


class Weight(IntEnum):
    """How sure: WEAK pieces go only with a STRONG one above them."""

    WEAK = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """What a piece of text is: `reason` in the vocabulary of Removed."""

    reason: str
    weight: Weight = Weight.STRONG
    byline: people.Byline | None = None


# Nine of ten pieces are plain sentences: one search sends them back. Every branch begins with a
# literal character, which lets the search skip whatever is none of them.
_HINT = re.compile(
    r"@|＠|제보|구독|기자|기사|특파원|위원|저작권|무단|opyright|OPYRIGHT|ⓒ|©|금지|▶|☞|※|★|▣|■|✔|↑|http|www\.|앵커|아나운서|캐스터|"
    r"리포터|에디터|송고|입력|수정|등록|#|끝|END|사진|화면|이미지|제공|촬영|영상|편집|번역|그래픽|일러스트|삽화|제작|총괄|연출|정리|기획|글\s?[=/·]|골뱅이|"
    r"News\s?[Pp]aper|news\s?[Pp]aper|PD|상담|연재|작성|댓글|=|email|받아|만나|하기|보기|가기|받기|클릭|팀|전화|메일|홈페이지|카카오|카톡|칼럼|세요|필자|글쓴이"
)
_HINT_AT_END = re.compile(r"(?:니다\.?\s?|부|면[>)\]〉]?)\Z")
_WITH_CREDIT = re.compile(r"(.{2,40}?)(?:\s?[|│/]|(?<=기자)\s)\s?(?:사진|화면|영상|이미지).{2,60}")
_TWO_TITLED = re.compile(
    rf"{names.NAME_PATTERN}\s?{names.TITLE_PATTERN}(?:\s?/\s?{names.NAME_PATTERN}\s?{names.TITLE_PATTERN})+"
)
_TIME_OR_PAGE = re.compile(r"\d\d:\d\d|\d\s?면")
_MAIL_END = re.compile(rf"({names.EMAIL_PATTERN})[)\]]?\s*\Z")
_CUT_MAIL = re.compile(
    r"/?[a-z0-9][A-Za-z0-9._-]{1,30}@[A-Za-z0-9.-]*"
)  # "hong@hanb": a record cut off
_AGENCY = re.compile(
    r"[(\[](?!사진|자료|영상|출처)[가-힣·]{2,8}\s?=\s?(?:연합뉴스|뉴스1|뉴시스|뉴스핌|연합인포맥스)[)\]]"
)
_URL = re.compile(r"(?:https?://|www\.)\S+")
_LONGEST = 2000  # characters: no notice is longer, and to look for addresses in more takes long
_WEAK_LENGTH = 45  # characters: longer ones without an end are sentences that were cut off


def hints(text: str) -> bool:
    """Whether a piece may be anything but a plain sentence."""
    return (
        _HINT.search(text) is not None
        or _HINT_AT_END.search(text, max(0, len(text) - 5)) is not None
        or text.startswith("글 ")
        or ((":" in text or "면" in text) and _TIME_OR_PAGE.search(text) is not None)
    )


def classify(text: str, *, alone: bool = True) -> Piece | None:
    """What a piece of text at the end is; None where it is story, as far as one can tell.

    `alone` tells a whole line from a part of one.

    >>> [classify(text).reason for text in ("도은설 기자", "(끝)", "▶제보는 카톡 okjebo")]
    ['byline', 'end-mark', 'tip-off']
    >>> classify("신청은 전자우편(abc@korea.kr)으로 하면 된다.")
    """
    text = text.strip()
    if not text:
        return Piece("end-mark", Weight.WEAK)
    if len(text) > _LONGEST:
        return None
    if notices.is_end(text):
        return Piece("end-mark")
    if not hints(text):
        return _plain(text, alone=alone)
    for fits, reason in (
        (notices.is_hashtags, "hashtag"),
        (notices.is_copyright, "copyright"),
        (notices.is_stamp, "input-line"),
        (notices.is_page, "input-line"),
    ):
        if fits(text) and (alone or reason != "hashtag" or text.count("#") > 1):
            return Piece(reason)
    if _AGENCY.fullmatch(text):
        return Piece("dateline")
    if alone and _CUT_MAIL.fullmatch(text) and not names.EMAIL.search(text):
        return Piece("e-mail")
    if text[0] in "[<" and notices.is_header(text):
        return Piece("related")
    if broadcast.is_mark(text):
        return Piece("broadcast", Weight.WEAK)
    spoken = broadcast.sign_off(text) or broadcast.crew(text)
    if spoken is not None:
        return Piece("broadcast", Weight.STRONG, spoken)
    kind = notices.note_kind(text)
    if kind is not None and (alone or text[0] in "※*☞"):
        return Piece(kind)
    if notices.asks_for_tips(text):
        return Piece("tip-off")
    if notices.is_contact(text) and not captions.ends_like_sentence(text):
        return Piece("tip-off", Weight.WEAK)
    return _signed(text) or _promotion(text, alone=alone)


def _plain(text: str, *, alone: bool) -> Piece | None:
    spoken = broadcast.sign_off(text) if len(text) <= 30 and text[0].isascii() else None
    if spoken is not None:
        return Piece("broadcast", Weight.STRONG, spoken)
    byline = people.read(text) if len(text) <= 40 else None
    if byline is not None and byline.strength == 0 and byline.publisher and byline.reporters:
        return Piece("byline?", Weight.WEAK, byline)
    if (
        byline is not None
        and (alone or text[0] in "[(<")
        and (byline.desk or byline.titled)
        and byline.strength
    ):
        return Piece("byline", Weight.STRONG, byline)
    return Piece("promo?", Weight.WEAK) if _weak(text, alone=alone) else None


def _signed(text: str) -> Piece | None:
    """A caption or a byline; neither closes a clause."""
    ended = captions.ends_like_sentence(text) and not names.EMAIL.match(text)
    if ended or notices.is_speech(text):
        return None
    byline = people.read(text)
    if _TWO_TITLED.fullmatch(text) and byline is not None and not byline.unknown:
        return Piece("byline", Weight.STRONG, byline)
    pictured = _WITH_CREDIT.fullmatch(text)
    if pictured and not (byline and byline.contributors and not byline.unknown):
        writer = people.read(pictured[1])
        alone = names.is_name(pictured[1].strip())
        latin = pictured[1].isascii() is False and pictured[1][:1].isascii()
        sure = writer and (writer.publisher or writer.titled or alone or latin)
        if writer and writer.reporters and sure:
            return Piece("byline", Weight.STRONG, writer)
    if byline is not None and "@" in text and byline.strength == 2 and byline.reporters:
        return Piece("byline", Weight.STRONG, byline)
    agency = byline is not None and byline.mails and "공감언론" in text
    if not agency and captions.is_caption(text) and not personal_end(text):
        return Piece("caption", Weight.STRONG, byline)
    if byline is None:
        return None
    if byline.strength:
        mails = bool(byline.mails) and not byline.reporters
        return Piece("e-mail" if mails else "byline", Weight.STRONG, byline)
    if byline.reporters and byline.publisher:
        return Piece("byline?", Weight.WEAK, byline)
    return None


def _promotion(text: str, *, alone: bool) -> Piece | None:
    if notices.is_chrome(text):
        return Piece("promo", Weight.STRONG if alone else Weight.WEAK)
    if _URL.fullmatch(text):
        return Piece("promo")
    if notices.is_speech(text):
        return None
    mails = [mail for mail in map(people.tidy_mail, names.EMAIL.findall(text)) if mail]
    personal = [mail for mail in mails if not names.is_desk_mail(mail)]
    byline = people.Byline(mails=personal) if personal else None
    if notices.promotes(text, alone=alone):
        return Piece("promo", Weight.STRONG, byline)
    if not _weak(text, alone=alone):
        return None
    if text[0] in "▶☞★" and personal_end(text):
        return Piece("promo", Weight.STRONG, byline)
    return Piece("promo?", Weight.WEAK)


def station_signs_off(text: str) -> Piece | None:
    """The last sentence of a script, whatever the station is called: 누리통 김솔입니다."""
    spoken = broadcast.of_any_station(text)
    return Piece("broadcast", Weight.STRONG, spoken) if spoken else None


def personal_end(text: str) -> bool:
    """Whether a piece ends with a person's address: the byline is glued to a credit."""
    match = _MAIL_END.search(text, max(0, len(text) - 60)) if "@" in text else None
    return match is not None and "photo" not in match[1]


def _weak(text: str, *, alone: bool) -> bool:
    if len(text) > 90 or notices.is_speech(text):
        return False
    if text[0] in "▶☞★":
        return True
    if captions.ends_like_sentence(text) and len(text) > 24:
        return alone and notices.offers(text)
    if not alone and text[0] == "[" and text[-1] == "]" and len(text) <= _WEAK_LENGTH:
        return True  # a slogan: [그림과 글, 세상을 전합니다. 누리통]
    if not alone:
        return text[:2] == "- " and text[-1] in "?!" and len(text) <= _WEAK_LENGTH
    return len(text) <= _WEAK_LENGTH
