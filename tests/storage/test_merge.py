"""When two reports tell one happening, and when they do not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsing.model import NO_PERIOD, RECENTLY, Change, EventType, Period, Precision, Stage, State
from storage.alike import subjects_alike
from storage.likeness import compare
from storage.merge import combine, is_repeated, same_in_reprint
from storage.text import bare
from storage.told import Told

APRIL_2 = Period(date(2024, 4, 2), date(2024, 4, 2), Precision.DAY)
APRIL = Period(date(2024, 4, 1), date(2024, 4, 30), Precision.MONTH)
YEAR_2023 = Period(date(2023, 1, 1), date(2023, 12, 31), Precision.YEAR)
QUARTER = Period(date(2024, 1, 1), date(2024, 3, 31), Precision.QUARTER)
REPORTED = date(2024, 4, 8)


def same_happening(one: Told, other: Told) -> float:
    """The points of two reports that are joined; 0 where they are kept apart."""
    found = compare(one, other)
    return found.score if found.is_same else 0.0


def told(kind: EventType, subject: str, when: Period = NO_PERIOD, **values: object) -> Told:
    values.setdefault("told_on", REPORTED)
    values.setdefault("evidence", subject)
    return Told(type=kind, subject=subject, when=when, reported_on=values["told_on"], **values)  # type: ignore[arg-type]


def case(name: str, *two: Told) -> tuple[str, Told, Told]:
    one, other = two
    return name, one, other


MEETING = told(EventType.MEETING, "月度工作点评会", APRIL_2, actors=("丰台区",), place="河西五街镇")
AWARD = told(EventType.AWARD, "首都文明村镇", RECENTLY, actors=("王佐镇", "西庄店村"))
FIGURE = told(
    EventType.FIGURE, "地区生产总值", QUARTER, actors=("全区",), evidence="一季度地区生产总值同比增长5.1%"
)
CLOSED = told(
    EventType.NOTICE,
    "万丰路（丰管路至丰台北路段）由北向南方向封闭",
    Period(date(2024, 4, 24), date(2024, 5, 10), Precision.DAY),
)
LAUNCH = told(EventType.LAUNCH, "南苑森林湿地公园先行启动区", APRIL_2, stage=Stage.OPENING)

SAME: list[tuple[str, Told, Told]] = [
    ("the same words in another paper", MEETING, MEETING),
    ("a longer name", MEETING, replace(MEETING, subject="丰台区4月月度工作点评会")),
    ("a fuller host", MEETING, replace(MEETING, actors=("北京市丰台区",), place=None)),
    ("only the place in common", MEETING, replace(MEETING, actors=())),
    ("the day told as its month", MEETING, replace(MEETING, when=APRIL)),
    ("the day told by one only", MEETING, replace(MEETING, when=NO_PERIOD, told_on=REPORTED + timedelta(2))),
    ("one more receiver", AWARD, replace(AWARD, actors=("西庄店村", "南官村"))),
    ("a report ten days later", AWARD, replace(AWARD, told_on=REPORTED + timedelta(10))),
    ("the figure alone, without its change", FIGURE, FIGURE),
    ("a named project without a builder", LAUNCH, replace(LAUNCH, stage=None)),
    ("a closed road in other words", CLOSED, replace(CLOSED, subject="万丰路（丰管路至丰台北路段）夜间封闭")),
    (
        "a quoted name",
        told(EventType.ACTIVITY, "“花开丰台”文化节", APRIL_2, actors=("区文旅局",)),
        told(EventType.ACTIVITY, "“花开丰台”文化节", APRIL_2, actors=("花乡街道",)),
    ),
]
APART: list[tuple[str, Told, Told]] = [
    case("another type", MEETING, replace(MEETING, type=EventType.RELEASE)),
    case(
        "another day",
        MEETING,
        replace(MEETING, when=Period(date(2024, 4, 9), date(2024, 4, 9), Precision.DAY)),
    ),
    case(
        "the meeting of another month",
        MEETING,
        replace(MEETING, when=Period(date(2024, 3, 1), date(2024, 3, 31), Precision.MONTH)),
    ),
    case(
        "a monthly meeting without its day, reported a week later",
        replace(MEETING, when=NO_PERIOD),
        replace(MEETING, when=NO_PERIOD, told_on=REPORTED + timedelta(7)),
    ),
    case(
        "a monthly meeting on two pages without any date",
        *(replace(MEETING, when=NO_PERIOD, reported_on=None, headline=headline) for headline in "甲乙"),
    ),
    case(
        "the month in the name",
        replace(MEETING, subject="3月工作点评会"),
        replace(MEETING, subject="4月工作点评会"),
    ),
    case("another name", MEETING, replace(MEETING, subject="安全生产专题会议")),
    case("one honour to two communities", AWARD, replace(AWARD, actors=("东河沿社区",))),
    case("two honours of one receiver", AWARD, replace(AWARD, subject="首都文明单位")),
    case(
        "the honours of two years", *(replace(AWARD, subject=f"{year}年度先进集体") for year in (2022, 2023))
    ),
    case("first and second prize", *(replace(AWARD, subject=f"创新大赛{prize}等奖") for prize in "一二")),
    case("honours of district and city", *(replace(AWARD, subject=f"{rank}级文明校园") for rank in "区市")),
    case("a report a month later", AWARD, replace(AWARD, told_on=REPORTED + timedelta(30))),
    case("the figure of another period", FIGURE, replace(FIGURE, when=YEAR_2023)),
    case("another number", FIGURE, replace(FIGURE, evidence="一季度地区生产总值同比增长4.8%")),
    case("the figure of another body", FIGURE, replace(FIGURE, actors=("卢沟桥街道",))),
    case("begun and finished", LAUNCH, replace(LAUNCH, stage=Stage.COMPLETION)),
    case("two towns", *(replace(LAUNCH, areas=(area,)) for area in ("王佐镇", "长辛店街道"))),
    case(
        "two of a row of events",
        *(told(EventType.ACTIVITY, f"第{number}届长辛店文化节", APRIL_2) for number in "三四"),
    ),
    case(
        "two hospitals on one day",
        *(
            told(EventType.ACTIVITY, "世界卫生日大型义诊", APRIL_2, actors=(name,), place=name)
            for name in ("丰台医院", "天坛医院")
        ),
    ),
    case(
        "a kind and no name, with nobody named",
        *(
            told(EventType.ACTIVITY, "招聘会", APRIL_2, evidence=f"{place}招聘会")
            for place in ("花乡的", "南苑的")
        ),
    ),
    case(
        "two roads",
        *(replace(CLOSED, subject=f"{road}南段全天双向封闭施工") for road in ("万丰路", "万寿路")),
    ),
    case(
        "the same road later",
        CLOSED,
        replace(CLOSED, subject="万丰路（丰管路至丰台北路段）夜间封闭", when=APRIL_2),
    ),
    case("no subject", replace(MEETING, subject=""), replace(MEETING, subject="")),
]


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in SAME], ids=[pair[0] for pair in SAME])
def test_it_is_one_happening(one: Told, other: Told) -> None:
    assert same_happening(one, other) > 0
    assert same_happening(other, one) == same_happening(one, other)


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in APART], ids=[pair[0] for pair in APART])
def test_they_are_kept_apart(one: Told, other: Told) -> None:
    assert same_happening(one, other) == 0
    assert same_happening(other, one) == 0


def test_the_nearer_of_two_is_surer() -> None:
    vague = replace(MEETING, when=APRIL, actors=("区委",))
    assert same_happening(MEETING, MEETING) > same_happening(MEETING, vague) > 0


def test_a_reprint_needs_no_more_than_the_same_words() -> None:
    bare_event = told(EventType.ACTIVITY, "义诊", evidence="社区举办义诊")
    assert same_happening(bare_event, replace(bare_event, evidence="街道举行了义诊")) == 0
    assert same_in_reprint(bare_event, bare_event).is_same


@pytest.mark.parametrize(
    "changed",
    [
        {"type": EventType.NOTICE},
        {"when": Period(date(2024, 4, 9), date(2024, 4, 9), Precision.DAY)},
        {"subject": "讲座"},
        {"evidence": "全然不同的一句话说了别的"},
    ],
)
def test_a_reprint_does_not_join_what_differs(changed: dict[str, object]) -> None:
    one = told(EventType.ACTIVITY, "社区义诊", APRIL_2, evidence="社区举办义诊")
    assert not same_in_reprint(one, replace(one, **changed)).is_same  # type: ignore[arg-type]


def test_of_one_page_only_the_very_same_is_one() -> None:
    assert is_repeated(AWARD, AWARD)
    assert not is_repeated(AWARD, replace(AWARD, subject="首都文明单位"))
    assert not is_repeated(AWARD, replace(AWARD, evidence="王佐镇获评首都文明村镇"))


@given(st.text("区委会议工作点评2024", max_size=8), st.text("区委会议工作点评2024", max_size=8))
def test_likeness_is_mutual_and_whole_for_equals(one: str, other: str) -> None:
    assert subjects_alike(one, other) == subjects_alike(other, one)
    assert subjects_alike(one, one) == (1 if bare(one) else 0)


def test_what_is_known_is_put_together_from_all_reports() -> None:
    first = replace(MEETING, when=APRIL, actors=("区委",), people=("王少峰",), place=None, confidence=0.6)
    second = replace(
        MEETING,
        subject="丰台区月度工作点评会",
        actors=("丰台区委", "区政府"),
        people=("王少峰", "苏军"),
        areas=("王佐镇",),
        told_on=date(2024, 4, 3),
        reported_on=date(2024, 4, 3),
        source_id=2,
        confidence=0.9,
    )
    whole = combine([first, second])
    assert whole.subject == "月度工作点评会"
    assert whole.when == APRIL_2
    assert whole.actors == ("丰台区委", "区政府")
    assert whole.people == ("王少峰", "苏军")
    assert whole.place == "河西五街镇"
    assert whole.areas == ("王佐镇",)
    assert (whole.reported_on, whole.told_on, whole.source_id) == (date(2024, 4, 3), date(2024, 4, 3), 2)
    assert whole.confidence == 0.9


def test_a_page_with_a_date_tells_more_than_one_without() -> None:
    undated = replace(MEETING, reported_on=None, told_on=date(2024, 3, 1), source_id=1)
    whole = combine([undated, replace(MEETING, source_id=2)])
    assert (whole.reported_on, whole.told_on, whole.source_id) == (REPORTED, REPORTED, 2)


_NAMES = st.sampled_from(["丰台区", "区教育局", "王佐镇", "西庄店村", "北辰生物集团", "天坛医院"])
_SUBJECTS = ["月度工作点评会", "春季招聘会", "第三届文化节", "“花开丰台”文化节", "停水", ""]
_CHANGES = [None, Change(State.CANCELLED, APRIL_2), Change(State.MOVED, APRIL_2), Change(State.HELD)]
_REPORTS = st.builds(
    Told,
    type=st.sampled_from(EventType),
    subject=st.sampled_from(_SUBJECTS),
    when=st.sampled_from([APRIL_2, APRIL, YEAR_2023, QUARTER, NO_PERIOD, RECENTLY]),
    told_on=st.dates(date(2024, 4, 1), date(2024, 4, 30)),
    evidence=st.sampled_from(["4月2日在天坛医院举行", "因故取消", "推迟到4月27日举行", "同比增长5.1%", ""]),
    reported_on=st.none() | st.just(REPORTED),
    actors=st.lists(_NAMES, max_size=2).map(tuple),
    people=st.lists(st.sampled_from(["王少峰", "苏军"]), max_size=2).map(tuple),
    place=st.none() | _NAMES,
    stage=st.none() | st.sampled_from(Stage),
    change=st.sampled_from(_CHANGES),
)


@settings(derandomize=True, database=None, max_examples=300)
@given(_REPORTS, _REPORTS)
def test_likeness_does_not_hang_on_which_report_came_first(one: Told, other: Told) -> None:
    assert compare(one, other).score == compare(other, one).score


@settings(derandomize=True, database=None)
@given(_REPORTS)
def test_what_speaks_for_and_against_is_told_only_of_what_was_compared(one: Told) -> None:
    told = compare(one, one)
    assert not (told.is_same and told.is_doubtful)
    assert bool(told.pros or told.cons) or told.score == 0
