"""Two programs with one token, and a Telegram that does not want to be asked."""

import asyncio
import io
import json

import httpx
import pytest
from telegram.error import Conflict

from bot.health import is_ready
from bot.polling import PollingRequest
from bot.rivalry import Rival
from tests.fakebot.updates import TWO_POLLERS
from tests.journeys.people import meet, words
from tests.journeys.stage import Stage, until

pytestmark = pytest.mark.own_fake  # others cannot answer whatever they are told to
WEBHOOK = {
    "ok": False,
    "error_code": 409,
    "description": "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
    "delete the webhook first",
}


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.polling.PAUSE", 0.01)


async def readiness(stage: Stage) -> tuple[bool, str]:
    """How /readyz finds the updates."""
    (told,) = [one for one in await is_ready(stage.database, stage.vitals) if one.name == "updates"]
    return told.ok, told.detail


def told(log: io.StringIO, what: str) -> int:
    return sum(what in line for line in log.getvalue().splitlines())


async def test_another_program_that_asks_is_told_once_and_both_go_on(stage: Stage, log: io.StringIO) -> None:
    stage.provoked_errors = True
    ann = await meet(stage.world)
    assert words(await ann.say("/start"))
    async with httpx.AsyncClient(base_url=f"{stage.world.url}/bot{stage.world.token}/") as rival:

        async def clash() -> bool:
            await rival.post("getUpdates", json={"timeout": 0})
            return len(await stage.world.calls(method="getUpdates", status=409)) >= 5

        await until(clash, "the requests of both end each other")
    assert stage.vitals.rivalry.rival is Rival.ASKS
    ok, detail = await readiness(stage)
    assert not ok
    assert "stop one of them" in detail
    assert told(log, "ERROR") == told(log, "stop one of them") == 1
    assert words(await ann.say("/help")), "alone again it answers"


async def test_a_webhook_of_another_program_is_told_and_its_end_noticed(
    stage: Stage, log: io.StringIO
) -> None:
    stage.provoked_errors = True
    ann = await meet(stage.world)
    assert words(await ann.say("/start"))
    body = json.dumps(WEBHOOK)
    await stage.world.fault(method="getUpdates", kind="says", status=409, body=body)
    assert words(await ann.say("/help")), "the request under way"

    async def over() -> bool:
        return told(log, "no other program") == 1

    async def clashed() -> bool:
        return stage.vitals.rivalry.rival is Rival.IS_PUSHED

    await until(clashed, "the conflict is noticed")
    assert "--webhook" in (await readiness(stage))[1]
    assert not await over()
    await stage.world.call("faults", clear=True)
    await until(over, "its end is noticed")
    assert (await readiness(stage))[0]
    assert told(log, "has set a webhook") == 1
    assert words(await ann.say("/help"))


async def test_a_long_wait_for_updates_is_not_waited_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.polling.LONGEST_PAUSE", 0.01)
    ann = await meet(stage.world)
    await stage.world.fault(method="getUpdates", kind="429", times=3, retry_after=3 * 3600)
    stage.provoked_429 = 3
    assert words(await ann.say("/start"))
    assert words(await ann.say("/help"))
    await stage.world.call("wait_call", method="getUpdates", count=5)


async def test_the_pause_of_a_conflict_ends_with_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.polling.PAUSE", 3600.0)
    heard: list[str] = []

    def clash(description: str) -> bool:
        heard.append(description)
        return len(heard) == 1

    request = PollingRequest(connect_timeout=1, read_timeout=1)
    request.on_rival = clash
    with pytest.raises(Conflict):  # the first is told to the error handlers
        await request.look(409, {"description": TWO_POLLERS})
    waiting = asyncio.ensure_future(request.look(409, {"description": TWO_POLLERS}))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert heard == [TWO_POLLERS] * 2
