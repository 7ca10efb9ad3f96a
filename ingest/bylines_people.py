"""Is this string a byline, and whose? Cut into words and signs, all of which must fit.

One unknown word too many, one particle, one quotation mark and it is a sentence: reporters
are also what news is about ("김 기자는 …"). So a byline is never searched for inside text; a
piece of text is offered whole, and is one or is not.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.article import Contributor, Reporter
from corpus.ingest import bylines_names as names
from corpus.ingest import publishers

_ROLE = (
    r"(?:글|인터뷰|사진|그림|그래픽|일러스트|삽화|영상|촬영|편집|취재|정리|자료|구성|제작|번역|연출|진행|기획|캡처|캡쳐|자막|화면|녹음|"
    r"영상취재|영상편집|취재기자|촬영기자|자료조사|영상촬영|화면제공|그래픽|리서처|"
    r"프로듀서|책임 프로듀서|취재 데스크|인포그래픽|CG|VJ)"
)
_ROLE_WORD = re.compile(rf"{_ROLE}(?:\s?[·ㆍ&,/]\s?{_ROLE})*")
_WRITES = re.compile(r"글|인터뷰|(?<!영상)취재(?!\s?영상)|정리|기획")
_TOKEN = re.compile(
    rf"(?P<mail>{names.EMAIL_PATTERN}|{names.MASKED})"
    r"|(?P<half>[A-Za-z0-9][A-Za-z0-9._-]+@(?:(?![A-Za-z0-9])|[A-Za-z0-9-]*[A-Za-z0-9.-]*\.{0,3}[)\]…]?\Z))"
    r"|(?P<url>(?:https?://|www\.)[^\s가-힣)\]]+)"
    r"|(?P<word>[가-힣\u4e00-\u9fffA-Za-z0-9&'’_.-]+)"
    r"|(?P<sign>[=:/|¦ㅣ│ㆍ·,;+※☞★~])"
    r"|(?P<bracket>[\[\](){}<>〈〉【】‘’])"
    r"|(?P<space>\s+)|(?P<other>.)"
)
_HALF_MAIL = re.compile(r"[a-z][a-z0-9._-]{2,}|[A-Za-z]+\d+")
# What ends a Korean clause, or ties a word into a sentence.
_SENTENCE_WORD = re.compile(
    r".+(?:[다요죠]|[은는을를]|에게|에서|으로|[가-힣]로|에|해|며|하고|된|할|및|등|이라|라고|다고|하며|하고|해서|했던|하는|되는|된|들이|부터|까지|처럼|보다|에는|에도)\.?"
)
_FIRST = re.compile(r"논설위원|논설실장|편집위원|특파원|칼럼니스트|주필|앵커")
_WITH_PARTICLE = re.compile(r"(?:기자|특파원|앵커|위원)(?!협회|연대)[가-힣]+")
_GLUED_MAIL = re.compile(r"(?<=[가-힣])(?=[A-Za-z0-9][A-Za-z0-9._-]*@)")
# A name that is no Korean one, behind an address: "aulia@… 아울리아 마울리다".
_FOREIGN = re.compile(rf"({names.EMAIL_PATTERN})\s([가-힣]{{2,7}}\s[가-힣]{{2,7}})")
_ROMAN = r"[A-Z][A-Za-z.-]+(?:\s[A-Z][A-Za-z.-]+){1,3}"
_ROMAN_BYLINE = re.compile(
    rf"(?:By|BY)\s(?P<names>{_ROMAN}(?:(?:,|,?\sand|,?\sAND)\s{_ROMAN})*),?\s?[\[(]?(?P<mail>{names.EMAIL_PATTERN})[\])]?"
)
_LONG_GIVEN = re.compile(r"[김이박최정강조윤장임오서신권황][가-힣]{3}")
_GLUED_MAILS = re.compile(r"(\.(?:com|net|org|co\.kr|or\.kr|kr))(?=[a-z][a-z0-9._-]*@)")
_AND_OTHERS = re.compile(r"\s?외\s?\d{1,2}명\Z")
_SPLIT = re.compile(r"[·ㆍ]")
_DESK_FIRST = ("온라인", "디지털", "인터넷", "모바일", "뉴미디어", "특별")
_LONGEST = 200  # characters; six reporters with their e-mails


@dataclass(slots=True)
class Byline:
    """What a byline says. `mails` are addresses that no name stands beside.

    `desk`: a desk is named instead of a person. `strength` counts what makes it a byline:
    2 a name with a title or an e-mail, 1 an e-mail or a desk alone, 0 names at most.
    `unknown` counts words that could be anything.
    """

    reporters: list[Reporter] = field(default_factory=list)
    contributors: list[Contributor] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    place: str | None = None
    publisher: str | None = None
    desk: str | None = None
    strength: int = 0
    titled: bool = False
    unknown: int = 0


@dataclass(slots=True)
class _Person:
    name: str
    mail: str | None = None
    role: str | None = None
    title: str | None = None


def tidy_mail(mail: str) -> str | None:
    """An address as it is used; None for one that the page hid.

    >>> tidy_mail("hong (at) example.com"), tidy_mail("[email protected]")
    ('hong@example.com', None)
    """
    if mail.startswith("[email"):
        return None
    return re.sub(r"\s?(?:\(at\)|\[at\])\s?", "@", mail).replace(" ", "")


@lru_cache(maxsize=4096)
def _is_title(word: str) -> bool:
    return names.TITLE.fullmatch(word) is not None


def _goes_on(word: str) -> bool:
    """Whether a name set in single syllables goes on with `word`: 쩐 반 흐엉, but 김 용 기자."""
    if not names.is_hangul(word) or names.is_name(word) or names.is_press(word):
        return False
    return not (_is_title(word) or names.NAME_TITLE.fullmatch(word))


class _Reader:
    """One pass over the tokens. `fits` turns False at the first thing no byline has."""

    def __init__(self, text: str) -> None:
        self.people: list[_Person] = []
        self.group = 0  # where the people begin that the next e-mails belong to
        self.pending: list[str] = []  # names that no title has closed yet
        self.loose: list[str] = []  # words that are neither name nor title
        self.mails: list[str] = []  # e-mails before or without a name
        self.masked = False
        self.role: str | None = None
        self.roles: list[str] = []
        self.place: str | None = None
        self.publisher: str | None = None
        self.desk: str | None = None
        self.weak = False
        self.titles = 0
        self.unknown = 0
        self.last = ""
        self.fits = True
        tokens = [
            (str(match.lastgroup), match[0])
            for match in _TOKEN.finditer(text)
            if match.lastgroup != "space"
        ]
        self.tokens = self._joined(tokens)
        for at, (kind, value) in enumerate(self.tokens):
            self._take(at, kind, value)
            if not self.fits:
                return
        self._finish()

    def _joined(self, tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """A title may be written in two words (과학 전문기자, 수습 기자)."""
        out: list[tuple[str, str]] = []
        for (kind, value), following in zip(tokens, [*tokens[1:], ("end", "")], strict=True):
            if kind == "word" and out and out[-1][0] == "word":
                both = f"{out[-1][1]} {value}"
                if (_is_title(value) and _is_title(both)) or _ROLE_WORD.fullmatch(both):
                    out[-1] = ("word", both)
                    continue
                if out[-1][1] in _DESK_FIRST and names.DESK.fullmatch(both.replace(" ", "")):
                    out[-1] = ("word", both.replace(" ", ""))
                    continue
                if names.is_foreign_name(both) and not _is_title(value):
                    out[-1] = ("word", both)
                    continue
                spaced = out[-1][1] + value  # "김 용 기자", as names of two syllables are set
                short = len(out[-1][1]) == 1 and len(value) <= 2
                before = out[-2] if len(out) > 1 else ("start", "")
                foreign = _goes_on(following[1]) or (before[0] == "word" and len(before[1]) == 1)
                if short and names.is_name(spaced) and not foreign:
                    out[-1] = ("word", spaced)
                    continue
            out.append((kind, value))
        return out

    def _next(self, at: int) -> tuple[str, str]:
        return self.tokens[at + 1] if at + 1 < len(self.tokens) else ("end", "")

    def _take(self, at: int, kind: str, value: str) -> None:
        if kind == "mail":
            self._mail(tidy_mail(value))
        elif kind == "half":
            self._mail(value.partition("@")[0] + "@")
        elif kind == "word":
            self._word(at, value.strip("."))
        elif kind == "sign":
            self._sign(at, value)
        elif kind == "other":
            self.fits = False

    def _word(self, at: int, word: str) -> None:
        following = self._next(at)
        if not word:
            return
        self.last = word
        named = following[0] == "word" and bool(
            names.is_name(following[1]) or names.NAME_TITLE.fullmatch(following[1])
        )
        signs = ("=", "/", ":", "·", "ㆍ", ",")
        if _ROLE_WORD.fullmatch(word) and (named or following[1] in signs):
            self._close()
            before = self.tokens[at - 2 : at] if at > 1 else []
            joined = bool(before and before[0][1] in self.roles and before[1][0] == "sign")
            self.role = f"{self.role}·{word}" if joined and self.role else word
            self.roles.append(word)
            return
        if _is_title(word) or word in ("기자명",):
            self._title(word)
            return
        for part in _SPLIT.split(word):
            glued = names.NAME_TITLE.fullmatch(part)
            if glued and names.is_name(glued[1]):
                self.pending.append(glued[1])
                self._title(glued[2])
            elif _is_title(part):
                self._title(part)
            elif names.is_name(part):
                self.pending.append(part)
            elif (
                len(part) == 6 and names.is_name(part[:3]) and names.is_name(part[3:]) and self.role
            ):
                # "촬영기자:도태운도은설": the line break between crew and reporter is lost.
                self.people.append(_Person(part[:3], role=self.role))
                self.role, self.group = None, len(self.people)
                self.pending.append(part[3:])
            else:
                self._other(at, part)

    def _other(self, at: int, word: str) -> None:
        if _WITH_PARTICLE.fullmatch(word):
            self.fits = False
        elif (
            self.people
            and not self.pending
            and _HALF_MAIL.fullmatch(word)
            and self._next(at)[0] == "end"
        ):
            self._mail(word)
        elif word.isdigit() and self.titles and self._next(at)[0] == "end":
            return  # what a text that lost its signs kept of an address
        elif names.DESK.fullmatch(word):
            self.desk = word
        elif names.WEAK_TITLE.fullmatch(word) and (self.pending or len(word) > 2):
            self._close()
            self.weak = True
        elif publishers.is_publisher(word):
            self.publisher = word
        elif self._named_by_place(at, word):
            self.pending.append(word)
        else:
            self.loose.append(word)
            if (
                _SENTENCE_WORD.fullmatch(word)
                and word not in names.PLACES
                and not names.is_press(word)
            ):
                self.fits = self._next(at)[1] == "="  # a place may end like a particle
            if self._next(at)[1] != "=" and word not in names.PLACES and not names.is_press(word):
                self.unknown += 1
                self.fits = self.fits and self.unknown <= 4 and len(word) <= 16

    def _named_by_place(self, at: int, word: str) -> bool:
        """Between a publisher and a title stands a name: [한빛뉴스 마이클김 기자]."""
        kind, value = self._next(at)
        between = bool(self.publisher) and kind == "word" and _is_title(value)
        return between and not self.people and not self.pending and names.is_hangul(word)

    def _title(self, word: str) -> None:
        self.titles += word != "기자명"
        if not self.pending and not self.people and self.place and self.loose:
            self._foreign()
        if self.pending:
            self._close(word)
        elif self.people and self.people[-1].title is None:
            self.people[-1].title = word

    def _foreign(self) -> None:
        """Behind a place and before a title stands a name, of whatever origin."""
        name = self.loose[-2:]
        while len(name[0]) == 1 and len(name) < min(4, len(self.loose)):
            name = self.loose[-len(name) - 1 :]  # 쩐 반 흐엉: each syllable is a word of its own
        words = [word for word in name if len(word) > 1 or len(name) < 3]
        if all(names.is_hangul(word) and not names.is_press(word) for word in words):
            self.pending.append(" ".join(name))
            self.unknown -= len(name)
            del self.loose[-len(name) :]

    def _close(self, title: str | None = None) -> None:
        if self.pending:
            self.group = len(self.people)
            self.people += [_Person(name, None, self.role, title) for name in self.pending]
            self.pending = []
            if self.mails and len(self.people) - self.group == 1 and len(self.mails) == 1:
                self.people[-1].mail = self.mails.pop()

    def _mail(self, mail: str | None) -> None:
        self._close()
        if mail is None:
            self.masked = True
            return
        for person in self.people[self.group :]:
            if person.mail is None:
                person.mail = mail
                return
        self.mails.append(mail)

    def _sign(self, at: int, sign: str) -> None:
        if sign == "=" and self.role is None:
            before = [*self.loose, *self.pending]
            if self.titles == 0 and before:
                where = self.last if self.last in before else before[-1]
                if self.place and self.pending:  # 베를린=… 파리=…: names stand between the places
                    self.pending = [name for name in self.pending if name != where]
                    self._close()
                if names.is_press(where):
                    self.publisher = where
                    where = before[0] if len(before) > 1 else ""
                self.place = where or self.place
            elif before:
                self.place = self.place or before[-1]
            self.pending = []
            self.loose.clear()
        elif sign in "/|¦ㅣ│" and len(self.pending) == 1 and not self.people and self.role is None:
            kind, value = self._next(at)
            if kind == "word" and (names.is_name(value) or names.NAME_TITLE.fullmatch(value)):
                self.place = self.pending.pop()
        elif sign in "/|;":
            self._close()
            self.role = None

    def _finish(self) -> None:
        if self._trailing():
            self.fits = False
            return
        if self.pending:
            self._close()
        words = [value for kind, value in self.tokens if kind == "word"]
        if len(words) == 2 and len(self.people) == 1 and _FIRST.fullmatch(words[0]):
            self.people[0].title = words[0]  # "논설위원 홍길동"
        plain = " ".join(word for word in words if not _is_title(word))
        if not self.people and (self.mails or self.titles) and names.is_roman_name(plain):
            mail = self.mails.pop(0) if self.mails else None
            self.people.append(_Person(plain, mail, None, "기자" if self.titles else None))
            self.unknown = 0
        if not self.people and self.titles and self.loose and (self.mails or self.masked):
            # "전문기자 로봇 ET etbot@…": who writes need not be a person.
            last = max(
                i
                for i, token in enumerate(self.tokens)
                if token[0] == "word" and _is_title(token[1])
            )
            words = [value for kind, value in self.tokens[last + 1 :] if kind == "word"]
            if 1 <= len(words) <= 2 and self.tokens[-1][0] == "mail":
                self.people.append(
                    _Person(" ".join(words), self.mails.pop(0) if self.mails else None)
                )
                self.titles += 1
        alone = len(self.tokens) == 2 and _LONG_GIVEN.fullmatch(self.tokens[0][1]) is not None
        if not self.people and self.titles and (self.mails or alone) and not self.desk:
            self._pen_name()

    def _pen_name(self) -> None:
        """Before a title and an address stands a name of any shape; alone one of four syllables."""
        for before, title in itertools.pairwise(self.tokens):
            strange = before[0] == "word" and before[1] in self.loose
            if strange and title[0] == "word" and _is_title(title[1]):
                if names.is_hangul(before[1]) and not names.is_press(before[1]):
                    mail = self.mails.pop(0) if self.mails else None
                    self.people.append(_Person(before[1], mail, None, title[1]))
                    self.unknown = 0
                return

    def _trailing(self) -> bool:
        """Whether unknown words close it: "논설위원 격주 게재" is a headline."""
        for kind, value in reversed(self.tokens):
            if kind in ("mail", "half", "url"):
                return False
            if kind == "word":
                return value in self.loose and bool(self.titles) and not self.desk
        return False


def _tidied(text: str) -> str:
    """A byline with the signs and spaces that an address needs, and without "외 1명"."""
    if "＠" in text or "골뱅이" in text:
        text = text.replace("＠", "@").replace("골뱅이", "@")
    if "@" in text:
        text = _GLUED_MAILS.sub(r"\1 ", _GLUED_MAIL.sub(" ", text))
    if text.endswith("명"):
        text = _AND_OTHERS.sub("", text)
    return text[3:] if text.startswith(("By ", "BY ")) else text


def read(text: str) -> Byline | None:
    """What the byline `text` says; None where it is no byline.

    >>> read("남양주·양평=글·사진 임다온 기자").reporters[0].name
    '임다온'
    >>> read("배지온·신해온 기자 kim@example.com").reporters[1].name
    '신해온'
    >>> read("이솔마 기자의 영결식"), read("취재기자 연결합니다.")
    (None, None)
    """
    text = text.strip(" /-–—·|▶▷※☞*◎■●◆□▣")
    if not 2 <= len(text) <= _LONGEST:
        return None
    roman = _ROMAN_BYLINE.fullmatch(text) if text[:2] in ("By", "BY") else None
    if roman:
        people = re.split(r",\s?(?:and\s|AND\s)?|\s(?:and|AND)\s", roman["names"])
        mails = [tidy_mail(roman["mail"])] + [None] * len(people)
        return Byline(reporters=list(map(Reporter, people, mails)), strength=2, titled=True)
    foreign = _FOREIGN.fullmatch(text) if "@" in text else None
    if foreign and not names.is_name(foreign[2].split()[0]):
        mail = tidy_mail(foreign[1])
        return Byline(reporters=[Reporter(foreign[2], mail)], strength=2)
    reader = _Reader(_tidied(text))
    if not reader.fits:
        return None
    return _byline(reader)


def _byline(reader: _Reader) -> Byline | None:
    found = Byline(place=reader.place, publisher=reader.publisher, desk=reader.desk)
    if found.publisher is None:
        found.publisher = next((word for word in reader.loose if names.is_press(word)), None)
    # 글/… 사진/… share a byline; a crew does not write.
    others = [role for role in reader.roles if not _WRITES.search(role)]
    writes = len(others) < len(reader.roles) and all(role == "사진" for role in others)
    writes = writes and all(person.mail for person in reader.people)
    mailed = bool(reader.mails) or reader.masked or any(person.mail for person in reader.people)
    for person in reader.people:
        crew = person.title is not None and names.CREW.fullmatch(person.title)
        if crew or (person.role and not _WRITES.search(person.role) and not writes):
            role = person.role or person.title
            found.contributors.append(Contributor(person.name, role=role, email=person.mail))
        else:
            found.reporters.append(Reporter(person.name, person.mail))
    found.mails = [mail for mail in reader.mails if not names.is_desk_mail(mail)]
    if reader.desk and not reader.people:
        found.contributors.append(Contributor(reader.desk, role="desk"))
        if all(value == "기자" for kind, value in reader.tokens if _is_title(value)):
            found.mails = []  # beside 선임기자 it is a person's
    found.titled = reader.titles > 0
    found.unknown = reader.unknown
    credited = reader.tokens[0][1] in reader.roles and all(who.role for who in reader.people)
    if reader.people and (mailed or any(person.title for person in reader.people) or credited):
        found.strength = 2
    elif mailed or (reader.desk and not reader.people):
        found.strength = 1
    elif reader.people and reader.weak:
        found.strength = 0
    elif not reader.people:
        return None
    return found
