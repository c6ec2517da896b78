import io
import logging
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.logs import set_up_logs
from handlers import entry
from tests.fakebot.server import FakeTelegram
from tests.fakebot.world import World, fresh_token
from tests.journeys.handing import Operator
from tests.journeys.people import meet
from tests.journeys.stage import FLOOD, Clock, Stage, at_speed, database_in
from tests.sources.site import Site, site

WEDNESDAY = datetime(2024, 4, 10, 2, 0, tzinfo=UTC)  # 10:00 in Beijing


@pytest.fixture
async def world(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """A world of the test's own: on the server that QUWEN_BOT_API_URL names, or on our own fake.

    There, the limits are that server's and the pace is the real one; here, both are faster. What is marked
    as `own_fake` can't be played by another server.
    """
    running = os.environ.get("QUWEN_BOT_API_URL", "").rstrip("/")
    if running and request.node.get_closest_marker("own_fake") is None:
        async with World(running, fresh_token()) as made:
            yield made
        return
    at_speed(monkeypatch)
    async with FakeTelegram() as server, World(server.url, fresh_token()) as made:
        await made.config(flood=FLOOD)
        yield made


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the program writes to its log, with the requests that it is usually quiet about."""
    loggers = [logging.getLogger(name) for name in (None, "httpx", "httpcore", "apscheduler", "alembic")]
    before = [(logger, logger.level, logger.handlers[:]) for logger in loggers]
    stream = io.StringIO()
    set_up_logs("INFO", stream=stream)
    logging.getLogger("httpx").setLevel(logging.INFO)
    yield stream
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers


@pytest.fixture
async def stage(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> AsyncIterator[Stage]:
    """A started bot on an empty database. In the end it must have broken no rule and earned no 429."""
    monkeypatch.delenv("QUWEN_CONFIG", raising=False)
    made = Stage(world, Clock(WEDNESDAY), database_in(tmp_path))
    try:
        await made.start()
        yield made
        assert await world.violations() == []
        assert (await world.stats())["flood_429_total"] == made.provoked_429
    finally:
        await made.stop_all()
    lines = log.getvalue().splitlines()
    assert any(line.endswith('/getMe "HTTP/1.1 200 OK"') for line in lines)
    assert [line for line in lines if world.token.split(":")[1] in line] == [], "the token is in the log"
    if not made.provoked_errors:
        assert [line for line in lines if " ERROR " in line or " CRITICAL " in line] == []


@pytest.fixture
def no_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long reading takes differs: only where a journey asks for it the bot says that it reads."""
    monkeypatch.setattr(entry, "NOTICE_AFTER", 60.0)


@pytest.fixture
async def ann(stage: Stage) -> Operator:
    person = await meet(stage.world, id=stage.operator)
    return Operator(stage.world, person.id, person.chat)


@pytest.fixture
def paper() -> Iterator[Site]:
    with site() as made:
        yield made
