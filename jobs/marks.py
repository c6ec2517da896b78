"""Writes what becomes of deliveries: many senders at once, one transaction for all that they have to say.

A transaction for each message would cost more than sending it. What has arrived must be written, or it comes
again: while the database fails, it is kept here and tried again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from storage import outbox
from storage.database import Database

logger = logging.getLogger(__name__)

FIRST_PAUSE = 1.0  # seconds before the first of the new tries
LONGEST_PAUSE = 30.0  # it is doubled up to here
_STEP = 1.0  # how soon a pause ends that a stop cuts short


@dataclass(frozen=True, slots=True)
class PutBack:
    """A delivery that has not gone and is tried again from `not_before` on; see `outbox.put_back`."""

    delivery_id: int
    not_before: datetime
    error: str
    cut_off: bool = False


@dataclass(slots=True)
class _Batch:
    """What is said together, and who waits to hear that it is written."""

    begun: list[int] = field(default_factory=list)
    sent: dict[int, int | None] = field(default_factory=dict)
    back: list[PutBack] = field(default_factory=list)
    may_go: "asyncio.Future[set[int]] | None" = None
    written: "asyncio.Future[None] | None" = None

    def fail_begun(self, error: Exception) -> None:
        """Nothing of what wants to begin may begin."""
        waiting, self.may_go, self.begun = self.may_go, None, []
        if waiting is not None:
            waiting.set_exception(error)


class Marks:
    """The marks of one worker. What is said while one transaction runs goes into the next.

    While the database fails nothing begins, and what is sent or put back is tried again until it is written,
    also beyond the lease: as long as nobody else could claim it, it does not come twice. Only when `stopping`
    says so is it given up, and that is logged. `sleep` waits so many seconds.
    """

    def __init__(
        self,
        database: Database,
        *,
        worker: str,
        clock: Callable[[], datetime],
        stopping: Callable[[], bool] = lambda: False,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self.worker = worker
        self._clock = clock
        self._stopping = stopping
        self._sleep = sleep
        self._batch = _Batch()
        self._writing: asyncio.Task[None] | None = None
        self._trouble: Exception | None = None  # of the database, while something is tried again

    async def begin(self, delivery_id: int) -> bool:
        """Note that a delivery is on its way from now on; False if it may not go any more.

        Raises:
            DatabaseError: it may not begin now; at once while the database is known to fail.
        """
        if self._trouble is not None:
            raise self._trouble
        self._batch.begun.append(delivery_id)
        if self._batch.may_go is None:
            self._batch.may_go = asyncio.get_running_loop().create_future()
        may_go = self._batch.may_go
        self._write_soon()
        # Shielded: one that is cut off must not take the answer from the others.
        return delivery_id in await asyncio.shield(may_go)

    async def sent(self, delivery_id: int, message_id: int | None) -> None:
        """Note that it has arrived as this message of the chat.

        Raises:
            DatabaseError: it was given up, since we are to stop.
        """
        self._batch.sent[delivery_id] = message_id
        await self._written()

    async def put_back(self, back: PutBack) -> None:
        """Note that it has not gone, and goes later.

        Raises:
            DatabaseError: it was given up, since we are to stop.
        """
        self._batch.back.append(back)
        await self._written()

    async def _written(self) -> None:
        if self._batch.written is None:
            self._batch.written = asyncio.get_running_loop().create_future()
        written = self._batch.written
        self._write_soon()
        await asyncio.shield(written)

    def _write_soon(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write(), name="marks")

    async def _write(self) -> None:
        while self._batch.may_go is not None or self._batch.written is not None:
            batch, self._batch = self._batch, _Batch()
            try:
                may_go = await self._put_down(batch)
            except Exception as error:
                batch.fail_begun(error)
                if batch.written is not None:
                    await self._insist(batch, batch.written, error)
                continue
            if batch.may_go is not None:
                batch.may_go.set_result(may_go)
            if batch.written is not None:
                batch.written.set_result(None)

    async def _insist(self, batch: _Batch, written: "asyncio.Future[None]", error: Exception) -> None:
        """Write what must not be forgotten as soon as the database works again."""
        self._trouble = error
        self._batch.fail_begun(error)
        sent = sorted(batch.sent)
        if sent:
            logger.error("sent, but not yet marked, since the database fails: deliveries %s: %s", sent, error)
        pause = FIRST_PAUSE
        try:
            while not self._stopping():
                await self._pause(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                try:
                    await self._put_down(batch)
                except Exception as again:
                    self._trouble = again
                else:
                    if sent:
                        logger.info("the database works again: deliveries %s are marked", sent)
                    written.set_result(None)
                    return
            written.set_exception(self._trouble)
        finally:
            self._trouble = None
            if sent and (not written.done() or written.exception()):
                logger.critical("sent, and not marked, so they may come twice: deliveries %s", sent)

    async def _pause(self, seconds: float) -> None:
        while seconds > 0 and not self._stopping():
            await self._sleep(min(_STEP, seconds))
            seconds -= _STEP

    async def _put_down(self, batch: _Batch) -> set[int]:
        return await self._database.run(_write_down, batch, self.worker, self._clock())


def _write_down(session: Session, batch: _Batch, worker: str, now: datetime) -> set[int]:
    outbox.mark_sent(session, batch.sent, now)
    for back in batch.back:
        outbox.put_back(
            session, back.delivery_id, back.not_before, back.error, worker=worker, cut_off=back.cut_off
        )
    return outbox.begin_sending(session, batch.begun, worker=worker, now=now) if batch.begun else set()
