"""What the text around a mention tells besides its fields: numbers, quoted names, whom it names."""

import re
from collections.abc import Iterable
from functools import lru_cache

from storage.quoted import quotations
from storage.text import bare, fold

REACH = 300  # characters of an article on either side of a mention

# 120家, 3.5万平方米; not 2025年, 10月, 14时
_COUNTED = re.compile(r"(\d+(?:\.\d+)?[万亿]?)[余多]?([\u4e00-\u9fff%])")
_CLOCK = frozenset("年月日号时点分秒届第周期")
_DIGITS = re.compile(r"\d+")
_NEARLY = 0.75  # of all numbers, that a reprint has too
_LEAST = 2  # digits: of less, two texts share some by chance


def around(text: str, evidence: str) -> str:
    """The stretch of an article that a mention stands in; the mention's own words where it is not found."""
    at = text.find(evidence)
    if at < 0 or not evidence:
        return evidence
    return text[max(0, at - REACH) : at + len(evidence) + REACH]


def shared_numbers(one: str, other: str, *, but: Iterable[str] = ()) -> int:
    """How many counts two texts have in common, those in the words of `but` left out."""
    return len(_numbers(one) & _numbers(other) - {number for words in but for number in _numbers(words)})


def shared_quotations(one: str, other: str, *, but: Iterable[str] = ()) -> int:
    """How many quoted names two texts have in common, those in the words of `but` left out."""
    said = "".join(bare(words) for words in but)
    return sum(name not in said for name in _quoted(one) & _quoted(other))


def numbers_agree(one: str, other: str) -> bool:
    """Whether two texts tell nearly the same numbers, days and hours among them."""
    ours, theirs = (set(_DIGITS.findall(fold(text))) for text in (one, other))
    return len(ours & theirs) >= _NEARLY * len(ours | theirs)


def names_in(names: Iterable[str], text: str, least: int) -> bool:
    """Whether a text names one of these, of at least so many characters."""
    said = _bare(text)
    return any(len(bare(name)) >= least and bare(name) in said for name in names)


@lru_cache(4096)
def _numbers(text: str) -> frozenset[str]:
    return frozenset(
        digits + unit
        for digits, unit in _COUNTED.findall(fold(text))
        if unit not in _CLOCK and sum(char.isdigit() for char in digits) >= _LEAST
    )


@lru_cache(4096)
def _quoted(text: str) -> frozenset[str]:
    return frozenset(name for name in quotations(text) if len(name) >= 3)


@lru_cache(4096)
def _bare(text: str) -> str:
    return bare(text)
