"""When a page was issued: read from its masthead or address; `infer_year` finds at least its year."""

import re
from datetime import date

from parsing.issue_year import YearGuess, infer_year

__all__ = ["YearGuess", "find_issue_date", "infer_year"]

_FULL = re.compile(
    r"(?P<year>20\d\d|19\d\d)\s*(?:年|[-./])\s*(?P<month>\d{1,2})\s*(?:月|[-./])\s*(?P<day>\d{1,2})(?:\s*日)?(?!\d)"
)
# What stands beside the date in a masthead: 星期一, 第02版, 责编, 总第1234期
_MASTHEAD = re.compile(
    r"星期|周[一二三四五六日]|版|责任?编|第\s*\d+\s*期|农历|报(?:\s|$|社)|发布(?:时间|日期)|日期|来源|美编|校对"
)
_ADDRESS = re.compile(r"/(?P<year>20\d\d)[-/]?(?P<month>\d{2})[-/](?P<day>\d{2})(?:/|_|\.)")
_SENTENCE = re.compile(r"[。；]|，.*，")
_LONGEST = 100


def find_issue_date(text: str) -> tuple[date, int, int] | None:
    """The issue date that a page prints, with the offsets of its words; None where no line is like a masthead."""
    offset = 0
    lines: list[tuple[int, str]] = []
    for line in text.split("\n"):
        if line.strip():
            lines.append((offset, line))
        offset += len(line) + 1
    edges = {start for start, _ in [*lines[:6], *lines[-4:]]}
    for start, line in lines:
        if len(line) > _LONGEST or _SENTENCE.search(line):
            continue
        for match in _FULL.finditer(line):
            alone = line.strip() == match[0].strip()
            told = alone or (_MASTHEAD.search(line) and (start in edges or re.search("星期|责任?编", line)))
            if told and (day := _date(match)):
                return day, start + match.start(), start + match.end()
    if (address := _ADDRESS.search(text)) and (day := _date(address)):
        return day, address.start(), address.end()
    return None


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
