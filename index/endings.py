"""Where does the stem of a word end and a particle or an ending begin?

By a list of closed classes: particles, the copula, and the forms of 하다 and 되다 that make
verbs of nouns. The longest entry that leaves a stem of two syllables is cut off. There is no
dictionary of stems, so 여의도 loses its last syllable as 중국도 does: a question then asks for
여의, which finds 여의도 all the same.

What asks and not what is asked about (무엇, 어디에, 설명해 주세요) is a list as well.
"""

from __future__ import annotations

# One syllable: only what is nearly always a particle or a verb's ending behind a noun. 인, 일,
# 나, 해 end as many nouns as they follow.
_PARTICLES = """
은 는 이 가 을 를 의 에 와 과 도 만 로 들 께 으로 에서 에게 한테 께서 부터 까지 마저 조차
밖에 처럼 보다 마다 대로 이나 이랑 이란 라는 이라 이라는 라고 이라고 이라도 라도 이며 든지
이든지 같은 간의 중에 별로 에는 에도 에만 에의 에서는 에서도 에서만 에서의 에게는 에게서
으로는 으로의 으로도 으로만 로는 로의 로만 로서 으로서 로써 으로써 로부터 으로부터 와의
와는 과의 과는 까지의 까지는 부터의 들이 들은 들을 들의 들에 들에게 들과 들도 만이 만을
만의
"""
_ENDINGS = """
한 할 된 될 함 됨 돼 한다 했다 된다 됐다 하다 되다 하는 되는 하고 되고 하여 되어 해서 돼서
하면 되면 하며 되며 하기 되기 하게 되게 하지 되지 하던 했던 됐던 하였던 되었던 하였다
되었다 하려 하려는 하려고 하면서 되면서 시킨 시키는 받은 받는 이다 이고 이었다 였다 이었던
였던 인가 인가요 인지 인지요 이었나 이었나요 였나 였나요 이었는가 였는가 입니까 이었습니까
였습니까 일까 일까요 하나 하나요 하는가 하는지 했나 했나요 했는가 했는지 했습니까 합니까
하였나 하였는가 하였는지 하였습니까 할까 할까요 한가 한가요 한지 되나 되나요 되는가 되는지
됐나 됐나요 됐는가 됐습니까 되었나 되었나요 되었는가 되었는지 되었습니까 됩니까 될까 될까요
나요 는가 는지 니까 습니까 까요 을까 을까요 었나 았나 었나요 았나요 었는가 았는가 었는지
았는지 었습니까 았습니까 었던 았던 었다 았다 는다 지만 면서 거나 려고 으면 도록 다는 다고
냐고 자고 지요 어요 아요 해요 세요 시오 하세요 하시오 하라 해라 해줘 해주세요 해보세요
주세요
"""
ENDINGS = frozenset((*_PARTICLES.split(), *_ENDINGS.split()))
_LONGEST = max(map(len, ENDINGS))

# Words that begin so ask, whatever follows.
_ASKING = ("무엇", "어디", "누구", "언제", "어떤", "어떻", "어떠", "얼마", "어느", "무슨")
# Asking words of one syllable and short forms, nouns that mean nothing alone (것, 수, 등), the
# verbs that close a question, requests, and what joins words.
_EMPTIES = """
뭐 뭘 뭔가 누가 왜 몇 것 것은 것이 것을 것들 것들이 것인가 것인가요 수 수가 등 등의 및 또는
그리고 있다 있는 있고 있을 있던 있었던 있는데 있는지 있나 있나요 있는가 있습니까 있을까
있을까요 있었나 있었나요 있었는가 없나요 없는 하나 하나요 하는가 했나 했나요 했는가 했던
합니까 할까요 되나요 되었나 되었나요 되었는가 됩니까 될까요 대해 대한 대하여 관해 관한 위해
위한 통해 따라 따른 따르면 의해 의한 설명해 설명해줘 설명해주세요 설명하세요 설명하시오
알려 알려줘 알려주세요 말해 주세요 주시오
"""
_EMPTY = frozenset(_EMPTIES.split())
LEAST = 2  # syllables of a stem: with one, 국가 would lose its last and 회의 too


def stem_length(run: str, least: int = LEAST) -> int:
    """How many syllables of a run of Hangul come before its particle or ending.

    `least` is 0 where something stands before the run in the same word (MacOS는).

    >>> stem_length("인공지능에서는"), stem_length("국가"), stem_length("는", 0)
    (4, 2, 0)
    """
    for at in range(max(least, len(run) - _LONGEST), len(run)):
        if run[at:] in ENDINGS:
            return at
    return len(run)


def is_empty(word: str) -> bool:
    """Whether a whole word of a question, folded, only asks.

    >>> is_empty("무엇인가"), is_empty("수"), is_empty("수도")
    (True, True, False)
    """
    return word in _EMPTY or word.startswith(_ASKING)
