"""Is this author string a person? Persons have a title, or look like a Korean name.

Metadata gives "순천, 광양 구현모 기자 ninek@…", "박준석 기자 외 1명", "SBS 뉴스", "디지털뉴스부",
"iMBC 연예": publishers, desks and places are no authors, and their mail is nobody's.
"""

from __future__ import annotations

import re

from corpus.article import Reporter
from corpus.ingest import publishers
from corpus.ingest.words import words

_MAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_OTHERS = re.compile(r"\s*외\s*\d+\s*(?:명|인)")
_TITLE = (
    r"(?:(?:선임|수석|수습|인턴|객원|온라인|시민|대|[가-힣]{0,6}전문)\s?)?"
    r"(?:기자|특파원|논설위원|논설실장|칼럼니스트|에디터|리포터|통신원|PD|앵커|캐스터|편집위원|전문위원|해설위원|팀장|차장|부장)"
)
_NAME = r"[가-힣]{2,4}"
_TITLED = re.compile(rf"(?<![가-힣])((?:{_NAME}\s?[·ㆍ,/&]\s?)*{_NAME})\s*{_TITLE}(?![가-힣])")
# "이혜미 하상윤 기자": names beside the one before the title, of three syllables, no places
_BESIDE = re.compile(rf"(?<![가-힣])((?:[가-힣]{{3}}\s)+)(?={_NAME}\s*{_TITLE}(?![가-힣]))")
_PLACES = words("서귀포 남양주 의정부 동두천 여의도 워싱턴 베이징 상하이 자카르타 하노이 모스크바")
_SPACED = re.compile(r"(?<![가-힣])(남궁|황보|제갈|선우|독고|사공)\s(?=[가-힣]{1,2}(?![가-힣]))")
_ROLES = re.compile(r"(?:사진|영상|그래픽|일러스트)\s?[=/:·]?\s?[가-힣]{2,4}(?![가-힣])")
_WROTE = re.compile(r"\A\s*(?:글|취재|by)\s?[=/:]?\s", re.I)
_GLUED = re.compile(r"(?<![가-힣])([가-힣]{2,4}?)(?:기자|특파원|논설위원)(?![가-힣])")
_SEPARATORS = re.compile(r"\s*(?:[,;/|·ㆍ&]|\band\b|\s{2,})\s*")
_ROMAN = re.compile(r"[A-Z][a-z]+(?:[- ](?:[A-Z][a-z]+|[a-z]{2,}|[A-Z]\.)){1,3}")
_NOT_ROMAN = re.compile(
    r"\b(?:News|Daily|Times|Herald|Agency|Desk|Team|Staff|Press|Korea|Journal|Media|Online|Editor)",
    re.I,
)
_DESK = re.compile(
    r"뉴스|일보|신문|방송|닷컴|경제|연예|스포츠|미디어|온라인|디지털|편집|취재|데스크|센터|기획|관리자|운영자"
    r"|[가-힣]{2,}(?:부|팀|국|실)\Z|매체|포토|영상|보도|기자|제보|독자|사진|그래픽|제공|연합|정리|원문|전재|무단"
)
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함"
    "변염여추도소석선설마길연위표명기반라나왕금옥육인맹제모탁국은편용예경봉사부가복태목형계피두감빈동온호범팽승간상갈"
    "단견당좌강초"
)
_DOUBLE = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방", "어금", "망절")

# A local part that a whole desk shares: not a person's address.
_SHARED = words(
    "news sports scoop newsinfo desk press web online onlinenews open webmaster jebo nownews star "
    "enter info help admin master editor conews society social digital photo culture politics "
    "economy tip report jebo23 okjebo contact service cs ad biz"
)


def looks_like_name(text: str) -> bool:
    """Whether `text` can be one person's name: a surname and one to three syllables.

    >>> looks_like_name("남궁민수"), looks_like_name("디지털뉴스부"), looks_like_name("경제부")
    (True, False, False)
    """
    if publishers.is_publisher(text) or publishers.is_portal(text) or _DESK.search(text):
        return False
    if re.fullmatch(r"[가-힣]{2,4}", text):
        if len(text) == 4:
            return text.startswith(_DOUBLE)
        return text[0] in _SURNAMES
    return bool(_ROMAN.fullmatch(text)) and not _NOT_ROMAN.search(text)


def is_personal(mail: str) -> bool:
    """Whether an address may belong to one person rather than to a desk."""
    local = mail.partition("@")[0].lower()
    return local not in _SHARED and not re.fullmatch(r"(?:jebo|sbs8news|webmaster)\w*", local)


def _bare_name(piece: str) -> str:
    """The name in "이남경", "YTN 이은지" or "이남경 MK스포츠"; "" if there is none."""
    if looks_like_name(piece):
        return piece
    first, _, rest = piece.partition(" ")
    if rest and publishers.is_publisher(rest) and looks_like_name(first):
        return first
    if rest and publishers.is_publisher(first) and looks_like_name(rest):
        return rest
    return ""


def persons(text: str, mail: str = "") -> list[Reporter]:
    """The people named in an author string, with their e-mails where they are printed.

    >>> [p.name for p in persons("순천, 광양 구현모 기자 ninek@example.com")]
    ['구현모']
    >>> persons("박준석 기자 외 1명"), persons("SBS 뉴스"), persons("가람일보 편집국")
    ([Reporter(name='박준석', email=None)], [], [])
    """
    text = text[:500]
    mails = [found for found in _MAIL.findall(f"{text} {mail}") if is_personal(found)]
    text = " ".join(_OTHERS.sub(" ", _MAIL.sub(" ", text)).replace("()", " ").split())
    text = _SPACED.sub(r"\1", text)
    if _WROTE.match(text):
        text = _ROLES.sub(" ", _WROTE.sub("", text))
    names: list[str] = []
    for match in _TITLED.finditer(text):
        beside = _BESIDE.search(text, max(0, match.start() - 20), match.end())
        together = beside[1].split() if beside else []
        names += [one for one in together if looks_like_name(one) and one not in _PLACES]
        names += [one.strip() for one in re.split(r"[·ㆍ,/&]", match[1])]
    names = [name for name in names if len(name) >= 2 and not _DESK.search(name)]
    if not names:
        names = [match[1] for match in _GLUED.finditer(text) if not _DESK.search(match[1])]
    if not names:
        bare = re.sub(r"[()\[\]<>=:]+", ",", text)
        bare = re.sub(rf"\s*{_TITLE}(?![가-힣])", ",", bare)
        names = [name for piece in _SEPARATORS.split(bare) if (name := _bare_name(piece))]
    unique = list(dict.fromkeys(name for name in names if not publishers.is_publisher(name)))
    if len(unique) == 1 and mails:
        return [Reporter(name=unique[0], email=mails[0])]
    if len(unique) == len(mails):
        return [Reporter(name=name, email=mail) for name, mail in zip(unique, mails, strict=True)]
    return [Reporter(name=name) for name in unique]


def combine(
    printed: list[Reporter], stated: list[Reporter], removed: str = ""
) -> tuple[Reporter, ...]:
    """Reporters from the body (`printed`) and from metadata and boxes (`stated`) as one list.

    What the body prints is believed; the others fill in e-mails, and further names only
    where they agree with it on one name at least, or where the name stands in what was
    `removed` from the body (yna.co.kr/en states 유지호 for the printed Yoo Jee-ho).
    """
    known: dict[str | None, str | None] = {one.name: one.email for one in stated if one.name}
    named = [one for one in printed if one.name]
    bare = [one.email for one in printed if not one.name and one.email]
    if named:
        names = {one.name for one in named}
        out = [one if one.email else Reporter(one.name, known.get(one.name)) for one in named]
        agreed = bool(names & known.keys())
        out += [
            one
            for one in stated
            if one.name and one.name not in names and (agreed or one.name in removed)
        ]
        return tuple(out + [Reporter(None, mail) for mail in bare])
    out = list(stated)
    taken = {one.email for one in out}
    bare = [mail for mail in bare if mail not in taken]
    open_ = [at for at, one in enumerate(out) if not one.email]
    if bare and len(open_) == len(bare):
        for at, mail in zip(open_, bare, strict=True):
            out[at] = Reporter(out[at].name, mail)
        bare = []
    return tuple(out + [Reporter(None, mail) for mail in bare])
