"""When sources are looked at: some hours of the day, in the district's zone."""

import re
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVERY = timedelta(minutes=30)  # within a span of hours
_SPREAD = 10  # minutes over which sources are spread, so that they do not all begin at once
_SPAN = re.compile(r"(\d{1,2}:\d\d)(?:\s*[-–]\s*(\d{1,2}:\d\d))?")


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans of a day, such as 06:30-10:30 and 14:00; a moment is a span without length."""

    spans: tuple[tuple[time, time], ...]

    def next_look(self, source: str, now: datetime, zone: str, *, is_done: bool) -> datetime:
        """When to look at a source next, in UTC.

        A source is looked at every half an hour within a span, until the day's issue `is_done`; then once in
        each span that follows.
        """
        local = ZoneInfo(zone)
        now = now.astimezone(UTC)  # in local time an hour may come twice
        today = now.astimezone(local).date()
        shift = timedelta(minutes=zlib.crc32(source.encode()) % _SPREAD)
        for day in (today, today + timedelta(days=1)):
            for start, end in self.spans:
                first, last = _at(day, start, local) + shift, _at(day, end, local) + shift
                if first > now:
                    return first
                if not is_done and now + EVERY <= last:
                    return now + EVERY
        raise AssertionError("tomorrow's first span lies ahead")


def hours_of(text: str) -> Hours:
    """Hours as a person writes them: 06:30-10:30,14:00.

    Raises:
        ValueError: they are none, or a span ends before it begins.
    """
    spans = []
    for part in re.split(r"[,，;；]\s*", text.strip()):
        found = _SPAN.fullmatch(part.strip())
        if found is None:
            raise ValueError(f"{part!r} is no hour of the day")
        start, end = _time(found[1]), _time(found[2] or found[1])
        if end < start:
            raise ValueError(f"{part!r} ends before it begins")
        spans.append((start, end))
    return Hours(tuple(sorted(spans)))


def _time(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


def _at(day: date, moment: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, moment, zone).astimezone(UTC)
