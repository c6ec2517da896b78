"""What the tests of sending share: payloads in the outbox, and a run over them."""

import json
from datetime import datetime
from typing import Any

from jobs.deliver import DeliverResult, deliver
from storage.chats import get_chat
from storage.database import Database
from tests.jobs.support import MONDAY, StubBot, follower, queue

HELLO = json.dumps({"html": "<b>一周</b>", "keyboard": [], "silent": False})
REST = json.dumps({"html": "还有", "keyboard": [[{"text": "看全部", "data": "l:x"}]], "silent": True})


async def send(database: Database, bot: StubBot, now: datetime = MONDAY, **options: Any) -> DeliverResult:
    """Let a bot send all that is due at a moment."""
    return await deliver(database, bot, clock=lambda: now, **options)


def waiting(database: Database, *chats: int, payloads: tuple[str, ...] = (HELLO,), **options: Any) -> None:
    """Chats with a digest each in the outbox."""
    with database.session() as session:
        for chat_id in chats or (7,):
            queue(session, follower(session, chat_id, **options), *payloads)


def state_of_chat(database: Database, chat_id: int) -> str:
    """What the chat is to us; empty if it is not known."""
    with database.session(write=False) as session:
        chat = get_chat(session, chat_id)
    return chat.state if chat else ""
