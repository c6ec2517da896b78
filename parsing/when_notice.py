"""When a notice holds: its own days, the new one of what is put off, or the next of what comes round."""

import re

from parsing.dates import DateKind, FoundDate
from parsing.model import NO_PERIOD, Period, Precision
from parsing.schedule import next_time
from parsing.when_range import Told, lasting, told
from parsing.when_scope import LINKED, Scope

_ON_A_DAY = frozenset({DateKind.DAY, DateKind.RANGE})
_WANTED = _ON_A_DAY | {DateKind.UNTIL, DateKind.SINCE, DateKind.MONTH}
# 花展[推迟至]4月16日, 时间[改为]周五, [延到]11月13日
_POSTPONED = re.compile(
    r"(?:推迟|延期|延后|改期|顺延|提前|调整|延长)(?:至|到|为|在)|[改挪](?:为|到|至|在|成)|(?:推|延)(?:到|至)"
)
# [原定]3月12日举行的听证会, 因…，推迟至3月26日; [由]12月20日延长至12月31日
_FORMER = re.compile(r"原(?:定|来|说|计划|拟|本|约|安排|排|先)|由(?=\d)")


def of_notice(scope: Scope) -> Told:
    """The period of a notice and the words it was read from."""
    if found := _new_day(scope):
        return found
    own = _fitting(scope.own())
    if own:
        return lasting(scope, own[0])
    if before := _fitting(scope.before()):
        return told(before[-1])
    if after := _fitting(scope.after()):
        return told(after[0])
    next_one = coming(scope)
    earlier = _fitting(scope.earlier())
    if next_one[1] or earlier:
        return next_one if next_one[1] else told(earlier[-1])
    # 活动期间，道路封闭: of what the paragraphs before told
    linked = LINKED.search(scope.paragraph.text[scope.sentence[0] : scope.candidate.clause.end])
    day = scope.day_before_paragraph(_ON_A_DAY) if linked else None
    return told(day) if day else next_one


def coming(scope: Scope) -> Told:
    """Where no day is told, the next one of what comes round."""
    found = next_time(scope)
    if found is None or found.next_on is None:
        return NO_PERIOD, None
    return Period(found.next_on, found.next_on, Precision.DAY), found.text


def _fitting(dates: list[FoundDate]) -> list[FoundDate]:
    return [d for d in dates if d.kind in _WANTED and (d.when.start or d.when.until)]


def _new_day(scope: Scope) -> Told | None:
    """The day that something is put off to, told in its clause, or where its old one is told further on too."""
    clause, text = scope.candidate.clause, scope.paragraph.text
    start, end = scope.sentence
    former = _FORMER.search(text, start, clause.end)
    moved = _POSTPONED.search(text, clause.start, end if former else clause.end)
    if moved is None:
        return None
    for found in _fitting(scope.between(start, end)):
        if found.start >= moved.end() - 1:
            return told(found)
        if found.start <= moved.start() < found.end and found.when.end:
            last = found.when.end  # 由12月20日延长至12月31日
            return Period(last, last, found.when.precision), found.text
    return None
