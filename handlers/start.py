"""First contact, help, privacy, the language, and forgetting all."""

from handlers.ask import Answer, Ask, Question, alert, in_place
from handlers.house import House, Session
from handlers.permissions import admins_only
from messages import replies
from messages.callbacks import Action, Keep, SetLanguage
from messages.callbacks import Ask as Asked
from messages.i18n import languages, translator
from messages.tree import Message
from storage.chats import forget_chat, set_language
from storage.events import sources
from storage.subscriptions import get_subscription
from storage.views import ChatView, SourceView, SubscriptionView


async def start(ask: Ask) -> Message:
    """Say hello and what can be done."""
    return await greeting(ask.house, ask.chat, ask.topic_id)


async def greeting(house: House, chat: ChatView, topic_id: int | None = None) -> Message:
    """The hello of a chat, which depends on whether it is subscribed."""
    known, subscription = await house.database.read(_acquainted, chat.id, topic_id)
    return replies.welcome(
        translator(chat.language),
        district=house.district.name,
        sources=[source.name for source in known],
        subscribed=subscription is not None and subscription.state != "ended",
    )


async def explain(ask: Ask) -> Message:
    """All commands."""
    operator = ask.is_operator and ask.is_private
    return replies.help_text(ask.t, district=ask.house.district.name, operator=operator)


async def privacy(ask: Ask) -> Message:
    """What is kept about a chat."""
    return replies.privacy(ask.t)


async def ask_to_forget(ask: Ask) -> Message:
    """Forgetting takes one more tap."""
    return replies.forget_ask(ask.t)


async def forget(ask: Ask) -> Answer:
    """Delete all that is kept about this chat."""
    rows = await ask.house.database.run(forget_chat, ask.chat.id)
    return in_place(replies.forgotten(rows, ask.t))


async def keep(ask: Ask) -> Answer:
    """Nothing is changed."""
    return in_place(replies.kept(ask.t))


async def speak(ask: Ask) -> Message | Answer:
    """Another language from now on."""
    match ask.action:
        case SetLanguage(language) if language in languages():
            chat = await ask.house.database.run(set_language, ask.chat.id, language)
            return replies.language_set(translator(chat.language))
    return alert(replies.gone_button(ask.t))


def _acquainted(
    session: Session, chat_id: int, topic_id: int | None
) -> tuple[tuple[SourceView, ...], SubscriptionView | None]:
    return sources(session), get_subscription(session, chat_id, topic_id)


COMMANDS: dict[str, Question] = {
    "start": start,
    "help": explain,
    "privacy": privacy,
    "forgetme": admins_only(ask_to_forget),
}
BUTTONS: dict[type[Action], Question] = {Keep: keep, SetLanguage: speak}
CONFIRMED: dict[Asked, Question] = {Asked.FORGET: forget}
