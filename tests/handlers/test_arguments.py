"""Areas, periods, types and words, in any order."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.arguments import MAX_WORDS, TYPE_WORDS, Arguments, literal_words, read_arguments
from parsing.district import load_district
from parsing.model import EventType

FENGTAI = load_district("丰台区")
TODAY = date(2024, 4, 10)  # a Wednesday

APRIL: dict[str, Any] = {"since": date(2024, 4, 1), "until": date(2024, 4, 30)}
LAST_WEEK: dict[str, Any] = {"since": date(2024, 4, 1), "until": date(2024, 4, 7)}


def read(text: str, *, types: bool = False) -> Arguments:
    return read_arguments(text, FENGTAI, TODAY, types=types)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Arguments()),
        ("  \n ", Arguments()),
        ("王佐镇", Arguments(areas=("王佐镇",))),
        ("王佐", Arguments(areas=("王佐镇",))),
        ("上周", Arguments(**LAST_WEEK)),
        ("4月", Arguments(**APRIL)),
        ("王佐镇 4月", Arguments(areas=("王佐镇",), **APRIL)),
        ("4月 王佐镇", Arguments(areas=("王佐镇",), **APRIL)),
        ("停水 王佐镇 上周", Arguments(areas=("王佐镇",), rest=("停水",), **LAST_WEEK)),
        ("上周，王佐镇、停水", Arguments(areas=("王佐镇",), rest=("停水",), **LAST_WEEK)),
        ("王佐镇 云岗街道", Arguments(areas=("王佐镇", "云岗街道"))),
        ("王佐镇 王佐", Arguments(areas=("王佐镇",))),
        ("last week 王佐镇", Arguments(areas=("王佐镇",), **LAST_WEEK)),
        ("3月1日 至 5日", Arguments(since=date(2024, 3, 1), until=date(2024, 3, 5))),
        ("王佐镇 3月1日 至 5日 停水", Arguments(
            areas=("王佐镇",), since=date(2024, 3, 1), until=date(2024, 3, 5), rest=("停水",)
        )),
        ("2024-04-02", Arguments(since=date(2024, 4, 2), until=date(2024, 4, 2))),
        ("全区 停水", Arguments(rest=("停水",))),
        ("丰台区 停水", Arguments(rest=("停水",))),
        ("王佐镇的", Arguments(areas=("王佐镇",))),
        ("王佐镇上周", Arguments(areas=("王佐镇",), **LAST_WEEK)),
        ("长辛店大集", Arguments(rest=("长辛店大集",))),
        ("ＰＰＰ　１２３４５６", Arguments(rest=("PPP", "123456"))),
        ("获奖", Arguments(rest=("获奖",))),
        ("2月30日", Arguments(rest=("2月30日",))),
    ],
)  # fmt: skip
def test_arguments_are_understood_in_any_order(text: str, expected: Arguments) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("获奖 王佐镇", Arguments(types=(EventType.AWARD,), areas=("王佐镇",))),
        ("上周的会议", Arguments(types=(EventType.MEETING,), **LAST_WEEK)),
        ("王佐镇获奖", Arguments(types=(EventType.AWARD,), areas=("王佐镇",))),
        ("王佐镇上周的活动", Arguments(types=(EventType.ACTIVITY,), areas=("王佐镇",), **LAST_WEEK)),
        ("meetings last week", Arguments(types=(EventType.MEETING,), **LAST_WEEK)),
        ("Awards 会议", Arguments(types=(EventType.AWARD, EventType.MEETING))),
        ("会议室", Arguments(rest=("会议室",))),
    ],
)
def test_plain_words_may_name_types(text: str, expected: Arguments) -> None:
    assert read(text, types=True) == expected


def test_every_type_can_be_asked_for_in_words() -> None:
    assert set(TYPE_WORDS.values()) == set(EventType)


def test_only_one_period_is_read_and_a_second_is_searched_for() -> None:
    read_twice = read("上周 4月")
    assert (read_twice.since is None, len(read_twice.rest)) == (False, 1)


def test_what_is_understood_can_still_be_taken_literally() -> None:
    assert literal_words("获奖 王佐镇 上周") == Arguments(rest=("获奖", "王佐镇", "上周"))


def test_a_filter_holds_all_that_was_read() -> None:
    flt = read("获奖 王佐镇 停水 4月", types=True).filter
    assert (flt.types, flt.areas, flt.words) == ((EventType.AWARD,), ("王佐镇",), ("停水",))
    assert (flt.since, flt.until) == (APRIL["since"], APRIL["until"])


def test_a_very_long_question_is_read_up_to_a_limit() -> None:
    assert sum(map(len, read("停水" * 4000).rest)) <= MAX_WORDS


_PIECES = st.sampled_from(
    [
        "王佐镇",
        "长辛店",
        "的",
        "上周",
        "4月",
        "31日",
        "至",
        "—",
        "-",
        "2024",
        "年",
        "会议",
        " ",
        "，",
        "99999",
        "最近",
        "天",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=12).map("".join)))
def test_reading_never_fails(text: str) -> None:
    asked = read(text, types=True)
    assert (asked.since is None) == (asked.until is None)
    assert asked.since is None or asked.until is None or asked.since <= asked.until
    assert all(word and word == word.strip() for word in asked.rest)
