"""What shapes do names, titles, e-mails and places take in a byline?

A Korean name is one of about two hundred surnames and one or two syllables more; places
and desks have the same shape, so those are listed. A title closes a name; nothing else
in a byline tells a person from a word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.ingest import publishers
from corpus.ingest.words import words

_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함"
    "변염여추도소석선설마길연위표명기반라나왕금옥육인맹제모탁국은편용예경봉사부가복태목형계피두감빈동온호범빙궉옹"
    "팽승간상갈단견당좌강초시뇌묵어음순창존"
    "李金朴崔鄭姜趙尹張林"
)
_DOUBLE = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방", "어금", "망절", "강전")

# Cities, counties, districts and grounds that look like names and stand before them.
PLACES = words(
    "서울 부산 대구 인천 광주 대전 울산 세종 수원 성남 고양 용인 부천 안산 안양 남양주 화성 "
    "평택 의정부 시흥 파주 "
    "광명 김포 군포 이천 양주 오산 구리 안성 포천 의왕 하남 여주 동두천 과천 가평 양평 연천 "
    "춘천 원주 강릉 동해 "
    "태백 속초 삼척 홍천 횡성 영월 평창 정선 철원 화천 양구 인제 고성 양양 청주 충주 제천 "
    "보은 옥천 영동 증평 진천 "
    "괴산 음성 단양 천안 공주 보령 아산 서산 논산 계룡 당진 금산 부여 서천 청양 홍성 예산 "
    "태안 내포 전주 군산 익산 "
    "정읍 남원 김제 완주 진안 무주 장수 임실 순창 고창 부안 목포 여수 순천 나주 광양 담양 "
    "곡성 구례 고흥 보성 화순 "
    "장흥 강진 해남 영암 무안 함평 영광 장성 완도 진도 신안 포항 경주 김천 안동 구미 영주 "
    "영천 상주 문경 경산 군위 "
    "의성 청송 영양 영덕 청도 고령 성주 칠곡 예천 봉화 울진 울릉 창원 진주 통영 사천 김해 "
    "밀양 거제 양산 의령 함안 "
    "창녕 남해 하동 산청 함양 거창 합천 제주 서귀포 경기 강원 충북 충남 전북 전남 경북 경남 "
    "영남 호남 수도권 여의도 "
    "용산 종로 강남 서초 송파 잠실 고척 상암 장충 목동 마포 구로 광화문 청와대 국회 판문점 "
    "평양 개성 금강산 도쿄 "
    "베이징 북경 상하이 홍콩 워싱턴 뉴욕 런던 파리 베를린 모스크바 로마 제네바 방콕 하노이 "
    "자카르타 시드니 카이로 "
    "오사카 타이베이 싱가포르 마닐라 뉴델리 이스탄불 로스앤젤레스 샌프란시스코 시카고 브뤼셀 "
    "이천 문학 사직 "
    "미국 중국 일본 영국 독일 프랑스 러시아 한국 북한 인도 호주 태국 베트남"
)
_WORDS = words(
    "기자 사진 전문 경제 정치 사회 문화 국제 연예 방송 신문 본지 선임 수습 인턴 객원 온라인 "
    "디지털 편집 취재 이날 "
    "오전 오후 지난 최근 인터뷰 현장 주요 전체 모든 해당 당시 우리 이들 동료 여러 한편 이어 또한 "
    "하지만 그러나 전직 현직 "
    "소속 담당 남성 여성 시민 주민 제보 제공 자료 구독 무단 홈페이지 동영상 지면 금지 전재 "
    "배포 공동 국내 해외 "
    "공식 이상 정도 관련 기사 방송사 일간 주간 월간 안내 문의 유료 도움 선정 주최 강조 서비스 "
    "차장 부장 국장 팀장 실장 소장 반장 편집장 주임 대리 심의관 변호사 노무사 회계사 약사 의사 "
    "교사 강사 박사 변리사 설계사 조사 감사 이사 소설가 여행가 고문 "
    "정책 지원 대표 위원 의원 장관 회장 사장 총리 대통령 원장 교수 감독 선수 배우 가수 "
    "전문가 관계자 제작 연출 구성 "
    "이메일 전화 메일 정보 문의 신청 접수 방송중 원문 주소 계좌 금액 이유 방법 내용 전문 "
    "강의 상담 안전 한국 "
    "정치부 사회부 경제부 문화부 국제부 전국부 국방부 국토부 기재부 문체부 복지부 여가부 "
    "공정위 선관위 방통위 국정원 경찰청 국세청 기상청 소방청 경기장 유통 "
    "한겨레 국민 조선 동아 중앙 경향 문화 세계 한경 매경 연합 서울 노컷 전자 채널"
)

TITLE_PATTERN = (
    r"(?:(?:[가-힣A-Z]{0,4}전문|선임|수석|책임|수습|인턴|객원|온라인|시민|학생|대학생|명예|청년|주재|편집|총괄|"
    r"국제|외교|경제|산업|정치|사회|문화|체육|과학|의학|의료|환경|종교|여행|영화|음악|군사|북한|법조|사진|영상|"
    r"취재|촬영|뉴스|데이터|그래픽|디지털|방송|스포츠|연예|지역|순회|특별|초빙|논설|기상|뉴욕|워싱턴|도쿄|베이징|파리|런던)\s?){0,3}"
    r"(?:대?기자|특파원|논설위원|논설실장|논설고문|논설주간|주필|칼럼니스트|에디터|리포터|통신원|PD|피디|앵커|아나운서|"
    r"캐스터|편집위원|전문위원|해설위원|심의위원|스토리텔러)"
)
# Titles that other people have too: they make a byline only beside an e-mail or a publisher.
_WEAK_TITLE = (
    r"(?:[가-힣]{0,6}(?:팀장|부장|차장|국장|실장|센터장|본부장|작가|평론가|연구소|연구원|연구위원|대표|교수|변호사|"
    r"대리|주임|VJ|인턴|위원|소장|디자이너|크리에이터|감독))"
)
CREW = re.compile(
    r"(?:총괄|책임|제작|촬영|영상|사진|그래픽|카메라)?\s?(?:PD|피디|VJ|작가|디자이너|감독|인턴)|(?:촬영|영상|사진|카메라)기자"
)

TITLE = re.compile(TITLE_PATTERN)
WEAK_TITLE = re.compile(_WEAK_TITLE)
_NAMED = (
    rf"(?:(?:{'|'.join(_DOUBLE)})[가-힣]{{1,2}}|[{_SURNAMES}][가-힣]{{1,2}}"
    r"|[李金朴崔鄭姜趙尹張林吳韓徐申權黃安宋柳洪全高文孫裵白許][\u4e00-\u9fff]{1,2})"
)
NAME_PATTERN = _NAMED
NAME_TITLE = re.compile(rf"({_NAMED})({TITLE_PATTERN})")
# Parts as long as addresses may have them: without bounds, 20,000 letters take 10 seconds.
EMAIL_PATTERN = (
    r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}\s?(?:@|\(at\)|\[at\])\s?"
    r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}?"
    r"\.(?:[a-z]{2,63}|[A-Z]{2,63}(?![a-z]))(?:\.(?:[a-z]{2}|[A-Z]{2})(?![A-Za-z]))?"
)
EMAIL = re.compile(EMAIL_PATTERN)
MASKED = r"\[email\s?protected\]"
_NAME = re.compile(_NAMED)
_HANGUL = re.compile(r"[가-힣]{2,7}")
_ROMAN = re.compile(r"[A-Z][A-Za-z]+")
# Given names of other languages, in Hangul: with them begins a name of two words.
_GIVEN = words(
    "가브리엘 나탈리 니콜 니콜라스 다니엘 데이비드 대니얼 도널드 라울 라파엘 레베카 로라 로버트 "
    "로베르트 로저 루이스 리사 리처드 마르코 마리아 "
    "마이크 마이클 마크 마틴 막스 매슈 매튜 메리 미셸 바버라 벤자민 벤저민 브라이언 블라디미르 "
    "빅터 사라 세르게이 스테판 스티브 스티븐 안나 "
    "안드레아 안드레이 알렉산더 알렉산드르 알렉스 앤 앤디 앤드루 앤드류 에드워드 에릭 에마 "
    "에밀리 엘리자베스 올리버 올리비아 요한 윌리엄 이반 "
    "제니퍼 제러미 제이슨 제이콥 제임스 조너선 조셉 조슈아 조지 존 줄리아 찰스 카를로스 캐서린 "
    "케빈 크리스 크리스토퍼 클레어 클라우스 토니 토머스 "
    "토마스 티머시 파울 패트릭 페드로 폴 프랭크 피에르 피터 필립 한스 헨리"
)
DESK = re.compile(
    r"[가-힣A-Za-z0-9]*(?:뉴스|편집|취재|보도|사진|디지털|온라인|경제|산업|정치|사회|문화|국제|스포츠|연예|미디어|콘텐츠|"
    r"영상|방송|전국|증권|금융|부동산|이슈|라이프|속보|인터넷|기획|특별|지역|영남|호남)[가-힣A-Za-z]{0,4}(?:부|팀|국|실|센터|본부|데스크|룸|반)"
    r"|디지털뉴스|온라인뉴스|편집국|보도국|뉴스룸|(?:특별|공동|기획|탐사|이슈|속보)?(?:취재|보도|뉴스|기획|연예|스포츠)팀|[가-힣]{0,6}취재단|공동취재"
)
PRESS = re.compile(
    r"[가-힣A-Za-z0-9&·. ]{0,14}(?:뉴스|일보|신문|닷컴|타임[스즈]|저널|데일리|통신|투데이|"
    r"헤럴드|매일|방송|TV|NEWS|News|"
    r"뉴시스|미디어|이코노미|경제|스포츠|포스트|코리아|일간|기자연대|기자협회|리스트|스타|엔|와이어)(?:TV)?"
)
_DESK_LOCALS = words(
    "sports news scoop newsinfo desk press web online onlinenews open webmaster jebo nownews "
    "star enter info "
    "help admin master editor society social digital photo culture politics economy tip report "
    "jebo23 okjebo "
    "contact service cs ad biz rodongphoto newsdesk edit yonhap"
)


@lru_cache(maxsize=8192)
def is_name(word: str) -> bool:
    """Whether `word` can be one person's name, and nothing that is better known by it.

    >>> is_name("남궁민수"), is_name("허솔"), is_name("정다워")
    (True, True, True)
    >>> is_name("예산"), is_name("디지털뉴스부")
    (False, False)
    """
    return (
        (_NAME.fullmatch(word) is not None or (" " in word and is_foreign_name(word)))
        and word not in PLACES
        and not word.startswith("기자")
        and word[-1] not in "는를였했"
        and word not in _WORDS
        and not publishers.is_publisher(word)
    )


def is_foreign_name(text: str) -> bool:
    """Whether two words in Hangul are a name of another language, its given name first.

    >>> is_foreign_name("마이클 브린"), is_foreign_name("도은설 베를린")
    (True, False)
    """
    given, _, family = text.partition(" ")
    return given in _GIVEN and is_hangul(family) and not is_press(family)


def is_hangul(word: str) -> bool:
    """Whether `word` is two to seven syllables, as names of any origin are, and no common word."""
    return _HANGUL.fullmatch(word) is not None and word not in _WORDS and word not in PLACES


def is_desk_mail(mail: str) -> bool:
    """Whether an address belongs to a desk, not to a person.

    >>> is_desk_mail("jebo@example.com"), is_desk_mail("jbo@example.com")
    (True, False)
    """
    local = mail.partition("@")[0].lower()
    return local in _DESK_LOCALS or "jebo" in local


@lru_cache(maxsize=8192)
def is_press(text: str) -> bool:
    """Whether `text` names a publisher: one that the table knows, or one by its shape."""
    if publishers.is_publisher(text):
        return True
    return len(text) >= 3 and PRESS.fullmatch(text) is not None


def is_roman_name(text: str) -> bool:
    """Whether two to four capitalised Latin words follow each other, as in Kim Na-rae."""
    parts = text.replace("-", " ").split()
    return 2 <= len(parts) <= 4 and _ROMAN.fullmatch(parts[0]) is not None
