"""A run in which nearly everybody has blocked the bot: each is marked once, the others get theirs."""

import gc
import json
from collections import Counter
from typing import Any

from sqlmodel import Session, col, func, select
from telegram.error import Forbidden

from bot.scheduler import CLAIM
from jobs.deliver import deliver
from storage.database import Database
from storage.queueing import save_digest
from storage.tables_chat import ChatRow, SubscriptionRow
from storage.tables_outbox import DeliveryRow
from storage.views import DeliveryView
from tests.jobs.support import MONDAY, StubBot, rows

CHATS = 400
PARTS = 2
GONE = {chat for chat in range(1, CHATS + 1) if chat % 10}  # all but every tenth, and many in a row


def held() -> int:
    """How many claimed deliveries this process holds; other tests may have left some."""
    gc.collect()
    return sum(isinstance(thing, DeliveryView) for thing in gc.get_objects())


class Town(StubBot):
    """Telegram, where nine of ten have blocked the bot."""

    def __init__(self) -> None:
        super().__init__()
        self.tries: Counter[int] = Counter()
        self.asked_for = 0
        self.before = held()
        self.most_held = 0  # deliveries that the sender held at a time

    async def send_message(self, chat_id: int, text: str, **options: Any) -> Any:
        self.asked_for += 1
        if self.asked_for % 200 == 0:
            self.most_held = max(self.most_held, held() - self.before)
        if chat_id in GONE:
            self.tries[chat_id] += 1
            raise Forbidden("Forbidden: bot was blocked by the user")
        return await super().send_message(chat_id, text, **options)


def fill(session: Session) -> None:
    """Chats, subscribed, with a digest of two parts each in the outbox."""
    payloads = [json.dumps({"html": part, "keyboard": [], "silent": False}) for part in ("一", "二")]
    day = MONDAY.date()
    digest = save_digest(session, key="week", period_start=day, period_end=day, language="zh", parts=payloads)
    ids = sorted(range(1, CHATS + 1), key=lambda chat: chat not in GONE)
    session.add_all(
        ChatRow(
            id=chat,
            kind="private",
            title="",
            language="zh",
            state="active",
            made_at=MONDAY,
            state_since=MONDAY,
        )
        for chat in ids
    )
    session.flush()
    followers = [
        SubscriptionRow(
            chat_id=chat,
            weekday=0,
            hour=9,
            minute=0,
            zone="Asia/Shanghai",
            state="active",
            next_due_at=MONDAY,
            made_at=MONDAY,
        )
        for chat in ids
    ]
    session.add_all(followers)
    session.flush()
    session.add_all(
        DeliveryRow(
            subscription_id=follower.id,
            chat_id=follower.chat_id,
            digest_id=digest,
            occasion="week",
            part=part,
            not_before=MONDAY,
            made_at=MONDAY,
        )
        for follower in followers
        for part in range(1, PARTS + 1)
    )


async def test_in_one_run_each_is_marked_once_and_the_others_get_theirs(
    database: Database,
) -> None:
    with database.session() as session:
        fill(session)
    bot = Town()
    await deliver(database, bot, clock=lambda: MONDAY, limit=CLAIM)
    assert bot.tries == Counter(dict.fromkeys(GONE, 1)), "nobody is tried twice"
    heard: dict[int, list[str]] = {}
    for message in bot.sent:
        heard.setdefault(message.chat_id, []).append(message.text)
    assert heard == {chat: ["一", "二"] for chat in range(1, CHATS + 1) if chat not in GONE}
    assert Counter(row.state for row in rows(database)) == {
        "pending": PARTS * len(GONE),
        "sent": PARTS * (CHATS - len(GONE)),
    }
    with database.session(write=False) as session:
        states = session.exec(select(ChatRow.state, func.count()).group_by(col(ChatRow.state))).all()
    assert dict(states) == {"active": CHATS - len(GONE), "blocked": len(GONE)}
    assert 0 < bot.most_held <= 2 * CLAIM, "memory for two batches, however many chats there are"
    assert not await deliver(database, bot, clock=lambda: MONDAY, limit=CLAIM)
