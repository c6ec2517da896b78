"""Text made comparable: for storing, for searching, and for telling the same page again."""

import hashlib
import re
import unicodedata
from functools import lru_cache

# What no database text can hold, and what our search index keeps for itself (see `storage.search`).
_UNFIT = re.compile("[\x00\ud800-\udfff\ue000-\ue07f]")
_KEPT = 16_384  # short texts, whose forms are remembered
_SHORT = 120  # characters
_SPACES = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"[\W_]+")


def clean(text: str) -> str:
    """The text without the few characters that cannot be stored on both databases."""
    return _UNFIT.sub("", text)


def fold(text: str) -> str:
    """One form for what a reader takes as the same: full and half width, upper and lower case, any space."""
    return _folded(text) if len(text) <= _SHORT else _fold(text)


def bare(text: str) -> str:
    """Folded, and without spaces and punctuation: for comparing names and titles."""
    return _bared(text) if len(text) <= _SHORT else _PUNCTUATION.sub("", fold(text))


def identity(text: str) -> str:
    """A name for a page's text (sha256) that does not depend on line breaks, width or spaces at line ends."""
    lines = (line.strip() for line in unicodedata.normalize("NFKC", clean(text)).splitlines())
    return hashlib.sha256("\n".join(line for line in lines if line).encode()).hexdigest()


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", clean(text)).casefold())
    return _SPACES.sub(" ", clean(folded)).strip()


# The names of the events of some weeks are compared with each report of a page.
_folded = lru_cache(_KEPT)(_fold)


@lru_cache(_KEPT)
def _bared(text: str) -> str:
    return _PUNCTUATION.sub("", fold(text))
