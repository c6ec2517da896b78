"""Chats that come and go: blocked and unblocked, added and removed, groups that get another id."""

import logging

from telegram import (
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Update,
)
from telegram.constants import ChatMemberStatus

from handlers.entry import touch
from handlers.house import Context, house_of
from handlers.reply import Place, send
from handlers.requests import topic_of
from handlers.start import greeting
from storage.chats import migrate_chat
from storage.standing import Standing, close_topic, reopen_topic, set_standing

logger = logging.getLogger(__name__)

_GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


async def on_my_membership(update: Update, context: Context) -> None:
    """Our own place in a chat has changed.

    A group that takes us in is greeted; a channel is not, for its posts are read by everybody.
    """
    change = update.my_chat_member
    if change is None:
        return
    house = house_of(context)
    now = house.clock()
    if not _is_in(change, new=True):
        standing = Standing.BLOCKED if change.chat.type == Chat.PRIVATE else Standing.LEFT
        await house.database.run(set_standing, change.chat.id, standing, now)
        return
    chat = await touch(update, house)
    if not _may_write(change.chat, change.new_chat_member):
        await house.database.run(set_standing, chat.id, Standing.NO_RIGHTS, now)
        return
    if not _is_in(change, new=False) and change.chat.type in (Chat.GROUP, Chat.SUPERGROUP):
        await send(context.bot, Place(chat.id), await greeting(house, chat))


async def on_migration(update: Update, context: Context) -> None:
    """A group has become a supergroup: told in both chats, and the second time it is nothing new."""
    message = update.effective_message
    if message is None:
        return
    house = house_of(context)
    old, new = message.migrate_from_chat_id or message.chat.id, message.migrate_to_chat_id or message.chat.id
    if old != new:
        logger.info("chat %s is now %s", old, new)
        await house.database.run(migrate_chat, old, new, house.clock())


async def on_topic(update: Update, context: Context) -> None:
    """A topic of a forum was closed or opened again."""
    message = update.effective_message
    if message is None:
        return
    house = house_of(context)
    if message.forum_topic_closed or message.general_forum_topic_hidden:
        await house.database.run(close_topic, message.chat.id, topic_of(message), house.clock())
    elif message.forum_topic_reopened or message.general_forum_topic_unhidden:
        await house.database.run(reopen_topic, message.chat.id, topic_of(message))


def _may_write(chat: Chat, member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.can_send_messages
    if chat.type == Chat.CHANNEL and isinstance(member, ChatMemberAdministrator):
        return bool(member.can_post_messages)
    return True


def _is_in(change: ChatMemberUpdated, *, new: bool) -> bool:
    member = change.new_chat_member if new else change.old_chat_member
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _GONE
