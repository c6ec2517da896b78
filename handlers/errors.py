"""When something fails: the log gets all of it, the person one friendly line, and the bot goes on."""

import logging
import secrets

from telegram import Chat, Update, User
from telegram.error import Conflict, NetworkError, TelegramError, TimedOut

from handlers.house import Context, House, house_of
from handlers.reply import Place, send
from handlers.requests import topic_of
from messages import replies
from messages.i18n import translator
from storage.chats import get_chat
from storage.database import DatabaseError, LockedDatabase

logger = logging.getLogger(__name__)


async def on_error(update: object, context: Context) -> None:
    """Log the error of a handler under a number, and tell the number to the one who asked. Never raises."""
    error = context.error
    if not isinstance(update, Update):
        _log_elsewhere(error)
        return
    number = f"E-{secrets.token_hex(2).upper()}"
    logger.error("%s in update %s", number, update.update_id, exc_info=error)
    chat, user = update.effective_chat, update.effective_user
    if chat is None or not _is_waiting(update):
        return
    t = translator(await language_of(chat, user, house_of(context)))
    told = replies.busy(t) if isinstance(error, LockedDatabase) else replies.error(number, t)
    try:
        await send(context.bot, Place(chat.id, topic_of(update.effective_message)), told)
    except TelegramError as again:
        logger.warning("%s could not be told to chat %s: %s", number, chat.id, again)


async def language_of(chat: Chat, user: User | None, house: House) -> str | None:
    """The language of the chat, or a guess where even that cannot be read."""
    try:
        known = await house.database.read(get_chat, chat.id)
    except DatabaseError:
        known = None
    if known is not None:
        return known.language
    return user.language_code if user is not None and chat.type == Chat.PRIVATE else None


def _is_waiting(update: Update) -> bool:
    """Whether somebody asked and waits: nobody does after a change of members."""
    return update.callback_query is not None or update.message is not None or update.channel_post is not None


def _log_elsewhere(error: Exception | None) -> None:
    """Errors outside of an update: while polling, mostly. A network that fails now and then is no news."""
    if isinstance(error, Conflict):
        return  # whoever polls has said it
    if isinstance(error, NetworkError | TimedOut):
        logger.warning("polling: %s", error)
    else:
        logger.error("outside of any update", exc_info=error)
