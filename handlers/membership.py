"""Chats that come and go: blocked and unblocked, added and removed, groups that get another id."""

import logging

from telegram import Chat, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus

from handlers.entry import touch
from handlers.house import Context, house_of
from handlers.reply import Place, send
from handlers.start import greeting
from storage.chats import mark_blocked, mark_left, migrate_chat

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
        mark = mark_blocked if change.chat.type == Chat.PRIVATE else mark_left
        await house.database.run(mark, change.chat.id, now)
        return
    chat = await touch(update, house)
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


def _is_in(change: ChatMemberUpdated, *, new: bool) -> bool:
    member = change.new_chat_member if new else change.old_chat_member
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _GONE
