"""What a mention says became of an occasion that was set for a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.changes import find_change, looks_ahead, occasion_of
from parsing.model import State

ISSUED = date(2025, 4, 15)
PLANNED, LATER = date(2025, 4, 20), date(2025, 4, 27)


def told(sentence: str) -> tuple[State, date | None, date | None] | None:
    change = find_change(sentence.rstrip("。"), sentence, ISSUED)
    return (change.state, change.was.start, change.now.start) if change else None


@pytest.mark.parametrize(
    "sentence",
    [
        "原定4月20日在花木广场举办的春季招聘会因故取消，重新举办时间另行通知。",
        "原定于4月20日召开的听证会因故取消。",
        "4月20日“健康大讲堂”讲座因主讲人身体原因取消。",
        "组委会宣布取消原定4月20日的灯会。",
        "因场地检修，4月20日的集市不办了。",
    ],
)
def test_what_is_called_off_tells_the_day_it_was_set_for(sentence: str) -> None:
    assert told(sentence) == (State.CANCELLED, PLANNED, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "原定4月20日举办的春季招聘会改至4月27日上午9时在花木广场举行。",
        "因天气原因，定于4月20日举办的春季招聘会推迟到4月27日举行，地点不变。",
        "受降雨影响，春季招聘会延期至4月27日举办，原定时间为4月20日。",
        "受大风天气影响，原计划4月20日晚举行的百花灯会改期至4月27日晚举行。",
        "区全民健身运动会由4月20日调整为4月27日举行。",
    ],
)
def test_what_is_moved_tells_both_days(sentence: str) -> None:
    assert told(sentence) == (State.MOVED, PLANNED, LATER)


def test_what_is_moved_may_leave_either_day_untold() -> None:
    assert told("第三届长辛店文化节将延期举办，具体时间另行通知。") == (State.MOVED, None, None)
    assert told("原定4月20日的义诊推迟一周举行。") == (State.MOVED, PLANNED, None)
    assert told("展览时间调整为4月27日至30日。") == (State.MOVED, None, LATER)


def test_a_day_that_only_says_which_one_is_moved_counts_too() -> None:
    assert told("明天的净滩活动推迟到4月27日。") == (State.MOVED, date(2025, 4, 16), LATER)
    assert told("取消今晚的灯会。") == (State.CANCELLED, ISSUED, None)


def test_what_takes_place_as_planned_says_so() -> None:
    assert told("4月20日，春季招聘会在花木广场如期举行。") == (State.HELD, None, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "4月20日，区人力社保局将在花木广场举办春季招聘会。",
        "区里取消停车收费，4月20日起执行。",
        "4月20日的会议并未取消。",
        "会议要求，不得延期交房。",
        "全区取消和下放审批事项20项。",
        "讲座改为线上举行。",
    ],
)
def test_other_things_that_are_dropped_or_put_off_are_no_change_of_an_occasion(sentence: str) -> None:
    assert told(sentence) is None


def test_the_evidence_counts_before_the_sentence_around_it() -> None:
    change = find_change("灯会如期举行", "灯会如期举行，同日的讲座取消。", ISSUED)
    assert change is not None
    assert change.state is State.HELD


def test_a_name_is_freed_of_the_words_of_a_change() -> None:
    assert occasion_of("春季招聘会延期至举办") == "春季招聘会"
    assert occasion_of("关于取消春季招聘会的通知") == "春季招聘会的通知"
    assert occasion_of("公益放映暂停一次") == "公益放映"
    assert occasion_of("春季招聘会") == "春季招聘会"
    assert occasion_of("取消") == "取消"


def test_what_looks_ahead_is_told_from_what_looks_back() -> None:
    assert looks_ahead("区人力社保局将举办招聘会")
    assert not looks_ahead("将近百家企业参加了招聘会")


@given(st.text("原定于4月20日取消推迟到延期至改期如期举行，。招聘会", max_size=40))
def test_any_words_are_read(words: str) -> None:
    find_change(words, words, ISSUED)
    occasion_of(words)
