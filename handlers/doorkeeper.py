"""Looks at each update before it stands in line: who asks too much, and what is being answered already."""

import asyncio
import logging
from collections.abc import Awaitable

from telegram import CallbackQuery, Chat, Message, Update
from telegram.error import TelegramError
from telegram.ext import ExtBot

from handlers.ask import is_operator
from handlers.entry import Questions, question_for
from handlers.errors import language_of
from handlers.house import House
from handlers.manners import Manner, Manners
from handlers.permissions import person_of
from handlers.reply import Place, send
from handlers.requests import topic_of
from messages import callbacks, plain, replies
from messages.i18n import translator

logger = logging.getLogger(__name__)

AT_A_TIME = 4  # answers to what is turned away: they must not take all connections from the others
MOST_WAITING = 400  # of them; more are left unanswered, and the client gives up waiting by itself

Press = tuple[int, int, str, int | None]  # chat, message, data, and who pressed where that makes a difference


class Doorkeeper:
    """Turns away what is too much. Nothing of it reaches the handlers, the chat's line or the database.

    A press is turned away too while the same button is being answered with a message below: two hundred
    fingers on one button are one message. Where it depends on who pressed, each person counts.
    """

    def __init__(self, bot: ExtBot[None], house: House, questions: Questions, manners: Manners) -> None:
        self.manners = manners
        self._bot = bot
        self._house = house
        self._questions = questions
        self._under_way: set[Press] = set()
        self._waiting = 0
        self._places = asyncio.Semaphore(AT_A_TIME)

    def turn_away(self, update: Update) -> Awaitable[None] | None:
        """What to do instead of answering; None to answer, and then `over` is called some time."""
        query, message, chat = update.callback_query, update.effective_message, update.effective_chat
        if query is None and (message is None or chat is None or not self._is_asked(update, message)):
            return None
        person = person_of(update)
        asker = person if person is not None else chat.id if chat is not None else 0
        manner = self.manners.judge(asker)
        if query is not None:
            press = _press(query)
            if manner is Manner.ANSWER and press not in self._under_way:
                if press is not None:
                    self._under_way.add(press)
                return None
            return self._acknowledge(query, chat, hurried=manner is Manner.SLOW_DOWN)
        match manner:
            case Manner.ANSWER:
                return None
            case Manner.SLOW_DOWN if chat is not None and message is not None:
                logger.info("%s asks too much in chat %s", asker, chat.id)
                return self._say(update, chat, message)
            case _:
                return _nothing()

    def over(self, update: Update) -> None:
        """An update that was not turned away has been answered."""
        query = update.callback_query
        if query is not None and (press := _press(query)) is not None:
            self._under_way.discard(press)

    def _is_asked(self, update: Update, message: Message) -> bool:
        if update.message is None and update.channel_post is None:
            return False
        operator = is_operator(self._house, person_of(update))
        return question_for(message, self._bot, self._questions, operator=operator) is not None

    async def _say(self, update: Update, chat: Chat, message: Message) -> None:
        t = translator(await language_of(chat, update.effective_user, self._house))
        reply_to = message.message_id if chat.type in (Chat.GROUP, Chat.SUPERGROUP) else None
        try:
            await send(self._bot, Place(chat.id, topic_of(message), reply_to), replies.slow_down(t))
        except TelegramError as error:
            logger.info("chat %s: %s", chat.id, error)

    async def _acknowledge(self, query: CallbackQuery, chat: Chat | None, *, hurried: bool) -> None:
        if self._waiting >= MOST_WAITING:
            return
        self._waiting += 1
        try:
            async with self._places:
                text = None
                if hurried and chat is not None:
                    language = await language_of(chat, query.from_user, self._house)
                    text = plain.render(replies.slow_down(translator(language)))
                await query.answer(text=text)
        except TelegramError as error:
            logger.info("button %s: %s", query.id, error)
        finally:
            self._waiting -= 1


async def _nothing() -> None:
    """Silence."""


def _press(query: CallbackQuery) -> Press | None:
    """What is the same press; None for one that counts each time."""
    action, message = callbacks.parse(query.data), query.message
    if message is None or not isinstance(action, callbacks.BELOW):
        return None
    # What is for administrators alone is theirs to press, whoever else tries.
    person = query.from_user.id if isinstance(action, callbacks.CHANGES_SETTINGS) else None
    return message.chat.id, message.message_id, query.data or "", person
