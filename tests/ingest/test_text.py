"""Does a plain text become the article that a reader sees in it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.ingest.damage import mend, unwrap
from corpus.ingest.sources import extract_bytes
from corpus.ingest.text import extract_text

TITLE = "가람시, 낡은 다리 걷어낸다"
FIRST = "가람시가 낡은 다리를 걷어내고 새 다리를 놓기로 했다고 12일 밝혔다."
SECOND = "공사는 내년 봄에 시작한다."

# The sample of the user; it belongs to its publisher and is not in this repository.
SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "seed"


def test_the_first_line_is_the_title_the_rest_body_and_byline() -> None:
    article = extract_text(f"{TITLE}\n{FIRST}\n{SECOND}\n도은설 기자 snow@hanbit.example")
    assert article.title == TITLE
    assert article.body == f"{FIRST}\n{SECOND}"
    assert [(who.name, who.email) for who in article.reporters] == [
        ("도은설", "snow@hanbit.example")
    ]
    assert article.completeness == "full"
    assert article.language == "ko"
    assert article.removed[0].line == 3


def test_a_text_without_a_date_is_undated_and_gets_none() -> None:
    article = extract_text(f"{TITLE}\n{FIRST}")
    assert article.published is None
    assert article.flags == ("undated",)


def test_a_stamp_below_the_text_dates_it() -> None:
    article = extract_text(f"{TITLE}\n{FIRST}\n2023/04/07 18:36 송고")
    assert article.published is not None
    assert article.published.isoformat() == "2023-04-07T18:36:00+09:00"
    assert article.body == FIRST
    assert article.flags == ()


def test_the_domain_of_an_email_tells_the_publisher() -> None:
    article = extract_text(f"{TITLE}\n{FIRST}\n도은설 기자 snow@techm.kr")
    assert article.publisher == "테크M"


@pytest.mark.parametrize("domain", ["naver.com", "daum.net", "gmail.com", "hanmail.net"])
def test_mail_services_and_portals_are_no_publishers(domain: str) -> None:
    article = extract_text(f"{TITLE}\n{FIRST}\n도은설 기자 snow@{domain}")
    assert article.publisher is None


def test_the_dateline_tells_publisher_place_and_agency() -> None:
    article = extract_text(f"{TITLE}\n(부산=한빛통신) 김환 기자 = {FIRST}\nhwan@hanbit.example")
    assert (article.publisher, article.place, article.agency) == ("한빛통신", "부산", "한빛통신")


def test_a_given_publisher_is_believed_before_a_domain_but_not_before_the_text() -> None:
    mailed = f"{TITLE}\n{FIRST}\n도은설 기자 snow@techm.kr"
    assert extract_text(mailed, publisher="한빛일보").publisher == "한빛일보"
    dated = f"{TITLE}\n(부산=한빛통신) 김환 기자 = {FIRST}"
    assert extract_text(dated, publisher="한빛일보").publisher == "한빛통신"


def test_a_subtitle_above_the_dateline_is_kept_as_such() -> None:
    article = extract_text(f"{TITLE}\n내년 봄 착공… 이름은 공모\n(가람=한빛통신) {FIRST}")
    assert article.subtitle == "내년 봄 착공… 이름은 공모"
    assert article.body == FIRST


def test_a_clean_text_is_left_as_it_is() -> None:
    article = extract_text(f"{TITLE}\n{FIRST}\n도은설 기자", clean=True)
    assert article.body == f"{FIRST}\n도은설 기자"
    assert article.reporters == ()


def test_a_title_alone_is_an_article_of_that_kind() -> None:
    article = extract_text(TITLE)
    assert (article.title, article.body, article.completeness) == (TITLE, "", "title")
    assert "empty-body" in article.flags


@pytest.mark.parametrize("text", ["", " \n\u200b\n", "\ufeff"])
def test_a_text_without_words_is_rejected(text: str) -> None:
    with pytest.raises(ArticleRejected, match="empty file"):
        extract_text(text)


def test_a_text_that_breaks_off_is_the_beginning_of_one() -> None:
    cut = (
        FIRST
        + " "
        + "시는 주민 설명회를 세 차례 열어 의견을 듣고 " * 4
        + "내년 봄에 공사를 시작할 계획이며 다리 이름도"
    )
    assert extract_text(f"{TITLE}\n{cut}").completeness == "lead"
    assert extract_text(f"{TITLE}\n{FIRST}…").completeness == "lead"


def wrapped(paragraph: str, columns: int = 78) -> str:
    """A paragraph as old wires sent it: four spaces, then cut wherever the line is full."""
    lines, line, width = [], "    ", 4
    for character in paragraph:
        wide = 2 if character > "\u0fff" else 1
        if width + wide > columns:
            lines.append(line)
            line, width = "", 0
        line, width = line + character, width + wide
    return "\n".join([*lines, line])


def test_a_hard_wrapped_text_is_put_together_even_inside_words() -> None:
    paragraphs = [
        "가람시가 낡은 다리를 걷어내고 새 다리를 놓기로 했다고 12일 밝혔다. 시는 주민 설명회를 "
        "세 차례 열어 의견을 듣고 내년 봄에 공사를 시작할 계획이라고 덧붙여 설명했다.",
        "공사비는 모두 96억원이며 낡은 다리의 돌은 새 다리의 난간을 만드는 데 다시 쓰인다. "
        "다리 이름은 시민 공모로 정해 다음 달에 발표하고 시상식도 함께 연다.",
        "시민들은 옛 다리가 사라지는 것을 아쉬워하면서도 안전을 위해서는 어쩔 수 없다고 말했다. "
        "시장은 옛 다리의 사진을 모아 전시회를 열겠다고 약속했다.",
    ]
    text = "\n".join(map(wrapped, paragraphs))
    assert [line.replace(" ", "") for line in unwrap(text).split("\n")] == [
        paragraph.replace(" ", "") for paragraph in paragraphs
    ]


def test_verse_and_ordinary_paragraphs_are_not_joined() -> None:
    text = f"{FIRST}\n{SECOND}\n\n짧은 줄\n또 짧은 줄\n{FIRST}"
    assert unwrap(text) == text


def test_cp949_read_as_latin_is_read_again_and_said_to_be_repaired() -> None:
    broken = f"{FIRST}\n{SECOND}".encode("cp949").decode("latin-1")
    text, flags = mend(broken)
    assert text == f"{FIRST}\n{SECOND}"
    assert flags == ("encoding",)


def test_french_is_not_taken_for_broken_korean() -> None:
    text = "Le président a été très ému à l'été dernier, où il a goûté."
    assert mend(text) == (text, ())


def test_tags_left_in_a_body_are_read_as_lines() -> None:
    text, _ = mend(f"<p>{FIRST}</p><p>{SECOND}</p><script>x()</script>")
    assert text.split("\n") == [FIRST, SECOND]


def test_angle_brackets_that_are_no_tags_stay() -> None:
    text = "영화 <기생충>과 드라마 <도깨비>를 봤다. 3 < 5 이다."
    assert mend(text) == (text, ())


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the user's sample is not beside the checkout")
def test_the_users_own_sample_is_read_as_told() -> None:
    for path in sorted(SAMPLES.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").strip().split("\n")
        article: Article = extract_bytes(path.read_bytes())
        assert article.title == lines[0]
        assert article.body == "\n".join(lines[1:-1])
        assert [(who.name, who.email) for who in article.reporters] == [
            ("이영아", "twenty_ah@techm.kr")
        ]
        assert article.publisher == "테크M"
        assert article.published is None
