"""A form of a date is asked wherever one of its letters stands, and nowhere else."""

import pytest

from parsing import date_patterns as p
from parsing.calendar import FESTIVALS
from parsing.date_forms import FORMS
from parsing.date_years import Anchor, Hints
from parsing.dates import DateKind, find_dates
from tests.parsing.test_dates import ISSUE, days


@pytest.mark.parametrize(
    "words",
    sorted(
        [  # some of them are sets, which have no order
            *p.YEAR_WORDS,
            *p.NEXT_YEAR,
            *p.SAME_YEAR,
            *p.MONTH_WORDS,
            *p.DAY_WORDS,
            *(f"{which}周五" for which in p.WEEK_WORDS),
            *p.DAYPARTS,
            *(f"{name}节，" for name in FESTIVALS),
            *(f"{year}春节，" for year in p.YEAR_WORDS),
            *(
                "中旬，",
                "正午十二点",
                "明后两晚",
                "今明两天",
                "过去一年",
                "一年来",
                "双休日",
                "逢周三",
                "第二天上午",
            ),
        ]
    ),
)
def test_a_form_knows_the_letters_that_it_begins_with(words: str) -> None:
    """A form is asked only where one of its letters stands."""
    for form in FORMS:
        if form.read(words, 0, Anchor(ISSUE, None, None), Hints(seen=ISSUE)):
            assert words[0] in form.opens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("月底前完成整改。", ("2024-04-30", "2024-04-30")),
        ("月初印发。", ("2024-04-01", "2024-04-30")),
        ("开年首周，客流增长。", ("2024-01-01", "2024-01-07")),
        ("青年节当天免费。", ("2024-05-04", "2024-05-04")),
    ],
)
def test_a_date_may_begin_with_a_bare_word(text: str, expected: tuple[str, str]) -> None:
    assert days(text) == [expected]


def test_working_hours_come_round() -> None:
    (found,) = find_dates("工作日9时至17时开放。", ISSUE)
    assert found.kind is DateKind.RECURRENCE
