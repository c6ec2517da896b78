"""Ways to send messages, each tried in a process of its own: its time by the clock and of the processor."""

import asyncio
import json
import logging
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from telegram import Bot, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import ExtBot
from telegram.request import BaseRequest, HTTPXRequest

from tests.bench.api import TOKEN
from tests.bench.processes import ROOT
from tests.bench.stores import FIRST_CHAT

TEXT = "<b>一周要闻</b>\n" + "区政府召开会议，部署下一阶段重点工作。" * 10


def sending(way: str, root: str, *, messages: int, in_flight: int, database: str = "") -> dict[str, float]:
    """Send so many messages to the Bot API at `root`, so many at once: `seconds` and `cpu`, each for all.

    Args:
        way: `default`, the bot as python-telegram-bot makes it; `bare`, the same over our transport;
            `loop`, all that waits in the outbox of `database` by our deliveries, over our transport.

    Raises:
        CalledProcessError: it failed.
    """
    arguments = (way, root, str(messages), str(in_flight), database)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.senders", *arguments],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def paced(root: str, database: str) -> list[tuple[float, float]]:
    """When each message of the outbox left and was answered, by our deliveries under our limiter; in seconds.

    Raises:
        CalledProcessError: it failed.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.senders", "paced", root, "0", "0", database],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return [(left, answered) for left, answered in json.loads(done.stdout)]


async def _timed(request: BaseRequest, work: Callable[[], Awaitable[object]]) -> dict[str, float]:
    await request.initialize()
    start, cpu = time.perf_counter(), time.process_time()
    await work()
    spent = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    await request.shutdown()
    return spent


async def _plain(root: str, request: BaseRequest, messages: int, in_flight: int) -> dict[str, float]:
    """`Bot.send_message`, with what our deliveries give it."""
    bot = Bot(TOKEN, base_url=root, request=request)
    places = asyncio.Semaphore(in_flight)

    async def one(number: int) -> None:
        async with places:
            await bot.send_message(
                FIRST_CHAT + number,
                TEXT,
                parse_mode=ParseMode.HTML,
                disable_notification=False,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

    async def all_of_them() -> None:
        await asyncio.gather(*map(one, range(messages)))

    return await _timed(request, all_of_them)


async def _loop(root: str, url: str, messages: int, in_flight: int) -> dict[str, float]:
    from bot.scheduler import CLAIM
    from bot.transport import SmallPools
    from jobs.deliver import deliver
    from storage.database import Database

    request = SmallPools(at_once=in_flight)
    bot = Bot(TOKEN, base_url=root, request=request)
    database = Database(url)

    async def all_of_them() -> None:
        done = await deliver(
            database,
            bot,
            clock=lambda: datetime.now(UTC),
            limit=max(CLAIM, 10 * in_flight),
            in_flight=in_flight,
        )
        if done.sent != messages:
            raise RuntimeError(f"{done} of {messages} messages")

    spent = await _timed(request, all_of_them)
    database.close()
    return spent


async def _paced(root: str, url: str) -> list[tuple[float, float]]:
    from bot.limiter import StrictRateLimiter
    from bot.scheduler import CLAIM
    from bot.transport import SmallPools
    from jobs.deliver import IN_FLIGHT, deliver
    from storage.database import Database

    messages: list[tuple[float, float]] = []

    class Watched(SmallPools):
        async def do_request(self, *told: Any, **timeouts: Any) -> tuple[int, bytes]:
            left = time.perf_counter()
            answer = await super().do_request(*told, **timeouts)
            messages.append((left, time.perf_counter()))
            return answer

    database = Database(url)
    bot = ExtBot(TOKEN, base_url=root, request=Watched(at_once=IN_FLIGHT), rate_limiter=StrictRateLimiter())
    async with bot:
        messages.clear()
        await deliver(database, bot, clock=lambda: datetime.now(UTC), limit=CLAIM)
    database.close()
    return sorted(messages)


def _try(way: str, root: str, messages: int, in_flight: int, database: str) -> object:
    logging.disable()
    if way == "paced":
        return asyncio.run(_paced(root, database))
    if way == "loop":
        return asyncio.run(_loop(root, database, messages, in_flight))
    if way == "default":
        return asyncio.run(_plain(root, HTTPXRequest(), messages, in_flight))
    from bot.transport import SmallPools  # which changes how httpcore behaves

    return asyncio.run(_plain(root, SmallPools(at_once=in_flight), messages, in_flight))


if __name__ == "__main__":
    _way, _root, _messages, _in_flight, _database = sys.argv[1:]
    print(json.dumps(_try(_way, _root, int(_messages), int(_in_flight), _database)))  # noqa: T201
