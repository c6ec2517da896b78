"""What holds of dates in any text: ordered, told, never made up, moving with the issue."""

import re
from datetime import date, timedelta

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from parsing.dates import DateKind, find_dates, find_dates_of, read_period
from parsing.issue_date import find_issue_date, infer_year
from parsing.model import Period, Precision
from parsing.reader import read_page

_PIECES = st.sampled_from(
    [
        *"年月日号至到前起周上下本去今明昨0123456789一二三十、—，。；（）“”",
        *[
            "季度",
            "半年",
            "初",
            "底",
            "农历",
            "近日",
            "截至",
            "即日起至",
            "持续至",
            "每周",
            "每月第一个",
            "以来",
            "次日",
            "2024年",
            "\n",
        ],
        *[
            "清明",
            "五一假期",
            "除夕",
            "正月初六",
            "春运期间",
            "“十四五”期间",
            "一年来",
            "建党百年",
            "前夕",
            "将",
            "已",
            "上午9时",
            "9:00-11:30",
        ],
        *["会议召开", "闭幕", "开幕", "揭牌", "停水", "获评", "同比增长5%"],
    ]
)
_TEXTS = st.lists(_PIECES, max_size=30).map("".join)
_ISSUES = st.dates(date(1990, 1, 1), date(2090, 12, 31))
_RELATIVE = st.sampled_from(
    ["昨日", "今天", "明晚", "后天", "上周五", "本周六", "下周二", "上周", "本周末", "周三", "大前天"]
)


def ordered(period: Period) -> bool:
    return period.start is None or (period.end is not None and period.start <= period.end)


@settings(deadline=None)  # lists and calendars are loaded at first use
@given(_TEXTS, st.none() | st.dates())
@example("周日闭馆，明天停水，下周末、每月31日开放", date.max)
@example("上周五召开会议，前天闭幕，一年来获评", date.min)
def test_no_interval_is_turned_round_and_no_text_raises(text: str, issued_on: date | None) -> None:
    assert all(ordered(item.when) for item in find_dates(text, issued_on))
    find_issue_date(text)
    infer_year(text)
    assert all(ordered(mention.when) for mention in read_page(text, issued_on=issued_on).mentions)


@settings(deadline=None)  # lists and calendars are loaded at first use
@given(st.lists(_TEXTS, max_size=4), st.none() | _ISSUES)
def test_the_words_of_a_date_are_those_of_its_text(paragraphs: list[str], issued_on: date | None) -> None:
    found = find_dates_of(paragraphs, issued_on, year=2024, month=4)
    assert len(found) == len(paragraphs)
    for text, dates in zip(paragraphs, found, strict=True):
        assert all(text[item.start : item.end] == item.text for item in dates)


@settings(deadline=None)  # lists and calendars are loaded at first use
@given(_TEXTS)
def test_without_a_year_anywhere_no_day_is_made_up(text: str) -> None:
    assume(not re.search(r"\d{4}|[一二]{1}[〇0一二三四五六七八九十]{3}|十[一二三四五]五", text))
    assert [item for item in find_dates(text, None) if item.when.start is not None] == []


@settings(deadline=None)  # lists and calendars are loaded at first use
@given(st.integers(1, 12), st.integers(1, 31), _ISSUES)
def test_a_month_and_day_are_those_told(month: int, day: int, issued_on: date) -> None:
    for item in find_dates(f"{month}月{day}日", issued_on):
        assert item.when.start is not None
        assert item.when.start == item.when.end
        assert (item.when.start.month, item.when.start.day) == (month, day)
        assert abs((item.when.start - issued_on).days) <= 366 * 4


@settings(deadline=None)  # lists and calendars are loaded at first use
@given(_RELATIVE, _ISSUES, st.integers(1, 40))
def test_what_is_told_against_the_issue_moves_with_it(words: str, issued_on: date, weeks: int) -> None:
    step = timedelta(weeks=weeks)
    (here,), (later,) = find_dates(words, issued_on), find_dates(words, issued_on + step)
    assert here.when.start is not None
    assert here.when.end is not None
    assert (later.when.start, later.when.end) == (here.when.start + step, here.when.end + step)


@settings(deadline=None)  # lists and calendars are loaded at first use
@given(_ISSUES, st.integers(0, 90))
def test_counting_up_to_a_day_ends_on_it(issued_on: date, back: int) -> None:
    day = issued_on - timedelta(days=back)
    (found,) = find_dates(f"截至{day.month}月{day.day}日", issued_on)
    assert found.kind is DateKind.UNTIL
    assert (found.when.start, found.when.end) == (day, day)


@settings(deadline=None)  # lists and calendars are loaded at first use
@given(_ISSUES, st.integers(1, 28), st.integers(1, 60))
def test_a_range_has_the_two_days_told(first: date, day: int, length: int) -> None:
    start = first.replace(day=day)
    end = start + timedelta(days=length)
    text = f"{start.year}年{start.month}月{start.day}日至{end.year}年{end.month}月{end.day}日"
    (found,) = find_dates(text, first)
    assert found.when == Period(start, end, Precision.DAY)


@settings(deadline=None)  # lists and calendars are loaded at first use
@given(_TEXTS, _ISSUES)
def test_a_command_s_words_never_raise(text: str, today: date) -> None:
    period = read_period(text, today)
    assert period is None or ordered(period)
