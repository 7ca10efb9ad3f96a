"""In which other ways is a word or phrase written?

The rules of the contract that need nothing but the query text; readings of Hanja, which need
the text of the index, are `hanja_forms`. Every form is a pattern like that of the word
itself, so it is found, marked and counted by the same code. Its kind is told with every match:

    spacing       인공지능 = 인공 지능; the gaps of a phrase may hold quotes and brackets
    sign          5·18 = 5ㆍ18 = 5.18; 한미일 = 한·미·일; 12000 = 12,000; km = ㎞
    hanja         금값 = 金값
    abbreviation  미국 = 美, standing alone, as headlines have it
    synonym       what corpus.toml says

A spaced form is cut only where both sides have two syllables and begin words: 시장경제 finds
시장 경제의 and not 서울시장 경제.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, combinations, pairwise
from typing import Literal, NamedTuple

from corpus.index.characters import (
    DIGIT,
    HANGUL,
    HANJA,
    LATIN,
    kind_of,
    kinds_of,
)
from corpus.index.protocol import Synonyms
from corpus.index.query import Pattern

Kind = Literal["literal", "spacing", "sign", "hanja", "abbreviation", "synonym", "fuzzy"]

# Noncharacters, which no stored text holds, stand in a pattern for one of several signs.
ANY_DOT = "\ufdd0"
ANY_QUOTE = "\ufdd1"
DOTS = "·ㆍ‧・•∙"  # one separator, whichever it is
QUOTES = "\"'`‘’“”′″「」『』<>〈〉《》()[]{}【】〔〕＂＇（）［］＜＞"
CLASSES = {ANY_DOT: DOTS, ANY_QUOTE: QUOTES}

LONGEST = 60  # characters of a word or phrase that has other forms
MOST_FORMS = 24  # of one word; those with the fewest changes

# What a number counts stays with it: 2021년 is no 2021 년.
_COUNTED = (
    "년 월 일 시 분 초 명 인 원 개 대 건 호 회 차 번 위 등 점 표 억 만 천 "
    "조 백 세 살 층 동 권 주 배 도 편 곳 채 척 쪽 면 장 군 구 급 퍼센트 "
    "달러 엔 위안 유로 미터 킬로 그램 리터 평 여 가지 학년 마리 사람 나라 경기 "
    "골 타 승 패 무 연승 연패"
)
_COUNTERS = tuple(_COUNTED.split())

# With one of these behind it a number is a quantity.
_COUNTING = "년월일시분초명개건호회차번위등점억조백세살층권배편곳채척쪽면장군구급원승패학%％"
_QUANTITY = f"{_COUNTING}만천유인주계단동기℃㎞㎏㎝㎜㎡.,0123456789kmgclKMGCL{DOTS}"

_SIGNS = (
    ("㎞", "km"), ("㎝", "cm"), ("㎜", "mm"), ("㎡", "m²"), ("㎢", "km²"), ("㎥", "m³"),
    ("㎏", "kg"), ("㎎", "mg"), ("㎖", "ml"), ("㎘", "kl"), ("㏄", "cc"), ("㏊", "ha"),
    ("㎾", "kw"), ("㎿", "mw"), ("㎐", "hz"), ("㎑", "khz"), ("㎒", "mhz"), ("㎓", "ghz"),
    ("㏈", "db"), ("㎈", "cal"), ("㎉", "kcal"), ("℃", "도"), ("㈜", "(주)"), ("㈔", "(사)"),
    ("㈐", "(다)"), ("№", "no."), ("⅓", "1/3"), ("½", "1/2"), ("¼", "1/4"),
)  # fmt: skip
# Each for the other; but 100도 need be no temperature.
_REPLACED = [(old, new) for one in _SIGNS for old, new in (one, one[::-1]) if old != "도"]

# One Hanja for a name, as headlines write it; only where it stands alone.
ABBREVIATIONS = {
    "한국": "韓", "미국": "美", "중국": "中", "일본": "日", "북한": "北", "러시아": "露",
    "영국": "英", "프랑스": "佛", "독일": "獨", "인도": "印", "호주": "濠", "대만": "臺台",
    "베트남": "越", "이탈리아": "伊", "유럽": "歐", "캐나다": "加", "태국": "泰",
    "검찰": "檢", "경찰": "警", "여당": "與", "야당": "野", "청와대": "靑",
    "여성": "女", "남성": "男",
}  # fmt: skip
HEADLINES = "".join(ABBREVIATIONS.values())


class Form(NamedTuple):
    """One way to write a word: `pattern` as `find` takes it, `kind`, `shown` to people.

    Found only in articles published from `first` to `last` (yyyymmdd; 0 and 0: any, undated
    too), with none of the characters `not_behind` before it and none of `not_before` after.
    """

    pattern: Pattern
    kind: Kind
    shown: str
    first: int = 0
    last: int = 0
    not_behind: str = ""
    not_before: str = ""


@lru_cache(1024)
def of(text: str) -> tuple[Form, ...]:
    """The other forms of a word, or of a phrase where it holds a space; none of a long one,
    which could be cut in too many ways."""
    if len(text) > LONGEST:
        return ()
    return of_phrase(text) if " " in text else of_word(text)


def may_be_hanja(text: str) -> bool:
    """Whether a word may be written in Hanja: two or more syllables, never one alone."""
    return len(text) > 1 and all("가" <= one <= "힣" for one in text)


# One Hanja and one syllable are a word only where a word can end: 金값이, but no 現대|표. A
# particle behind a Hanja makes no word (李에 is no 이에), and what headlines use for a country
# may stand before any word: 日반도체 is no 일반.
PARTICLES = "이가은는을를의에도만과와로으라까엔"
NO_WORDS = f"{PARTICLES}서"


def ends_well(text: str, start: int, end: int) -> bool:
    """Whether two characters, one of which may be Hangul, can be a whole word of the text.

    >>> ends_well("金값이 뛴다", 0, 2), ends_well("現대표", 0, 2)
    (True, False)
    """
    last = text[end - 1]
    if kind_of(last) == HANGUL:
        if last in NO_WORDS:
            return False
        if kind_of(text[end : end + 1] or " ") == HANGUL:
            return text[end] in PARTICLES and text[start] not in HEADLINES
    return not (start and kind_of(text[start]) == HANGUL == kind_of(text[start - 1]))


def of_word(text: str) -> tuple[Form, ...]:
    """The other forms of a plain word (folded), the nearest first.

    >>> [form.shown for form in of_word("인공지능")], [form.shown for form in of_word("이란")]
    (['인공 지능', '인·공·지·능'], [])
    """
    return _limited(text, chain(_spaced(text), _signed(text), _abbreviated(text)))


def of_phrase(text: str) -> tuple[Form, ...]:
    """The other forms of a phrase (folded, one space between its words), the nearest first.

    >>> [form.shown for form in of_phrase("인공 지능")][:2]
    ['인공지능', '인공 “지능”']
    """
    words = text.split(" ")
    return _limited(text, chain(_closed(words), _quoted(words), _split(words), _signed(text)))


def synonyms(text: str, groups: Sequence[Synonyms]) -> tuple[Form, ...]:
    """The other words of every group that holds `text` (folded)."""
    found = []
    for group in groups:
        if text in group.words:
            found += [
                Form(_pattern(word), "synonym", word, group.first, group.last)
                for word in group.words
                if word != text
            ]
    return tuple(found)


def _pattern(text: str, *, begins: bool = False) -> Pattern:
    plain = Pattern.phrase(text, pure=False) if " " in text else Pattern.word(text)
    return Pattern(plain.text, plain.left_edge or begins, plain.right_edge)


def _limited(text: str, forms: Iterable[Form]) -> tuple[Form, ...]:
    """The first MOST_FORMS that differ; no others are made."""
    different: dict[str, Form] = {}
    for form in forms:
        if form.pattern.text != text:
            different.setdefault(form.pattern.text, form)
        if len(different) == MOST_FORMS:
            break
    return tuple(different.values())


# Spacing


def _spaced(word: str) -> Iterator[Form]:
    """A word of four or more syllables with spaces, and one with a change of script."""
    places = _cuts(word)
    for number in (1, 2, 3):
        for chosen in combinations(places, number):
            pieces = _pieces(word, chosen)
            if _long_enough(pieces):
                spaced = " ".join(pieces)
                # 달성1 is no 달성 1위, whatever 코로나19 is.
                counts = pieces[-1].isdigit()
                yield Form(
                    _pattern(spaced, begins=True),
                    "spacing",
                    spaced,
                    not_before=_COUNTING if counts else "",
                )


def _pieces(word: str, places: Sequence[int]) -> list[str]:
    edges = [0, *places, len(word)]
    return [word[start:end] for start, end in pairwise(edges)]


def _cuts(word: str) -> list[int]:
    """Where a word may be spaced: within four or more syllables, and at a change of script."""
    kinds = kinds_of(word)
    syllables = sum(kind == HANGUL for kind in kinds)
    found = []
    for at in range(1, len(word)):
        before, after = kinds[at - 1], kinds[at]
        if before == after == HANGUL:
            if syllables >= 4:
                found.append(at)
        elif before != after and _changes_script(word[:at], word[at:]):
            found.append(at)
    return found


def _changes_script(before: str, after: str) -> bool:
    """Whether letters or digits meet Hangul, and it is no number with what it counts."""
    last, first = kind_of(before[-1]), kind_of(after[0])
    if {last, first} == {LATIN, DIGIT}:
        return last == LATIN and before[-2:].isalpha() and len(before) > 1
    if HANGUL not in (last, first) or not {last, first} & {LATIN, DIGIT}:
        return False
    return not (last == DIGIT and after.startswith(_COUNTERS))


def _long_enough(pieces: Sequence[str]) -> bool:
    """Whether every piece of Hangul has two syllables or more, the rest one letter."""
    return all(len(piece) > 1 or kind_of(piece[0]) in (LATIN, DIGIT) for piece in pieces)


def _closed(words: Sequence[str]) -> Iterator[Form]:
    """A phrase with some or all of its gaps closed."""
    gaps = [at for at in range(1, len(words)) if _may_close(words[at - 1], words[at])]
    for number in range(1, min(len(gaps), 3) + 1):
        for chosen in combinations(gaps, number):
            text = words[0]
            for at in range(1, len(words)):
                text += words[at] if at in chosen else f" {words[at]}"
            yield Form(_pattern(text, begins=True), "spacing", text)


def _may_close(before: str, after: str) -> bool:
    if not before or not after:
        return False
    last, first = kind_of(before[-1]), kind_of(after[0])
    if last == first == HANGUL:
        return [kind_of(one) for one in before[-2:] + after[:2]] == [HANGUL] * 4
    if last == first or not _changes_script(before, after):
        return False
    return _long_enough((before, after))


# The signs of a gap, and how they are shown.
_GAPS = (
    (f" {ANY_QUOTE}", " “"),
    (f"{ANY_QUOTE} ", "” "),
    (ANY_QUOTE, "("),
    (f"{ANY_QUOTE} {ANY_QUOTE}", "” “"),
    (f"{ANY_QUOTE}{ANY_QUOTE}", "”("),
)


def _quoted(words: Sequence[str]) -> Iterator[Form]:
    """A phrase with quotes or brackets in one of its gaps."""
    plain = Pattern.phrase(" ".join(words), pure=False)
    for at in range(1, len(words)):
        before, after = " ".join(words[:at]), " ".join(words[at:])
        for gap, shown in _GAPS:
            pattern = Pattern(before + gap + after, plain.left_edge, plain.right_edge)
            yield Form(pattern, "spacing", _closing(before + shown + after, shown))


def _closing(text: str, gap: str) -> str:
    return text + {" “": "”", "(": ")"}.get(gap, "")


def _split(words: Sequence[str]) -> Iterator[Form]:
    """A phrase with one of its longer words spaced."""
    for at, word in enumerate(words):
        for place in _cuts(word):
            pieces = _pieces(word, (place,))
            if _long_enough(pieces):
                text = " ".join([*words[:at], *pieces, *words[at + 1 :]])
                yield Form(_pattern(text, begins=True), "spacing", text)


# Signs

# Compiled where a query first has a digit: that takes a millisecond of a first search.
# A day as events are named by, 5.18 or 3·1운동: month and day, and what follows is no counter.
_DAY = rf"(?:1[0-2]|[1-9])[.{DOTS}](?:3[01]|[12][0-9]|[1-9])(?![0-9.,{_COUNTING}])\D*"
_GROUPED = r"(?<![0-9,.])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])"
_NUMBER = r"(?<![0-9,.])[1-9][0-9]{3,14}(?![0-9,])"


def _signed(text: str) -> Iterator[Form]:
    counts = any("0" <= one <= "9" for one in text)
    is_day = counts and re.fullmatch(_DAY, text) is not None
    if any(one in DOTS for one in text):
        yield _sign(_dots_as(ANY_DOT, text), text)
        if len(text) >= 5 and _is_dotted(text):
            joined = _dots_as("", text)
            yield Form(_pattern(joined, begins=True), "sign", joined)
        if is_day:
            yield _day(_dots_as(".", text), _dots_as(".", text))
    elif is_day:
        yield _day(text.replace(".", ANY_DOT), text.replace(".", "·"))
    elif 3 <= len(text) <= 5 and all(kind_of(one) in (HANGUL, HANJA) for one in text):
        pattern = Pattern(ANY_DOT.join(text), left_edge=True, right_edge=False)
        yield Form(pattern, "sign", "·".join(text))
    if counts:
        ungrouped = re.sub(_GROUPED, lambda found: found[0].replace(",", ""), text)
        if ungrouped != text:
            yield _sign(ungrouped, ungrouped)
        grouped = re.sub(_NUMBER, lambda found: _grouped(found, text), text)
        if grouped != text:
            yield _sign(grouped, grouped)
    for old, new in _REPLACED:
        replaced = _replaced(text, old, new)
        if replaced != text:
            yield _sign(replaced, replaced)


def _dots_as(sign: str, text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, DOTS), sign))


def _is_dotted(text: str) -> bool:
    """Whether a dot stands between every two characters: 한·미·일."""
    # By kinds: a pattern with all syllables as a class takes 3 ms to compile.
    letters, dots = text[::2], text[1::2]
    return (
        len(letters) > len(dots)
        and all("가" <= one <= "힣" or "一" <= one <= "鿿" for one in letters)
        and all(one in DOTS for one in dots)
    )


def _sign(pattern: str, shown: str) -> Form:
    return Form(_pattern(pattern), "sign", shown)


def _day(pattern: str, shown: str) -> Form:
    """What may be a quantity as well: 6.25 is no 6·25 where % or 유로 follows."""
    guards = ("", "") if shown[-1] > "9" else (f".,{DOTS}", _QUANTITY)
    return Form(_pattern(pattern), "sign", shown, 0, 0, *guards)


def _grouped(found: re.Match[str], text: str) -> str:
    """A number with its commas; but what may be a year stays as it is."""
    after = text[found.end() :]
    if len(found[0]) == 4 and "1900" <= found[0] < "2100" and (not after or after[0] in "년. "):
        return found[0]
    return f"{int(found[0]):,}"


def _replaced(text: str, old: str, new: str) -> str:
    """`old` by `new`; letters only behind a number, where they are a unit."""
    if old not in text:
        return text
    if old[0].isascii() and old[0].isalpha():
        return re.sub(rf"(?<=[0-9]){re.escape(old)}(?![a-z0-9²³])", new, text)
    return text.replace(old, new)


def _abbreviated(text: str) -> Iterator[Form]:
    for hanja in ABBREVIATIONS.get(text, ""):
        yield Form(Pattern(hanja, left_edge=True, right_edge=True), "abbreviation", hanja)
