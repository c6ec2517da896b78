"""Word lists of names (`lexicon/*.txt`), and looking a text through for the longest of thousands of words.

A list has one or more words a line, parted by spaces; `#` starts a comment that says where a word belongs
and why it is there.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of `parsing/lexicon/NAME.txt`. Read once."""
    text = (files("parsing.lexicon") / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() for word in line.partition("#")[0].split())


class Words:
    """Finds the longest of thousands of words at a place of a text.

    A pattern `a|b|c` tries its branches one by one, and takes long to compile; here two letters of the text
    tell which words to try. Raises ValueError for an empty word.
    """

    def __init__(self, choices: Iterable[str]) -> None:
        # By the first two letters, longest first; a word of one letter is what is left of all that begin with it.
        self._by_opening: dict[str, list[str]] = {}
        for word in sorted(choices, key=len, reverse=True):
            if not word:
                raise ValueError("an empty word stands everywhere")
            self._by_opening.setdefault(word[:2], []).append(word)
        for opening, longer in self._by_opening.items():
            if len(opening) == 2 and opening[0] in self._by_opening:
                longer.append(opening[0])

    def at(self, text: str, start: int, end: int | None = None) -> str:
        """The longest word that begins at `start`, and ends by `end`; the empty string where none does."""
        known = self._by_opening
        for word in known.get(text[start : start + 2]) or known.get(text[start : start + 1], []):
            if text.startswith(word, start, end):
                return word
        return ""

    def each(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
        """Every place of text[start:end] where a word begins, with the longest: words inside words too."""
        known = self._by_opening
        for at in range(start, len(text) if end is None else min(end, len(text))):
            if (text[at : at + 2] in known or text[at] in known) and (word := self.at(text, at, end)):
                yield at, word

    def apart(self, text: str) -> Iterator[tuple[int, str]]:
        """The same without overlap, the first of two words that overlap."""
        free = 0
        for at, word in self.each(text):
            if at >= free:
                yield at, word
                free = at + len(word)
