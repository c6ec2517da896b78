"""How several commands write what they show on a terminal."""

import unicodedata

from parsing.model import Period, Precision


def printable(text: str) -> str:
    """Text of a page without what could command a terminal."""
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf"))


def say_period(when: Period) -> str:
    """A period as 2024-04-02, 2024-04-20/2024-04-26, 2024-04, 2024-Q1 or 2023; empty if none is told."""
    start, end = when.start, when.end
    if start is None or end is None:
        return ""
    match when.precision:
        case Precision.YEAR:
            return f"{start.year}"
        case Precision.QUARTER:
            return f"{start.year}-Q{(start.month + 2) // 3}"
        case Precision.MONTH if (start.year, start.month) == (end.year, end.month):
            return f"{start:%Y-%m}"
        case _:
            return f"{start}" if start == end else f"{start}/{end}"
