"""Who may change the settings of a chat: anyone in a private one, administrators elsewhere. And operators."""

import logging

from telegram import CallbackQuery, Chat, Message, Update
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden

from handlers.ask import Answer, Ask, Question, alert
from handlers.house import Context
from messages import replies
from messages.tree import Message as Document

logger = logging.getLogger(__name__)

_ADMINISTRATORS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def may_change(update: Update, context: Context) -> bool:
    """Whether the one behind an update may change this chat's settings.

    A post of a channel is by its administrators; an anonymous administrator of a group speaks as the group
    itself. Everybody else is looked up.
    """
    chat = update.effective_chat
    if chat is None:
        return False
    if chat.type == Chat.PRIVATE:
        return True
    if update.callback_query is None and _speaks_for_the_chat(update.effective_message, chat):
        return True
    user = _person(update.callback_query, update.effective_message)
    if user is None:
        return False
    try:
        member = await context.bot.get_chat_member(chat.id, user)
    except (BadRequest, Forbidden) as error:
        logger.info("no member %s in chat %s: %s", user, chat.id, error)
        return False
    return member.status in _ADMINISTRATORS


def admins_only(question: Question) -> Question:
    """The same question, answered only to those who may change the settings."""

    async def asked(ask: Ask) -> Document | Answer:
        if await ask.may_change():
            return await question(ask)
        refusal = replies.not_admin(ask.t)
        return alert(refusal) if ask.action is not None else refusal

    return asked


def operators_only(question: Question) -> Question:
    """The same question, answered only to operators."""

    async def asked(ask: Ask) -> Document | Answer:
        if ask.is_operator:
            return await question(ask)
        refusal = replies.not_operator(ask.t)
        return alert(refusal) if ask.action is not None else refusal

    return asked


def person_of(update: Update) -> int | None:
    """The Telegram id of the one behind an update; None where a chat speaks as itself."""
    return _person(update.callback_query, update.effective_message)


def _speaks_for_the_chat(message: Message | None, chat: Chat) -> bool:
    if chat.type == Chat.CHANNEL:
        return True
    return message is not None and message.sender_chat is not None and message.sender_chat.id == chat.id


def _person(query: CallbackQuery | None, message: Message | None) -> int | None:
    if query is not None:
        return query.from_user.id
    # Whoever speaks as another channel has no name of his own in the group.
    if message is None or message.sender_chat is not None or message.from_user is None:
        return None
    return message.from_user.id
