"""The request that polls for updates, and what happens when Telegram refuses it while we serve."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.error import Conflict, TimedOut

from bot.carrier import CONNECT_TIMEOUT, READ_TIMEOUT, SoundRequest
from bot.vitals import Vitals

PAUSE = 3.0  # seconds until we ask again where another program takes the updates
LONGEST_PAUSE = 30.0  # where Telegram tells to wait: nobody should be deaf for hours
_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


class PollingRequest(SoundRequest):
    """Calls `on_refused` whenever the token is refused, `on_rival` with Telegram's words where another
    program takes the updates, and `on_heard` with the number of updates in each good answer.

    `on_rival` answers whether that is news. Then the library hears of it, and so do the error handlers; all
    else looks to it like a poll without an answer. By itself it would end its polling at a refusal without a
    word to us, and then spoil its stopping; it would tell of a conflict again and again, and could not be
    stopped while it waits as it was told to.
    """

    def __init__(self, *, connect_timeout: float, read_timeout: float) -> None:
        # Two: the last call of all does not wait for the connection of the poll that it cuts off.
        super().__init__(connection_pool_size=2, connect_timeout=connect_timeout, read_timeout=read_timeout)
        self.on_refused: Callable[[], None] | None = None
        self.on_rival: Callable[[str], bool] | None = None
        self.on_heard: Callable[[int], None] | None = None

    async def look(self, code: int, answer: dict[str, Any]) -> None:
        """Tell those who want to know; see the class."""
        if code in _REFUSED and self.on_refused is not None:
            self.on_refused()
            raise TimedOut("the token is refused")
        if code == HTTPStatus.CONFLICT and self.on_rival is not None:
            if self.on_rival(answer["description"]):
                raise Conflict(answer["description"])
            await asyncio.sleep(PAUSE)
            raise TimedOut("another program takes the updates")
        if code == HTTPStatus.TOO_MANY_REQUESTS:
            told = answer.get("parameters", {}).get("retry_after", PAUSE)
            await asyncio.sleep(min(float(told), LONGEST_PAUSE))
            raise TimedOut("told to wait")
        if code == HTTPStatus.OK and self.on_heard is not None:
            result = answer["result"]
            self.on_heard(len(result) if isinstance(result, list) else 0)


def polling_request(vitals: Vitals) -> PollingRequest:
    """The request of a process that polls; what it learns goes into `vitals`."""
    request = PollingRequest(connect_timeout=CONNECT_TIMEOUT, read_timeout=READ_TIMEOUT)
    request.on_heard = vitals.heard
    request.on_rival = vitals.rivalry.clash
    return request
