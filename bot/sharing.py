"""Keeps this process to its part of the bot's pace, while other processes send with the same token."""

import asyncio
import logging
from contextlib import suppress

from bot.limiter import StrictRateLimiter
from storage import processes
from storage.database import Database, DatabaseError

logger = logging.getLogger(__name__)


class Sharing:
    """Gives signs of life from `begin` to `end`, and takes what part of the pace the others leave."""

    def __init__(self, database: Database, limiter: StrictRateLimiter, *, name: str, role: str) -> None:
        self._database = database
        self._limiter = limiter
        self._name = name
        self._role = role
        self._share: int | None = None
        self._task: asyncio.Task[None] | None = None
        self._beaten = 0.0

    async def begin(self) -> None:
        """Take part from now on; alone, all of the pace is ours at once."""
        self._limiter.take_part(0)
        self._beaten = asyncio.get_running_loop().time()
        await self._beat()
        self._task = asyncio.get_running_loop().create_task(self._go_on(), name="sharing")

    async def end(self) -> None:
        """Give our part back, and send nothing more."""
        task, self._task = self._task, None
        if task is None:
            return
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        self._limiter.take_part(0)
        try:
            await self._database.run(processes.leave, name=self._name)
        except DatabaseError as error:
            logger.warning("our part of the pace is free only after a while: %s", error)

    async def _go_on(self) -> None:
        while True:
            await asyncio.sleep(processes.BEAT.total_seconds())
            await self._beat()

    async def _beat(self) -> None:
        # Timed from before the beat: it may take a while until the database has it.
        asked = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(processes.ALONE.total_seconds() / 2):
                share = await self._database.run(
                    processes.beat, name=self._name, role=self._role, total=self._limiter.total
                )
        except TimeoutError:
            # What was begun may still come to its end, with a smaller part for us than we have.
            logger.error("sending waits: the database takes too long")  # noqa: TRY400 - nothing more to tell
            self._take(0)
            return
        except Exception:  # whatever it is: who is not heard must not go on sending
            if asked - self._beaten > processes.ALONE.total_seconds() / 2 and self._share != 0:
                # The others will soon take us for dead and send in our place.
                logger.exception("sending waits: no sign of life reaches the database")
                self._take(0)
            return
        self._beaten = asked
        self._take(share)

    def _take(self, share: int) -> None:
        if share != self._share:
            logger.info("this process may send %d of %d messages a second", share, self._limiter.total)
        self._share = share
        self._limiter.take_part(share)
