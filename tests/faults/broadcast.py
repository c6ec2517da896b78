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

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from storage.chats import touch_chat
from storage.database import Database
from storage.rhythm import Rhythm
from storage.subscriptions import subscribe
from storage.tables_chat import SubscriptionRow
from storage.tables_outbox import DeliveryRow
from tests.fakebot.refusals import Json, RefusedError
from tests.fakebot.server import Answer, FakeTelegram
from tests.fakebot.state import State
from tests.fakebot.world import World, fresh_token
from tests.faults.crew import Crew, Member, Start
from tests.faults.outcome import Kill, Outcome

ROLES = ("bot", "worker", "leader")
COMMANDS = ("run", "worker", "worker")
LATENCY = 0.04  # seconds from accepting a message to answering
LOOK_EVERY = 0.2  # seconds
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
    ) -> tuple[Answer, str]:
        answer = await super()._carry_out(state, name, raw, files)
        if name == "sendMessage" and not isinstance(answer[0], RefusedError):
            self.arrived[int(raw["chat_id"])] += 1
            role = self.kill_at.pop(self.arrived.total(), None)
            if role is not None:
                self.on_kill(role)
            await asyncio.sleep(LATENCY)
        return answer


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
    start: Start
    folder: Path
    flood: dict[str, Any] | None = None  # the server's limits, where they are not Telegram's
    leases_end_with_death: bool = False  # as if the time of a lease had passed at once
    kills: list[Kill] = field(default_factory=list)
    _tasks: list["asyncio.Task[None]"] = field(default_factory=list)
    _buried: set[str] = field(default_factory=set)  # workers that are dead, and whose cut off is known

    async def go(self, chats: int, kills: dict[int, str]) -> Outcome:
        """Broadcast to so many chats, and kill whom `kills` tells, after so many messages."""
        began = time.monotonic()
        async with CountingTelegram() as telegram, World(telegram.url, fresh_token()) as world:
            if self.flood is not None:
                await world.config(flood=self.flood)
            people = await world.call("users", count=chats)
            await self.database.run(subscribe_all, people, datetime.now(UTC))
            crew = Crew(self.start, self._environment(world), self.folder)
            telegram.kill_at = dict(kills)
            telegram.on_kill = lambda role: self._kill(crew, telegram, role)
            try:
                crew.start(*COMMANDS)
                await self._until_sent()
                statuses = await asyncio.to_thread(crew.stop)
                # One that has just come back has no handler for the signal yet, and holds nothing.
                assert set(statuses) <= {0, -signal.SIGTERM}, statuses
            finally:
                crew.kill()
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
        # Nothing of it can be marked any more; what it held stays its until the lease is over.
        held = await self.database.read(held_by, victim.worker)
        crew.replace(victim)
        await asyncio.sleep(LATENCY)  # what it had sent may still be unread in the server's socket
        kill.cut_off |= {chat for chat in held if telegram.arrived[chat]}
        self._buried.add(victim.worker)

    async def _until_sent(self) -> None:
        async with asyncio.timeout(LATEST.total_seconds()):
            while True:
                tasks = list(self._tasks)
                await asyncio.gather(*tasks)
                if self.leases_end_with_death:
                    await self.database.run(end_leases, self._buried)
                if await self.database.read(is_over) and tasks == self._tasks:
                    return
                await asyncio.sleep(LOOK_EVERY)

    async def _outcome(
        self, telegram: CountingTelegram, world: World, crew: Crew, people: set[int], seconds: float
    ) -> Outcome:
        occasions, still_due, not_sent = await self.database.read(what_is_stored, datetime.now(UTC))
        counted = await world.stats()
        assert await world.violations() == []
        return Outcome(
            chats=people,
            kills=self.kills,
            arrived=telegram.arrived,
            occasions=occasions,
            still_due=still_due,
            not_sent=not_sent,
            refused=counted["flood_429_total"],
            most_in_1s=counted["max_in_1s"],
            troubles=crew.troubles(),
            seconds=seconds,
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


def end_leases(session: Session, workers: set[str]) -> None:
    """What these hold is free to be claimed, as it is once its lease has run out."""
    session.execute(
        update(DeliveryRow)
        .where(col(DeliveryRow.worker).in_(workers), col(DeliveryRow.state) == "pending")
        .values(lease_until=datetime.now(UTC))
    )


def is_over(session: Session) -> bool:
    """Whether all is made and sent."""
    due = select(col(SubscriptionRow.id)).where(col(SubscriptionRow.next_due_at) <= datetime.now(UTC))
    waits = select(col(DeliveryRow.id)).where(col(DeliveryRow.state) == "pending")
    return session.scalar(due.limit(1)) is None and session.scalar(waits.limit(1)) is None


def what_is_stored(session: Session, now: datetime) -> tuple[Counter[int], int, int]:
    """Rows of the outbox by subscription, subscriptions that are due, rows that are not sent."""
    rows = session.execute(select(col(DeliveryRow.subscription_id), col(DeliveryRow.state))).all()
    due = select(func.count()).where(col(SubscriptionRow.next_due_at) <= now)
    not_sent = sum(state != "sent" for _, state in rows)
    return Counter(key for key, _ in rows if key is not None), session.scalar(due) or 0, not_sent
