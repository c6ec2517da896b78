"""Doors by which pushed updates come in, each in a process of its own, and a crowd that pushes."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Any

from telegram import Update
from telegram.ext import Application, MessageHandler, filters

from tests.bench.api import TOKEN
from tests.bench.processes import ROOT

AT_ONCE = 32  # connections, each with one update under way
SECRET = "0123456789abcdef"
PATH = "/telegram"
WAYS = ("library", "ours")


def library_can() -> bool:
    """Whether what python-telegram-bot needs for its own webhook is installed."""
    return find_spec("tornado") is not None


@dataclass(frozen=True, slots=True)
class Door:
    """A process that handles updates."""

    port: int
    process: "subprocess.Popen[str]"

    def take(self, updates: int) -> tuple[float, float]:
        """How long it takes until so many updates are pushed and handled: by the clock, and of its processor.

        Raises:
            RuntimeError: one was refused, or not handled.
        """
        start = time.perf_counter()
        asyncio.run(_push(self.port, updates))
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{updates}\n")
        self.process.stdin.flush()
        told = self.process.stdout.readline()
        if not told:
            raise RuntimeError("not all updates were handled")
        return time.perf_counter() - start, float(told)


@contextmanager
def door(way: str, root: str) -> Iterator[Door]:
    """One of `WAYS` to hear pushes, for a bot of the Bot API at `root`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.doors", way, root],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield Door(int(process.stdout.readline()), process)
    finally:
        for end in (process.stdin, process.stdout):
            if end is not None:
                end.close()
        process.terminate()
        process.wait()


def request(number: int) -> bytes:
    """A push as Telegram makes it: somebody writes in a private chat."""
    person = {"id": 1_000 + number % 500, "is_bot": False, "first_name": "A", "language_code": "zh"}
    chat = {"id": person["id"], "type": "private", "first_name": "A"}
    message = {"message_id": number, "date": 1_700_000_000, "chat": chat, "from": person, "text": "会议" * 20}
    body = json.dumps({"update_id": number, "message": message}).encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _push(port: int, updates: int) -> None:
    numbers = iter(range(1, updates + 1))

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in numbers:
            writer.write(request(number))
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"an update was refused: {head[:60]!r}")
            if length := _length(head):
                await reader.readexactly(length)
        writer.close()

    await asyncio.gather(*(one() for _ in range(AT_ONCE)))


def _length(head: bytes) -> int:
    found = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return int(found[0].split(b":")[1]) if found else 0


class _Count:
    """The handler: it only counts, so that the way to it is what takes time."""

    def __init__(self) -> None:
        self.handled = 0

    async def __call__(self, _update: Update, _context: Any) -> None:
        self.handled += 1


async def _serve(way: str, root: str) -> None:
    from bot.application import CONCURRENT_UPDATES
    from bot.chat_order import ChatOrder

    count = _Count()
    builder: Any = Application.builder().token(TOKEN).base_url(root).job_queue(None)  # its type changes
    application = builder.concurrent_updates(ChatOrder(CONCURRENT_UPDATES)).build()
    application.add_handler(MessageHandler(filters.TEXT, count))
    await application.initialize()
    await application.start()
    port = await {"ours": _ours, "library": _library}[way](application)
    print(port, flush=True)  # noqa: T201
    loop = asyncio.get_running_loop()
    cpu = time.process_time()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        await _until(count, int(line))
        print(time.process_time() - cpu, flush=True)  # noqa: T201
        count.handled, cpu = 0, time.process_time()


async def _until(count: _Count, wanted: int) -> None:
    async with asyncio.timeout(30):
        while count.handled < wanted:  # noqa: ASYNC110 - counting is all that the handler does
            await asyncio.sleep(0.001)


async def _ours(application: Any) -> int:
    from bot.application import _take_in, utcnow
    from bot.vitals import Hears, Vitals
    from bot.web import build_pages
    from bot.web_server import WebServer
    from storage.database import Database

    database = Database("sqlite:////nowhere/bench.db")  # the webhook asks nothing of it
    vitals = Vitals(utcnow, hears=Hears.PUSHES)
    server = WebServer(
        build_pages(database, vitals, secret=SECRET, take=partial(_take_in, application)), ("127.0.0.1", 0)
    )
    await server.begin()
    return server.port


async def _library(application: Any) -> int:
    await application.updater.start_webhook(
        listen="127.0.0.1", port=0, url_path=PATH, secret_token=SECRET, webhook_url="https://bot.example"
    )
    sockets = application.updater._httpd._http_server._sockets.values()  # it tells its port nowhere
    return int(next(iter(sockets)).getsockname()[1])


if __name__ == "__main__":
    asyncio.run(_serve(*sys.argv[1:]))
