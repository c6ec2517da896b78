"""The program is killed again and again while a broadcast goes out: who answers, who sends, who makes it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from telegram import Bot

from jobs.deliver import IN_FLIGHT, LEASE, deliver
from storage.database import Database
from tests.fakebot.world import World
from tests.faults.broadcast import Broadcast, moments
from tests.faults.crew import HURRIED
from tests.journeys.stage import FLOOD

CHATS = 150
KILLS = 4


async def when_leases_are_over(database: Database, world: World) -> None:
    """Another process sends what those that were killed have held."""
    async with Bot(world.token, base_url=f"{world.url}/bot") as bot:
        await deliver(database, bot, clock=lambda: datetime.now(UTC) + LEASE + timedelta(seconds=1))


async def test_kills_in_a_broadcast_lose_nothing_and_double_only_what_was_cut_off(
    own_database: Database, tmp_path: Path
) -> None:
    broadcast = Broadcast(own_database, HURRIED, tmp_path, flood={**FLOOD, "enabled": False})
    told = await broadcast.go(CHATS, moments(CHATS, KILLS, "killed"), when_leases_are_over)
    assert len(told.kills) == KILLS
    assert told.lost == set()
    assert told.still_due == told.not_sent == 0
    assert set(told.occasions.values()) == {1}, "a digest was made twice"
    assert len(told.occasions) == CHATS
    assert told.doubled <= set(told.cut_off), "sent twice although it had been marked"
    assert told.arrived.total() <= CHATS + len(told.cut_off)
    assert max(len(kill.cut_off) for kill in told.kills) <= IN_FLIGHT
