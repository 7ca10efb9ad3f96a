"""A selector finds what CSS finds, in the part of CSS that is ours; the rest is refused."""

from __future__ import annotations

import pytest

from corpus.ingest.selectors import compiled
from corpus.ingest.tree import Tree, parse

PAGE = """<html><body><div id="a" class="box wide"><p class="text">하나</p>
<section data-role="main"><p class="text lead">둘</p><p>셋</p></section></div>
<div class="boxes"><p class="text">넷</p></div></body></html>"""


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("#a p", ["하나", "둘", "셋"]),
        ("#a > p", ["하나"]),
        (".box .text", ["하나", "둘"]),
        (".box.wide > section > p", ["둘", "셋"]),
        ("p.text.lead", ["둘"]),
        ("section p", ["둘", "셋"]),
        ("[data-role] p", ["둘", "셋"]),
        ("[data-role=main] > .lead", ["둘"]),
        ("[class*=boxes] p", ["넷"]),
        ("[class^=box] > p", ["하나", "넷"]),
        (".lead, .boxes p", ["둘", "넷"]),
        ("#b p", []),
        (".bo p", []),
        ("p#a", []),
    ],
)
def test_a_selector_finds_what_css_finds(selector: str, found: list[str]) -> None:
    tree = Tree(parse(PAGE), PAGE)
    assert [node.text for node in tree.select(selector)] == found


@pytest.mark.parametrize(
    "selector",
    ["p:first-child", "a + b", "a ~ b", "#a#b", "p >", "> p", "p,", "[a$=b]", "[a", "a || b", ""],
)
def test_css_beyond_ours_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match="no selector"):
        compiled(selector)
