"""The request that polls for updates, and what happens when Telegram refuses the token while we serve."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.error import TimedOut

from bot.carrier import SoundRequest

_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


class PollingRequest(SoundRequest):
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

    async def look(self, code: int, answer: dict[str, Any]) -> None:
        """Tell those who want to know; see the class."""
        if code in _REFUSED and self.on_refused is not None:
            self.on_refused()
            raise TimedOut("the token is refused")
        if code == HTTPStatus.OK and self.on_heard is not None:
            result = answer["result"]
            self.on_heard(len(result) if isinstance(result, list) else 0)
