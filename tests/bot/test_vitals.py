"""What a process notes of itself."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.vitals import MOST_FAULTS, PULSE, Vitals
from jobs.watch import Failing, Fault
from messages.layout import one_line
from messages.trouble import TroubleKind

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


def test_a_job_fails_until_it_works_again() -> None:
    now = NOW
    vitals = Vitals(lambda: now)
    for _ in range(3):
        vitals.stumbled("digest", ValueError("no"))
        now += timedelta(minutes=1)
    assert vitals.failing == {"digest": Failing("digest", 3, NOW, "ValueError: no")}
    vitals.worked("digest")
    vitals.stumbled("digest", ValueError("no"))
    assert vitals.failing["digest"] == Failing("digest", 1, now, "ValueError: no")
    assert vitals.failures == {"digest": 4}


def broken(words: object) -> Exception:
    try:
        one_line(words)  # type: ignore[arg-type]
    except AttributeError as error:
        return error
    raise AssertionError


def test_an_error_of_an_answer_is_known_by_its_kind_and_place_and_not_by_what_was_asked() -> None:
    vitals = Vitals(lambda: NOW)
    for words in (1, 2):
        vitals.broke(broken(words))
    vitals.broke(BadRequest("can't parse entities"))
    assert vitals.faults == {
        "AttributeError@messages.layout.clean": Fault("AttributeError@messages.layout.clean", NOW),
        "BadRequest@-": Fault("BadRequest@-", NOW),
    }
    assert vitals.faulted["AttributeError@messages.layout.clean"] == 2


def test_what_the_network_does_is_no_fault_and_another_bot_is_one_of_its_own() -> None:
    vitals = Vitals(lambda: NOW)
    for error in (TimedOut(), NetworkError("no route"), RetryAfter(3), Forbidden("blocked")):
        vitals.broke(error)
    assert vitals.faults == {}
    vitals.broke(Conflict("terminated by other getUpdates request"))
    assert [fault.kind for fault in vitals.faults.values()] == [TroubleKind.CONFLICT]


def test_faults_of_endless_kinds_are_not_kept_endlessly() -> None:
    vitals = Vitals(lambda: NOW)
    for number in range(2 * MOST_FAULTS):
        vitals.broke(type(f"Error{number}", (Exception,), {})())
    assert len(vitals.faults) == len(vitals.faulted) == MOST_FAULTS
