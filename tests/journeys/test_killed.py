"""The program is killed again and again while a broadcast goes out: who answers, who sends, who makes it."""

from pathlib import Path

from storage.database import Database
from tests.faults.broadcast import Broadcast
from tests.faults.hurried import hurried
from tests.journeys.stage import FLOOD

CHATS = 80
KILLS = {5: "leader", 35: "bot", 60: "worker"}  # after so many messages; `make faults` draws them by chance


async def test_kills_in_a_broadcast_lose_nothing_and_double_only_what_was_cut_off(
    own_database: Database, tmp_path: Path
) -> None:
    broadcast = Broadcast(
        own_database,
        hurried,
        tmp_path,
        flood={**FLOOD, "enabled": False},
        leases_end_with_death=True,
    )
    told = await broadcast.go(CHATS, KILLS)
    assert len(told.kills) == len(KILLS)
    assert told.broken == []
