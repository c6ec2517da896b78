"""/subscribe, /settings and /unsubscribe."""

from handlers.ask import Answer, Ask, Question, alert, in_place
from handlers.permissions import admins_only
from messages import replies
from messages.callbacks import Action, Confirm, Subscribe
from messages.callbacks import Ask as Asked
from messages.tree import Message
from storage import subscriptions
from storage.rhythm import Rhythm
from storage.views import SubscriptionView


async def subscribe(ask: Ask) -> Message:
    """Subscribe this chat or topic at once, with the defaults."""
    subscription, created = await ask.house.database.run(
        subscriptions.subscribe,
        chat_id=ask.chat.id,
        topic_id=ask.topic_id,
        defaults=defaults(ask),
        now=ask.now,
    )
    return replies.subscribed(
        subscription, today=ask.today, t=ask.t, district=ask.house.district.short, created=created
    )


async def show_settings(ask: Ask) -> Message:
    """What is subscribed here, with the buttons to change it."""
    subscription = await own(ask)
    return replies.no_subscription(ask.t) if subscription is None else overview(ask, subscription)


async def ask_to_leave(ask: Ask) -> Message:
    """Leaving takes one more tap, and a pause is offered."""
    subscription = await own(ask)
    return (
        replies.no_subscription(ask.t)
        if subscription is None
        else replies.unsubscribe_ask(subscription, t=ask.t)
    )


async def leave(ask: Ask) -> Message | Answer:
    """End the subscription that was asked about."""
    match ask.action:
        case Confirm(_, number):
            subscription = await of_this_chat(ask, number)
            if subscription is not None:
                await ask.house.database.run(subscriptions.unsubscribe, number)
                return in_place(replies.unsubscribed(ask.t))
    return alert(replies.gone_button(ask.t))


def defaults(ask: Ask) -> Rhythm:
    """When a new subscription's digest comes."""
    settings = ask.house.settings
    return Rhythm(settings.digest_weekday, settings.digest_hour, settings.digest_minute, settings.zone)


def overview(ask: Ask, subscription: SubscriptionView) -> Message:
    """The first page of the settings."""
    return replies.settings(subscription, today=ask.today, t=ask.t, district=ask.house.district.short)


async def own(ask: Ask) -> SubscriptionView | None:
    """The subscription of this chat and topic, if it has not ended."""
    found = await ask.house.database.read(subscriptions.get_subscription, ask.chat.id, ask.topic_id)
    return None if found is None or found.state == "ended" else found


async def of_this_chat(ask: Ask, number: int) -> SubscriptionView | None:
    """The subscription of that number, if it is this chat's: button data can be forged."""
    found = await ask.house.database.read(subscriptions.by_id, number)
    return found if found is not None and found.chat_id == ask.chat.id else None


COMMANDS: dict[str, Question] = {
    "subscribe": admins_only(subscribe),
    "settings": admins_only(show_settings),
    "unsubscribe": admins_only(ask_to_leave),
}
BUTTONS: dict[type[Action], Question] = {Subscribe: subscribe}
CONFIRMED: dict[Asked, Question] = {Asked.UNSUBSCRIBE: leave}
