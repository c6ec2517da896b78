"""From an update to an answer: who asks, what, the question that answers it, and where the answer goes."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from telegram import CallbackQuery, Chat, Message, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import ExtBot

from handlers.arguments import MAX_WORDS
from handlers.ask import Answer, Ask, Question, alert, is_operator
from handlers.downloads import download
from handlers.handed import Handed
from handlers.house import Context, House, house_of
from handlers.permissions import may_change, person_of
from handlers.refused import note_refusal
from handlers.reply import Place, edit, send
from handlers.requests import Request, read_request, topic_of
from messages import callbacks, replies
from messages.i18n import translator
from messages.tree import Message as Document
from storage.chats import migrate_chat, touch_chat
from storage.views import ChatView

logger = logging.getLogger(__name__)

PATIENCE = 3.0  # seconds after which the press of a button is answered, ready or not
NOTICE_AFTER = 1.5  # seconds after which whoever handed something in is told that it is being read


@dataclass(frozen=True, slots=True)
class Questions:
    """What can be asked: by command, by the action of a button, and by plain words.

    `hidden` commands are there for operators alone: to everybody else they are unknown.
    """

    commands: Mapping[str, Question]
    buttons: Mapping[type[callbacks.Action], Question]
    words: Question
    hidden: Mapping[str, Question] = field(default_factory=dict)


def question_for(
    message: Message, bot: ExtBot[None], questions: Questions, *, operator: bool
) -> tuple[Request, Question] | None:
    """What a message asks and what answers it; None where silence is the answer."""
    request = read_request(message, bot_id=bot.id, bot_name=bot.username)
    question = _question(request, questions, operator=operator) if request is not None else None
    return (request, question) if request is not None and question is not None else None


async def answer_message(update: Update, context: Context, *, questions: Questions) -> None:
    """Answer a command or plain words, where they are for us."""
    message = update.effective_message
    chat = update.effective_chat
    if message is None or chat is None:
        return
    operator = is_operator(house_of(context), person_of(update))
    asked = question_for(message, context.bot, questions, operator=operator)
    if asked is None:
        return
    request, question = asked
    ask = await _ask(update, context, request.words, handed=request.handed)
    reply_to = message.message_id if chat.type in (Chat.GROUP, Chat.SUPERGROUP) else None
    place = Place(ask.chat.id, ask.topic_id, reply_to)
    if request.handed is None:
        await _deliver(context, place, await question(ask))
    else:
        await _answer_in_time(context, place, question, ask)


async def _answer_in_time(context: Context, place: Place, question: Question, ask: Ask) -> None:
    """Answer what may take long: a notice where it does, and the answer in the place of that."""
    reading = asyncio.ensure_future(question(ask))
    notice: int | None = None
    try:
        done, _ = await asyncio.wait({reading}, timeout=NOTICE_AFTER)
        if not done:
            with suppress(TelegramError):  # the answer itself is tried all the same
                notice = await send(context.bot, place, replies.reading(ask.t))
        answer = await reading
    except Exception:
        if notice is not None:
            with suppress(TelegramError):
                await context.bot.delete_message(place.chat_id, notice)
        raise
    finally:
        reading.cancel()
    answer = answer if isinstance(answer, Answer) else Answer(answer)
    await _deliver(context, place, replace(answer, in_place=True), pressed=notice)


async def answer_button(update: Update, context: Context, *, questions: Questions) -> None:
    """Answer the press of a button: once, in time, and whatever its data is."""
    query = update.callback_query
    if query is None:
        return
    if query.message is None:  # under a message sent by way of another chat; we make no such
        refusal = alert(replies.gone_button(translator(query.from_user.language_code)))
        await _acknowledge(query, refusal)
        return
    action = callbacks.parse(query.data)
    question = questions.buttons.get(type(action), _gone) if action is not None else _gone
    thinking = asyncio.ensure_future(_press(update, context, question, action))
    early = False
    try:
        done, _ = await asyncio.wait({thinking}, timeout=PATIENCE)
        if not done or thinking.exception() is not None:
            early = True
            await _acknowledge(query, Answer())
        answer = await thinking
    finally:
        thinking.cancel()
    if not early:
        await _acknowledge(query, answer)
    place = Place(query.message.chat.id, topic_of(query.message))
    await _deliver(context, place, answer, pressed=query.message.message_id)


async def _press(
    update: Update, context: Context, question: Question, action: callbacks.Action | None
) -> Answer:
    ask = await _ask(update, context, action=action)
    answer = await question(ask)
    return answer if isinstance(answer, Answer) else Answer(answer)


async def _ask(
    update: Update,
    context: Context,
    words: str = "",
    action: callbacks.Action | None = None,
    handed: Handed | None = None,
) -> Ask:
    house = house_of(context)
    now = house.clock()
    return Ask(
        house=house,
        chat=await touch(update, house),
        topic_id=topic_of(update.effective_message),
        now=now,
        may_change=partial(may_change, update, context),
        person=person_of(update),
        words=words,
        action=action,
        handed=handed,
        download=partial(download, context.bot),
    )


async def touch(update: Update, house: House) -> ChatView:
    chat, user = update.effective_chat, update.effective_user
    if chat is None:
        raise ValueError("an update that belongs to no chat")
    private = chat.type == Chat.PRIVATE
    return await house.database.run(
        touch_chat,
        id=chat.id,
        kind="console" if house.console and private else chat.type,
        title=chat.effective_name or "",
        language_code=user.language_code if private and user is not None else None,
        now=house.clock(),
    )


def _question(request: Request, questions: Questions, *, operator: bool) -> Question | None:
    """The question that answers a request; None where silence is the answer."""
    if not request.command:
        found: Question | None = questions.words
    else:
        hidden = questions.hidden.get(request.command) if operator else None
        found = hidden or questions.commands.get(request.command)
        if found is None:
            return partial(_unknown, command=request.command) if request.by_name else None
    return _too_long if len(request.words) > MAX_WORDS else found


async def _unknown(ask: Ask, *, command: str) -> Document:
    return replies.unknown_command(command, ask.t)


async def _too_long(ask: Ask) -> Document:
    return replies.too_long(len(ask.words), MAX_WORDS, ask.t)


async def _gone(ask: Ask) -> Answer:
    return alert(replies.gone_button(ask.t))


async def _acknowledge(query: CallbackQuery, answer: Answer) -> None:
    try:
        await query.answer(text=answer.toast or None, show_alert=answer.alert or None)
    except BadRequest as error:  # pressed too long ago, as while we were down; the rest is still done
        logger.info("button %s: %s", query.id, error)


async def _deliver(
    context: Context, place: Place, answer: Document | Answer, *, pressed: int | None = None
) -> None:
    answer = answer if isinstance(answer, Answer) else Answer(answer)
    if answer.message is None:
        return
    house = house_of(context)
    try:
        if answer.in_place and pressed is not None:
            await edit(context.bot, place, pressed, answer.message)
        else:
            await send(context.bot, place, answer.message)
    except ChatMigrated as error:
        await house.database.run(migrate_chat, place.chat_id, error.new_chat_id, house.clock())
        await send(context.bot, Place(error.new_chat_id, place.topic_id), answer.message)
    except (Forbidden, BadRequest) as error:
        if not await note_refusal(house, place, error):
            raise
