"""Whether the days that two reports tell can be those of one happening, and how much that says."""

import re
from datetime import timedelta

from parsing.model import NO_PERIOD, EventType, Period, Precision, State
from storage.course import holds, is_ahead, moved_to
from storage.reasons import Point, Reason
from storage.told import Told

WINDOW = timedelta(days=14)  # between reports of a happening whose day one of them does not tell
RECURRING_WINDOW = timedelta(days=3)  # the same, for what takes place again and again under one name
AHEAD = timedelta(days=60)  # from the report that something is put off to the day it had been set for

_RECURRING = re.compile(
    "月度|季度|每月|每周|例会|常委会|常务会|月调度|周调度|点评会"
    "|接访|系列|晨会|讲堂|讲坛|沙龙|集市|市集|夜校|主题党日|周[一二三四五六日末]|接待日"
)


def dates_agree(one: Told, other: Told) -> bool:
    """Whether the days they tell are the same or one holds the other; or how near the reports are."""
    return days_points(one, other) is not None


def days_points(one: Told, other: Told) -> list[Point] | None:
    """What the days say; None where they are of two happenings."""
    for changed, plain in ((one, other), (other, one)):
        if (points := _change(changed, plain)) is not None:
            return points
    if one.when.start and other.when.start:
        return _told_days(one, other)
    apart = _apart(one, other)
    recurring = _RECURRING.search(one.subject) or _RECURRING.search(other.subject)
    if recurring and not (one.reported_on and other.reported_on):
        return None  # the day of reading says nothing: an archive is read in one go
    if apart > (RECURRING_WINDOW if recurring else WINDOW):
        return None
    return [(Reason.NEAR, 0.75 if apart.days <= 4 else 0.25)]


def _told_days(one: Told, other: Told) -> list[Point] | None:
    if one.type is EventType.FIGURE:
        same = one.when.start == other.when.start and one.when.end == other.when.end
        if same:
            return [(Reason.SAME_DAYS, 2.0)]
        ends = one.when.end == other.when.end  # 截至4月30日, 1—4月
        return [(Reason.DAYS_FIT, 0.5)] if ends and _fit(one.when, other.when) else None
    if (one.when.start, one.when.end) == (other.when.start, other.when.end):
        return [(Reason.SAME_DAYS, 2.0 if one.when.precision is Precision.DAY else 1.0)]
    if holds(one.when, other.when) or holds(other.when, one.when):
        both = one.when.precision is other.when.precision is Precision.DAY
        return [(Reason.DAYS_FIT, 1.5 if both else 1.0)]
    return None


def _apart(one: Told, other: Told) -> timedelta:
    """How far apart in time two reports are of which at least one tells no day."""
    nearest = abs(one.told_on - other.told_on)
    for dated, undated in ((one, other), (other, one)):
        if dated.when.start and dated.when.end and undated.told_on >= dated.when.start:
            nearest = min(nearest, max(undated.told_on - dated.when.end, timedelta()))
    return nearest


def _change(changed: Told, plain: Told) -> list[Point] | None:
    """What a report of a move or a cancellation says of one that announced; None where it is no such pair."""
    change = changed.change
    if change is None or change.state is State.HELD:
        return None
    was = change.was if change.was.start or change.state is State.MOVED else changed.when
    new = moved_to(changed, change) if change.state is State.MOVED else NO_PERIOD
    told = [plain.when]
    if plain.change is not None and plain.change.state is not State.HELD:
        told += [plain.change.was, moved_to(plain, plain.change)]
    for day in (was, new):
        if any(_fit(day, each) for each in told):
            return [(Reason.CHANGE, 2.5)]
    # A day that is over was not what it had been set for: 昨日通知…延期至4月16日
    unknown = was.start is None or (was.end is not None and was.end < changed.told_on)
    if unknown and _awaits(plain, changed):
        return [(Reason.CHANGE, 1.0)]
    return None


def _awaits(plain: Told, changed: Told) -> bool:
    """Whether one report announces what was still to come when the other told that it was put off."""
    start, end = plain.when.start, plain.when.end
    if start is None or end is None or not is_ahead(plain) or plain.told_on > changed.told_on:
        return False
    return changed.told_on <= end and start - changed.told_on <= AHEAD


def _fit(one: Period, other: Period) -> bool:
    return holds(one, other) or holds(other, one)
