"""Which handler answers what. A new family of commands is a new file here and a name in `FAMILIES`."""

from dataclasses import replace
from functools import partial
from types import ModuleType
from typing import Any

from telegram.ext import Application, CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from handlers import (
    digest,
    event,
    follow,
    intake,
    lists,
    pairs,
    search,
    settings,
    sources,
    start,
    subscribe,
    upcoming,
)
from handlers.ask import Answer, Ask, Question, alert
from handlers.entry import Questions, answer_button, answer_message
from handlers.errors import on_error
from handlers.house import Context
from handlers.membership import on_migration, on_my_membership, on_topic
from handlers.permissions import admins_only
from messages import replies
from messages.callbacks import CHANGES_SETTINGS, Action, Confirm, Run
from messages.callbacks import Ask as Asked
from messages.tree import Message

FAMILIES: tuple[ModuleType, ...] = (
    start, digest, upcoming, search, event, lists, subscribe, settings, follow, intake, sources, pairs
)  # fmt: skip
ALLOWED_UPDATES = ("message", "channel_post", "callback_query", "my_chat_member")

_TEXTS = filters.TEXT & (filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST)
_TOPICS = (
    filters.StatusUpdate.FORUM_TOPIC_CLOSED
    | filters.StatusUpdate.FORUM_TOPIC_REOPENED
    | filters.StatusUpdate.GENERAL_FORUM_TOPIC_HIDDEN
    | filters.StatusUpdate.GENERAL_FORUM_TOPIC_UNHIDDEN
)
_FILES = (filters.Document.ALL | filters.PHOTO | filters.CAPTION) & filters.UpdateType.MESSAGE


def add_handlers(application: Application[Any, Context, Any, Any, Any, Any]) -> Questions:
    """Let an application answer everything that Quwen can be asked, and return that."""
    questions = all_questions()
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, on_migration))
    application.add_handler(MessageHandler(_TOPICS, on_topic))
    application.add_handler(MessageHandler(_TEXTS | _FILES, partial(answer_message, questions=questions)))
    application.add_handler(CallbackQueryHandler(partial(answer_button, questions=questions)))
    application.add_handler(ChatMemberHandler(on_my_membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(on_error)
    return questions


def all_questions() -> Questions:
    """The commands and buttons of all families."""
    commands: dict[str, Question] = {}
    buttons: dict[type[Action], Question] = {}
    confirmed: dict[Asked, Question] = {}
    hidden: dict[str, Question] = {}
    for family in FAMILIES:
        commands |= getattr(family, "COMMANDS", {})
        buttons |= getattr(family, "BUTTONS", {})
        confirmed |= getattr(family, "CONFIRMED", {})
        hidden |= getattr(family, "HIDDEN", {})

    async def confirm(ask: Ask) -> Message | Answer:
        """What was asked about is done after one more tap."""
        question = confirmed.get(ask.action.ask) if isinstance(ask.action, Confirm) else None
        return await question(ask) if question else alert(replies.gone_button(ask.t))

    async def run(ask: Ask) -> Message | Answer:
        """A button that stands for a command."""
        known = {**commands, **hidden} if ask.is_operator else commands
        question = known.get(ask.action.command) if isinstance(ask.action, Run) else None
        return await question(replace(ask, words="")) if question else alert(replies.gone_button(ask.t))

    buttons |= {Confirm: confirm, Run: run}
    guarded = {
        action: admins_only(question) if action in CHANGES_SETTINGS else question
        for action, question in buttons.items()
    }
    return Questions(commands, guarded, search.search, hidden)
