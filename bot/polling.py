"""The request that polls for updates, and what happens when Telegram refuses the token while we serve."""

import json
from collections.abc import Callable
from http import HTTPStatus

from telegram._utils.types import ODVInput
from telegram.error import TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


class PollingRequest(HTTPXRequest):
    """Calls `on_refused` whenever the token is refused, and `on_heard` with the number of updates in
    each good answer.

    To the library a refusal looks like a poll without an answer: it would end its polling without a word to
    us, and then spoil its stopping.
    """

    def __init__(self, *, connect_timeout: float, read_timeout: float) -> None:
        # Two: the last call of all does not wait for the connection of the poll that it cuts off.
        super().__init__(connection_pool_size=2, connect_timeout=connect_timeout, read_timeout=read_timeout)
        self.on_refused: Callable[[], None] | None = None
        self.on_heard: Callable[[int], None] | None = None

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
        """Make the request; see `on_refused`."""
        code, payload = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        if code in _REFUSED and self.on_refused is not None:
            self.on_refused()
            raise TimedOut("the token is refused")
        if code == HTTPStatus.OK and self.on_heard is not None:
            self.on_heard(_updates_in(payload))
        return code, payload


def _updates_in(payload: bytes) -> int:
    try:
        result = json.loads(payload)["result"]
    except (ValueError, KeyError, TypeError):
        return 0  # whoever asked will say what is wrong with it
    return len(result) if isinstance(result, list) else 0
