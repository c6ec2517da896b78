"""Pages ready to be stored, for the tests of this room."""

from datetime import UTC, date, datetime

from sqlmodel import Session

from parsing.model import RECENTLY, EventType, Period, Precision
from storage.ingest import PageInfo, SourceInfo, store_reading
from storage.views import IngestReport
from tests.support.readings import Happening, on, page_telling

NOW = datetime(2024, 4, 9, 17, tzinfo=UTC)  # 10 April in Fengtai
ISSUED = date(2024, 4, 8)
PAPER = SourceInfo("丰台报", home_url="https://example.org/ftb")
SITE = SourceInfo("丰台区政府网站", "site")
PAGE = PageInfo("2024-04-08-02.txt", number="02", url="https://example.org/ftb/2", title="要闻")

MEETING = Happening(
    EventType.MEETING,
    "月度工作点评会",
    "4月2日，丰台区召开月度工作点评会",
    on(date(2024, 4, 2)),
    headline="丰台区召开月度工作点评会",
    actors=("丰台区",),
    people=("王少峰", "苏军"),
    place="河西五街镇",
    areas=("王佐镇",),
)
AWARD = Happening(
    EventType.AWARD,
    "首都文明村镇",
    "王佐镇及辖区西庄店村、南官村获评首都文明村镇",
    RECENTLY,
    actors=("王佐镇", "西庄店村", "南官村"),
    areas=("王佐镇",),
)
FIGURE = Happening(
    EventType.FIGURE,
    "社会消费品零售总额",
    "一季度社会消费品零售总额同比增长5.1%",
    Period(date(2024, 1, 1), date(2024, 3, 31), Precision.QUARTER),
)


def store(
    session: Session,
    *happenings: Happening,
    issued_on: date | None = ISSUED,
    source: SourceInfo = PAPER,
    page: PageInfo = PAGE,
    now: datetime = NOW,
) -> IngestReport:
    text, reading = page_telling(*happenings, issued_on=issued_on)
    return store_reading(session, reading, text=text, source=source, page=page, now=now)
