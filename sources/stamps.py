"""Days and times as web pages print them."""

import re
from datetime import datetime

_STAMP = re.compile(
    r"""(?<!\d)(?P<year>20\d\d)\s?[-./年]\s?(?P<month>\d{1,2})\s?[-./月]\s?(?P<day>\d{1,2})(?!\d)日?
        (?:[\sT]{0,3}(?P<hour>\d{1,2})[:：时](?P<minute>\d\d)(?!\d))?     # 2024-03-08[ 09:30]""",
    re.VERBOSE,
)


def first_stamp(text: str) -> datetime | None:
    """The first day in a text that exists, with its time where one is printed behind it, else midnight."""
    for found in _STAMP.finditer(text):
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
        try:
            moment = datetime(year, month, day)  # noqa: DTZ001 - a source's own time, as printed
        except ValueError:
            continue
        hour, minute = int(found["hour"] or 0), int(found["minute"] or 0)
        return moment.replace(hour=hour, minute=minute) if hour < 24 and minute < 60 else moment
    return None
