"""Looks a text through for time expressions: which stand where, how they join, and what they leave to the next."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from parsing import date_patterns as p
from parsing.date_forms import FORMS
from parsing.date_kinds import DateKind, FoundDate
from parsing.date_years import Anchor, Hints
from parsing.model import Period, Precision

# A cheap look at each position: only the letters that some form begins with can open an expression.
_BY_LETTER = {
    letter: [form for form in FORMS if letter in form.opens] for letter in {*"".join(f.opens for f in FORMS)}
}
_OPENERS = re.compile(f"[{''.join(sorted(_BY_LETTER))}]")


def find_dates(
    text: str, issued_on: date | None, *, year: int | None = None, month: int | None = None
) -> list[FoundDate]:
    """All time expressions of a text, in order and without overlap, the longest reading of each.

    `issued_on` is the day that 昨日 and bare dates are read against; `year` and `month` are inferred ones
    that stand in for it where it is None. What no calendar has (2月30日) is left out. Never raises.
    """
    return find_dates_of([text], issued_on, year=year, month=month)[0]


def find_dates_of(
    paragraphs: Sequence[str], issued_on: date | None, *, year: int | None = None, month: int | None = None
) -> list[list[FoundDate]]:
    """The same for the paragraphs of an article, a list for each: a bare 9日 takes its month from those before."""
    anchor = Anchor(issued_on, year, month)
    found: list[list[FoundDate]] = []
    seen: date | None = None
    for text in paragraphs:
        dates, seen = _search(text, anchor, seen)
        found.append(dates)
    return found


def _search(text: str, anchor: Anchor, seen: date | None) -> tuple[list[FoundDate], date | None]:
    """The dates of one paragraph, and the day told last."""
    narrow = p.narrow(text)
    found: list[FoundDate] = []
    at = 0
    told = Hints(seen=seen)
    while opener := _OPENERS.search(narrow, at):
        at = opener.start()
        forms = _BY_LETTER[opener[0]]
        item = next((item for form in forms if (item := form.read(narrow, at, anchor, told))), None)
        if item is None:
            at += 1
            continue
        item = replace(item, text=text[item.start : item.end])
        _append(found, item, narrow)
        item = found[-1]
        start = item.when.start
        if start is not None and item.kind is not DateKind.COMPARED:
            seen = start if item.when.precision is Precision.DAY else seen
            told = Hints(year=start.year, month=start.month, seen=seen)
        at = max(item.end, at + 1)
    return found, seen


def _append(found: list[FoundDate], item: FoundDate, narrow: str) -> None:
    """Adds a date; one that makes a range with the date before it, or says which day that is, is joined to it."""
    before = found[-1] if found else None
    if before is None or before.when.start is None or item.when.start is None or item.when.end is None:
        found.append(item)
        return
    between = narrow[before.end : item.start]
    both_days = before.when.precision is Precision.DAY is item.when.precision
    if both_days and between == "(" and before.when.start == before.when.end:
        found[-1] = replace(before, when=item.when)  # 星期六(4月13日): the bracket says which
    elif both_days and p.LINK.fullmatch(between) and before.when.start <= item.when.end:
        text = before.text + between + item.text  # 除夕至正月初六
        when = Period(before.when.start, item.when.end, Precision.DAY)
        found[-1] = replace(item, start=before.start, text=text, when=when, kind=DateKind.RANGE)
        return
    found.append(item)
