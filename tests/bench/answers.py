"""How long people wait for an answer: of a bot at rest, and of one that hears much and sends to many."""

import asyncio
import math
import re
import socket
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from storage.database import Database
from tests.bench.bots import serving
from tests.bench.processes import Command
from tests.bench.stores import fill
from tests.fakebot.server import FakeTelegram
from tests.fakebot.state import State
from tests.fakebot.world import World, fresh_token
from tests.fakebot.writing import text
from training.labels import SAMPLES

SECONDS = 8.0  # of asking, in each round
ASKED = 10  # commands a second, of all updates; Telegram lets a bot send 30
UPDATES = 100  # a second, while busy
ASKED_AT_REST = 5
_ROUNDS = 3
_PEOPLE = 60  # who ask in turn, so that nobody asks more often than a chat may be answered
_GROUPS = 30
_BROADCAST = 250  # messages: more than go out meanwhile
_COMMANDS = ("/awards", "/meetings", "/recent", "/search 会议", "/upcoming", "/help")
_PATIENCE = 60.0  # seconds for all answers


@dataclass(slots=True)
class Waits:
    """Seconds until an answer, round by round; and how the event loop stalled while busy."""

    rest: list[list[float]] = field(default_factory=list)
    busy: list[list[float]] = field(default_factory=list)
    stalls: dict[float, float] = field(default_factory=dict)  # upper bound: how many up to it


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of them do not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def quantile(buckets: Mapping[float, float], share: float) -> float:
    """The same of a histogram with counts up to each bound; within a bucket as if values lay evenly.

    What lies beyond the last finite bound is taken for it.
    """
    wanted, below, bound_below = share * max(buckets.values()), 0.0, 0.0
    for bound, count in sorted(buckets.items()):
        if count >= wanted:
            if math.isinf(bound):
                return bound_below
            return bound_below + (bound - bound_below) * (wanted - below) / (count - below)
        below, bound_below = count, bound
    return bound_below


async def waits() -> Waits:
    """Ask a bot with some events in its store, at rest and busy in turns.

    Raises:
        RuntimeError: an answer or a message of the broadcast did not come.
    """
    found = Waits()
    async with _stage() as stage:
        await stage.ask(seconds=2.0, rate=ASKED_AT_REST)  # what is loaded late is loaded now
        for number in range(_ROUNDS):
            found.rest.append(await stage.ask(seconds=SECONDS, rate=ASKED_AT_REST))
            before = await stage.stalls()
            found.busy.append(await stage.ask_beside_a_broadcast(number))
            for bound, count in (await stage.stalls()).items():
                found.stalls[bound] = found.stalls.get(bound, 0.0) + count - before[bound]
            await stage.quiet()
    return found


@dataclass(slots=True)
class _Stage:
    """A bot in a process of its own, and the people who write to it."""

    state: State
    people: list[int]
    groups: list[int]
    database: Database
    pages: httpx.AsyncClient
    expected: int = 0  # messages, of the broadcasts
    answers: int = 0
    turns: int = 0

    async def ask(self, *, seconds: float, rate: int) -> list[float]:
        """Send commands at a steady rate; how long each answer took, in seconds."""
        asked: list[tuple[int, float]] = []
        async for _ in _ticks(seconds, rate):
            person = self.people[self.turns % _PEOPLE]
            asked.append((person, time.monotonic()))
            text(self.state, user_id=person, text=_COMMANDS[self.turns % len(_COMMANDS)])
            self.turns += 1
        self.answers += len(asked)
        found: list[float | None] = []

        def all_answered() -> bool:
            found[:] = [self._answered(person, at) for person, at in asked]
            return None not in found

        if not await self.state.wait(all_answered, _PATIENCE):
            raise RuntimeError(f"{found.count(None)} of {len(asked)} commands got no answer")
        return [one for one in found if one is not None]

    async def ask_beside_a_broadcast(self, number: int) -> list[float]:
        """The same at the full rate, with talk all around, while messages go to many others."""
        told = self.people[_PEOPLE + number * _BROADCAST :][:_BROADCAST]
        self.expected += _BROADCAST
        begun = len(self.state.flood.accepted)
        await self.database.run(fill, _BROADCAST, chats=told, first=number * _BROADCAST)
        await self.state.wait(lambda: len(self.state.flood.accepted) > begun, _PATIENCE)
        talk = asyncio.ensure_future(self._talk())
        waited = await self.ask(seconds=SECONDS, rate=ASKED)
        await talk
        if self._all_sent():
            raise RuntimeError("the broadcast was over before the asking")
        return waited

    async def quiet(self) -> None:
        """Wait for the end of the broadcast."""
        if not await self.state.wait(self._all_sent, _PATIENCE):
            raise RuntimeError("the broadcast did not come to its end")

    async def stalls(self) -> dict[float, float]:
        """How often the bot's event loop stalled up to each bound, in seconds."""
        page = (await self.pages.get("/metrics")).text
        found = re.findall(r'^quwen_loop_stall_seconds_bucket\{le="([^"]+)"\} (\S+)$', page, re.MULTILINE)
        return {float(bound): float(count) for bound, count in found}

    async def _talk(self) -> None:
        async for number in _ticks(SECONDS, UPDATES - ASKED):
            person, group = self.people[number % _PEOPLE], self.groups[number % _GROUPS]
            text(self.state, user_id=person, chat_id=group, text="今天天气不错")

    def _all_sent(self) -> bool:
        return len(self.state.flood.accepted) >= self.expected + self.answers

    def _answered(self, person: int, at: float) -> float | None:
        records = self.state.chats[person].messages.values()
        return next((one.t - at for one in records if one.t >= at and one.direction == "out"), None)


async def _ticks(seconds: float, rate: int) -> AsyncIterator[int]:
    """Numbers from 0, at a steady rate; one that is late does not make the next ones late."""
    begin = time.monotonic()
    for number in range(round(seconds * rate)):
        await asyncio.sleep(begin + number / rate - time.monotonic())
        yield number


@asynccontextmanager
async def _stage() -> AsyncIterator[_Stage]:
    with TemporaryDirectory(prefix="quwen-bench-") as folder:
        Command(["ingest", *map(str, sorted(SAMPLES.glob("*.txt")))], Path(folder)).seconds()
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        async with FakeTelegram() as server, World(server.url, fresh_token()) as world:
            people = await world.call("users", count=_PEOPLE + _ROUNDS * _BROADCAST)
            groups = [await world.chat(type="supergroup", members=people[:_PEOPLE]) for _ in range(_GROUPS)]
            await world.config(privacy=False)
            listen = f"127.0.0.1:{_free_port()}"
            settings = {"database_url": url, "token": world.token, "bot_api_url": server.url}
            async with (
                serving("run", listen=listen, **settings),
                httpx.AsyncClient(base_url=f"http://{listen}", trust_env=False) as pages,
            ):
                state, database = server.worlds[world.token], Database(url)
                await state.wait(lambda: state.updates.polled, _PATIENCE)
                yield _Stage(state, people, groups, database, pages)
                database.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
