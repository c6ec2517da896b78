"""The follow buttons: take a type, an area or what a list shows into the digest of this chat."""

from dataclasses import dataclass
from datetime import datetime

from handlers.ask import Answer, Ask, Question, alert
from handlers.house import Session
from handlers.subscribe import defaults
from messages import replies
from messages.callbacks import Action, Follow, Target, area_of_code
from messages.replies.answers import follow_label
from messages.tree import Message
from parsing.model import EventType
from storage import subscriptions
from storage.filters import EventFilter
from storage.rhythm import Rhythm
from storage.saved import recall_filter
from storage.views import SubscriptionView


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be followed; a side that is empty was not named and stays as it is."""

    types: tuple[EventType, ...] = ()
    areas: tuple[str, ...] = ()


async def follow(ask: Ask) -> Message | Answer:
    """Take it in. Where the digest holds it already, all being open, offer to narrow it to that alone."""
    if not isinstance(ask.action, Follow):
        return alert(replies.gone_button(ask.t))
    wanted = await _wanted(ask, ask.action)
    if wanted is None:
        return alert(replies.gone_button(ask.t))
    subscription, covered = await ask.house.database.run(
        take_in,
        wanted,
        chat_id=ask.chat.id,
        topic_id=ask.topic_id,
        defaults=defaults(ask),
        only=ask.action.only,
        now=ask.now,
    )
    label = follow_label(EventFilter(types=wanted.types, areas=wanted.areas), ask.t)
    if covered:
        return replies.follow_covered(ask.action, label, ask.t)
    return replies.followed(subscription, label, today=ask.today, t=ask.t, district=ask.house.district.short)


def take_in(
    session: Session,
    wanted: Wanted,
    *,
    chat_id: int,
    topic_id: int | None,
    defaults: Rhythm,
    only: bool,
    now: datetime,
) -> tuple[SubscriptionView, bool]:
    """Follow what is wanted. The second value tells that it was covered before, and nothing was changed.

    A new subscription holds nothing but that. An existing one is widened by it, or narrowed with `only`.
    """
    subscription, created = subscriptions.subscribe(
        session, chat_id=chat_id, topic_id=topic_id, defaults=defaults, now=now
    )
    narrow = created or only
    types, areas = subscription.types, subscription.areas
    if wanted.types and (narrow or types):
        types = wanted.types if narrow else tuple(dict.fromkeys((*types, *wanted.types)))
    if wanted.areas and (narrow or areas):
        areas = wanted.areas if narrow else tuple(dict.fromkeys((*areas, *wanted.areas)))
    if created:  # one that had ended comes back with old settings
        types, areas = wanted.types, wanted.areas
    covered = not only and not created and (types, areas) == (subscription.types, subscription.areas)
    if types != subscription.types:
        subscription = subscriptions.set_types(session, subscription.id, types, now)
    if areas != subscription.areas:
        subscription = subscriptions.set_areas(session, subscription.id, areas, now)
    return subscription, covered and _is_open(subscription, wanted)


def _is_open(subscription: SubscriptionView, wanted: Wanted) -> bool:
    """Whether it could be narrowed to what is wanted: it holds more than that."""
    return (bool(wanted.types) and subscription.types != wanted.types) or (
        bool(wanted.areas) and subscription.areas != wanted.areas
    )


async def _wanted(ask: Ask, asked: Follow) -> Wanted | None:
    match asked.target:
        case Target.TYPE if asked.value in list(EventType):
            return Wanted(types=(EventType(asked.value),))
        case Target.AREA:
            area = area_of_code(asked.value, (area.name for area in ask.house.district.areas))
            return Wanted(areas=(area,)) if area is not None else None
        case Target.FILTER:
            flt = await ask.house.database.read(recall_filter, asked.value)
            if flt is not None and (flt.types or flt.areas):
                return Wanted(flt.types, flt.areas)
    return None


BUTTONS: dict[type[Action], Question] = {Follow: follow}
