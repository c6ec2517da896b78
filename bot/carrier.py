"""Carries requests to the Bot API, and takes no answer for one of the Bot API that is not."""

import json
from typing import Any

from telegram._utils.types import ODVInput
from telegram.error import NetworkError
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.transport import SmallPools

CONNECT_TIMEOUT = 10.0  # seconds
READ_TIMEOUT = 20.0
_SHOWN = 80  # characters of a wrong answer that are told
_MESSAGE = {"message_id", "date", "chat"}  # what a message has: https://core.telegram.org/bots/api#message


class LostAnswerError(Exception):
    """Something else stood where the Bot API's answer to a request would have been."""


class SoundRequest(HTTPXRequest):
    """Raises `NetworkError` for an answer that is no JSON object, or not of the shape of its method.

    A proxy, a captive portal or a server that is failing may answer anything, with any status. The library
    goes by the status: the page of a proxy with 403 would be a chat that has blocked us, one with 404 a token
    that is refused; a 200 without a result would be an error of ours, or end the polling. What was asked may
    have been done all the same.
    """

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make the request; the status and body of the answer."""
        code, payload = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        answer = _answer_of(url, code, payload)
        if answer is not None:
            await self.look(code, answer)
        return code, payload

    async def look(self, code: int, answer: dict[str, Any]) -> None:
        """Called with each answer of the Bot API before the library reads it."""


class SoundPools(SmallPools):
    """The same over several pools."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """Make the request; the status and body of the answer."""
        code, payload = await super().do_request(url, method, request_data, *args, **timeouts)
        _answer_of(url, code, payload)
        return code, payload


def _answer_of(url: str, code: int, payload: bytes) -> dict[str, Any] | None:
    """The answer to a request; None for a file, which is none. Raises `NetworkError` for any other."""
    if "/file/bot" in url:
        return None
    answer = _read(payload)
    if answer is None or not _fits(url.rsplit("/", 1)[-1], code, answer):
        told = payload[: 4 * _SHOWN].decode("utf-8", "replace")[:_SHOWN]
        error = NetworkError(f"answered {code}, which is none of the Bot API: {told!r}")
        # Behind a success the request may have been done; jobs/delivery_errors.py looks at the cause.
        raise error from (LostAnswerError() if _is_success(code) else None)
    return answer


def _read(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _is_success(code: int) -> bool:
    return 200 <= code <= 299  # any number may come, also one that HTTPStatus does not know


def _fits(method: str, code: int, answer: dict[str, Any]) -> bool:
    if not _is_success(code):
        parameters = answer.get("parameters", {})
        return isinstance(answer.get("description"), str) and isinstance(parameters, dict)
    result = answer.get("result")
    if method == "getUpdates":
        return isinstance(result, list) and all(
            isinstance(one, dict) and "update_id" in one for one in result
        )
    if method == "sendMessage":
        return isinstance(result, dict) and result.keys() >= _MESSAGE
    return "result" in answer
