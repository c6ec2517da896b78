"""Updates on their way to the bot, by long polling: kept until the bot confirms them."""

import asyncio
from collections.abc import Callable

from tests.fakebot.refusals import Json, RefusedError

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
)
ONLY_IF_ASKED = ("chat_member",)
MAX_TIMEOUT = 50
TWO_POLLERS = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


class Updates:
    def __init__(self, changed: Callable[[], None]) -> None:
        self.pending: dict[int, Json] = {}
        self.made = 0
        self.confirmed = 0
        self.allowed: list[str] = []
        self._changed = changed
        self._next_id = 100_000_001
        self._poll: asyncio.Future[bool] | None = None  # False: another poller came

    @property
    def polled(self) -> bool:
        """Whether a long poll is waiting."""
        return self._poll is not None

    def push(self, kind: str, body: Json) -> int | None:
        """Queue an update; None if the bot did not ask for this kind."""
        if kind not in self.allowed if self.allowed else kind in ONLY_IF_ASKED:
            return None
        update_id = self._next_id
        self._next_id += 1
        self.made += 1
        self.pending[update_id] = {"update_id": update_id, kind: body}
        self._wake(True)
        return update_id

    async def get(self, offset: int, limit: int, seconds: float, allowed: list[str] | None) -> list[Json]:
        """What getUpdates answers, at the latest after `seconds`.

        Raises:
            RefusedError: 409 for the older of two pollers.
        """
        self._wake(False)
        if allowed is not None:
            self.allowed = allowed
        self._confirm(offset)
        if not self.pending and seconds > 0:
            poll = self._poll = asyncio.get_running_loop().create_future()
            self._changed()
            try:
                alone = await asyncio.wait_for(poll, min(seconds, MAX_TIMEOUT))
            except TimeoutError:
                alone = True
            finally:
                if self._poll is poll:
                    self._poll = None
            if not alone:
                raise RefusedError(409, TWO_POLLERS)
        return list(self.pending.values())[:limit]

    def close(self) -> None:
        """Ends a poll under way."""
        self._wake(False)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            done = list(self.pending)[:offset]
        else:
            done = [update_id for update_id in self.pending if update_id < offset]
        for update_id in done:
            del self.pending[update_id]
            self.confirmed += 1
        if done:
            self._changed()

    def _wake(self, alone: bool) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(alone)
        if not alone:
            self._poll = None
