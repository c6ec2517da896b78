"""Writes what becomes of deliveries: many senders at once, one transaction for all that they have to say.

A transaction for each message would cost more than sending it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from storage import outbox
from storage.database import Database


@dataclass(slots=True)
class _Batch:
    """What is said together, and who waits to hear that it is written."""

    begun: list[int] = field(default_factory=list)
    sent: dict[int, int | None] = field(default_factory=dict)
    written: "asyncio.Future[set[int]] | None" = None


class Marks:
    """The marks of one worker. What is said while one transaction runs goes into the next."""

    def __init__(self, database: Database, *, worker: str, clock: Callable[[], datetime]) -> None:
        self._database = database
        self.worker = worker
        self._clock = clock
        self._batch = _Batch()
        self._writing: asyncio.Task[None] | None = None

    async def begin(self, delivery_id: int) -> bool:
        """Note that a delivery is on its way from now on; False if it may not go any more.

        Raises:
            DatabaseError
        """
        self._batch.begun.append(delivery_id)
        return delivery_id in await self._written()

    async def sent(self, delivery_id: int, message_id: int | None) -> None:
        """Note that it has arrived as this message of the chat.

        Raises:
            DatabaseError
        """
        self._batch.sent[delivery_id] = message_id
        await self._written()

    async def _written(self) -> set[int]:
        loop = asyncio.get_running_loop()
        if self._batch.written is None:
            self._batch.written = loop.create_future()
        written = self._batch.written
        if self._writing is None or self._writing.done():
            self._writing = loop.create_task(self._write())
        # Shielded: one that is cut off must not take the answer from the others.
        return await asyncio.shield(written)

    async def _write(self) -> None:
        while (written := self._batch.written) is not None:
            batch, self._batch = self._batch, _Batch()
            try:
                may_go = await self._database.run(_write_down, batch, self.worker, self._clock())
            except Exception as error:
                written.set_exception(error)
            else:
                written.set_result(may_go)


def _write_down(session: Session, batch: _Batch, worker: str, now: datetime) -> set[int]:
    outbox.mark_sent(session, batch.sent, now)
    return outbox.begin_sending(session, batch.begun, worker=worker, now=now) if batch.begun else set()
