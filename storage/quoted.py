"""Names in quotation marks, as texts give them."""

import re

from storage.text import bare

_QUOTED = (re.compile("《[^》]{2,}》"), re.compile('[“「『"]([^”」』"]{2,})[”」』"]'))
_LEAST_NAME = 4  # characters of a quoted word that is a name beside much else


def quotations(text: str) -> set[str]:
    """The bare names in quotation marks; of a title in 《》 not what it quotes itself: 《“十四五”规划》."""
    titles, quoted = _QUOTED
    return {bare(name) for name in (*titles.findall(text), *quoted.findall(titles.sub("", text)))}


def same_quotation(one: str, other: str) -> bool:
    """Whether both hold the same name in quotation marks, or one is just the name that the other quotes.

    A short word in quotation marks is no name where much else is told: “十四五”旅游业发展规划.
    """
    ours, theirs = quotations(one), quotations(other)
    least = min(_LEAST_NAME, min(len(bare(one)), len(bare(other))) / 2)
    return any(len(name) >= least for name in ours & theirs) or bare(one) in theirs or bare(other) in ours
