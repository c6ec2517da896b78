"""When Telegram refuses an answer: what it tells of the chat is remembered."""

import logging

from telegram.error import BadRequest, Forbidden

from handlers.house import House
from handlers.reply import Place
from storage.refusals import TopicRefusal, read_refusal
from storage.standing import Standing, close_topic, lose_topic, set_standing

logger = logging.getLogger(__name__)


async def note_refusal(house: House, place: Place, error: Forbidden | BadRequest) -> bool:
    """Note that the chat or topic can't be written to; False where something else is wrong."""
    now = house.clock()
    told = read_refusal(error.message, forbidden=isinstance(error, Forbidden), chat_id=place.chat_id)
    match told:
        case Standing():
            await house.database.run(set_standing, place.chat_id, told, now)
        case TopicRefusal.CLOSED:
            await house.database.run(close_topic, place.chat_id, place.topic_id, now)
        case TopicRefusal.GONE:
            await house.database.run(lose_topic, place.chat_id, place.topic_id)
        case None:
            return False
    logger.info("chat %s: %s", place.chat_id, error)
    return True
