"""The one place that sends and edits messages."""

import logging
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ExtBot

from messages.html import Rendered, render
from messages.tree import Keyboard, Message

logger = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# Telegram has no codes for these, only its words.
_NOT_MODIFIED = "message is not modified"
_CANNOT_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: a chat, a topic of it, and the message that it replies to."""

    chat_id: int
    topic_id: int | None = None
    reply_to: int | None = None


async def send(bot: ExtBot[None], place: Place, message: Message) -> int:
    """Send a message in as many parts as it needs, the first as a reply; returns the id of that one."""
    first, *more = render(message)
    sent = await _send_part(bot, place, first)
    for part in more:
        await _send_part(bot, replace(place, reply_to=None), part)
    return sent


async def edit(bot: ExtBot[None], place: Place, message_id: int, message: Message) -> None:
    """Put `message` in the place of one of ours; what does not fit into one part follows below.

    One that is gone or too old to be edited is sent again.
    """
    first, *more = render(message)
    try:
        await bot.edit_message_text(
            first.html,
            chat_id=place.chat_id,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=_markup(first.keyboard),
        )
    except BadRequest as error:
        words = error.message.lower()
        if any(reason in words for reason in _CANNOT_EDIT):
            await _send_part(bot, place, first)
        elif _NOT_MODIFIED not in words:
            raise
    for part in more:
        await _send_part(bot, place, part)


async def _send_part(bot: ExtBot[None], place: Place, part: Rendered) -> int:
    reply = ReplyParameters(place.reply_to, allow_sending_without_reply=True) if place.reply_to else None
    sent = await bot.send_message(
        place.chat_id,
        part.html,
        parse_mode=ParseMode.HTML,
        link_preview_options=_NO_PREVIEW,
        reply_markup=_markup(part.keyboard),
        message_thread_id=place.topic_id,
        reply_parameters=reply,
    )
    return sent.message_id


def _markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.text, callback_data=button.data, url=button.url) for button in row]
            for row in keyboard
        ]
    )
