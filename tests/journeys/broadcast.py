"""A broadcast: the real sender over real HTTP, and an outbox that it empties."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from telegram.ext import ExtBot

from bot.carrier import SoundRequest
from bot.limiter import StrictRateLimiter
from jobs.deliver import IN_FLIGHT, DeliverResult, deliver
from storage.chats import touch_chat
from storage.database import Database
from storage.outbox import outbox_counts
from storage.queueing import DueDigest, save_digest, schedule_digests
from storage.rhythm import Rhythm
from storage.subscriptions import subscribe
from tests.fakebot.world import World
from tests.journeys.stage import PACE, Clock

MONDAY = datetime(2024, 4, 8, 1, 0, tzinfo=UTC)  # 09:00 in Beijing
WEEKLY = Rhythm(0, 9, 0, "Asia/Shanghai")
PARTS = ("一", "二")
A_WHILE = timedelta(minutes=30)  # between two looks at the outbox, as the frozen clock counts


@dataclass(slots=True)
class Broadcast:
    """A digest of two parts for each of some chats."""

    world: World
    database: Database
    bot: ExtBot[str]
    clock: Clock = field(default_factory=lambda: Clock(MONDAY))

    async def queue(self, count: int, parts: Sequence[str] = PARTS) -> list[int]:
        """New people with a digest each in the outbox; answers their chats."""
        chats: list[int] = await self.world.call("users", count=count)
        payloads = [json.dumps({"html": part, "keyboard": [], "silent": False}) for part in parts]
        day, now = self.clock.now.date(), self.clock.now
        with self.database.session() as session:
            digest = save_digest(
                session, key="week", period_start=day, period_end=day, language="zh", parts=payloads
            )
            for chat in chats:
                touch_chat(session, id=chat, kind="private", title="", language_code="zh", now=now)
                follower, _ = subscribe(session, chat_id=chat, topic_id=None, defaults=WEEKLY, now=now)
                due = follower.next_due_at + timedelta(days=7)
                assert schedule_digests(session, [DueDigest(follower, "week", digest, len(parts), due)], now)
        return chats

    async def send(self) -> DeliverResult:
        """What may go now."""
        return await deliver(self.database, self.bot, clock=self.clock)

    async def send_all(self, *, rounds: int = 12) -> None:
        """Send until nothing waits, a while later each time."""
        for _ in range(rounds):
            await self.send()
            if not self.waiting():
                return
            self.clock.now += A_WHILE
        raise AssertionError(f"{self.waiting()} deliveries wait after {rounds} rounds")

    def waiting(self) -> int:
        with self.database.session(write=False) as session:
            counts = outbox_counts(session, self.clock.now)
        assert counts.failed == counts.dropped == 0
        return counts.pending + counts.claimed

    async def heard(self, chat: int) -> list[str]:
        """What a chat has got, in order."""
        return [record["message"]["text"] for record in await self.world.messages(chat_id=chat)]


@asynccontextmanager
async def broadcast(world: World, database: Database, *, patience: float = 20.0) -> AsyncIterator[Broadcast]:
    """A sender as `quwen worker` has one, fifty times as fast; it waits `patience` seconds for an answer."""
    bot = ExtBot(
        world.token,
        base_url=f"{world.url}/bot",
        request=SoundRequest(connection_pool_size=IN_FLIGHT + 2, read_timeout=patience),
        rate_limiter=StrictRateLimiter(PACE),
    )
    async with bot:
        yield Broadcast(world, database, bot)
