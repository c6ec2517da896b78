"""/digest: the digest of this chat, now."""

from datetime import date, timedelta

from handlers.ask import Ask, Question
from handlers.house import House, Session
from messages.digest import DigestContent, weekly_digest
from messages.tree import Message
from storage.filters import EventFilter
from storage.subscriptions import get_subscription

DAYS = 7


async def show(ask: Ask) -> Message:
    """What the digest would tell at this moment: the seven days that end today, and what comes."""
    content = await ask.house.database.run(_collect, ask.house, ask.chat.id, ask.topic_id, ask.today)
    return weekly_digest(content, ask.t, buttons=ask.chat.kind != "channel")


def _collect(
    session: Session, house: House, chat_id: int, topic_id: int | None, today: date
) -> DigestContent:
    subscription = get_subscription(session, chat_id, topic_id)
    followed = subscription.filter if subscription and subscription.state != "ended" else EventFilter()
    return house.collect_digest(
        session,
        followed,
        district=house.district,
        since=today - timedelta(days=DAYS - 1),
        until=today,
        today=today,
    )


COMMANDS: dict[str, Question] = {"digest": show}
