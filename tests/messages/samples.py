"""Events, lists and subscriptions to be said, made up in the genre of a district paper."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from messages.digest import DigestContent
from parsing.model import NO_PERIOD, RECENTLY, EventType, Period, Precision, Stage
from storage.filters import EventFilter
from storage.review import Review
from storage.views import EventDetail, EventPage, EventView, Proof, SubscriptionView

TODAY = date(2024, 4, 8)
ISSUE = date(2024, 4, 8)
PAPER = "丰台报"
AREAS = tuple(f"{name}街道" for name in (
    "青松", "白杨", "红枫", "翠竹", "金桂", "玉兰", "银杏", "梧桐", "海棠", "丁香", "紫藤", "芙蓉", "牡丹",
))  # fmt: skip


def day(month: int, first: int, last: int | None = None, *, year: int = 2024) -> Period:
    """Some days of one month."""
    return Period(date(year, month, first), date(year, month, last or first), Precision.DAY)


MEETING = EventView(
    "k7f2", EventType.MEETING, "月度工作点评会", day(4, 2), ISSUE, PAPER,
    actors=("丰台区",), people=("秦海川", "高世荣"), evidence="丰台区召开月度工作点评会",
)  # fmt: skip
VISIT = EventView(
    "m3q8", EventType.VISIT, "北辰生物集团总裁陆正平", day(3, 28), ISSUE, PAPER,
    actors=("秦海川", "北辰生物集团"), people=("秦海川", "陆正平"),
    evidence="区委书记秦海川会见北辰生物集团总裁陆正平一行",
)  # fmt: skip
INSPECTION = EventView(
    "p5t9", EventType.INSPECTION, "消防安全工作", day(4, 3), ISSUE, PAPER,
    actors=("高世荣",), people=("高世荣",), place="青松市场", areas=("青松街道",),
    evidence="区长高世荣到青松市场检查消防安全工作",
)  # fmt: skip
LAUNCH = EventView(
    "r2w6", EventType.LAUNCH, "“翠竹里”社区食堂", day(4, 1), ISSUE, PAPER,
    actors=("翠竹街道",), place="翠竹里", areas=("翠竹街道",), stage=Stage.OPENING,
    evidence="“翠竹里”社区食堂正式揭牌运营",
)  # fmt: skip
AWARD = EventView(
    "a4b7", EventType.AWARD, "首都文明村镇", NO_PERIOD, ISSUE, PAPER,
    actors=("王佐镇", "西庄店村", "南官村"), areas=("王佐镇",),
    evidence="王佐镇及辖区西庄店村、南官村获评“首都文明村镇”",
)  # fmt: skip
PRIZE = EventView(
    "a5c8", EventType.AWARD, "全市职工技能大赛一等奖", RECENTLY, ISSUE, PAPER,
    actors=("区中医医院",), evidence="区中医医院荣获全市职工技能大赛一等奖", confidence=0.7,
)  # fmt: skip
DOUBTFUL = replace(PRIZE, review=Review.OPEN)
AGREEMENT = EventView(
    "s6d3", EventType.AGREEMENT, "战略合作协议", day(4, 5), ISSUE, PAPER,
    actors=("区政府", "北辰生物集团"), evidence="区政府与北辰生物集团签署战略合作协议",
)  # fmt: skip
RELEASE = EventView(
    "t8e5", EventType.RELEASE, "丰台区促进夜间消费十条措施", day(4, 6), ISSUE, PAPER,
    actors=("区商务局",), evidence="区商务局出台《丰台区促进夜间消费十条措施》",
)  # fmt: skip
ACTIVITY = EventView(
    "u9g4", EventType.ACTIVITY, "春季招聘会", day(4, 20), ISSUE, PAPER,
    actors=("区人力社保局",), place="花木广场", areas=("红枫街道",),
    evidence="区人力社保局将于4月20日在花木广场举办春季招聘会",
)  # fmt: skip
FIGURE = EventView(
    "v2h7", EventType.FIGURE, "地区生产总值",
    Period(date(2024, 1, 1), date(2024, 3, 31), Precision.QUARTER), ISSUE, PAPER,
    actors=("丰台区",), evidence="一季度,全区实现地区生产总值520.3亿元,同比增长6.1%",
)  # fmt: skip
NOTICE = EventView(
    "w3j6", EventType.NOTICE, "双向封闭", day(4, 22, 26), ISSUE, PAPER,
    actors=("区城市管理委",), place="莲花池东路（六里桥至丽泽路口）",
    evidence="莲花池东路（六里桥至丽泽路口）将于4月22日至26日双向封闭", confidence=0.7,
)  # fmt: skip
EVENTS = (
    MEETING, VISIT, INSPECTION, LAUNCH, AWARD, PRIZE, AGREEMENT, RELEASE, ACTIVITY, FIGURE, NOTICE,
)  # fmt: skip


def proof(event: EventView, *, url: str | None = None, source: str = PAPER) -> Proof:
    """One paper that tells it."""
    return Proof(
        source=source,
        issued_on=event.reported_on,
        page_number="02",
        headline="一周要闻",
        evidence=event.evidence,
        context=f"据了解，{event.evidence}，受到群众欢迎",
        url=url,
        rule="sample",
        trigger="召开",
        confidence=event.confidence,
    )


def detail(event: EventView, *proofs: Proof) -> EventDetail:
    """An event with its proofs, or with one."""
    return EventDetail(event, proofs or (proof(event, url="https://paper.example/2024/04/08/2?a=1&b=2"),))


def page(*events: EventView, total: int | None = None, offset: int = 0) -> EventPage:
    """A slice of a list, the whole list where no total is told."""
    return EventPage(len(events) if total is None else total, offset, events)


def digest(*happened: EventView, coming: EventPage | None = None, **more: Any) -> DigestContent:
    """The digest of the week before `TODAY`."""
    by_type = {each: page(*(event for event in happened if event.type is each)) for each in EventType}
    content = DigestContent(
        district="丰台",
        since=date(2024, 4, 1),
        until=date(2024, 4, 7),
        today=TODAY,
        coming=coming or page(),
        happened=by_type,
        filter_key=EventFilter(since=date(2024, 4, 1), until=date(2024, 4, 7)).key,
        newspapers=(PAPER,),
    )
    return replace(content, **more)


def subscription(**more: Any) -> SubscriptionView:
    """Everything, Monday at nine."""
    plain = SubscriptionView(
        id=7,
        chat_id=1001,
        topic_id=None,
        language="zh",
        types=(),
        areas=(),
        weekday=0,
        hour=9,
        minute=0,
        zone="Asia/Shanghai",
        state="active",
        next_due_at=datetime(2024, 4, 15, 1, tzinfo=UTC),
    )
    return replace(plain, **more)
