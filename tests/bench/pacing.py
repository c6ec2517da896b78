"""How near to the limit messages go, and that they never go beyond; by the clock, for many seconds."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from jobs.pace import FREE
from storage.database import Database
from tests.bench.api import answering
from tests.bench.bots import serving
from tests.bench.figures import Goal, Row, Spread
from tests.bench.senders import paced
from tests.bench.stores import copy_of, fill, upgraded
from tests.fakebot.server import FakeTelegram
from tests.fakebot.world import Json, World, fresh_token

HELD_BACK = (0.0, 0.05)  # seconds until the server answers
MESSAGES = 300
_BROADCAST = 150  # messages, each time
_PAUSE = 5.0  # seconds
_PATIENCE = 120.0  # seconds for a broadcast
_ROUNDS = 2


def use(departures: Sequence[float], limit: int) -> float:
    """The share of `limit` messages a second that went out after the first `limit` of them.

    Those are left out: what had rested may send as much at once as a second takes.
    """
    return (len(departures) - limit) / (departures[-1] - departures[limit - 1]) / limit


def rate() -> Iterator[Row]:
    """Of the free rate, by one process, answered at once or after 50 ms."""
    with upgraded("sqlite") as url:
        database = Database(url)
        with database.session() as session:
            fill(session, MESSAGES)
        database.close()
        with ThreadPoolExecutor(len(HELD_BACK)) as threads:  # they wait nearly all of the time
            rounds = [list(threads.map(partial(_used, url), HELD_BACK)) for _ in range(_ROUNDS)]
    for held_back, used in zip(HELD_BACK, zip(*rounds, strict=True), strict=True):
        share = Spread(tuple(one for one, _ in used))
        possible = Spread(tuple(1 / (1 + latency) for _, latency in used))
        what = f"use of {FREE} a second over {MESSAGES} messages, answered after {held_back * 1000:.0f} ms"
        yield Row(what, share)
        yield Row("it : 1/(1 + latency in s) as the client saw it", share.to(possible), goal=Goal(0.98))


def _used(url: str, held_back: float) -> tuple[float, float]:
    """The share that was used, and the latency in seconds."""
    with answering(held_back) as api, copy_of(url) as copy:
        messages = paced(api.root, copy)
    ways = [answered - left for left, answered in messages]
    return use([left for left, _ in messages], FREE), sum(ways) / len(ways)


def flood() -> Iterator[Row]:
    """A bot and two workers on one PostgreSQL, begun beside a full outbox, and once more after a pause."""
    told = asyncio.run(_flooded())
    what = f"most messages in any second, 3 processes, {2 * _BROADCAST} messages, cold and after a pause"
    yield Row(what, Spread((float(told["max_in_1s"]),)), goal=Goal(FREE, most=True))
    yield Row("429s meanwhile", Spread((float(told["flood_429_total"]),)), goal=Goal(0, most=True))


async def _flooded() -> Json:
    with upgraded("postgresql") as url:
        async with FakeTelegram() as server, World(server.url, fresh_token()) as world:
            people = await world.call("users", count=2 * _BROADCAST)
            database = Database(url)
            settings = {"database_url": url, "token": world.token, "bot_api_url": server.url}
            await database.run(fill, _BROADCAST, chats=people[:_BROADCAST])
            async with serving("run", "worker", "worker", **settings):
                await world.wait_messages(count=_BROADCAST, timeout=_PATIENCE)
                await asyncio.sleep(_PAUSE)
                await database.run(fill, _BROADCAST, chats=people[_BROADCAST:], first=_BROADCAST)
                await world.wait_messages(count=2 * _BROADCAST, timeout=_PATIENCE)
            database.close()
            return await world.stats()
