from collections.abc import AsyncIterator

import pytest

from tests.fakebot.fixtures import fake_telegram, world
from tests.fakebot.raw import RawBot
from tests.fakebot.world import World

__all__ = ["fake_telegram", "world"]


@pytest.fixture
async def bot(world: World) -> AsyncIterator[RawBot]:
    """A bot that sends whatever it is told to."""
    async with RawBot(world) as made:
        yield made
