"""When a weekly digest is due: a weekday and a time of day in a zone, safe across changes of the clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Once a week: `weekday` (0 is Monday), `hour` and `minute` of the local day in an IANA `zone`.

    Raises:
        ValueError: a part is out of range or the zone is unknown.
    """

    weekday: int = 0
    hour: int = 9
    minute: int = 0
    zone: str = "Asia/Shanghai"

    def __post_init__(self) -> None:
        if not (0 <= self.weekday <= 6 and 0 <= self.hour <= 23 and 0 <= self.minute <= 59):
            raise ValueError(f"no such weekday or time: {self.weekday} {self.hour:02}:{self.minute:02}")
        try:
            ZoneInfo(self.zone)
        except (OSError, ValueError, KeyError) as error:
            raise ValueError(f"unknown time zone: {self.zone}") from error

    def next_due(self, after: datetime) -> datetime:
        """The first time strictly after `after`, in UTC."""
        return next_due(after, self.weekday, self.hour, self.minute, self.zone)


def next_due(after: datetime, weekday: int, hour: int, minute: int, zone: str) -> datetime:
    """The first moment strictly after `after` (aware) that has this weekday and local time, in UTC.

    A local time that the clock skips is moved to the next minute that exists; one that the clock shows
    twice counts at the first showing only.

    Raises:
        ValueError: `after` is naive.
    """
    if after.tzinfo is None:
        raise ValueError("`after` needs a time zone")
    place = ZoneInfo(zone)
    day = after.astimezone(place).date()
    # The day before too: a moment skipped late in the evening may fall on the next local day.
    day -= timedelta(days=(day.weekday() - weekday) % 7 or 7)
    while True:
        moment = _first_showing(day, hour, minute, place)
        if moment > after:
            return moment
        day += timedelta(days=7)


def _first_showing(day: date, hour: int, minute: int, place: ZoneInfo) -> datetime:
    local = datetime.combine(day, time(hour, minute))
    while True:
        moment = local.replace(tzinfo=place, fold=0).astimezone(UTC)
        if moment.astimezone(place).replace(tzinfo=None) == local:
            return moment
        local += _MINUTE
