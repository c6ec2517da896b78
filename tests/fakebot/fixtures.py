"""Fixtures for tests that talk to the fake."""

from collections.abc import AsyncIterator

import pytest

from tests.fakebot.server import FakeTelegram
from tests.fakebot.world import World, fresh_token


@pytest.fixture
async def fake_telegram() -> AsyncIterator[FakeTelegram]:
    """A server in the test's own event loop."""
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def world(fake_telegram: FakeTelegram) -> AsyncIterator[World]:
    """A bot's world on that server."""
    async with World(fake_telegram.url, fresh_token()) as made:
        yield made
