"""Characters of a page made uniform, each still knowing where it stands in the page.

Normalising changes characters one for one, so an offset in the normalised text is an offset in the page.
Joining lines drops characters; a `Strand` then carries the page offset of each that is left.
"""

import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Self

# Half-width punctuation in Chinese text, as text layers of PDFs give it, and brackets of vertical setting.
_PUNCTUATION = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
_QUOTES = {"『": "“", "』": "”", "「": "“", "」": "”", "〝": "“", "〞": "”", "﹁": "“", "﹂": "”"}
_NUMERIC_MARKS = ",:"  # between two digits they belong to the number: 1,200 and 9:30
_ODD_SPACES = "\u00a0\u2002\u2003\u2009\u200a\t\u3000"
_BREAKS = "。！？；\n，、 "  # where a text that is too long is cut, the best first
_INVISIBLE = "\u200b\u200c\u200d\ufeff\u00ad"


@cache
def _folded(character: str) -> str:
    """The one character that stands for this one, or itself where no single one does."""
    if character in _QUOTES:
        return _QUOTES[character]
    if character in _ODD_SPACES or character in _INVISIBLE:
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if "\uff10" <= character <= "\uff5a" or character in "％＋－／．":
        return unicodedata.normalize("NFKC", character)
    if "\uf900" <= character <= "\ufaff" or "\u2f00" <= character <= "\u2fdf":  # compatibility forms
        plain = unicodedata.normalize("NFKC", character)
        return plain if len(plain) == 1 else character
    return character


def normalise(page: str) -> str:
    """The page with uniform width, quotes and punctuation; the same length, character for character."""
    folded = "".join(map(_folded, page.replace("\r", "\n")))
    characters = list(folded)
    last = len(characters) - 1
    open_quote = True
    for index, character in enumerate(folded):
        if character == '"':
            characters[index] = "“" if open_quote else "”"
            open_quote = not open_quote
        elif character == "\n":
            open_quote = True
        elif character in _PUNCTUATION:
            numeric = (
                character in _NUMERIC_MARKS
                and 0 < index < last
                and folded[index - 1].isdigit()
                and folded[index + 1].isdigit()
            )
            if not numeric:
                characters[index] = _PUNCTUATION[character]
    return "".join(characters)


@dataclass(frozen=True, slots=True)
class Strand:
    """Text gathered from a page, with the page offset of each character."""

    text: str
    at: "array[int]"

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Self:
        return type(self)(self.text[part], self.at[part])

    @property
    def start(self) -> int:
        """Offset in the page of the first character; -1 for an empty strand."""
        return self.at[0] if self.at else -1

    @property
    def end(self) -> int:
        """Offset in the page just after the last character; -1 for an empty strand."""
        return self.at[-1] + 1 if self.at else -1

    def stripped(self) -> Self:
        """Without spaces at its ends."""
        left = len(self.text) - len(self.text.lstrip())
        return self[left : len(self.text.rstrip())] if self.text.strip() else self[0:0]


def strand(text: str, start: int) -> Strand:
    """The strand of a text that stands in the page in one piece from `start`."""
    return Strand(text, array("l", range(start, start + len(text))))


def joined(parts: Iterable[Strand], separator: str = "") -> Strand:
    """Strands one after the other; a separator takes the offset just after the part before it."""
    texts: list[str] = []
    at = array("l")
    for part in parts:
        if texts and separator:
            texts.append(separator)
            at.extend([at[-1]] * len(separator))
        texts.append(part.text)
        at.extend(part.at)
    return Strand("".join(texts), at)


def verbatim(page: str, piece: Strand) -> tuple[str, int, int]:
    """The page's own words for a piece, its line breaks removed, with their offsets in the page.

    Where other text of the page stands inside the piece (a headline in the middle of a sentence), only
    the longest unbroken run of it is given: evidence is always one stretch of the page.
    """
    start, end = max(_runs(page, piece), key=lambda run: run[1] - run[0], default=(-1, -1))
    return page[start:end].replace("\n", "").replace("\r", ""), start, end


def _runs(page: str, piece: Strand) -> Iterator[tuple[int, int]]:
    if not piece.at:
        return
    start = previous = piece.at[0]
    for offset in piece.at[1:]:
        if offset > previous + 1 and page[previous + 1 : offset].strip():
            yield start, previous + 1
            start = offset
        previous = offset
    yield start, previous + 1


def pieces(text: str, longest: int) -> list[str]:
    """The text in pieces of at most `longest` characters, cut behind a stop or comma if there is one."""
    cut = []
    start = 0
    while len(text) - start > longest:
        half, end = start + longest // 2, start + longest
        found = (text.rfind(mark, half, end) for mark in _BREAKS)
        end = next((at + 1 for at in found if at >= 0), end)
        cut.append(text[start:end])
        start = end
    if start < len(text):
        cut.append(text[start:])
    return cut


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring letters and digits in a text."""
    letters = [c for c in text if c.isalnum()]
    return {a + b for a, b in pairwise(letters)}
