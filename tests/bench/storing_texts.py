"""Events by the million, made of pieces of the project's own pages, always the same."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from parsing.model import EventType
from storage.text import fold
from tests.bench.texts import all_pages

LAST_DAY = date(2026, 3, 15)
YEARS = 20
TYPES = tuple(EventType)
_PIECES = 4  # of a text; with the name they come to some 46 characters
_NAME = range(0x4E00, 0x4E00 + 3_000)  # of what is told once or a few times only


@dataclass(frozen=True, slots=True)
class MadeEvent:
    """An event with the lines that it is searched by; the first is its subject."""

    id: int
    type: str
    day: date
    lines: tuple[str, ...]


@cache
def pieces() -> tuple[str, ...]:
    """What stands between two signs on the labelled pages, of four to sixteen letters, as it is searched."""
    found = (fold(piece) for piece in re.split(r"[\W_]+", all_pages()))
    return tuple(dict.fromkeys(piece for piece in found if 4 <= len(piece) <= 16))


def made_events(count: int) -> Iterator[MadeEvent]:
    """So many events, oldest first, spread over the years up to `LAST_DAY`."""
    luck = random.Random(0)
    some = pieces()
    for number in range(count):
        day = LAST_DAY - timedelta(days=YEARS * 365 * (count - 1 - number) // count)
        name = chr(luck.choice(_NAME)) + chr(luck.choice(_NAME))
        lines = dict.fromkeys((*luck.choices(some, k=_PIECES), name))
        yield MadeEvent(number + 1, TYPES[number % len(TYPES)].value, day, tuple(lines))


def words_that_occur(lengths: range, each: int) -> list[str]:
    """Of each length so many words, cut anywhere out of pieces."""
    luck = random.Random(1)
    found: dict[str, None] = {}
    for length in lengths:
        wanted = len(found) + each
        while len(found) < wanted:
            piece = luck.choice(pieces())
            if len(piece) >= length:
                start = luck.randrange(len(piece) - length + 1)
                found[piece[start : start + length]] = None
    return list(found)


def words_that_do_not(lengths: range, each: int) -> list[str]:
    """Of each length so many words that no text has, of letters that texts have if more than one."""
    luck = random.Random(2)
    letters = sorted(set("".join(pieces())))
    pairs = {piece[at : at + 2] for piece in pieces() for at in range(len(piece) - 1)}
    found: dict[str, None] = {}
    for length in lengths:
        wanted = len(found) + each
        while len(found) < wanted:
            if length == 1:
                word = chr(luck.randrange(_NAME.stop, 0x9FA5))
                absent = word not in letters
            else:
                word = "".join(luck.choices(letters, k=length))
                grams = (word[at : at + 2] for at in range(length - 1))
                # A name may bring any two letters together, if both are among its own.
                absent = any(gram not in pairs and not _may_be_name(gram) for gram in grams)
            if absent:
                found[word] = None
    return list(found)


def _may_be_name(gram: str) -> bool:
    return all(ord(sign) in _NAME for sign in gram)
