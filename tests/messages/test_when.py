from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages.i18n import translator
from messages.when import say, say_moment, say_months, say_span, say_weekday
from parsing.model import NO_PERIOD, RECENTLY, Period, Precision
from tests.messages import strategies

ZH, EN = translator("zh"), translator("en")
TODAY = date(2024, 4, 8)


@pytest.mark.parametrize(
    ("start", "end", "precision", "zh", "en"),
    [
        ("2024-04-02", "2024-04-02", "day", "4月2日 周二", "Tue 2 Apr"),
        ("2023-04-02", "2023-04-02", "day", "2023年4月2日 周日", "Sun 2 Apr 2023"),
        ("2024-04-20", "2024-04-26", "day", "4月20日—26日", "20–26 Apr"),
        ("2024-04-28", "2024-05-03", "day", "4月28日—5月3日", "28 Apr–3 May"),
        ("2023-04-20", "2023-04-26", "day", "2023年4月20日—26日", "20–26 Apr 2023"),
        ("2023-04-28", "2023-05-03", "day", "2023年4月28日—5月3日", "28 Apr–3 May 2023"),
        ("2023-12-30", "2024-01-02", "day", "2023年12月30日—2024年1月2日", "30 Dec 2023–2 Jan 2024"),
        ("2024-03-01", "2024-03-31", "month", "3月", "Mar"),
        ("2023-03-01", "2023-03-31", "month", "2023年3月", "Mar 2023"),
        ("2024-01-01", "2024-05-31", "month", "1—5月", "Jan–May"),
        ("2023-01-01", "2023-05-31", "month", "2023年1—5月", "Jan–May 2023"),
        ("2023-11-01", "2024-02-29", "month", "2023年11月—2024年2月", "Nov 2023–Feb 2024"),
        ("2024-01-01", "2024-03-31", "quarter", "一季度", "Q1"),
        ("2023-07-01", "2023-12-31", "quarter", "2023年下半年", "second half 2023"),
        ("2024-01-01", "2024-09-30", "quarter", "前三季度", "Q1–Q3"),
        ("2024-02-01", "2024-04-30", "quarter", "2—4月", "Feb–Apr"),
        ("2024-01-01", "2024-12-31", "year", "2024年", "2024"),
        ("2022-01-01", "2023-12-31", "year", "2022—2023年", "2022–2023"),
    ],
)
def test_a_date_is_said_as_well_as_it_is_known(
    start: str, end: str, precision: str, zh: str, en: str
) -> None:
    period = Period(date.fromisoformat(start), date.fromisoformat(end), Precision(precision))
    said = [say(period, reported_on=TODAY, today=TODAY, t=t) for t in (ZH, EN)]
    assert said == [zh, en]


def test_a_day_that_is_not_told_is_not_made_up() -> None:
    assert say(NO_PERIOD, reported_on=TODAY, today=TODAY, t=ZH) == "日期未写明（4月8日报道）"
    assert say(RECENTLY, reported_on=date(2023, 4, 8), today=TODAY, t=ZH) == "日前（2023年4月8日报道）"
    assert say(RECENTLY, reported_on=None, today=TODAY, t=ZH) == "日前"
    assert say(Period(precision=Precision.DAY), reported_on=None, today=TODAY, t=EN) == "date not told"


@given(strategies.periods(), st.none() | strategies.days, strategies.days)
@settings(max_examples=80)
def test_any_period_can_be_said(period: Period, reported_on: date | None, today: date) -> None:
    for t in (ZH, EN):
        words = say(period, reported_on=reported_on, today=today, t=t)
        assert words
        if period.end is not None and period.end.year != today.year:
            assert str(period.end.year) in words


def test_a_moment_is_said_in_the_zone_of_its_reader() -> None:
    moment = datetime(2024, 4, 14, 23, 30, tzinfo=UTC)
    assert say_moment(moment, zone="Asia/Shanghai", today=TODAY, t=ZH) == "4月15日 周一 07:30"
    assert say_moment(moment, zone="America/New_York", today=TODAY, t=EN) == "Sun 14 Apr 19:30"


def test_the_days_of_a_filter_are_said_as_whole_months_where_they_are() -> None:
    def said(since: date | None, until: date | None) -> str:
        return say_span(since, until, today=TODAY, t=ZH)

    assert said(date(2024, 3, 1), date(2024, 3, 31)) == "3月"
    assert said(date(2023, 1, 1), date(2023, 12, 31)) == "2023年"
    assert said(date(2024, 1, 1), date(2024, 3, 31)) == "一季度"
    assert said(date(2024, 4, 1), date(2024, 4, 7)) == "4月1日—7日"
    assert said(date(2024, 4, 1), None) == "4月1日以来"
    assert said(None, date(2023, 4, 1)) == "2023年4月1日以前"
    assert said(None, None) == ""


def test_months_of_issue_carry_their_year() -> None:
    assert say_months(date(2024, 4, 1), date(2024, 4, 8), t=ZH) == "2024年4月"
    assert say_months(date(2024, 1, 1), date(2024, 4, 8), t=ZH) == "2024年1—4月"
    assert say_months(date(2023, 12, 1), date(2024, 4, 8), t=EN) == "Dec 2023–Apr 2024"


def test_a_week_begins_on_monday() -> None:
    assert [say_weekday(day, ZH) for day in (0, 6)] == ["周一", "周日"]
