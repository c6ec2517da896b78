"""A broadcast while the processes that make and send it are killed at moments that nobody chose.

A moment is a number of messages that the server has accepted. It answers each a little later, so that at any
moment some are on their way: accepted, but nobody knows it yet.
"""

import asyncio
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from storage.chats import touch_chat
from storage.database import Database
from storage.rhythm import Rhythm
from storage.subscriptions import subscribe
from storage.tables_chat import SubscriptionRow
from storage.tables_outbox import DeliveryRow
from tests.fakebot.refusals import Json, RefusedError
from tests.fakebot.server import FakeTelegram
from tests.fakebot.state import State
from tests.fakebot.world import World, fresh_token
from tests.faults.crew import Crew, Member

ROLES = ("bot", "worker", "leader")
COMMANDS = ("run", "worker", "worker")
LATENCY = 0.04  # seconds from accepting a message to answering
LATEST = timedelta(seconds=900)  # for a broadcast, in case something never comes


class CountingTelegram(FakeTelegram):
    """Tells of each message that it has accepted, before it answers."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived: Counter[int] = Counter()  # by chat
        self.kill_at: dict[int, str] = {}  # number of accepted messages: whom
        self.on_kill: Any = None

    async def _carry_out(
        self, state: State, name: str, raw: Json, files: dict[str, str]
    ) -> tuple[RefusedError | Json, str]:
        answer = await super()._carry_out(state, name, raw, files)
        if name == "sendMessage" and not isinstance(answer[0], RefusedError):
            self.arrived[int(raw["chat_id"])] += 1
            role = self.kill_at.pop(self.arrived.total(), None)
            if role is not None:
                self.on_kill(role)
            await asyncio.sleep(LATENCY)
        return answer


@dataclass(slots=True)
class Kill:
    """One of the crew was killed."""

    role: str
    worker: str  # the name under which it claimed deliveries
    after: int  # accepted messages
    cut_off: set[int]  # chats whose message had arrived, and nobody knew


@dataclass(slots=True)
class Outcome:
    """What became of a broadcast to `chats`."""

    chats: set[int]
    kills: list[Kill]
    arrived: Counter[int]  # by chat
    occasions: Counter[int]  # rows of the outbox, by subscription
    still_due: int  # subscriptions whose digest was not made
    not_sent: int  # rows that are not marked as sent
    refused: int  # answers 429
    troubles: list[str]
    seconds: float

    @property
    def lost(self) -> set[int]:
        return self.chats - self.arrived.keys()

    @property
    def doubled(self) -> set[int]:
        return {chat for chat, count in self.arrived.items() if count > 1}

    @property
    def cut_off(self) -> list[int]:
        """Chats whose message was on its way at a kill, as often as that happened."""
        return [chat for kill in self.kills for chat in kill.cut_off]


def moments(chats: int, kills: int, seed: str) -> dict[int, str]:
    """After how many messages who is killed."""
    luck = random.Random(seed)
    return {at: luck.choice(ROLES) for at in sorted(luck.sample(range(1, chats + 1), kills))}


def subscribe_all(session: Session, people: list[int], now: datetime) -> None:
    """Everybody has subscribed long enough ago for a digest to be due."""
    for person in people:
        touch_chat(session, id=person, kind="private", title="", language_code="zh", now=now)
        rhythm = Rhythm(weekday=0, hour=9, minute=0, zone="Asia/Shanghai")
        subscribe(session, chat_id=person, topic_id=None, defaults=rhythm, now=now - timedelta(days=8))


@dataclass(slots=True)
class Broadcast:
    """One broadcast on an upgraded, empty database."""

    database: Database
    program: str
    folder: Path
    flood: dict[str, Any] | None = None  # the server's limits, where they are not Telegram's
    kills: list[Kill] = field(default_factory=list)
    _tasks: list["asyncio.Task[None]"] = field(default_factory=list)

    async def go(self, chats: int, kills: dict[int, str], finish: Any = None) -> Outcome:
        """Broadcast to so many chats, and kill; `finish` sends what is left under leases."""
        began = time.monotonic()
        async with CountingTelegram() as telegram, World(telegram.url, fresh_token()) as world:
            if self.flood is not None:
                await world.config(flood=self.flood)
            people = await world.call("users", count=chats)
            await self.database.run(subscribe_all, people, datetime.now(UTC))
            crew = Crew(self.program, self._environment(world), self.folder)
            telegram.kill_at = dict(kills)
            telegram.on_kill = lambda role: self._kill(crew, telegram, role)
            try:
                crew.start(*COMMANDS)
                await self._until_sent(finish is not None)
                statuses = await asyncio.to_thread(crew.stop)
                # One that has just come back has no handler for the signal yet, and holds nothing.
                assert set(statuses) <= {0, -signal.SIGTERM}, statuses
            finally:
                crew.kill()
            if finish is not None:
                await finish(self.database, world)
            return await self._outcome(telegram, world, crew, set(people), time.monotonic() - began)

    def _environment(self, world: World) -> dict[str, str]:
        return {
            "QUWEN_TOKEN": world.token,
            "QUWEN_BOT_API_URL": world.url,
            "QUWEN_DATABASE_URL": self._address(),
        }

    def _address(self) -> str:
        if self.database.file is not None:
            return f"sqlite:///{self.database.file}"
        return self.database._url.render_as_string(hide_password=False)

    def _kill(self, crew: Crew, telegram: CountingTelegram, role: str) -> None:
        victim = crew.victim(role)
        victim.process.kill()
        made = Kill(role, victim.worker, telegram.arrived.total(), set())
        self.kills.append(made)
        bury = self._bury(crew, telegram, victim, made)
        self._tasks.append(asyncio.get_running_loop().create_task(bury))

    async def _bury(self, crew: Crew, telegram: CountingTelegram, victim: Member, kill: Kill) -> None:
        await asyncio.to_thread(victim.process.wait)
        # Nothing of it can arrive or be marked any more; what it held stays its until the lease is over.
        held = await self.database.read(held_by, victim.worker)
        kill.cut_off |= {chat for chat in held if telegram.arrived[chat]}
        crew.replace(victim)

    async def _until_sent(self, leases_stay: bool) -> None:
        async with asyncio.timeout(LATEST.total_seconds()):
            while True:
                await asyncio.gather(*self._tasks)
                dead = {kill.worker for kill in self.kills} if leases_stay else set()
                if await self.database.read(is_over, dead):
                    return
                await asyncio.sleep(0.1)

    async def _outcome(
        self, telegram: CountingTelegram, world: World, crew: Crew, people: set[int], seconds: float
    ) -> Outcome:
        occasions, still_due, not_sent = await self.database.read(what_is_stored, datetime.now(UTC))
        refused = (await world.stats())["flood_429_total"]
        assert await world.violations() == []
        return Outcome(
            people,
            self.kills,
            telegram.arrived,
            occasions,
            still_due,
            not_sent,
            refused,
            crew.troubles(),
            seconds,
        )


def held_by(session: Session, worker: str) -> set[int]:
    """The chats of the deliveries that a worker has claimed and not marked."""
    return set(
        session.scalars(
            select(col(DeliveryRow.chat_id)).where(
                col(DeliveryRow.worker) == worker, col(DeliveryRow.state) == "pending"
            )
        )
    )


def is_over(session: Session, dead: set[str]) -> bool:
    """Whether all is made, and all is sent but for what these workers hold."""
    due = select(col(SubscriptionRow.id)).where(col(SubscriptionRow.next_due_at) <= datetime.now(UTC))
    waits = select(col(DeliveryRow.id)).where(
        col(DeliveryRow.state) == "pending",
        or_(col(DeliveryRow.worker).is_(None), col(DeliveryRow.worker).not_in(dead)),
    )
    return session.scalar(due.limit(1)) is None and session.scalar(waits.limit(1)) is None


def what_is_stored(session: Session, now: datetime) -> tuple[Counter[int], int, int]:
    """Rows of the outbox by subscription, subscriptions that are due, rows that are not sent."""
    rows = session.execute(select(col(DeliveryRow.subscription_id), col(DeliveryRow.state))).all()
    due = select(func.count()).where(col(SubscriptionRow.next_due_at) <= now)
    not_sent = sum(state != "sent" for _, state in rows)
    return Counter(key for key, _ in rows if key is not None), session.scalar(due) or 0, not_sent
