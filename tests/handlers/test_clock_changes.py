"""Which day it is, on the two nights when clocks change in Berlin: /upcoming and /recent turn at midnight."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.house import KEY
from parsing.model import EventType
from tests.handlers.desk import Desk, text_of
from tests.support.readings import Happening, on

BERLIN = ZoneInfo("Europe/Berlin")
SHORT, LONG = date(2024, 3, 31), date(2024, 10, 27)  # Sundays of 23 and of 25 hours


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def berlin(desk: Desk) -> Desk:
    """A desk in a district whose clocks change."""
    data = desk.application.bot_data
    house = data[KEY]
    data[KEY] = replace(house, settings=house.settings.model_copy(update={"zone": "Europe/Berlin"}))
    return desk


def fair(day: date) -> Happening:
    return Happening(
        EventType.ACTIVITY, "春季集市", f"{day.month}月{day.day}日，举办春季集市", on(day), headline="集市"
    )


@pytest.mark.parametrize(
    ("sunday", "begins", "ends", "hours"),
    [
        (SHORT, "2024-03-30T23:00", "2024-03-31T22:00", 23),
        (LONG, "2024-10-26T22:00", "2024-10-27T23:00", 25),
    ],
    ids=["spring", "autumn"],
)
async def test_what_is_today_is_ahead_for_the_whole_of_such_a_day_and_no_longer(
    berlin: Desk, sunday: date, begins: str, ends: str, hours: int
) -> None:
    first, after = moment(begins), moment(ends)
    assert after - first == timedelta(hours=hours)
    berlin.publish(fair(sunday), issued_on=sunday - timedelta(days=2))
    berlin.now = first - timedelta(minutes=1)
    assert "春季集市" in text_of(await berlin.ask("/upcoming 1"))
    while berlin.now < after - timedelta(minutes=31):
        berlin.now += timedelta(minutes=30)
        assert berlin.now.astimezone(BERLIN).date() in (sunday, sunday - timedelta(days=1))
        assert "春季集市" in text_of(await berlin.ask("/upcoming 1")), berlin.now
    berlin.now = after
    assert "春季集市" not in text_of(await berlin.ask("/upcoming 1")).split("\n\n")[0]
    assert "春季集市" in text_of(await berlin.ask("/recent 2"))


@pytest.mark.parametrize("sunday", [SHORT, LONG], ids=["spring", "autumn"])
async def test_seven_days_that_hold_such_a_night_are_seven_days(berlin: Desk, sunday: date) -> None:
    berlin.publish(fair(sunday - timedelta(days=6)), issued_on=sunday - timedelta(days=6))
    evening = datetime(sunday.year, sunday.month, sunday.day, 23, 59, tzinfo=BERLIN)
    berlin.now = evening.astimezone(UTC)
    assert "春季集市" in text_of(await berlin.ask("/recent 7"))
    assert "春季集市" not in text_of(await berlin.ask("/recent 6")).split("\n\n")[0]
