"""Is this line a photo caption? Its end says so: who took, gave or sold the picture.

A caption without any credit looks like a sentence and is left alone; only between the top
of the text and the dateline is a line that is no sentence taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.article import Contributor
from corpus.ingest import bylines_names as names

AGENCY = (
    r"(?:연합뉴스(?:TV)?|뉴시스|뉴스1|뉴스원|News1|NEWS1|AP|AFP|EPA|UPI|로이터|REUTERS|Reuters|신화|타스|블룸버그|교도|게티이미지(?:스|뱅크|코리아)?|"
    r"클립아트코리아|셔터스톡|픽사베이|언스플래시|동아일보|조선일보|중앙일보|한겨레|경향신문|한국일보|국민일보|서울신문|세계일보|"
    r"문화일보|매일경제|한국경제|머니투데이|OSEN|스포츠조선|일간스포츠|스포츠동아|스포츠서울|MBN|KBS|MBC|SBS|YTN|JTBC|TV조선|"
    r"채널A|tvN|노컷뉴스|이데일리|헤럴드DB|pixabay|Pixabay|gettyimages|Getty Images)"
)
AGENCIES = rf"{AGENCY}(?:[·/= ]?\s?{AGENCY})*"
_PHOTO = (
    r"(?:자료\s?사진|참고\s?사진|사진|이미지|그래픽|그림|일러스트|삽화|포스터|영상|캡[처쳐]|자료|"
    r"출처|제공|인포그래픽)"
)
_STARTS = re.compile(
    rf"\s*[\[(<【/*#_]{{0,2}}\s?{_PHOTO}\s?(?:[·,]\s?{_PHOTO}\s?)?"
    rf"(?:출처|제공|캡[처쳐]|편집|협조|자료)?\s?[=:：/|ㅣ│ⓒ©-](?!\s?[“\"])"
    r"|\s*[ⓒ©]\s?\S|\s*제공\s?[|ㅣ=:]"
)
_SHOWN = (
    r"(?:제공|자료\s?사진|자료|캡[처쳐]|갈무리|DB|화면|촬영|합성|발췌|사진\s?기자단|사진기자단|"
    r"공동취재단)"
)
_TAKEN = (
    r"(?:제공|자료\s?사진|자료|캡[처쳐]|갈무리|DB|화면|홈페이지|페이스북|인스타그램|유튜브|"
    r"트위터|SNS|촬영|독자\s?제공|합성|발췌|사진\s?기자단|사진기자단|공동취재단)"
)
_DATE = r"(?:19|20)\d\d\s?[./]\s?\d{1,2}\s?\.{0,2}[./]?\s?\d{1,2}\.?"
_INSIDE = (
    r"(?:제공|자료\s?사진|캡[처쳐]|갈무리|DB|촬영|합성|(?:홈페이지|SNS|인스타그램|페이스북|"
    r"유튜브|트위터)(?:\s?(?:캡[처쳐]|갈무리|화면))?)"
)
_ENDS = re.compile(
    rf"[\[(<〈]\s?(?:[^\[\]()<>]{{0,40}}\s)?[^\[\]()<>]{{0,40}}{_INSIDE}[^\[\]()<>]{{0,12}}[\])>〉]\s*(?:{_DATE})?\s*\Z"
    rf"|[\[(<〈]\s?(?:자료|참고)?{_PHOTO}\s?(?:제공|출처)?\s?[=:/ⓒ©-]?[^\[\]()<>]{{1,60}}[\])>〉]\s*(?:{_DATE}\.?)?\s*\Z"
    rf"|[\[(<〈]\s?{AGENCIES}(?:\s?(?:자료\s?사진|자료|DB|제공|TV|특약))?[\])>〉]\s*(?:{_DATE})?\s*\Z"
    rf"|(?:(?<![가-힣])|(?<=/)){_PHOTO}\s?(?:제공|출처)?\s?[=ⓒ©|ㅣl:]\s?[^=]{{1,40}}\Z"
    rf"|/\s?(?:{_PHOTO}\s?[=]?\s?)?(?:{AGENCIES}|[가-힣A-Za-z0-9·&’' ]{{1,25}}\s?{_TAKEN})\Z"
    rf"|[.…)\]’'”\"]\s?(?:{AGENCIES}|[가-힣A-Za-z0-9·&.,()’' ]{{1,28}}\s?{_SHOWN})\Z"
    r"|[ⓒ©]\s?[가-힣A-Za-z0-9 .,·&()/=_@]{1,45}\Z"
    r"|(?:[ⓒ©?/]\s?|\bNews1\s?)(?:News1\s)?[가-힣]{2,4}\s?(?:기자|특파원)\Z"
    r"|재판매\s?(?:및|-)?\s?(?:DB\s?)?금지[\])]?\.?\Z"
    r"|(?:Prohibited|prohibited)\]?(?:\s\S+@\S+)?\Z"
    rf"|\S*photo\S*@\S+\Z"
)
# One of these is in every such end. Asked first, they halve the cost of a line that is no caption.
_MAY_END = re.compile(r"[=ⓒ©|ㅣl:/]|photo|rohibited")
_LAST_WORD = re.compile(rf"(?:[\])>〉.\d]|기자|특파원|금지|{AGENCY}|{_SHOWN})\s*\Z")
_LONGEST_WORD = 16  # characters
_WHOLE = re.compile(
    r"(?:[^…]{2,50}\s(?:캡[처쳐]|갈무리|자료\s?사진|DB|스틸\s?컷)|[가-힣A-Za-z0-9·& ]{2,14}\s제공"
    rf"|.{{2,60}}[.)]\s?{AGENCIES})\.?\Z"
)
_CLOSES = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|【[^【】]*】)")
_NOT_PICTURES = re.compile(
    r"(?:서비스|혜택|기회|정보|지원|무료|상품|콘텐츠|솔루션|편의|쿠폰|할인|최초|공식|[을를에로은는도의])\s제공\.?\Z"
)
_CREDITED = re.compile(
    rf"(?<=.{{8}})(?:[\[(/])\s?(?:사진\s?=\s?)?(?:[가-힣A-Za-z0-9]+[= ])?"
    rf"{names.NAME_PATTERN}\s?(?:{names.TITLE_PATTERN})"
    rf"(?:\s?[\w.]+@[\w.]*)?[\])]?\Z"
)
_SIGNED = re.compile(
    rf"(?:(?:있다|모습|장면|전경|사진)\s?[.이]?[다]?\.?|[가-힣](?<![다요죠까])\.)\s(?:[가-힣A-Za-z0-9]{{2,8}}\s)?{names.NAME_PATTERN}\s?(?:{names.TITLE_PATTERN})"
    rf"(?:\s?[\w.-]+@[\w.-]*)?\Z"
)
_MAKER = re.compile(
    rf"(?:(?P<drawn>그래픽|일러스트|그림|삽화)|사진)?\s?[=:ⓒ©]?\s?(?:(?P<press>[가-힣A-Za-z0-9]{{2,10}})\s)?"
    rf"(?<![가-힣])(?P<name>{names.NAME_PATTERN})\s?(?:{names.TITLE_PATTERN})"
    rf"\s?[(|]?\s?(?P<mail>[A-Za-z0-9._-]+@[A-Za-z0-9.-]*)?[\])〉>]*\s?\|?\Z"
)
_DATED_END = re.compile(rf"[.)\]]\s?{_DATE}\Z")
_AGENCY_END = re.compile(rf"\s{AGENCIES}\Z")
_SENTENCE = re.compile(r"(?:[다요죠까]\s?[.?!]+|[다죠까])[\"”'’」』)\]]*\Z")
_PLAIN = ("다.", "요.", "다.”", '다."')
_MARKED = re.compile(r"[=ⓒ©|ㅣ:]")
_COLLAPSED = 300  # characters: a line as long as this may have lost its breaks
_STORY = 60  # characters: less than this behind a credit is no story
_LONGEST = 420  # characters: captions of wire photos run to 300


def ends_like_sentence(line: str) -> bool:
    """Whether the line closes a Korean clause: it ends in 다, 요, 죠 or 까."""
    return _SENTENCE.search(line, max(0, len(line) - 8)) is not None


def is_caption(line: str) -> bool:
    """Whether a whole line is a caption or the credit of a picture.

    >>> is_caption("케베 알루마. KBL 제공"), is_caption("사진=클립아트코리아")
    (True, True)
    >>> is_caption("시는 사진을 제공했다."), is_caption("△무료 급식 제공")
    (False, False)
    """
    if len(line) > _LONGEST or line.startswith(("글", "취재")):
        return False
    starts = _STARTS.match(line)
    if starts:
        closed = _CLOSES.match(line)
        if closed and len(line) - closed.end() > 15:
            return False  # the credit opens a line of the story
        return len(line) < (160 if closed else 80) and not (
            ends_like_sentence(line) or line.endswith(("...", "…"))
        )
    if line[0] in "△▷◇◆◈■□●○-":
        return False
    if line.endswith(("...", "…")):
        return False  # cut off: nobody can tell where the caption ends
    if line.endswith(("(SNS)", "제공")) and (line[-1] == ")" or _NOT_PICTURES.search(line)):
        return False
    tail = max(0, len(line) - 120)
    if line.endswith(_PLAIN) and not _MARKED.search(line, tail):
        return False  # nine of ten lines
    credit = _MAY_END.search(line, tail) or _LAST_WORD.search(
        line, max(0, len(line) - _LONGEST_WORD)
    )
    ends = _ENDS.search(line, tail) if credit else None
    if ends and not (ends.start() == 0 and line[0] == "/" and "기자" in line):
        return not (line[0] in '“"' and "\u201d" in line[-30:])
    credited = _CREDITED.search(line, tail)
    if credited and credited.start() >= 8:
        before = line[: credited.start()].rstrip()
        return not ends_like_sentence(before) or _STAGED_END.search(before) is not None
    dated = _DATED_END.search(line, tail)
    if dated:
        before = line[: dated.start() + 1]
        return not ends_like_sentence(before) or _STAGED_END.search(before) is not None
    if _AGENCY_END.search(line, tail) and len(line) < 200:
        return True
    return (
        len(line) <= 90
        and _WHOLE.match(line) is not None
        and not line.startswith(("ㆍ", "·", "▲", "*"))
    )


def maker(caption: str) -> Contributor | None:
    """Who took or drew the picture, and for whom; None where the caption does not say.

    >>> found = maker("옛 다리. 2023.4.12/뉴스1 ⓒ News1 임다온 기자")
    >>> found.name, found.role, found.affiliation
    ('임다온', '사진', 'News1')
    >>> maker("옛 다리. /가람시 제공")
    """
    match = _MAKER.search(caption, max(0, len(caption) - 90))
    if match is None or not names.is_name(match["name"]):
        return None
    mail = match["mail"]
    return Contributor(
        match["name"],
        role="그래픽" if match["drawn"] else "사진",
        affiliation=match["press"] if match["press"] and names.is_press(match["press"]) else None,
        email=mail if mail and "@" in mail else None,
    )


def is_signed_caption(line: str) -> bool:
    """Whether a line above the story ends with its photographer, as captions do.

    >>> is_signed_caption("시민들이 길을 건너고 있다. 홍길동 선임기자 hong@example.com")
    True
    """
    return len(line) <= _LONGEST and _SIGNED.search(line, max(0, len(line) - 60)) is not None


_CREDIT_ONLY = re.compile(
    r"(?<=[다요]\.)\s?(?:[\[(](?=[^\[\]()]{2,60}[\])]\s*\Z)"
    r"|(?:사진|자료|그래픽|영상)\s?(?:제공)?\s?[=ⓒ©](?=[^=.]{2,40}\Z))"
)


def credit_of(line: str) -> int:
    """Where the credit begins that closes a line which is otherwise a sentence; 0 if none.

    >>> credit_of("30일 모두 공개된다. (사진=한빛방송)")
    12
    """
    match = _CREDIT_ONLY.search(line, max(0, len(line) - 70))
    if match is None or not is_caption(line[match.start() :].strip()):
        return 0
    if _STAGED_END.search(line, max(0, match.start() - 8), match.start()):
        return 0
    return match.start()


# What a second sentence of a lead begins with; the lead itself begins anew.
_GOES_ON = re.compile(
    r"[\"“]|(?:이번|이날|이어|이에|이는|이를|이와|이로|이후|이\s|해당|또|특히|한편|그러|하지만|다만|앞서|아울러|여기|당시|그는|그의|같은)"
)
_ONE_SENTENCE = 30  # characters: less than this opens no story


def opens(lines: Sequence[str], number: int) -> bool:
    """Whether a sentence with a credit is the caption above the story: its lead follows.

    >>> more = ["가람시가 다리를 새로 놓는다고 12일 밝혔다. 새 이름은 시민이 짓는다."] * 2
    >>> opens(["시민들이 새 다리를 건넜다. [사진=가람시]", *more], 0)
    True
    >>> more[0] = "이번 공사는 내년 봄까지 계속된다고 가람시는 12일 밝혔다."
    >>> opens(["가람시가 다리를 놓는다. [사진=가람시]", *more], 0)
    False
    """
    if number > 0 or len(lines) < 3 or len(lines[0]) > _LONGEST:
        return False
    lead = lines[1]
    return len(lead) >= _ONE_SENTENCE and ends_like_sentence(lead) and not _GOES_ON.match(lead)


_STAGED_END = re.compile(r"(?:\s있다|모습(?:이다)?|장면(?:이다)?)\.\Z")


# Every branch begins with a bracket or with 사진, which lets the search skip whatever is neither.
_CREDIT_GLUED = re.compile(
    r"[\[(<](?:[^\[\]()<>=]{1,30}[ /])?(?:사진|자료\s?사진|자료|그래픽)\s?(?:제공|출처)?\s?[=:/]\s?"
    r"[^\[\]()<>=]{1,30}[\])>](?=[가-힣0-9“‘\"◇◆■]{2})"
    rf"|\[(?<=다\.\[)(?:[가-힣]{{2,8}}\s)?{names.NAME_PATTERN}\s?기자\](?=[가-힣0-9“‘\"◇◆■]{{2}})"
    rf"|[\[(](?<=\..){AGENCY}\s?DB[\])](?=[가-힣0-9“‘\"◇◆■]{{2}})"
)
# Without brackets the credit ends with the name of an agency, or before a day, 이번 or 이날;
# 통신, 뉴스 or a particle behind an agency belong to its name.
_CREDIT_BARE = re.compile(
    r"사진(?:(?<=다\.사진)|(?<=다\.\s사진))\s?=\s?"
    rf"(?:{AGENCY}(?:[·/= ]?연합뉴스)?(?=[가-힣0-9“‘\"◇◆■])"
    r"(?!통신|뉴스|방송|화면|제공|캡[처쳐]|[이가은는을를도의과와]\s|에서?\s)"
    r"|[가-힣A-Za-z0-9]{2,14}\s(?:캡[처쳐]|갈무리)(?=[가-힣0-9“‘\"])"
    r"|[가-힣A-Za-z0-9]{2,14}?(?=\d{1,2}일\s|(?:이번|이날)\s))"
)
_MARKED_CAPTION = re.compile(r"(?:\A|(?<=[다요]\.))\s?▲(?=[^▲]{5,200}\Z)")
_ENDED = re.compile(r"[다요][”\"]?\.[”\"]?\s*|(?<=[가-힣]\.)(?=[가-힣])")


def glued_credits(line: str, low: int, high: int) -> list[tuple[int, int]]:
    """Credits to which the story is glued, with the noun phrase that is their caption.

    >>> line = "다리를 놓는다고 밝혔다.새 다리 조감도. (사진=가람시)가람시는 다리를 놓는다."
    >>> [line[start:end] for start, end in glued_credits(line, 0, len(line))]
    ['새 다리 조감도. (사진=가람시)']
    """
    out = []
    found = list(_CREDIT_GLUED.finditer(line, low, high))
    if "사진=" in line or "사진 =" in line:
        found += _CREDIT_BARE.finditer(line, low, high)
        found.sort(key=re.Match.start)
    for match in found:
        start = low
        for ended in _ENDED.finditer(line, low, match.start()):
            start = ended.end()
        marked = _MARKED_CAPTION.search(line, low, match.start()) if "▲" in line else None
        if marked:
            start = marked.start()  # ▲ opens a caption, whatever it says
        elif start == low or match.start() - start > 160:
            start = match.start()
        out.append((start, match.end()))
        low = match.end()
    return out


# Where a crawler lost the line break, the credit is glued to the first word of the story.
_SOURCE = (
    rf"(?:{AGENCIES}|(?:[가-힣A-Za-z0-9·’‘]{{1,14}}(?<![은는을를로에]),?\s){{1,3}}"
    rf"(?:제공(?![하한할해했받된되될됐키토합])|갈무리|자료사진)(?:\s?=\s?{AGENCY})?|[가-힣]{{1,6}}(?:일보|신문)\sDB)"
)
_NO_PARTICLE = (
    r"(?!(?:에|은|는|이|가|을|를|의|와|과|도|로|에서|에게|등|및|한|하는|받|된|되는|통신|방송|"
    r"보도|기자|계열|중인|중이|중|예정|대상)[가-힣]{0,3}[\s,.])"
)
_GLUED = re.compile(
    rf"(?:/\s?(?:{_PHOTO}\s?=\s?)?{_SOURCE}(?=[가-힣“‘\"'])"
    rf"|\s[가-힣]{{2,4}}=(?:뉴스1|뉴시스|연합뉴스)(?=[가-힣“‘\"'])"
    rf"|(?:\s있다|모습|장면|사진|전경|캠페인|한다)\.\s{{0,3}}{_SOURCE}(?=[가-힣“‘\"'])"
    r"|\.\s{0,2}[가-힣A-Za-z]{2,14}\s제공(?=[가-힣“‘])(?![하한할해했받된되될됐키토합])"
    rf"|{_PHOTO}\s[^.]{{2,25}}제공\s?=\s?{AGENCY}(?=\s?[가-힣“‘\"'])"
    rf"|[.]\s?(?:pixabay|Pixabay)\s사진(?=[가-힣])"
    rf"|[.]\s[가-힣A-Za-z·, ]{{2,24}}(?<![스택])\s제공\s(?=[가-힣]))"
    rf"{_NO_PARTICLE}"
)


# The same with a credit of its own shape; what stands before it decides.
_FOLLOWS = r"(?=\s?[가-힣A-Z0-9“‘\"'\[(▲])"
_NO_ENDING = (
    r"(?!(?:에서?|에게|은|는|이|가|을|를|의|와|과|도|로|한|하는|하며|해|받은|된|되는|등|및|통신|방송|"
    r"보도|취재|기자)[가-힣]?[\s,.])"
)
_LEADING = re.compile(
    r"[\[(](?:[^\[\]()<>=]{0,40}[ /])?"
    rf"(?:{_PHOTO}\s?(?:제공|출처)?\s?[=:ⓒ©]\s?[^\[\]()<>=]{{1,40}}"
    rf"|(?:연합뉴스|뉴시스|뉴스1|{AGENCIES}\s?(?:자료\s?사진|DB|제공))"
    rf"|[^\[\]()<>=]{{1,20}}\s제공)[\])]{_FOLLOWS}"
    rf"|(?:(?:사진|일러스트|그래픽|삽화)\s?[=/]\s?|(?:/\s?뉴스1\s?)?[ⓒ©]\s?(?:News1\s)?)"
    rf"(?:[가-힣A-Za-z0-9]{{2,8}}\s)?{names.NAME_PATTERN}\s?(?:선임)?기자{_FOLLOWS}"
    rf"|(?:(?<=[가-힣)\]”’]\.\s)(?:{AGENCIES}|블룸버그)|(?<=[)”’]\s)(?:{AGENCIES}))"
    rf"(?=[가-힣“‘\[]){_NO_ENDING}"
    r"|(?:페이스북|인스타그램|유튜브|트위터|홈페이지|누리집|방송|화면|채팅방|영상)\s?"
    rf"(?:화면\s?|영상\s?)?(?:캡[처쳐]|갈무리){_FOLLOWS}{_NO_ENDING}"
    rf"|\A/?(?:사진|이미지)\s?=\s?(?:{AGENCIES}|[가-힣A-Za-z0-9·’‘ ]{{1,24}}\s제공)"
    rf"{_FOLLOWS}(?!(?:에|의|가|는|은|로)\s)"
)
# One of these is in every such credit; each begins with a literal, so that the search is quick.
_MAY_LEAD = re.compile(
    r"제공|사진|이미지|그래픽|그림|일러스트|삽화|포스터|영상|캡처|캡쳐|갈무리|출처|자료|ⓒ|©|DB|연합뉴스|뉴시스|뉴스1|로이터|블룸버그|"
    r"게티이미지|AP|AFP|EPA|REUTERS|신화"
)
_STAGED = re.compile(
    r"(?:고|서|어|아|여|와|워|려|돼|혀|져)\s있다\.\Z|(?:모습|장면|전경)(?:이다)?\.\Z"
)
_SENTENCE_ENDS = re.compile(r"[다요까죠][.!?]|[.!?…][”’\"]")
_PLACED = re.compile(r"\d일|오전|오후|지난|\d월|현지\s?시[각간]")


def glued_head(line: str) -> int:
    """Where the story begins in a line whose first words are a caption; 0 if it has none.

    >>> more = "이날 신고를 받은 소방 당국이 나섰다. 곰은 다섯 시간 뒤에 잡혔다." * 8
    >>> glued_head("곰이 나무에 오르고 있다. /사진=뉴스1울산의 한 농가에 곰이 나타났다. " + more)
    22
    >>> glued_head("그렇게 로이터통신이 전했다. 서비스를 제공하는 회사는 두 곳이다. " + more)
    0
    """
    match = _GLUED.search(line, 0, 420) if len(line) >= _COLLAPSED else None
    if match is not None and match.end() < len(line) - 20:
        return match.end()
    if _MAY_LEAD.search(line, 0, 420) is None:
        return 0
    for match in _LEADING.finditer(line, 0, 420):
        if len(line) - match.end() < _STORY:
            break
        before = line[: match.start()].rstrip()
        ends = [ended.end() for ended in _SENTENCE_ENDS.finditer(before)]
        staged = _STAGED.search(before) is not None and _PLACED.search(before) is not None
        if not ends or (ends == [len(before)] and staged):
            return match.end()
        break
    return 0
