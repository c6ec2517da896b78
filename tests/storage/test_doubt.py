"""Which pairs of reports are asked about though their names differ, and which are left or joined."""

from dataclasses import replace
from datetime import date

import pytest

from parsing.model import Change, EventType, Period, Precision, Stage, State
from storage.alike import names_alike
from storage.likeness import compare
from storage.likeness_days import days_points
from storage.quantities import same_total
from storage.told import Told

JUNE_7 = Period(date(2025, 6, 7), date(2025, 6, 7), Precision.DAY)
JUNE_14 = Period(date(2025, 6, 14), date(2025, 6, 14), Precision.DAY)
JUNE_WEEKS = Period(date(2025, 6, 1), date(2025, 6, 30), Precision.DAY)
FIRST_HALF = Period(date(2025, 1, 1), date(2025, 6, 30), Precision.QUARTER)
REPORTED = date(2025, 6, 9)


def told(kind: EventType, subject: str, when: Period = JUNE_7, **values: object) -> Told:
    values.setdefault("told_on", REPORTED)
    values.setdefault("evidence", subject)
    values.setdefault("around", values["evidence"])
    return Told(type=kind, subject=subject, when=when, reported_on=values["told_on"], **values)  # type: ignore[arg-type]


DRILL = told(EventType.ACTIVITY, "高层建筑消防疏散演练", place="云栖大厦", source_id=1)
SCENE = told(EventType.ACTIVITY, "两百名白领捂着湿毛巾下楼", place="云栖大厦", source_id=2)
FAIR = told(EventType.ACTIVITY, "2025柳湾灯光季", JUNE_WEEKS, place="柳湾公园", source_id=1)
RIDDLES = told(EventType.ACTIVITY, "柳湾灯光季的猜灯谜专场", place="柳湾公园", source_id=2)
PARCELS = told(
    EventType.FIGURE,
    "快递业务量",
    FIRST_HALF,
    actors=("柳湾区",),
    evidence="全区快递业务量6842.7万件，同比增长23.6%",
)
PACKETS = told(
    EventType.FIGURE,
    "包裹",
    FIRST_HALF,
    actors=("柳湾区",),
    evidence="这个区递出去的包裹将近七千万件",
    source_id=2,
)


def test_one_day_and_one_place_under_other_names_are_asked_about() -> None:
    assert compare(DRILL, SCENE).is_doubtful


def test_what_one_issue_tells_under_two_names_is_not_asked_about() -> None:
    assert not compare(DRILL, replace(SCENE, source_id=1)).is_doubtful


def test_one_day_alone_is_not_asked_about() -> None:
    assert not compare(replace(DRILL, place=None), replace(SCENE, place=None)).is_doubtful


def test_two_titles_in_one_hall_are_not_asked_about() -> None:
    one, other = replace(DRILL, subject="“听潮”诗会"), replace(SCENE, subject="“护耳有方”讲座")
    assert not compare(one, other).is_doubtful


def test_two_honours_of_one_receiver_are_not_asked_about() -> None:
    one = told(EventType.AWARD, "“老味道”百店", actors=("嫂子面馆",), source_id=1)
    other = told(EventType.AWARD, "“诚信小店”", actors=("嫂子面馆",), source_id=2)
    assert not compare(one, other).is_doubtful


def test_a_festival_and_its_part_in_one_park_are_asked_about_and_not_joined() -> None:
    assert compare(FAIR, RIDDLES).is_doubtful


def test_two_meetings_of_one_hall_with_half_a_name_in_common_are_not_joined() -> None:
    hall = told(
        EventType.MEETING, "", place="区会议中心三楼", people=("车千里",), actors=("柳湾区",), source_id=1
    )
    one = replace(hall, subject="柳湾区双拥工作总结会")
    other = replace(hall, subject="柳湾区平安建设总结会", source_id=2)
    assert not compare(one, other).is_same


def test_one_figure_under_two_names_is_asked_about_where_the_numbers_agree() -> None:
    assert compare(PARCELS, PACKETS).is_doubtful
    assert not compare(PARCELS, replace(PACKETS, evidence="这个区递出去的包裹将近三千万件")).score


def test_how_a_figure_grew_since_last_year_does_not_make_it_another() -> None:
    one = replace(
        PARCELS, subject="快递业务量", source_id=2, evidence="快递业务量近7000万件，比去年同期多了两成"
    )
    assert compare(PARCELS, one).is_same


def test_two_launches_of_one_day_and_stage_are_asked_about() -> None:
    one = told(EventType.LAUNCH, "“听见柳湾”有声书库", stage=Stage.OPENING, source_id=1)
    assert compare(one, replace(one, subject="给盲人的声音", source_id=2)).is_doubtful


def test_who_speaks_of_our_school_may_have_signed_what_its_partner_tells() -> None:
    ours = told(EventType.AGREEMENT, "产教融合协议", actors=("我校", "柳湾织造有限公司"), source_id=1)
    theirs = told(EventType.AGREEMENT, "产教融合协议", actors=("咱们织造", "柳湾职校"), source_id=2)
    assert compare(ours, theirs).score > 0
    assert not compare(
        replace(ours, actors=("柳湾职专", "柳湾织造有限公司")), replace(theirs, actors=("北岗医院", "海棠村"))
    ).score


def test_who_is_called_by_a_surname_alone_may_be_whom_the_other_report_names() -> None:
    ours = told(EventType.ACTIVITY, "互派实习生", people=("席千里", "柴亦云"), source_id=1)
    theirs = told(EventType.ACTIVITY, "两边换学徒", people=("席",), source_id=2)
    assert compare(ours, theirs).is_doubtful
    assert not compare(ours, replace(theirs, people=("范",))).is_doubtful


def test_a_notice_of_the_same_occasion_is_asked_about_and_not_joined() -> None:
    notice = replace(DRILL, type=EventType.NOTICE, evidence="云栖大厦的演练不弄了", source_id=2)
    assert compare(DRILL, notice).is_doubtful


def test_a_day_that_is_over_is_not_the_day_that_a_move_left() -> None:
    plan = told(EventType.MEETING, "停车收费听证会", told_on=date(2025, 5, 28))
    yesterday = Period(date(2025, 6, 2), date(2025, 6, 2), Precision.DAY)
    moved = told(
        EventType.NOTICE,
        "停车收费听证会",
        JUNE_14,
        told_on=date(2025, 6, 3),
        change=Change(State.MOVED, was=yesterday, now=JUNE_14),
    )
    assert days_points(plan, moved) is not None
    ahead = Period(date(2025, 6, 5), date(2025, 6, 5), Precision.DAY)
    assert days_points(plan, replace(moved, change=Change(State.MOVED, was=ahead, now=JUNE_14))) is None


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("德柳祥", "柳湾市德柳祥酱园有限公司", True),
        ("和柳新村", "和柳街道和柳新村社区", True),
        ("东河社区", "东河沿社区", False),
    ],
)
def test_a_short_name_is_that_of_the_longer_it_stands_in(one: str, other: str, alike: bool) -> None:
    assert names_alike(one, other) is alike


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("6842.7万件", "将近七千万件", True),
        ("献血1.52万人次", "一万五千多人次", True),
        ("受理诉求41276件", "电话四万多个", True),
        ("接待游客218.37万人次", "客人两百多万", True),
        ("接待游客218.37万人次", "客人三百多万", False),
        ("增长5%", "多了5%", False),
        ("12345热线办结率98%", "12345热线满意率97%", False),
    ],
)
def test_numbers_in_words_are_read_and_rounding_is_allowed_for(one: str, other: str, same: bool) -> None:
    assert same_total(one, other) is same
