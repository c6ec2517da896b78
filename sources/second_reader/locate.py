"""Where words that a model quotes stand in the page: exactly, or nowhere."""

from array import array

from parsing.text import Strand, normalise, verbatim

LEAST = 4  # characters of evidence; fewer prove nothing
_MOST_CONTEXT = 200  # characters on each side
_QUOTES = str.maketrans(dict.fromkeys("“”‘’'«»", '"'))
_STOPS = "。！？\n"


class PageText:
    """A page in which quotations are looked up. Line breaks, spaces and width make no difference."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._plain = normalise(page)
        folded = self._plain.translate(_QUOTES)
        self._at = array("l", (index for index, character in enumerate(folded) if not character.isspace()))
        self._flat = "".join(folded[index] for index in self._at)

    def find(self, words: str, start: int, end: int) -> tuple[str, int, int] | None:
        """The page's own words for `words`, line breaks removed, with their offsets in the page.

        Of several places one within `start` to `end` is taken. None where they do not stand in the page in
        one stretch, or are fewer than `LEAST` characters.
        """
        wanted = _fold(words)
        if len(wanted) < LEAST:
            return None
        found = first = self._flat.find(wanted)
        while found >= 0 and not start <= self._at[found] < end:
            found = self._flat.find(wanted, found + 1)
        found = found if found >= 0 else first
        if found < 0:
            return None
        return self._quoted(self._at[found], self._at[found + len(wanted) - 1] + 1)

    def sentence(self, start: int, end: int) -> str:
        """The sentence around the words from `start` to `end`, as the page has it, line breaks removed.

        A blank line ends a sentence, a line break does not.
        """
        low = start
        while low > max(0, start - _MOST_CONTEXT) and not self._ends(low - 1):
            low -= 1
        high = end
        while high < min(len(self._plain), end + _MOST_CONTEXT) and not self._ends(high - 1):
            high += 1
        return self._quoted(low, high)[0].strip()

    def names(self, name: str) -> bool:
        """Whether the page holds a name."""
        wanted = _fold(name)
        return bool(wanted) and wanted in self._flat

    def _ends(self, index: int) -> bool:
        character = self._plain[index]
        return character in _STOPS and (character != "\n" or self._plain[index - 1 : index] == "\n")

    def _quoted(self, start: int, end: int) -> tuple[str, int, int]:
        piece = Strand(self._plain[start:end], array("l", range(start, end)))
        return verbatim(self._page, piece)


def _fold(text: str) -> str:
    return "".join(normalise(text).translate(_QUOTES).split())
