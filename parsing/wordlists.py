"""Word lists of names (`lexicon/*.txt`), and patterns that match the longest of thousands of words.

A list has one or more words a line, parted by spaces; `#` starts a comment that says where a word belongs
and why it is there.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of `parsing/lexicon/NAME.txt`. Read once."""
    text = (files("parsing.lexicon") / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() for word in line.partition("#")[0].split())


def longest_of(choices: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches the longest of `choices` at a place. Raises ValueError without choices.

    Python tries the branches of `a|b|c` one by one; here they are folded into a tree by their letters, so
    that thousands of words cost no more than a few.
    """
    return re.compile(either(choices))


def either(choices: Iterable[str]) -> str:
    """The source of such a pattern, to be put into a larger one."""
    tree = _Tree()
    for choice in choices:
        node = tree
        for letter in choice:
            node = node.next.setdefault(letter, _Tree())
        node.ends = True
    if not tree.next:
        raise ValueError("a pattern needs at least one word")
    return f"(?:{_source(tree)})"


class _Tree:
    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.ends = False
        self.next: dict[str, _Tree] = {}


def _source(node: _Tree) -> str:
    if not node.next:
        return ""
    single = "".join(re.escape(letter) for letter, then in node.next.items() if not then.next)
    branches = [re.escape(letter) + _source(then) for letter, then in node.next.items() if then.next]
    if single:
        branches.append(f"[{single}]")
    body = f"(?:{'|'.join(branches)})"
    return f"{body}?" if node.ends else body
