"""A Bot API that answers every request the same, after a set time: what a client costs, and nothing else.

It runs in a process of its own, and keeps no rule: the strict one is tests/fakebot.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.bench.processes import ROOT

TOKEN = "123456:bench"
_BOT = {"id": 123456, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_MESSAGE = {
    "message_id": 1,
    "date": 1_700_000_000,
    "chat": {"id": 1, "type": "private", "first_name": "A"},
    "from": _BOT,
    "text": "区" * 200,
}
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Api:
    """Where it listens."""

    url: str

    @property
    def root(self) -> str:
        """The address before the token, as python-telegram-bot wants it."""
        return f"{self.url}/bot"


@contextmanager
def answering(latency: float = 0.0) -> Iterator[Api]:
    """Such a server, which holds each answer back for `latency` seconds, until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.api", str(latency)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield Api(f"http://127.0.0.1:{int(process.stdout.readline())}")
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


class Requests:
    """Cuts what comes in on a connection into requests, as far as a client of the Bot API needs it."""

    def __init__(self) -> None:
        self._bytes = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The head of each request that is complete now. A body is told by its Content-Length."""
        self._bytes += data
        while (end := self._bytes.find(_END)) >= 0:
            head = self._bytes[:end]
            whole = end + len(_END) + _length(head)
            if len(self._bytes) < whole:
                return
            self._bytes = self._bytes[whole:]
            yield head


def answer(head: bytes) -> bytes:
    """The whole answer to a request: a message, or the bot itself."""
    line = head.split(b"\r\n", 1)[0]
    result = _BOT if b"/getMe " in line else _MESSAGE
    body = json.dumps({"ok": True, "result": result}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
        len(body),
        body,
    )


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0


class _Connection(asyncio.Protocol):
    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._requests = Requests()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        for head in self._requests.feed(data):
            if self._latency:
                asyncio.get_running_loop().call_later(self._latency, self._write, answer(head))
            else:
                self._write(answer(head))

    def _write(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)


async def _serve(latency: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(latency), "127.0.0.1", 0, backlog=1_000)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))
