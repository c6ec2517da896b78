"""Parts of the day and clock times: 上午9:00-11:30, 晚7点半, 零时至6时."""

import re
from datetime import time

from parsing import date_patterns as p

# A clock time: start, and end of a clock range.
Clock = tuple[time, time | None]


def skip(text: str, at: int) -> int:
    """The offset behind the blanks that may stand inside a date."""
    gap = p.GAP.match(text, at)
    return gap.end() if gap else at


def read_clock(text: str, at: int) -> tuple[int, Clock | None] | None:
    """A part of the day and a clock time or clock range at `at`: its end and the times, None where none is."""
    end = at
    part = p.DAYPART.match(text, at)
    if part:
        end = part.end()
    first = p.CLOCK.match(text, skip(text, end))
    if first is None or (part is None and first["words"] and first["words"] != "〇"):
        return (end, None) if part else None
    opening = _time(first, part)
    end = first.end()
    link = p.LINK.match(text, end)
    if link:
        here = link.end()
        for word in ("次日", "翌日", "第二天", "当日", "当天"):
            if text.startswith(word, here):
                here += len(word)
        second_part = p.DAYPART.match(text, here)
        second = p.CLOCK.match(text, skip(text, second_part.end() if second_part else here))
        if second and (second_part or part or not second["words"]):
            closing = _time(second, second_part or part)
            return second.end(), (opening, closing)
    return end, (opening, None)


def _time(match: re.Match[str], part: re.Match[str] | None) -> time:
    hour = p.number(match["words"] or match["hour"])
    minute = 30 if match["half"] or match["half2"] else int(match["minute"] or match["minutes"] or 0)
    if hour == 24:
        return time(23, 59)
    afternoon = p.DAYPARTS.get(part[0], 0) if part else 0
    if (
        afternoon == 12
        and 1 <= hour < 12
        and not (part and part[0] in ("夜间", "深夜", "夜里", "夜") and hour < 6)
    ) or (afternoon == 11 and 1 <= hour <= 3):
        hour += 12
    return time(hour, minute)
