"""A site on 127.0.0.1 that answers as it is told, and keeps what it was asked."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_CHUNK = 65_536  # bytes of `more` at a time, which must be a multiple of it


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `cut` ends the connection after so many bytes, `drip` waits so long between two halves.

    `more` zeros follow the data, made as they are sent; without `sized` nobody is told how many.
    """

    data: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    drip: float = 0.0
    more: int = 0
    sized: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    path: str
    headers: Mapping[str, str]
    at: float  # of a clock without a date, in seconds


Answer = Reply | Callable[[Asked, int], Reply]  # told the request and how many came for the path before it


def with_tag(data: bytes) -> Answer:
    """Answers with the data and an ETag, or that nothing has changed to who knows it."""
    tag = f'"{hashlib.sha256(data).hexdigest()[:8]}"'

    def answer(asked: Asked, _: int) -> Reply:
        known = asked.headers.get("If-None-Match") == tag
        return Reply(status=304, headers={"ETag": tag}) if known else Reply(data, headers={"ETag": tag})

    return answer


class Site:
    """The answers by path, what has been asked, and how many connections were open at once.

    `watch` is called with each request before it is answered.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self.watch: Callable[[Asked], None] = lambda _: None
        self._open = 0
        self._lock = threading.Lock()

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Reply:
        with self._lock:
            before = sum(asked.path == other.path for other in self.asked)
            self.asked.append(asked)
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)
        self.watch(asked)
        try:
            found = self.answers.get(asked.path, Reply(b"no such page", 404))
            return found(asked, before) if callable(found) else found
        finally:
            with self._lock:
                self._open -= 1


@contextmanager
def site() -> Iterator[Site]:
    """A site that runs as long as the `with` block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or each body waits 40 ms for its headers to be acknowledged

        def do_GET(self) -> None:
            reply = made.answer(Asked(self.path, dict(self.headers), time.monotonic()))
            self.send_response(reply.status)
            size = {"Content-Length": str(len(reply.data) + reply.more)}
            headers = {**(size if reply.sized else {"Connection": "close"}), **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            half = len(reply.data) // 2 if reply.drip else len(reply.data)
            data = reply.data[: reply.cut]
            try:
                self.wfile.write(data[:half])
                if reply.drip:
                    self.wfile.flush()
                    time.sleep(reply.drip)
                self.wfile.write(data[half:])
                for _ in range(0, reply.more, _CHUNK):
                    self.wfile.write(bytes(_CHUNK))
            except OSError:  # whoever asked has gone
                self.close_connection = True
            if reply.cut is not None or not reply.sized:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
