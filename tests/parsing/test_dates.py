"""Times in news text mean the days that a reader takes them for."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.dates import DateKind, find_dates, find_dates_of, read_period
from parsing.model import Precision

ISSUE = date(2024, 4, 8)  # a Monday


def days(text: str, issued_on: date | None = ISSUE, year: int | None = None) -> list[tuple[str, str]]:
    found = find_dates(text, issued_on, year=year)
    return [(str(item.when.start), str(item.when.end)) for item in found]


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("4月2日上午", "2024-04-02", "2024-04-02", "day"),
        ("昨日", "2024-04-07", "2024-04-07", "day"),
        ("上周五", "2024-04-05", "2024-04-05", "day"),
        ("周六", "2024-04-06", "2024-04-06", "day"),
        ("本月20日", "2024-04-20", "2024-04-20", "day"),
        ("3月27日至29日", "2024-03-27", "2024-03-29", "day"),
        ("五一假期期间", "2024-05-01", "2024-05-05", "day"),
        ("清明期间", "2024-04-04", "2024-04-06", "day"),
        ("上周", "2024-04-01", "2024-04-07", "day"),
        ("上周末", "2024-04-06", "2024-04-07", "day"),
        ("5月10日前", "2024-05-10", "2024-05-10", "day"),
        ("截至3月底", "2024-03-31", "2024-03-31", "day"),
        ("6月1日起", "2024-06-01", "2024-06-01", "day"),
        ("即日起至5月10日", "2024-04-08", "2024-05-10", "day"),
        ("3月份", "2024-03-01", "2024-03-31", "month"),
        ("1—2月份", "2024-01-01", "2024-02-29", "month"),
        ("3月初", "2024-03-01", "2024-03-31", "month"),
        ("一季度", "2024-01-01", "2024-03-31", "quarter"),
        ("上半年", "2024-01-01", "2024-06-30", "quarter"),
        ("前三季度", "2024-01-01", "2024-09-30", "quarter"),
        ("2023年度", "2023-01-01", "2023-12-31", "year"),
        ("去年", "2023-01-01", "2023-12-31", "year"),
        ("今年以来", "2024-01-01", "2024-12-31", "year"),
        ("截至目前", "2024-04-08", "2024-04-08", "day"),
        ("12月25日", "2023-12-25", "2023-12-25", "day"),
        ("农历三月初三", "2024-04-11", "2024-04-11", "day"),
    ],
)
def test_the_table_of_the_guideline_is_read(text: str, start: str, end: str, precision: str) -> None:
    (found,) = find_dates(text, ISSUE)
    assert (str(found.when.start), str(found.when.end), found.when.precision.value) == (start, end, precision)


def test_lately_tells_no_day() -> None:
    (found,) = find_dates("近日，我区召开会议", ISSUE)
    assert found.when.start is None
    assert found.when.precision is Precision.RECENT


def test_a_word_about_the_future_turns_a_bare_month_round() -> None:
    assert days("将于12月25日举行") == [("2024-12-25", "2024-12-25")]


def test_what_a_figure_is_compared_with_is_no_period_of_its_own() -> None:
    assert [item.kind for item in find_dates("较去年增长5%", ISSUE)] == [DateKind.COMPARED]
    assert [item.kind for item in find_dates("较6月份增长28%", ISSUE)] == [DateKind.COMPARED]


def test_without_issue_date_an_inferred_year_stands_in() -> None:
    assert days("4月2日", None, 2021) == [("2021-04-02", "2021-04-02")]
    assert days("4月2日", None) == [("None", "None")]


def test_a_bare_day_takes_its_month_from_the_paragraphs_before() -> None:
    _, later = find_dates_of(["3月30日至4月2日，代表团来访。", "1日，双方签约。"], None, year=2022)
    assert [str(item.when.start) for item in later] == ["2022-04-01"]
    assert [str(item.when.start) for item in find_dates("本月20日", None, year=2022, month=9)] == [
        "2022-09-20"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("八日晚上开会", ["2024-04-08"]),
        ("十四号在宾馆签了约", ["2024-04-14"]),
        ("二号厅和十号线都开了，三日内办结，为期十二日", []),
        ("三号那天上午", ["2024-04-03"]),
        ("二十三号到二十七号翻修大门", ["2024-03-23"]),
        ("十七号楼的住户", []),
        ("孩子十七号选手", []),
        ("昨儿个下午", ["2024-04-07"]),
        ("这月五号", ["2024-04-05"]),
        ("三月二十，来了一车人", ["2024-03-20"]),
        ("三月二十五早上", ["2024-03-25"]),
        ("三月二十多户", ["2024-03-01"]),
        ("12号线的第12号", []),
        ("3月5日开会，隔天又开", ["2024-03-05", "2024-03-06"]),
        ("三月最后一个周六", ["2024-03-30"]),
        ("3月头一个星期天", ["2024-03-03"]),
        ("四月的第二个星期日", ["2024-04-14"]),
        ("1日早饭后，五日清晨", ["2024-04-01", "2024-04-05"]),
    ],
)
def test_a_day_spelt_out_is_one_where_its_neighbours_say_so(text: str, told: list[str]) -> None:
    assert [start for start, _ in days(text)] == told


def test_a_bare_day_is_of_the_month_told_just_before() -> None:
    assert days("5月12日开赛，15日上午闭馆") == [("2024-05-12", "2024-05-12"), ("2024-05-15", "2024-05-15")]
    assert days("3月2日开会，28日签约")[1] == ("2024-03-28", "2024-03-28")
    assert days("4月20日起报名，5日已办结")[1] == ("2024-04-05", "2024-04-05")


def test_a_day_of_last_week_is_not_of_next_month_whatever_stands_behind_it() -> None:
    assert days("6日离开前双方签约") == [("2024-04-06", "2024-04-06")]


def test_the_end_of_what_began_is_not_before_it() -> None:
    assert days("4月5日开幕，到5月20日结束")[1] == ("2024-05-20", "2024-05-20")
    assert days("到3月20日")[0] == ("2024-03-20", "2024-03-20")
    assert days("因雨改到12月9日") == [("2024-12-09", "2024-12-09")]


def test_what_is_told_of_a_month_or_a_third_of_it_is_of_the_month() -> None:
    assert days("4月以来") == days("本月中旬起") == [("2024-04-01", "2024-04-30")]
    assert days("3月以来") == [("2024-03-01", "2024-04-08")]
    assert days("本月起") == [("2024-04-01", "2024-04-01")]


def test_the_end_of_an_application_lies_ahead() -> None:
    assert days("申请截至20日中午") == [("2024-04-20", "2024-04-20")]


def test_a_run_of_months_far_ahead_is_of_the_last_year() -> None:
    assert days("1—11月，产值增长8.3%", date(2024, 1, 9)) == [("2023-01-01", "2023-11-30")]


def test_the_next_day_follows_the_day_told_last() -> None:
    assert days("4月5日，召开会议。次日，代表团离开。") == [
        ("2024-04-05", "2024-04-05"),
        ("2024-04-06", "2024-04-06"),
    ]


def test_the_year_past_is_the_last_one_while_reports_sum_it_up() -> None:
    (found,) = find_dates("一年来，全区建成公园14处", date(2024, 1, 19))
    assert (str(found.when.start), str(found.when.end)) == ("2023-01-01", "2023-12-31")
    assert find_dates("一年来，全区建成公园14处", date(2024, 7, 19)) == []


def test_from_an_unknown_issue_day_on_only_the_last_day_is_known() -> None:
    (found,) = find_dates("即日起至3月27日暂停开放", None, year=2022)
    assert (found.when.start, found.when.end, str(found.when.until)) == (None, None, "2022-03-27")


@pytest.mark.parametrize(
    "text",
    [
        "2月30日",
        "13月",
        "3月龄",
        "“23·7”",
        "19号楼",
        "3个月",
        "五一劳动奖章",
        "第3季",
        "十年",
        "24小时",
        "9.71%",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert not [item for item in find_dates(text, ISSUE) if item.when.start is not None]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("4月8日、9日两天", "2024-04-08", "2024-04-09"),
        ("本周六、周日闭馆", "2024-04-13", "2024-04-14"),
        ("4月13日、14日、15日", "2024-04-13", "2024-04-15"),
        ("一、4月9日7时至20时", "2024-04-09", "2024-04-09"),
        ("到3月末，企业317家", "2024-03-31", "2024-03-31"),
        ("10日零时至6时停水", "2024-04-10", "2024-04-10"),
        ("周六上午，医院专家义诊将走进社区", "2024-04-13", "2024-04-13"),
        ("春季花展推迟至4月16日，已购票者可退票", "2024-04-16", "2024-04-16"),
        ("清明三天，游客不断", "2024-04-04", "2024-04-06"),
        ("元旦那天启用", "2024-01-01", "2024-01-01"),
        ("正月十五、十六两晚", "2024-02-24", "2024-02-25"),
        ("元宵次日关门", "2024-02-25", "2024-02-25"),
        ("收稿至本月底", "2024-04-30", "2024-04-30"),
        ("本月起不再借用", "2024-04-01", "2024-04-01"),
        ("明后两晚放电影", "2024-04-09", "2024-04-10"),
        ("到4月30日止", "2024-04-30", "2024-04-30"),
        ("3月以来", "2024-03-01", "2024-04-08"),
        ("3月20日行动开始以来", "2024-03-20", "2024-04-08"),
        ("除夕至正月初六", "2024-02-09", "2024-02-15"),
        ("大年初一", "2024-02-10", "2024-02-10"),
        ("端午假期", "2024-06-08", "2024-06-10"),
        ("去年国庆假期", "2023-09-29", "2023-10-06"),
        ("“十四五”期间，能耗累计下降", "2021-01-01", "2025-12-31"),
    ],
)
def test_the_genre_s_short_forms_are_read(text: str, start: str, end: str) -> None:
    assert days(text) == [(start, end)]


@pytest.mark.parametrize("text", ["妇女节前夕", "慰问一线教师，", "到2030年，"])
def test_around_a_festival_and_goals_tell_no_day(text: str) -> None:
    assert not [item for item in find_dates(text, ISSUE) if item.when.precision is Precision.DAY]


def test_a_regular_day_is_no_day_of_the_calendar() -> None:
    assert [item.kind for item in find_dates("周一闭馆", ISSUE)] == [DateKind.RECURRENCE]
    assert [item.kind for item in find_dates("周五、周六延长开放至21时", ISSUE)][:1] == [DateKind.RECURRENCE]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("4月", "2024-04-01", "2024-04-30"),
        ("最近7天", "2024-04-02", "2024-04-08"),
        ("2024-04", "2024-04-01", "2024-04-30"),
        ("3月1日至5日", "2024-03-01", "2024-03-05"),
        ("last week", "2024-04-01", "2024-04-07"),
        ("2024 Q1", "2024-01-01", "2024-03-31"),
        ("五一", "2024-05-01", "2024-05-05"),
    ],
)
def test_a_command_s_period_is_read(words: str, start: str, end: str) -> None:
    period = read_period(words, ISSUE)
    assert period is not None
    assert (str(period.start), str(period.end)) == (start, end)


@pytest.mark.parametrize("words", ["长辛店", "2月30日", "13月", "", "奖", "4月2日的会"])
def test_words_that_are_no_period_are_none(words: str) -> None:
    assert read_period(words, ISSUE) is None


_WORDS = st.sampled_from(
    [
        *"年月日号至到前起周上下本去今明昨0123456789一二三十、—，。（）",
        "季度",
        "半年",
        "初",
        "底",
        "农历",
        "近日",
    ]
)
_ISSUES = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(st.lists(_WORDS, max_size=24).map("".join), st.none() | _ISSUES)
def test_any_text_gives_ordered_dates_and_never_an_error(text: str, issued_on: date | None) -> None:
    found = find_dates(text, issued_on)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(item.text and 0 <= item.start < item.end <= len(text) for item in found)


@given(st.integers(-3, 3), _ISSUES)
def test_a_relative_day_moves_with_the_issue_date(shift: int, issued_on: date) -> None:
    word = {-3: "大前天", -2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天", 3: "大后天"}[shift]
    (found,) = find_dates(word, issued_on)
    assert found.when.start == issued_on + timedelta(days=shift)


@given(st.integers(1, 12), _ISSUES)
def test_a_month_is_its_first_to_last_day_and_no_day_is_invented(month: int, issued_on: date) -> None:
    (found,) = find_dates(f"{month}月", issued_on)
    assert found.when.precision is Precision.MONTH
    assert found.when.start is not None
    assert found.when.end is not None
    assert found.when.start.day == 1
    assert (found.when.end + timedelta(days=1)).day == 1


def test_a_weekday_has_the_day_in_brackets_behind_it() -> None:
    assert days("星期六（4月13日）") == [("2024-04-13", "2024-04-13")] * 2
    assert days("星期六（4月20日）") == [("2024-04-20", "2024-04-20")] * 2
