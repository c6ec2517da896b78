"""What is handed in by hand in these journeys, and who hands it in."""

from dataclasses import dataclass
from typing import Any

from storage.overview import overview
from tests.fakebot.world import Json
from tests.journeys.people import Person
from tests.journeys.stage import Stage
from tests.sources.families.pdfs import Word, pdf

MEETING = (
    "丰台区召开月度工作点评会",
    "　　本报讯（记者 彭越）4月2日，丰台区召开月度工作点评会，区委书记秦海川出席会议并讲话。",
    "会议通报了一季度重点工作进展情况，部署了下一阶段任务。",
)
AWARD = (
    "怪村获评乡村治理示范村",
    "　　本报讯（记者 彭越）4月3日，王佐镇怪村获评“北京市乡村治理示范村”。",
    "村民代表上台领取了奖牌，村里的老人和孩子都来观看。",
)
MASTHEAD = "丰台报    2024年4月8日  星期一    第02版    综合新闻"
PAGE = "\n".join((MASTHEAD, *MEETING, *AWARD)) + "\n"
POST = "4月2日，丰台区召开月度工作点评会，区委书记秦海川出席会议并讲话。"
ARTICLE = f"""<!DOCTYPE html><html><head><title>丰台区召开月度工作点评会_丰台在线</title>
<meta name="PubDate" content="2024-04-09"></head><body><h1>丰台区召开月度工作点评会</h1>
<div id="zoom"><p>{POST}</p><p>{MEETING[2]}</p></div></body></html>"""


def printed(*lines: str, password: str | None = None) -> bytes:
    """A PDF page with these lines below each other."""
    return pdf([Word(50, 1300 - 20 * at, 10, line) for at, line in enumerate(lines)], password=password)


@dataclass(frozen=True, slots=True)
class Operator(Person):
    """Who may hand in pages."""

    async def send(self, data: bytes, name: str, **more: Any) -> Json:
        """Send a file; answers the record of what the bot says to it."""
        after = await self._latest()
        await self.world.document(self.chat, data, name, **more)
        return (await self.world.wait_messages(chat_id=self.chat, after=after))[0]

    async def forward(self, origin: Json, **fields: Any) -> Json:
        """Forward a message."""
        after = await self._latest()
        await self.world.call("content", user_id=self.id, fields={**fields, "forward_origin": origin})
        return (await self.world.wait_messages(chat_id=self.chat, after=after))[0]


def stored(stage: Stage) -> tuple[int, int]:
    """How many pages and events there are."""
    with stage.database.session(write=False) as session:
        told = overview(session)
        return told.pages, told.events
