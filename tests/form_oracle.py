"""The oracle of other forms: every stretch of a text is held against the rules, one by one.

It makes no forms: it looks at what stands in the text and asks whether that is the word,
written otherwise. Readings of Hanja are the only table that it shares with the index.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

import oracle

from corpus.article import Article
from corpus.index import hanja

DOTS = "·ㆍ‧・•∙"
SIGNS_OF_A_GAP = "\"'`‘’“”′″「」『』<>〈〉《》()[]{}【】〔〕"
PARTICLES = "이가은는을를의에도만과와로으라까엔"
COUNTED = "년월일시분초명인원개대건호회차번위등점표억만천조백세살층동권주배도편곳채척쪽면장군구급평여승패무"
COUNTING = "년월일시분초명개건호회차번위등점억조백세살층권배편곳채척쪽면장군구급원승패학%％"
FIELD_ORDER = {"title": 0, "subtitle": 1, "body": 2}


def in_order(match: tuple[str, int, int, str]) -> tuple[int, int, int]:
    return FIELD_ORDER[match[0]], match[1], match[2]


def hangul(text: str) -> bool:
    return bool(text) and all("가" <= one <= "힣" for one in text)


def begins(text: str, start: int) -> bool:
    return start == 0 or oracle.kinds(text)[start - 1] != oracle.kinds(text)[start]


def edges(word: str, text: str, start: int, end: int, *, begin: bool) -> bool:
    """The rules for the edges of a match that reads as `word` does at its edges."""
    of_word, of_text = oracle.kinds(text[start:end]), oracle.kinds(text)
    if of_word[0] in oracle.WHOLE and start and of_text[start - 1] == of_word[0]:
        return False
    if of_word[-1] in oracle.WHOLE and end < len(text) and of_text[end] == of_word[-1]:
        return False
    first = word.split(" ")[0]
    if " " in word and len(first) == 1 and of_word[0] in ("hangul", "hanja", "kana"):
        begin = True
    return not begin or of_word[0] == "none" or begins(text, start)


def scan(word: str, text: str) -> list[tuple[int, int, str]]:
    """(start, end, kind) of every match of a phrase (or word), as its first kind."""
    folded = oracle.fold(text)
    wanted = oracle.fold(word)
    literal = {(at, at + len(wanted)) for at in oracle.scan(oracle.Word(word, phrase=True), text)}
    found = [(start, end, "literal") for start, end in literal]
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + 3 * len(word) + 6) + 1):
            if (start, end) in literal:
                continue
            piece = folded[start:end].replace("\n", " ")
            for kind, rule in RULES:
                if rule(wanted, piece, folded, start, end):
                    found.append((start, end, kind))
                    break
    return sorted(found)


def spaced(word: str, piece: str, text: str, start: int, end: int) -> bool:
    """The same but for the spaces, cut as the contract allows."""
    if piece.replace(" ", "") != word.replace(" ", "") or piece == word:
        return False
    if "  " in piece or piece != piece.strip(" "):
        return False
    if not edges(piece, text, start, end, begin=True):
        return False
    last = piece.rsplit(" ", 1)[-1]
    if " " not in word and last.isdigit() and end < len(text) and text[end] in COUNTING:
        return False
    before, now = cuts_of(word), cuts_of(piece)
    opened, closed = now - before, before - now
    if len(opened) > 3 or len(closed) > 3 or (opened and closed):
        return False
    if " " in word and len(opened) > 1:
        return False
    plain = word.replace(" ", "")
    for at in opened:
        inside = next((plain[a:b] for a, b in spans(before, len(plain)) if a < at < b), None)
        if inside is None or not may_be_cut(plain, at, inside):
            return False
        if not all(
            long_enough(plain[a:b]) for a, b in spans(now, len(plain)) if near(a, b, opened)
        ):
            return False
    for at in closed:
        bounds = sorted({0, len(plain), *before})
        place = bounds.index(at)
        left, right = plain[bounds[place - 1] : at], plain[at : bounds[place + 1]]
        if not may_be_closed(left, right):
            return False
    return True


def near(a: int, b: int, opened: set[int]) -> bool:
    return a in opened or b in opened


def cuts_of(text: str) -> set[int]:
    found, at = set(), 0
    for one in text:
        if one == " ":
            found.add(at)
        else:
            at += 1
    return found


def spans(cuts: set[int], length: int) -> list[tuple[int, int]]:
    bounds = sorted({0, length, *cuts})
    return list(pairwise(bounds))


def script(one: str) -> str:
    return oracle.kinds(one)[0]


def long_enough(piece: str) -> bool:
    return len(piece) > 1 or script(piece) in ("latin", "digit")


def may_be_cut(plain: str, at: int, word: str) -> bool:
    before, after = plain[at - 1], plain[at]
    if script(before) == script(after) == "hangul":
        return sum(1 for one in word if script(one) == "hangul") >= 4
    start = plain.index(word)
    return changes(plain[start:at], plain[at : start + len(word)])


def changes(left: str, right: str) -> bool:
    last, first = script(left[-1]), script(right[0])
    if {last, first} == {"latin", "digit"}:
        return last == "latin" and len(left) > 1 and left[-2:].isalpha()
    if {last, first} not in ({"hangul", "latin"}, {"hangul", "digit"}):
        return False
    return not (last == "digit" and right[0] in COUNTED)


def may_be_closed(left: str, right: str) -> bool:
    if not left or not right:
        return False
    if script(left[-1]) == script(right[0]) == "hangul":
        return hangul(left[-2:]) and len(left) > 1 and hangul(right[:2]) and len(right) > 1
    return changes(left, right) and long_enough(left) and long_enough(right)


def quoted(word: str, piece: str, text: str, start: int, end: int) -> bool:
    """A phrase with quotes or brackets in one of its gaps."""
    if " " not in word or not edges(word, text, start, end, begin=False):
        return False
    words = word.split(" ")
    sign = f"[{re.escape(SIGNS_OF_A_GAP)}]"
    gap = f"(?: {sign}|{sign} |{sign}|{sign} {sign}|{sign}{sign})"
    for at in range(1, len(words)):
        left, right = " ".join(words[:at]), " ".join(words[at:])
        if re.fullmatch(re.escape(left) + gap + re.escape(right), piece):
            return True
    return False


def dotted(word: str, piece: str, text: str, start: int, end: int) -> bool:
    """Other dots, a decimal point between digits, none at all, or one after each syllable."""
    dots = f"[{DOTS}]"
    plain = edges(word, text, start, end, begin=False)
    if re.search(dots, word):
        same = re.fullmatch("".join(dots if c in DOTS else re.escape(c) for c in word), piece)
        if same and plain:
            return True
        if is_day(word) and piece == re.sub(dots, ".", word) and plain:
            return no_quantity(word, text, start, end)
        joined = re.sub(dots, "", word)
        one_each = re.fullmatch(f"[가-힣一-鿿](?:{dots}[가-힣一-鿿])+", word)
        return bool(
            one_each and len(joined) >= 3 and piece == joined
            and edges(joined, text, start, end, begin=True)
        )  # fmt: skip
    if is_day(word):
        month, _, rest = word.partition(".")
        same = re.fullmatch(re.escape(month) + dots + re.escape(rest), piece)
        return bool(same) and plain and no_quantity(word, text, start, end)
    syllables = all(script(one) in ("hangul", "hanja") for one in word)
    return (
        syllables
        and 3 <= len(word) <= 5
        and bool(re.fullmatch(dots.join(word), piece))
        and edges(piece, text, start, end, begin=True)
    )


def is_day(word: str) -> bool:
    """Month and day, and behind them nothing or a word that counts nothing."""
    found = re.match(f"([0-9]+)[.{DOTS}]([0-9]+)([^0-9]*)$", word)
    if not found or found[1].startswith("0") or found[2].startswith("0"):
        return False
    if not (int(found[1]) <= 12 and int(found[2]) <= 31):
        return False
    return found[3][:1] not in set(f".,{COUNTING}")


def no_quantity(word: str, text: str, start: int, end: int) -> bool:
    if not word[-1].isdigit():
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return before not in set(f".,{DOTS}") and after not in set(
        f"{COUNTING}만천유인주계단동기℃㎞㎏㎝㎜㎡.,0123456789kmgclKMGCL{DOTS}"
    )


def numbered(word: str, piece: str, text: str, start: int, end: int) -> bool:
    """The same but for the commas of thousands."""
    if not edges(word, text, start, end, begin=False):
        return False
    return piece != word and piece in (without_commas(word), with_commas(word))


def without_commas(word: str) -> str:
    grouped = r"(?<![0-9,.])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])"
    return re.sub(grouped, lambda found: found[0].replace(",", ""), word)


def with_commas(word: str) -> str:
    def grouped(found: re.Match[str]) -> str:
        after = word[found.end() : found.end() + 1]
        year = len(found[0]) == 4 and 1900 <= int(found[0]) < 2100
        return found[0] if year and after in ("", "년", ".", " ") else f"{int(found[0]):,}"

    return re.sub(r"(?<![0-9,.])[1-9][0-9]{3,14}(?![0-9,])", grouped, word)


def in_hanja(word: str, piece: str, text: str, start: int, end: int) -> bool:
    """The same syllables, one of them at least as a Hanja that reads so."""
    if not hangul(word) or len(word) < 2 or len(piece) != len(word) or piece == word:
        return False
    if not all(a == b or a in hanja.readings(b) for a, b in zip(word, piece, strict=True)):
        return False
    if len(word) == 2:
        if hangul(piece[1]):
            stands_before = piece[0] in "韓美中日北露英佛獨印濠臺台越伊歐加泰檢警與野靑女男"
            goes_on = end < len(text) and hangul(text[end])
            if goes_on and (text[end] not in PARTICLES or stands_before):
                return False
            return piece[1] not in f"{PARTICLES}서"
        if hangul(piece[0]) and start and hangul(text[start - 1]):
            return False
    return True


def abbreviated(word: str, piece: str, text: str, start: int, end: int) -> bool:
    alone = {"미국": "美", "한국": "韓", "중국": "中"}.get(word)
    kinds = oracle.kinds(text)
    return (
        piece == alone
        and (start == 0 or kinds[start - 1] != "hanja")
        and (end == len(text) or kinds[end] != "hanja")
    )


RULES = (
    ("spacing", spaced),
    ("spacing", quoted),
    ("sign", dotted),
    ("sign", numbered),
    ("abbreviation", abbreviated),
    ("hanja", in_hanja),
)


def matches(word: str, article: Article) -> list[tuple[str, int, int, str]]:
    return [
        (field, start, end, kind)
        for field in oracle.FIELDS
        for start, end, kind in scan(word, getattr(article, field) or "")
    ]


def score(word: str, article: Article, live: Sequence[Article]) -> float:
    """As `oracle.score`; what is written otherwise weighs half."""
    tf = sum(
        oracle.WEIGHTS[field] * (1.0 if kind == "literal" else 0.5)
        for field, _, _, kind in matches(word, article)
    )
    df = sum(1 for one in live if matches(word, one))
    mean = sum(map(oracle.length, live)) / len(live)
    idf = math.log(1 + (len(live) - df + 0.5) / (df + 0.5))
    norm = oracle.K1 * (1 - oracle.B + oracle.B * oracle.length(article) / mean)
    return idf * tf * (oracle.K1 + 1) / (tf + norm)
