"""What keeps two reports apart that have much in common: other guests, other hosts, parts of one name."""

from dataclasses import replace
from datetime import date

import pytest

from parsing.model import NO_PERIOD, EventType, Period, Precision
from storage.kinds import each_has_its_own, is_kind
from storage.likeness import compare
from storage.quoted import quotations, same_quotation
from storage.told import Told

JUNE_7 = Period(date(2025, 6, 7), date(2025, 6, 7), Precision.DAY)
REPORTED = date(2025, 6, 9)


def told(kind: EventType, subject: str, evidence: str, **values: object) -> Told:
    given = {"when": JUNE_7, "told_on": REPORTED, "around": evidence, **values}
    return Told(type=kind, subject=subject, evidence=evidence, **given)  # type: ignore[arg-type]


def visit(host: str, guest: str, *others: str, subject: str = "") -> Told:
    evidence = f"区长{host}会见来区考察的{guest}"
    people = (host, *others)
    return told(EventType.VISIT, subject or f"来区考察的{guest}", evidence, actors=(host,), people=people)


def test_one_host_meets_two_guests_on_one_day() -> None:
    one = visit("宋知远", "云杉科技公司董事长白鹿鸣", "姜序")
    other = visit("宋知远", "海棠医药公司总裁鲁青禾", "姜序")
    assert compare(one, other).score == 0


def test_two_hosts_meet_one_guest_on_one_day() -> None:
    one = visit("宋知远", "云杉科技公司董事长白鹿鸣", "白鹿鸣")
    other = visit("祁连", "云杉科技公司董事长白鹿鸣", "白鹿鸣")
    assert compare(one, other).score == 0


def test_a_host_whom_the_other_report_names_further_on_may_be_its_host_too() -> None:
    one = visit("宋知远", "云杉科技公司董事长白鹿鸣", "白鹿鸣")
    other = visit("祁连", "云杉科技公司董事长白鹿鸣", "宋知远", "白鹿鸣")
    assert compare(one, other).is_same


def test_delegations_are_told_apart_by_who_leads_them() -> None:
    one, other = (visit("宋知远", f"{name}率领的代表团") for name in ("白鹿鸣", "鲁青禾"))
    assert compare(one, other).score == 0


def test_a_meeting_and_one_that_studies_it_are_two() -> None:
    one = told(EventType.MEETING, "全区作风建设大会", "全区作风建设大会召开", people=("宋知远",))
    other = told(
        EventType.MEETING, "学习贯彻全区作风建设大会精神", "传达学习全区作风建设大会精神", people=("宋知远",)
    )
    assert compare(one, other).score == 0


def test_what_is_held_in_the_course_of_a_congress_is_not_joined_with_it_unasked() -> None:
    name = "区十七届人大五次会议"
    one = told(EventType.MEETING, name, f"{name}开幕", actors=("区人大常委会",))
    other = told(EventType.MEETING, name, f"{name}举行“代表通道”", actors=("区人大常委会",))
    assert not compare(one, other).is_same
    assert compare(one, replace(other, evidence=f"{name}7日上午开幕")).is_same


def test_the_name_of_a_kind_is_no_name() -> None:
    one, other = (
        told(EventType.MEETING, "座谈会", f"{host}召开座谈会", actors=(host,))
        for host in ("区工商联", "区侨联")
    )
    assert not compare(one, other).is_same


def test_medals_of_two_days_are_not_one() -> None:
    near = {"when": NO_PERIOD, "actors": ("柳湾代表队",)}
    one = told(EventType.AWARD, "10枚金牌", "柳湾代表队再获10枚金牌", **near)
    other = told(EventType.AWARD, "金牌", "柳湾代表队又夺金牌", **near)
    assert not compare(one, other).is_same


def test_a_count_that_is_told_day_by_day_is_not_asked_about() -> None:
    one, other = (
        told(EventType.FIGURE, "累计客流", f"地铁环线累计客流{count}人次", actors=("柳湾区",), when=NO_PERIOD)
        for count in ("超过2亿", "达到2.13亿")
    )
    assert not compare(one, other).is_same
    assert not compare(one, other).is_doubtful
    assert compare(other, replace(other, told_on=date(2025, 6, 11))).is_same


@pytest.mark.parametrize("name", ["座谈会", "全体会议", "总投资", "10枚金牌", "工作方案", "专题活动"])
def test_kinds(name: str) -> None:
    assert is_kind(name)


@pytest.mark.parametrize("name", ["听证会", "柳湾灯会", "路侧停车座谈会", "快递业务量"])
def test_what_says_more_is_no_kind(name: str) -> None:
    assert not is_kind(name)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("海上合作等多项文件", "科技等多项文件", True),
        ("路侧停车收费定价听证会", "路侧停车收费召开听证会", False),
        ("莫愁湖花市", "莫愁湖公园迎春花市", False),
        ("成都市十佳院落", "全市十佳院落", False),
    ],
)
def test_names_of_which_each_says_what_the_other_does_not(one: str, other: str, differ: bool) -> None:
    assert each_has_its_own(one, other) is differ
    assert each_has_its_own(other, one) is differ


def test_what_a_title_quotes_is_not_its_name() -> None:
    assert quotations("《“十四五”旅游业发展规划》") == {"十四五旅游业发展规划"}
    assert not same_quotation("《“十四五”旅游业发展规划》", "《“十四五”数字经济发展规划》")
    assert not same_quotation("“十四五”旅游业发展规划", "“十四五”数字经济发展规划")
    assert same_quotation("“应急课堂”", "谈固街道“应急课堂”活动")
