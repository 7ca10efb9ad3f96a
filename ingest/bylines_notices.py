"""Which notices do publishers put around a story? Copyright, tips, promotion, lists, stamps, notes.

A notice is told from a sentence of the story by its sign (▶ ☞ ※), its brackets, or by what
only a notice says: a sentence that reports on subscriptions, tips or helplines is story.
"""

from __future__ import annotations

import re

from corpus.ingest import bylines_captions as captions

_COPYRIGHT = re.compile(
    r"무단\s?(?:전재|복제|배포|도용|사용|게재)|재배포\s?(?:및\s?DB\s?)?금지|[Gg]ood\s?[Nn]ews\s?[Pp]aper|저작권자\s?[(ⓒ©?\[<:]|"
    r"저작권\s?(?:자|은)\b|[Cc]opyrights?(?![a-z])|COPYRIGHT|All\s?[Rr]ights?\s?[Rr]eserved|"
    r"^[\[<(〈]?\s?[ⓒ©]\s?[가-힣A-Za-z].{0,40}(?:\.com|\.kr|\.net|Corp|Inc|㈜|주식회사)"
)
_END = re.compile(
    r"[\[(<〈]?\s?(?:끝|END|End|完)\s?[\])>〉]?\.?|\(계속\)|[■◆●▣□※▶☞★]|[-=_*~]{3,}|[\[(]종합[\])]"
)
_HASHTAGS = re.compile(
    r"(?:키워드\s?(?:Tags?)?\s?|Tags?\s?|태그\s?[:：]?\s?)?(?:#[^\s#\"”’'.,!?][^#\"”.!?]{0,24})+"
)
_TAG = re.compile(r"#\s?([^#,]+)")
_ASKS_FOR_TIPS = re.compile(
    r"okjebo|jebo\d*|(?:여러분|당신|시청자|독자)의\s?(?:소중한\s)?제보|제보를?\s?(?:기다립|부탁|받습니다)|제보가\s?뉴스|(?:모든|생생한|다양한)\s?얘깃거리를?\s?알려"
)
_TIP = re.compile(
    r"기사\s?제보|뉴스\s?제보|^\W{0,3}제보\s?[:：]?\s?\d|제보\s?(?:하기|하실|전화|메일|이메일|문의|및)|제보는\s|기사\s?문의|"
    r"보도자료\s?(?:제공\s)?\S*@|KBS제보|[@'‘][가-힣A-Za-z0-9]{1,8}제보[’']?"
)
_CONTACT = re.compile(
    r"[■▷▶●□◇\-*•·]?\s?[\[(]?(?:전화|이메일|메일|카카오톡|카톡|홈페이지|온라인\s?제보|사이트|웹사이트|뉴스\s?홈페이지|"
    r"텔레그램|유튜브|페이스북|인스타그램|라인|네이버|앱)[\])]?\s?[:：\])]"
    r"|[▷▶■●]\s?(?:전화|이메일|메일|카카오톡|카톡|카카오|홈페이지|웹사이트)\s?[\d:@'‘“A-Za-z]"
)
_PROMO = re.compile(
    r"구독\s?(?:하|클릭|신청|부탁)|(?:를|을)\s?구독|뉴스레터|채널\s?(?:추가|구독)|받아\s?보(?:세요|기|실)|"
    r"만나\s?보(?:세요|기|실 수)|바로\s?가기|앱\s?(?:다운|설치|으로)|다운로드|다운받기|"
    r"팔로우|팔로잉|카카오톡\s?@|"
    r"플러스\s?친구|클릭\s?한\s?번|생방송\s?(?:보기|만나)|무료\s?(?:만화|운세)|VOD|SNS\s?신청|투표하기|가입하기|"
    r"확인하세요|확인해\s?보세요|참여하기|후원하기|정기\s?후원|멤버십|더\s?보기|모아\s?보기|영상\s?보기|기사\s?(?:원문|전체)?\s?보기|"
    r"원문보기|[Nn]ewsletter|카톡\s?채팅|직접\s?확인|해당\s?언론사|홈에서|메인에서|네이버\s?[TtVv]|에서도\s?뉴스는|"
    r"신청하세요|놓치지\s?마|보시려면|모집\]"
)
_URGES = re.compile(
    r"(?:하세요|보세요|으세요|드려요|주세요|십시오|마세요|하기|가기|보기|받기|클릭|참여|만나기|신청|구독|추가|채팅)"
    r"[!~.\])>▶\s]*\Z"
)
_BUTTON = re.compile(r"(?:하기|가기|보기|받기|클릭!?)\s*\Z")
_OFFERS = re.compile(r"(?:받아|만나)\s?보(?:실|세)|팔로잉|팔로우|구독")
SIGNS = "▶▷☞★☆✔※■□▣◀↑→*•◇◆►➤➡✅📌👉-–"
_CHROME = re.compile(
    r"의견을?\s?남겨|^(?:기사\s)?댓글\s?\d*$|^좋아요|좋아요\s?\d|공유하기|기사(?:원문)?\s?스크랩|기사\s?(?:보내기|저장|URL)|"
    r"복사되었습니다|다른\s?기사\s?(?:보기|더)|"
    r"이\s?기사(?:의\s카테고리|에\s?대해\s어떻게)|기사가\s?속한|언론사의?\s(?:분류|한 기사)|"
    r"카테고리로\s분류|언론사에서\s.{1,12}섹션으로\s분류|해당\s언론사로\s이동|글자\s?크기|본문\s글씨|인쇄하기|목록으로|맨\s?위로|^동영상\s?뉴스|읽어주기|브라우저에서만|VOD\s?시청|^고화질$|"
    r"^(?:페이스북|트위터|카카오톡|URL\s?복사|프린트|확대|축소|스크랩|음성으로\s?듣기|번역\s?(?:설정|하기)|글씨\s?(?:크기|키우기|줄이기).{0,6}|메일\s?보내기|기사\s?섹션\s?분류\s?안내|"
    r"본문\s?요약봇?|텍스트\s?(?:음성\s?변환\s?서비스.{0,8}|크기\s?조정)|기자\s?(?:구독|페이지|프로필)|동영상\s?영역\s?(?:시작|끝)|ADVERTISEMENT|광고|"
    r"이\s?기사를\s(?:공유|추천)합니다|쏠쏠정보|흥미진진|공감백배|분석탁월|후속강추|주소\s?복사|URL\s?줄이기|가\s?\+|가\s?-|전체메뉴.{0,4}|다크\s?모드)$|포토\s?매거진|M-SPORTS|사진\s?및\s?기사\s?구매|"
    r"^뉴스(?:데스크|투데이|룸|나이트|와이드|9|7)$|기사입력\s.*기사원문|모든\s시민은\s기자다"
)
_HEADER = re.compile(
    r"[\s\[▶*■<-]{0,3}(?:키워드\s?)?(?:관련\s?(?:기사|뉴스|영상)(?:\s?더\s?보기)?|이\s?기사와\s?함께|"
    r"함께\s?(?:보면|읽으면)\s?좋은\s?기사|댓글\s?많은\s?뉴스|이\s?시각\s?주요\s?(?:뉴스|기사)|많이\s?(?:본|읽은)\s?(?:뉴스|기사)|"
    r"인기\s?(?:뉴스|기사)|추천\s?(?:뉴스|기사)|최신\s?(?:뉴스|기사)|Related\s?(?:Articles?|News|Stories)|"
    r"Most\s?(?:Read|Viewed|Popular)|[가-힣A-Za-z]{2,10}\s?(?:핫뉴스|인기기사|많이\s?본\s?뉴스))[\s\]>:：-]{0,3}"
)
_CLOCK = (
    r"(?:\s?[(\[]?[월화수목금토일]?[)\]]?\s?(?:오전|오후)?\s?[(\[]?\d{1,2}[:시]\s?\d{2}(?::\d{2}|"
    r"분)?[)\]]?)"
)
_STAMP = re.compile(
    r"(?:(?:기사)?(?:입력|등록|승인|송고|수정|최종\s?수정|게재|발행|작성|업데이트)(?:일시|시간|일|됨|시각)?\s?[:：|]?\s?)?"
    rf"(?:19|20)\d\d\s?[-./년]\s?\d{{1,2}}\s?[-./월]\s?\d{{1,2}}\s?(?:일|\.)?{_CLOCK}?"
    r"\s?(?:송고|입력|수정|등록|게재)?\s?[|/]?(?:\s?(?:수정|최종수정)\s?.{0,24})?"
)
_PAGE = re.compile(
    r"[\[(<〈]?(?:[가-힣]{2,8}\s)?(?:(?:19|20)\d\d[-./년]\s?\d{1,2}[-./월]\s?\d{1,2}일?자?\s)?(?:[A-Z]?\d{1,3})\s?면(?:\s?\d단)?(?:\s?\([가-힣]{2,4}\))?[\])>〉]?|"
    r"\W{0,3}이\s?기사는\s.{0,30}\d{1,3}\s?면에?\s?(?:실렸|게재됐|게재되었|보도됐)습니다\W{0,3}|"
    r"(?:본지|지면|종이신문)\s?(?:게재|보기|보도)?\s?[:：]?\s?.{0,12}\d{1,3}\s?면"
)
_HELP = re.compile(
    r"(?:어려운\s고민|우울감|도움이\s필요|말하기\s어려).{0,160}(?:상담|전화|☎)|^\W{0,3}※.{0,80}(?:자살|상담).{0,40}(?:전화|☎|109|1393)"
)
_FUNDED = re.compile(
    r"^\W{0,3}(?:이|본|해당)\s?(?:기사|기획|기획물|보도|콘텐츠|취재|기획기사)[은는].{0,80}"
    r"(?:지원|후원|협찬|제휴|AI|인공지능|자동|번역|생성|작성|실린|공동\s?기획)|^기사의\s원\s?데이터|"
    r"(?:기금|재단)의?\s.{0,16}(?:지원|후원)을?\s?(?:을|를)?\s?받아\s?(?:작성|제작|취재|보도)"
)
_CORRECTED = re.compile(
    r"^\W{0,3}(?:정정\s?[·및]?\s?(?:반론)?\s?보도|반론\s?보도|바로잡습니다|알려왔습니다|정정합니다)"
)
_EDITOR = re.compile(
    r"^(?:아래|위|다음)\s?(?:텍스트|내용|원고)[은는].{0,40}(?:방송|인터뷰).{0,30}(?:차이|다를)|"
    r"^\W{0,3}(?:편집자\s?주|덧붙이는\s?글|(?:필자|글쓴이)\s?소개\W)|^[*※]\s?[^▶]{8,200}(?:연재합니다|연재|게재합니다|일치하지\s않을|다를\s수\s있습니다|무관합니다|"
    r"필자의\s|외부\s?필자)[^다]{0,10}(?:다\.)?\Z"
)
_EDITORS = re.compile(
    r"\A\W{0,3}편집자\s?[주註](?:\W|\Z)|[\[(<〈【=–-]\s?편집자(?:\s?[주註])?\s?[\])>〉】]?\s*\Z"
)
_SPEECH = re.compile(
    r"[▶◇◆▷]?\s?(?:인터뷰|스탠딩|현장음|녹취|기자|SYNC|싱크|앵커)\s?(?:\(.{1,6}\))?\s?[:：]|[“\"‘']|-\s?[“\"][^“”\"]*[”\"]\Z"
)


def is_copyright(text: str) -> bool:
    """Whether a piece forbids copying; a sentence about copyright does not.

    >>> is_copyright("[ⓒ가람일보, 무단전재 및 재배포 금지]")
    True
    >>> is_copyright("저작권은 무단 복제로 침해된다.")
    False
    """
    if len(text) > 260 or not _COPYRIGHT.search(text):
        return False
    return not captions.ends_like_sentence(text) or "금지" in text[-12:] or "eserved" in text


def is_end(text: str) -> bool:
    """Whether a piece only marks the end: (끝), ■, (END)."""
    return len(text) <= 12 and _END.fullmatch(text) is not None


def is_hashtags(text: str) -> bool:
    """Whether a piece is nothing but hashtags.

    >>> is_hashtags("#한복 #워싱턴DC"), is_hashtags("#. 친구들과 식당을 찾았다.")
    (True, False)
    """
    if "#" not in text or len(text) > 300:
        return False
    return text.startswith("키워드") or (text[0] == "#" and _HASHTAGS.fullmatch(text) is not None)


def tags(text: str) -> tuple[str, ...]:
    """The words of a hashtag line.

    >>> tags("#한복 #워싱턴DC")
    ('한복', '워싱턴DC')
    """
    return tuple(filter(None, (found[1].strip() for found in _TAG.finditer(text))))


def asks_for_tips(text: str) -> bool:
    """Whether a piece asks readers for tips; a sentence that reports on tips does not.

    >>> asks_for_tips("▶제보는 카톡 okjebo"), asks_for_tips("제보 전화도 걸려왔다.")
    (True, False)
    """
    if _ASKS_FOR_TIPS.search(text):
        return len(text) <= 200 and not _is_plain(text)
    return _TIP.search(text) is not None and not captions.ends_like_sentence(text)


def is_contact(text: str) -> bool:
    """Whether a line gives a way to reach somebody; announcements end with such lines too."""
    return len(text) <= 90 and _CONTACT.match(text) is not None


def promotes(text: str, *, alone: bool) -> bool:
    """Whether a piece asks to subscribe, click or follow; `alone` when it is a whole line.

    >>> promotes("▶ 한빛일보닷컴 바로가기", alone=False)
    True
    >>> promotes("그는 구독자를 모았다.", alone=True)
    False
    """
    if not _PROMO.search(text) or _is_plain(text):
        return False
    if text[0] in SIGNS or text[0] in "[<(":
        return len(text) <= 100
    if not alone:
        return len(text) <= 45 and _BUTTON.search(text) is not None
    return len(text) <= 70 and _URGES.search(text) is not None


def _is_plain(text: str) -> bool:
    """Whether a piece ends as sentences of a story do: notices say 니다 where a story says 다."""
    return text.endswith(("다.", "다.”", '다."')) and not text.endswith("니다.")


def offers(text: str) -> bool:
    """Whether a sentence offers something of the publisher's own, below an advertisement."""
    return len(text) <= 80 and _OFFERS.search(text) is not None


def is_chrome(text: str) -> bool:
    """Whether a short line is a button or a notice of the page."""
    if len(text) > 90 or _CHROME.search(text) is None:
        return False
    return not (_is_plain(text) and len(text) > 24)


def is_header(text: str) -> bool:
    """Whether a line heads a list of other articles; 주요뉴스 in a market briefing does not."""
    return len(text) <= 30 and _HEADER.fullmatch(text) is not None


def is_stamp(text: str) -> bool:
    """Whether a line only says when it was entered, sent or changed."""
    return len(text) <= 80 and _STAMP.fullmatch(text) is not None


def is_page(text: str) -> bool:
    """Whether a line only says where it stood on paper."""
    return len(text) <= 60 and _PAGE.fullmatch(text) is not None


def is_speech(text: str) -> bool:
    """Whether a piece opens as somebody's words do: ▶ 인터뷰 : …, or a quotation mark."""
    return _SPEECH.match(text) is not None


def leads(text: str) -> bool:
    """Whether a piece opens with a sign that heads advertisements."""
    return text[:1] in ("✔", "★", "☞", "✅", "📌", "👉")


def opens_as_note(text: str) -> bool:
    """Whether a line above the story is an editor's note.

    >>> opens_as_note("[편집자주] 한빛일보는 다리의 역사를 다섯 차례에 걸쳐 싣습니다.")
    True
    """
    return "편집자" in text and len(text) <= 600 and _EDITORS.search(text) is not None


def note_kind(text: str) -> str | None:
    """helpline, correction, funding or editor, where a piece is such a note; else None."""
    if len(text) > 320:
        return None
    if _HELP.search(text):
        return "helpline"
    if _CORRECTED.search(text):
        return "correction"
    if _FUNDED.search(text):
        return "funding"
    return "editor" if _EDITOR.search(text) else None
