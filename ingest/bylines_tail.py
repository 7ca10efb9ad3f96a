"""What is this piece of text at the end of an article? Copyright, promotion, tips, a byline, or story.

Each kind has a shape of its own. Whatever has none is story: the caller stops there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from corpus.article import Contributor, Reporter
from corpus.ingest import bylines_captions as captions
from corpus.ingest import bylines_names as names
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


_COPYRIGHT = re.compile(
    r"무단\s?(?:전재|복제|배포|도용|사용|게재)|재배포\s?(?:및\s?DB\s?)?금지|저작권자\s?[(ⓒ©?\[<:]|저작권\s?(?:자|은)\b|Copyrights?\b|COPYRIGHT|"
    r"All\s?[Rr]ights?\s?[Rr]eserved|^[\[<(〈]?\s?[ⓒ©]\s?[가-힣A-Za-z]|[ⓒ©?]\s?[가-힣A-Za-z0-9 &().]{2,30},?\s?무단"
)
_END = re.compile(r"[\[(<〈]?\s?(?:끝|END|End|完|종합)\s?[\])>〉]?\.?|[■◆●▣□#]+|[-=_*~·.]{3,}")
_HASHTAGS = re.compile(r"(?:키워드\s?(?:Tags?)?\s?|Tags?\s?|태그\s?[:：]?\s?)?(?:#[^#]{1,30})+")
_TAG = re.compile(r"#\s?([^#,]+)")
_TIP = re.compile(
    r"okjebo|jebo\d*|기사\s?제보|뉴스\s?제보|제보\s?(?:하기|하실|전화|메일|이메일|문의|및|[:：]|는\s|를?\s?(?:기다|받|주|보내))|"
    r"(?:여러분|당신|시청자|독자)의\s?(?:소중한\s)?제보|제보가\s?뉴스|[@'‘\"“][가-힣A-Za-z0-9 ]{1,8}제보|기사\s?문의|보도자료\s?(?:제공\s)?\S*@|"
    r"^[■▷▶●□◇\-*•·]?\s?[\[(]?(?:전화|이메일|메일|카카오톡|카톡|홈페이지|온라인\s?제보|사이트|뉴스\s?홈페이지|텔레그램|유튜브|페이스북|인스타그램|라인|네이버|앱)[\])]?\s?[:：\])]|"
    r"^[▷▶■●]\s?(?:전화|이메일|메일|카카오톡|카톡|카카오|유튜브|네이버|홈페이지|웹사이트|앱)\s?\S"
)
_PROMO = re.compile(
    r"구독\s?(?:하|클릭|신청|하기|부탁|자|료|$)|(?:를|을)\s?구독|뉴스레터|채널\s?(?:추가|구독)|받아\s?보(?:세요|기|실)|만나\s?보(?:세요|기|실 수)|바로\s?가기|"
    r"앱\s?(?:다운|설치|으로|에서)|다운로드|다운받기|팔로우|팔로잉|카카오톡\s?@|플러스\s?친구|클릭\s?한\s?번|생방송\s?(?:보기|만나)|무료\s?(?:만화|운세|체험|상담)|VOD|SNS\s?신청|"
    r"투표하기|가입하기|확인하세요|참여하기|후원하기|정기\s?후원|구독자|멤버십|더\s?보기|모아\s?보기|영상\s?보기|기사\s?(?:원문|전체)?\s?보기|[Nn]ewsletter|"
    r"카톡\s?채팅|직접\s?확인|해당\s?언론사|홈에서|메인에서|네이버\s?[TtVv]|유튜브\s?(?:채널|에서)|에서도\s?뉴스는|신청하세요|놓치지\s?마|오픈\b|이벤트\s?참|할인|모집\]"
)
_PROMO_SIGN = "▶▷☞★☆✔※■□▣◀↑→*•◇◆►➤➡✅📌👉-–"
_CHROME = re.compile(
    r"(?:당신의\s)?(?:의견|댓글)을?\s?남겨|댓글\s?\d*$|기사\s?댓글|좋아요|공유하기|스크랩|기사\s?(?:보내기|저장|URL)|복사되었습니다|다른\s?기사\s?(?:보기|더)?|"
    r"이\s?기사(?:의|에\s?대해)|기사가\s?속한|언론사는\s|카테고리는|추천\s?기사|이\s?시각\s?(?:주요|많이)|글자\s?크기|인쇄하기|목록으로|맨\s?위로|"
    r"동영상\s?뉴스|읽어주기|브라우저에서만|VOD\s?시청|고화질|^(?:페이스북|트위터|카카오톡|URL\s?복사|프린트|확대|축소)$|포토\s?매거진|M-SPORTS|SMS\s?신청|^뉴스(?:데스크|투데이|룸|나이트|와이드|9|7)$"
)
_HEADER = re.compile(
    r"\W{0,3}(?:키워드\s?)?(?:관련\s?(?:기사|뉴스|영상|이슈)(?:\s?더\s?보기)?|이\s?기사와\s?함께|함께\s?(?:보면|읽으면)\s?좋은\s?기사|"
    r"댓글\s?많은\s?뉴스|(?:오늘의\s|이\s?시각\s)?주요\s?(?:뉴스|기사)|많이\s?(?:본|읽은)\s?(?:뉴스|기사)|인기\s?(?:뉴스|기사)|추천\s?(?:뉴스|기사)|"
    r"최신\s?(?:뉴스|기사)|핫\s?이슈|실시간\s?(?:뉴스|인기)|Related\s?(?:Articles?|News|Stories)|Most\s?(?:Read|Viewed|Popular)|"
    r"[가-힣A-Za-z]{2,10}\s?(?:핫뉴스|주요뉴스|인기기사|많이\s?본\s?뉴스))\W{0,3}"
)
_STAMP = re.compile(
    r"(?:(?:기사)?(?:입력|등록|승인|송고|수정|최종\s?수정|게재|발행|작성|업데이트)(?:일시|시간|일|됨|시각)?\s?[:：|]?\s?)?"
    r"(?:19|20)\d\d\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2}\s?(?:일|\.)?(?:\s?[(\[]?[월화수목금토일]?[)\]]?\s?(?:오전|오후)?\s?[(]?\d{1,2}[:시]\s?\d{2}(?::\d{2}|분)?[)]?)?"
    r"\s?(?:송고|입력|수정|등록|게재)?\s?[|/]?(?:\s?(?:수정|최종수정)\s?.{0,24})?"
)
_PAGE = re.compile(
    r"(?:[가-힣]{2,8}\s)?(?:(?:19|20)\d\d[-./년]\s?\d{1,2}[-./월]\s?\d{1,2}일?\s)?(?:[A-Z]?\d{1,3})\s?면(?:\s?\d단)?|"
    r"(?:본지|지면|종이신문)\s?(?:게재|보기|보도)?\s?[:：]?\s?.{0,12}\d{1,3}\s?면"
)
_SIGN_OFF = re.compile(
    r"(?:[가-힣A-Za-z·,() ]{2,24}에서,?\s)?(?:지금까지\s)?(?:[가-힣]{2,12}에서,?\s)?(?:[가-힣A-Za-z0-9 ]{0,16}\s)?"
    r"(?:KBS|MBC|SBS|YTN|MBN|JTBC|TV조선|채널A|연합뉴스TV|OBS|CBS|EBS|TBS|KNN|TJB|UBC|KBC|CJB|JTV|G1|JIBS|[A-Z]{2,5}|[가-힣]{2,6}(?:방송|뉴스|TV))\s?(?:뉴스|NEWS|news)?\s?"
    rf"(?P<name>{names.NAME_PATTERN})\s?(?:\[?(?P<mail>[A-Za-z0-9._@-]+)\]?)?\s?(?:기자|특파원|앵커|캐스터|리포터)?"
    r"\s?(?:입니다|이었습니다|였습니다)\s?\.?"
)
_SO_FAR = re.compile(
    rf"지금까지\s.{{1,40}}?(?P<name>{names.NAME_PATTERN})\s?(?:기자|특파원|앵커|캐스터|리포터)?\s?(?:였|이었|입)?(?:습)?니다\.?"
    r"|(?:지금까지\s.{1,50}|[가-힣A-Za-z0-9 ]{2,9}(?:터치|뉴스|브리핑|리포트|센터|룸|톡))(?:였습니다|이었습니다|전해\s?드렸습니다)\.?"
)
_AFFILIATE = re.compile(
    rf"(?P<station>[A-Z]{{2,4}}|YTN|G1)\s?(?:뉴스)?\s(?P<name>{names.NAME_PATTERN})(?:\[(?P<mail>[A-Za-z0-9._@-]+)\]?)?\.?"
)
_CREDITS = re.compile(
    r"\W{0,3}(?:영상\s?취재|영상\s?편집|촬영\s?기자|촬영|편집|취재|그래픽|자막|화면\s?제공|자료\s?조사|자료\s?제공|영상|음성|작가|연출|진행|제작(?:진)?|구성|CG|VJ|"
    r"책임\s?프로듀서|프로듀서|조연출|리서처|인턴|사진\s?제공|삽화|취재\s?데스크|디자인|내레이션|오디오|조명|번역|취재\s?기자|기획)\s?[:：/]"
)
_CREDIT_PAIR = re.compile(r"[가-힣A-Z]{2,8}\s?[:：]\s?[가-힣]{2}")
_HELP = re.compile(
    r"자살예방\s?(?:상담)?\s?(?:전화|핫라인)|생명의\s?전화|정신건강\s?(?:위기)?\s?상담|우울감\s등|☎?\s?1393|☎?\s?1577-0199|상담\s?전화.{0,20}109"
)
_FUNDED = re.compile(
    r"한국언론진흥재단|(?:정부|기금|재단|협찬|후원).{0,20}(?:지원|후원|협찬)을?\s?(?:을|를)?\s?받아\s?(?:작성|제작|취재)|공동기획|이\s?기사는.{0,50}(?:지원|제휴|협찬|AI|자동|번역|생성)|본\s?(?:기획물|기사|콘텐츠)[은는]"
)
_CORRECTED = re.compile(
    r"^\W{0,3}(?:정정\s?[·및]?\s?(?:반론)?\s?보도|반론\s?보도|바로잡습니다|알려왔습니다|알립니다|정정합니다)"
)
_EDITOR = re.compile(
    r"편집자\s?주|덧붙이는\s?글|^[*※]\s?[^▶]{8,200}(?:연재합니다|연재\.|게재합니다|다릅니다|다를\s수\s있|일치하지\s않|무관합니다|필자의|외부\s?(?:필자|기고)|기고)"
)
_SCRIPT_MARK = re.compile(
    r"[\[【<〈◀(]\s?(?:앵커(?:멘트|\s?리포트)?|기자|리포트|VCR|리포터|녹취|오프닝|클로징|앵커\s?(?:브리핑|코멘트)|인터뷰|아나운서)\s?[\]】>〉▶)]|●\s?(?:앵커|기자)\s?[:：]?"
)
_SPEECH = re.compile(
    r"[▶◇◆▷]?\s?(?:인터뷰|스탠딩|현장음|녹취|기자|SYNC|싱크|앵커)\s?(?:\(.{1,6}\))?\s?[:：]|[“\"‘']"
)
_HINT = re.compile(
    r"@|제보|구독|기자|기사|특파원|위원|저작권|무단|opyright|OPYRIGHT|[ⓒ©]|금지|[▶☞※★▣■✔↑]|https?:|www\.|니다\.?\s?$|앵커|아나운서|캐스터|리포터|에디터|"
    r"\d\d:\d\d|송고|입력|수정|등록|#|끝|END|사진|제공|촬영|영상|편집|PD|상담|연재|작성|댓글|email|받아|만나|팀|부$|면$|칼럼|PD|세요"
)


def is_copyright(text: str) -> bool:
    """Whether a piece forbids copying; a sentence about copyright does not.

    >>> is_copyright("[ⓒ가람일보, 무단전재 및 재배포 금지]"), is_copyright("저작권은 무단 복제로 침해된다.")
    (True, False)
    """
    if len(text) > 260 or not _COPYRIGHT.search(text):
        return False
    return not captions.ends_like_sentence(text) or "금지" in text[-12:] or "eserved" in text


def is_header(text: str) -> bool:
    """Whether a line heads a list of other articles."""
    return len(text) <= 30 and _HEADER.fullmatch(text) is not None


def is_mark(text: str) -> bool:
    """Whether a line is only a broadcast marker such as [앵커] or ◀ 리포트 ▶."""
    return len(text) <= 14 and _SCRIPT_MARK.fullmatch(text) is not None


def is_stamp(text: str) -> bool:
    """Whether a line only says when it was entered, sent or changed."""
    return len(text) <= 80 and _STAMP.fullmatch(text) is not None


def is_page(text: str) -> bool:
    """Whether a line only says where it stood on paper."""
    return len(text) <= 40 and _PAGE.fullmatch(text) is not None


def is_chrome(text: str) -> bool:
    """Whether a short line is a button or a notice of the page."""
    return len(text) <= 60 and _CHROME.search(text) is not None


def tags(text: str) -> tuple[str, ...]:
    """The words of a hashtag line.

    >>> tags("#한복 #워싱턴DC")
    ('한복', '워싱턴DC')
    """
    return tuple(filter(None, (found[1].strip() for found in _TAG.finditer(text))))


def _signed(match: re.Match[str]) -> people.Byline:
    groups = match.groupdict()
    name, mail = groups.get("name"), groups.get("mail")
    found = people.Byline(strength=2)
    if name and names.is_name(name):
        found.reporters.append(Reporter(name, mail))
    return found


def sign_off(text: str) -> Piece | None:
    """The sentence with which a broadcast report ends, and who speaks it."""
    if not text.rstrip(". ").endswith("니다"):
        affiliate = _AFFILIATE.fullmatch(text) if len(text) <= 40 else None
        return Piece("broadcast", Weight.STRONG, _signed(affiliate)) if affiliate else None
    if len(text) > 80:
        return None
    match = _SIGN_OFF.fullmatch(text)
    if match and names.is_name(match["name"]):
        return Piece("broadcast", Weight.STRONG, _signed(match))
    match = _SO_FAR.fullmatch(text)
    return Piece("broadcast", Weight.STRONG, _signed(match)) if match else None


def _crew(text: str) -> Piece | None:
    if len(text) > 400 or not (_CREDITS.match(text) or len(_CREDIT_PAIR.findall(text)) >= 3):
        return None
    byline = people.read(text)
    if byline is None:
        mails = [mail for mail in map(people.tidy_mail, names.EMAIL.findall(text)) if mail]
        byline = people.Byline(
            strength=1, mails=[each for each in mails if not names.is_desk_mail(each)]
        )
        byline.contributors.append(Contributor(role=text))
    return Piece("broadcast", Weight.STRONG, byline)


def _note(text: str) -> Piece | None:
    if _HELP.search(text):
        return Piece("helpline")
    if _CORRECTED.search(text):
        return Piece("correction")
    if len(text) <= 220 and _FUNDED.search(text):
        return Piece("funding")
    if len(text) <= 220 and _EDITOR.search(text):
        return Piece("editor")
    return None


_WITH_CREDIT = re.compile(r"(.{2,40}?)\s?[|│/]\s?사진.{2,60}")
_MAIL_END = re.compile(rf"({names.EMAIL_PATTERN})[)\]]?\s*\Z")
_CONTACT = re.compile(
    r"[■▷▶●□◇\-*•·]?\s?[\[(]?(?:전화|이메일|메일|카카오톡|카톡|홈페이지|사이트|웹사이트|유튜브|페이스북|인스타그램|라인|네이버|앱)[\])]?\s?[:：\])]"
)
_URL = re.compile(r"(?:https?://|www\.)\S+")


def _personal_end(text: str) -> bool:
    """Whether a piece ends with a person's address: the byline is glued to a credit."""
    match = _MAIL_END.search(text, max(0, len(text) - 60)) if "@" in text else None
    return match is not None and "photo" not in match[1]


def _tip(text: str) -> Piece | None:
    if not _TIP.search(text) or (captions.ends_like_sentence(text) and len(text) > 90):
        return None
    # Announcements end with the same lines: 전화, 홈페이지. A word of tips must stand above.
    contact = _CONTACT.match(text) and "제보" not in text and "jebo" not in text
    return Piece("tip-off", Weight.WEAK if contact else Weight.STRONG)


def _promotes(text: str) -> Piece | None:
    mails = [mail for mail in map(people.tidy_mail, names.EMAIL.findall(text)) if mail]
    if _CHROME.search(text) and len(text) <= 60:
        return Piece("promo")
    signed = text[0] in _PROMO_SIGN
    if _PROMO.search(text) and (signed or len(text) <= 60 or text[0] in "[<("):
        if _SPEECH.match(text) or (
            captions.ends_like_sentence(text) and not signed and len(text) > 40
        ):
            return None
        personal = [mail for mail in mails if not names.is_desk_mail(mail)]
        return Piece("promo", Weight.STRONG, people.Byline(mails=personal) if personal else None)
    return None


def classify(text: str) -> Piece | None:
    """What a piece of text at the end is; None where it is story, as far as one can tell.

    >>> classify("양홍주 기자").reason, classify("(끝)").reason, classify("▶제보는 카톡 okjebo").reason
    ('byline', 'end-mark', 'tip-off')
    >>> classify("신청은 전자우편(abc@korea.kr)으로 하면 된다.")
    """
    text = text.strip()
    if not text:
        return Piece("end-mark", Weight.WEAK)
    if not _HINT.search(text):
        if _END.fullmatch(text):
            return Piece("end-mark")
        affiliate = _AFFILIATE.fullmatch(text) if len(text) <= 30 and text[0].isascii() else None
        if affiliate and names.is_name(affiliate["name"]):
            return Piece("broadcast", Weight.STRONG, _signed(affiliate))
        byline = people.read(text) if len(text) <= 40 else None
        if byline is not None and byline.strength == 0 and byline.publisher and byline.reporters:
            return Piece("byline?", Weight.WEAK, byline)
        return Piece("promo?", Weight.WEAK) if _weak(text) else None
    if _END.fullmatch(text):
        return Piece("end-mark")
    if (
        len(text) <= 200
        and text[0] == "#"
        and _HASHTAGS.fullmatch(text)
        or text.startswith("키워드")
    ):
        return Piece("hashtag")
    if is_copyright(text):
        return Piece("copyright")
    if is_stamp(text):
        return Piece("input-line")
    if is_page(text):
        return Piece("input-line")
    if is_mark(text):
        return Piece("broadcast", Weight.WEAK)
    found = sign_off(text) or _note(text) or _crew(text) or _tip(text)
    if found:
        return found
    sentence = captions.ends_like_sentence(text)
    if not sentence:
        pictured = _WITH_CREDIT.fullmatch(text)
        byline = people.read(pictured[1]) if pictured else None
        if byline is not None and byline.reporters and (byline.publisher or byline.titled):
            return Piece("byline", Weight.STRONG, byline)
        byline = people.read(text) if "@" in text else None
        if byline is not None and byline.strength == 2 and byline.reporters:
            return Piece("byline", Weight.STRONG, byline)
        if captions.is_caption(text) and not _personal_end(text):
            return Piece("caption", Weight.STRONG, people.read(text))
        byline = people.read(text)
        if byline is not None and byline.strength:
            return Piece(
                "e-mail" if not byline.reporters and byline.mails else "byline",
                Weight.STRONG,
                byline,
            )
        if byline is not None and byline.reporters and byline.publisher:
            return Piece("byline?", Weight.WEAK, byline)
    promo = _promotes(text)
    if promo:
        return promo
    if _URL.fullmatch(text):
        return Piece("promo")
    if not _weak(text):
        return None
    if text[0] in "▶▷☞★" and _personal_end(text):
        mails = [mail for mail in map(people.tidy_mail, names.EMAIL.findall(text)) if mail]
        return Piece("promo", Weight.STRONG, people.Byline(mails=mails))
    return Piece("promo?", Weight.WEAK)


def is_speech(text: str) -> bool:
    """Whether a piece opens as somebody's words do: ▶ 인터뷰 : …, or a quotation mark."""
    return _SPEECH.match(text) is not None


def leads(text: str) -> bool:
    """Whether a piece opens with a sign that heads advertisements."""
    return text[:1] in ("✔", "★", "☞", "✅", "📌", "👉")


def _weak(text: str) -> bool:
    if len(text) > 90 or _SPEECH.match(text):
        return False
    if text[0] in "▶☞★":
        return True
    if captions.ends_like_sentence(text) and len(text) > 24:
        return len(text) <= 80 and _PROMO.search(text) is not None
    return text[0] in _PROMO_SIGN or len(text) <= 70 or text.startswith("http")
