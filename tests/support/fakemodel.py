"""A chat-completions endpoint on 127.0.0.1 for tests: tells prepared events, or misbehaves as told."""

import json
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import pytest

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """One response. `hang` never answers, `drip` sends a byte at a time."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False
    drip: bool = False
    cut: bool = False  # the connection ends in the middle of the body


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: Json

    @property
    def article(self) -> Json:
        """What was asked about: district, issued_on, headline, text."""
        asked: Json = json.loads(self.body["messages"][-1]["content"])
        return asked


class FakeModel:
    """The server, to be used with `with`; `url` is its root.

    Each request takes the next reply of `script`. Without one it is answered with those of `events` whose
    evidence stands in the text that is asked about.
    """

    def __init__(self) -> None:
        self.script: deque[Reply] = deque()
        self.events: list[Json] = []
        self.asked: list[Asked] = []
        self.usage: Json | None = {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1000}
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def reply(self, asked: Asked) -> Reply:
        """The next reply of the script, or an honest answer."""
        self.asked.append(asked)
        if self.script:
            return self.script.popleft()
        text = f"{asked.article['headline']}{asked.article['text']}"
        known = [event for event in self.events if event["evidence"] in text]
        return completion({"events": known}, self.usage)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                reply = model.reply(Asked(self.path, dict(self.headers), body))
                if reply.hang:
                    model._closing.wait(30)
                    return
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.drip:
                    self.end_headers()
                    self._drip()
                    return
                self.send_header("Content-Length", str(len(reply.body) + 100 * reply.cut))
                self.end_headers()
                self.wfile.write(reply.body)

            def _drip(self) -> None:
                try:
                    for _ in range(100):  # two seconds: more patience than any test has
                        self.wfile.write(b" ")
                        self.wfile.flush()
                        model._closing.wait(0.02)
                except OSError:
                    pass  # whoever asked went away

            def log_message(self, *args: Any) -> None:
                pass

        return Handler


def completion(content: object, usage: Json | None = None, **more: Any) -> Reply:
    """A response whose message holds `content`: text as it is, anything else as JSON."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    body: Json = {"object": "chat.completion", "choices": [{**choice, **more}]}
    if usage:
        body["usage"] = usage
    return Reply(body=json.dumps(body, ensure_ascii=False).encode())


def refused(status: int, message: str = "no", code: str | None = None, **headers: str) -> Reply:
    """An error in the form that these endpoints have; `retry_after="2"` is the header Retry-After."""
    body = json.dumps({"error": {"message": message, "code": code}}).encode()
    return Reply(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


def told(type: str, evidence: str, subject: str, **more: Any) -> Json:  # noqa: A002
    """One event in the form of the answer."""
    nothing: Json = {
        "actors": [],
        "people": [],
        "place": None,
        "date_start": None,
        "date_end": None,
        "precision": "none",
        "stage": None,
    }
    return {"type": type, "evidence": evidence, "subject": subject, **nothing, **more}


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModel]:
    """A model that knows nothing yet."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with FakeModel() as model:
        yield model
