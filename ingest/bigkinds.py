"""What do the columns of a BIGKinds export mean? Its identifier is an id, its text a beginning.

BIGKinds (빅카인즈) gives the first 200 characters of an article, classes such as
`정치>국회_정당`, and under 키워드 every noun that its own machine found in the text.
"""

from __future__ import annotations

from typing import Any

IDENTIFIER = "뉴스 식별자"
_CLASS = "통합 분류1"
_NOUNS = "키워드"
_BODY = "본문"
_GIVEN = range(190, 211)  # characters of a text that was cut at 200, white space aside


def is_row(record: dict[str, Any]) -> bool:
    """Whether the record is a row of such an export."""
    return IDENTIFIER in record


def read(record: dict[str, Any]) -> dict[str, Any]:
    """The row under keys of ours where it means something else than elsewhere.

    The class becomes a section by its first part and is kept whole in `extra`, as the nouns are.
    """
    row = {key: value for key, value in record.items() if key not in (IDENTIFIER, _NOUNS)}
    row["id"] = record[IDENTIFIER]
    extra: dict[str, Any] = {}
    if _NOUNS in record:
        extra[_NOUNS] = record[_NOUNS]
    classes = row.get(_CLASS)
    if isinstance(classes, str) and "section" not in row:
        row["section"] = classes.partition(">")[0]
    body = row.get(_BODY)
    if isinstance(body, str) and len(body.strip()) in _GIVEN:
        row["completeness"] = "lead"
    return row | ({"extra": extra} if extra else {})
