"""Looks whether the machine's clock was set, and puts right what waits for moments of the wrong one."""

import logging
from datetime import datetime

from storage.clocks import AT_ONCE, Righted, right_moments
from storage.database import Database

logger = logging.getLogger(__name__)


async def right_clocks(database: Database, *, now: datetime) -> Righted:
    """Bring back all that waits for a moment too far ahead, and say so.

    Raises:
        DatabaseError
    """
    deliveries = subscriptions = sources = chats = 0
    while True:
        righted = await database.run(right_moments, now)
        deliveries += righted.deliveries
        subscriptions += righted.subscriptions
        sources += righted.sources
        chats += righted.chats
        if righted.subscriptions < AT_ONCE:
            break
    whole = Righted(deliveries, subscriptions, sources, chats)
    if whole:
        logger.warning(
            "the clock of this machine was wrong or is: %d deliveries, %d subscriptions, %d sources "
            "and %d chats waited for a moment too far ahead; `quwen doctor` compares clocks",
            deliveries,
            subscriptions,
            sources,
            chats,
        )
    return whole
