"""What the paper tells in these journeys."""

from datetime import date

from parsing.model import EventType
from tests.support.readings import Happening, on

FRIDAY = date(2024, 4, 12)
MONDAY = date(2024, 4, 15)
NEXT_MONDAY = date(2024, 4, 22)

VILLAGES = (
    *("佃起", "西庄店", "南宫", "怪村", "沙锅", "庄户"),
    *("魏各庄", "王佐", "大富庄", "贺照云", "米粮屯", "李家峪"),
)

MEETING = Happening(
    EventType.MEETING,
    "月度工作点评会",
    "4月9日，丰台区召开月度工作点评会",
    on(date(2024, 4, 9)),
    headline="丰台区召开月度工作点评会",
    actors=("丰台区",),
)
FAIR = Happening(
    EventType.NOTICE,
    "春季招聘会",
    "4月20日，长辛店街道将在北京花乡花木集团举办春季招聘会",
    on(date(2024, 4, 20)),
    headline="春季招聘会下周六举行",
    place="北京花乡花木集团",
    areas=("长辛店街道",),
)
ROADWORKS = Happening(
    EventType.NOTICE,
    "莲花池东路夜间单向通行",
    "4月22日至4月26日莲花池东路夜间单向通行",
    on(date(2024, 4, 22), date(2024, 4, 26)),
    headline="夜间出行请绕行",
)


def award(village: str, day: date = date(2024, 4, 10), area: str = "王佐镇") -> Happening:
    """A village is honoured."""
    return Happening(
        EventType.AWARD,
        f"北京市{village}样板奖",
        f"{day.month}月{day.day}日，{area}{village}村获评“北京市{village}样板奖”",
        on(day),
        headline=f"{village}村获奖",
        actors=(f"{village}村",),
        areas=(area,),
    )


AWARDS = tuple(award(village) for village in VILLAGES)
