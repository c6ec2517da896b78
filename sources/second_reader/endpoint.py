"""One question to an OpenAI-compatible endpoint: in the budget, with patience, without showing the key."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

import httpx

from sources.retries import retry_after
from sources.second_reader.answer import content_of, usage_of
from sources.second_reader.budget import Budget
from sources.second_reader.errors import AnswerError, EndpointError, RefusalError
from sources.second_reader.question import MOST_OUT

MOST_BYTES = 4_000_000  # of one response
MOST_WAIT = 120.0  # seconds: who asks for more is not waited for
_LONGEST_BACK_OFF = 30.0  # seconds
_AGAIN = {408, 409, 425, 429}  # and 5xx
_QUOTA = "insufficient_quota"  # a 429 that no waiting mends
_ABOUT_THE_TEXT = {"content_filter", "data_inspection_failed", "context_length_exceeded"}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a model. `url` is the root under which `/chat/completions` lies; `timeout` in seconds.

    `retries` is how often one question is asked again. The key is never shown: not in `repr`, not in errors.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 60.0
    retries: int = 3

    def __post_init__(self) -> None:
        if not (self.key.isascii() and self.key.isprintable()) or " " in self.key:
            raise ValueError("the key has characters that no header can hold")


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: Mapping[str, str]
    data: bytes


class _AgainError(Exception):
    """Worth asking again, after `wait` seconds if told; `spent` if the endpoint may have done the work."""

    def __init__(self, why: str, *, wait: float | None = None, spent: bool = False) -> None:
        super().__init__(why)
        self.wait, self.spent = wait, spent


class Endpoint:
    """Asks questions, to be used with `with`. `clock` gives an aware datetime, `sleep` waits seconds."""

    def __init__(
        self,
        access: Access,
        budget: Budget,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._access = access
        self._budget = budget
        self._clock = clock
        self._sleep = sleep
        headers = {"User-Agent": "quwen"}
        if access.key:
            headers["Authorization"] = f"Bearer {access.key}"
        # A redirect is not followed: the key is for this address alone.
        self._client = httpx.Client(timeout=access.timeout, headers=headers, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def ask(self, body: dict[str, Any]) -> str:
        """Ask one question, again where that may help; the text that the model wrote.

        Raises:
            LimitReachedError: the day's budget does not hold it; nothing was sent.
            EndpointError: no answer after all retries, or a refusal that no retry mends.
            AnswerError, RefusalError: an answer that cannot be used.
        """
        data = json.dumps({"model": self._access.model, **body}, ensure_ascii=False).encode()
        attempt = 0
        while True:
            try:
                return self._ask_once(data)
            except _AgainError as error:
                self._wait(attempt, error)
            attempt += 1

    def _ask_once(self, data: bytes) -> str:
        # No tokenizer makes more tokens than bytes.
        kept = self._budget.reserve(len(data), MOST_OUT)
        try:
            reply = self._post(data)
        except _AgainError as error:
            if not error.spent:
                self._budget.settle(kept, 0, 0)
            raise
        if reply.status == httpx.codes.OK:
            used = usage_of(reply.data)
            if used is not None:  # else what was reserved stays booked
                self._budget.settle(kept, *used)
            return content_of(reply.data)
        self._budget.settle(kept, 0, 0)
        raise self._refusal(reply)

    def _post(self, data: bytes) -> _Reply:
        """Send a request and take the whole response, within the time-out."""
        url = f"{self._access.url}/chat/completions"
        until = time.monotonic() + self._access.timeout
        taken = bytearray()
        try:
            with self._client.stream(
                "POST", url, content=data, headers={"Content-Type": "application/json"}
            ) as response:
                for chunk in response.iter_bytes():
                    taken += chunk
                    if len(taken) > MOST_BYTES:
                        raise _AgainError("回答太大 · the answer is too large", spent=True)
                    if time.monotonic() > until:  # httpx measures the wait for each piece, not for the whole
                        raise _AgainError("超时 · timed out", spent=True)
                return _Reply(response.status_code, response.headers, bytes(taken))
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise _AgainError(f"连不上 · cannot connect ({self._without_key(str(error))})") from None
        except httpx.TimeoutException:
            raise _AgainError("超时 · timed out", spent=True) from None
        except httpx.RequestError as error:
            said = f"{type(error).__name__}: {self._without_key(str(error))}"
            raise _AgainError(f"连接断了 · the connection broke ({said})", spent=True) from None

    def _refusal(self, reply: _Reply) -> Exception:
        """What a status other than 200 means."""
        code, said = _said(reply.data)
        told = self._without_key(f"HTTP {reply.status}" + (f": {said}" if said else ""))
        if reply.status in _AGAIN or reply.status >= 500:
            if code == _QUOTA:
                return EndpointError(f"额度用完了 · the account's quota is used up ({told})")
            return _AgainError(told, wait=retry_after(reply.headers, self._clock()))
        if code in _ABOUT_THE_TEXT:
            return RefusalError(f"对方不收这一篇 · the endpoint does not take this text ({told})")
        if reply.status in (400, 413, 422):
            return AnswerError(f"请求没被接受 · the request was not accepted ({told})")
        if reply.status in (401, 403):
            return EndpointError(
                f"密钥没被接受，请查 QUWEN_SECOND_READER_KEY · the key was refused; check it ({told})"
            )
        return EndpointError(
            "地址或模型不对，请查 QUWEN_SECOND_READER_URL 和 QUWEN_SECOND_READER_MODEL"
            f" · check the address and the model ({told})"
        )

    def _wait(self, attempt: int, error: _AgainError) -> None:
        if attempt >= self._access.retries:
            attempts = "1 attempt" if attempt == 0 else f"{attempt + 1} attempts"
            raise EndpointError(
                f"问了 {attempt + 1} 次没有结果 · no answer in {attempts} ({error})"
            ) from None
        wait = min(2.0**attempt, _LONGEST_BACK_OFF) if error.wait is None else error.wait
        if wait > MOST_WAIT:
            raise EndpointError(
                f"对方要我们等 {wait:.0f} 秒，不等了 · it asks us to wait {wait:.0f} seconds ({error})"
            ) from None
        logger.warning("the second reader asks again in %.1f seconds: %s", wait, error)
        self._sleep(wait)

    def _without_key(self, text: str) -> str:
        return text.replace(self._access.key, "[key]") if self._access.key else text


def _said(data: bytes) -> tuple[str, str]:
    """The code and the message of an error's body, as far as it has them; the message cut to a line."""
    try:
        error = json.loads(data)["error"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", ""
    if not isinstance(error, dict):
        return "", ""
    code, message = error.get("code"), error.get("message")
    return (
        code if isinstance(code, str) else "",
        " ".join(message.split())[:200] if isinstance(message, str) else "",
    )
