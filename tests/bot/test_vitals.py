"""What a process notes of itself."""

import asyncio
import time
from datetime import UTC, datetime

from bot.vitals import PULSE, Vitals

NOW = datetime(2024, 4, 10, 2, 0, tzinfo=UTC)


async def test_a_loop_that_is_held_up_is_counted() -> None:
    vitals = Vitals(lambda: NOW)
    vitals.begin()
    await asyncio.sleep(0)  # the watch begins
    time.sleep(PULSE + 0.3)  # noqa: ASYNC251 - what must not happen happens
    await asyncio.sleep(0.01)
    await vitals.end()
    assert sum(vitals.stalls.values()) == 1
    assert max(vitals.stalls) >= 0.5
    assert vitals.stalled >= 0.25


async def test_the_watch_ends_with_the_process() -> None:
    vitals = Vitals(lambda: NOW)
    await vitals.end()  # it had not begun
    vitals.begin()
    await vitals.end()
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "vitals"]
