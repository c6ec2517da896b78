"""The keyboards under /settings: types, areas, day and hour, pause."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from handlers.ask import Answer, Ask, Question, alert, in_place
from handlers.house import Session
from handlers.subscribe import of_this_chat, overview
from messages import replies
from messages.callbacks import Action, Part, SubscriptionEdit, View, area_of_code
from messages.replies.settings import area_page
from messages.tree import Message
from parsing.model import EventType
from storage import subscriptions
from storage.rhythm import Rhythm
from storage.views import SubscriptionView

MAX_PAUSE = 366  # days

T = TypeVar("T")


async def change(ask: Ask) -> Message | Answer:
    """Show or change one part of a subscription, in place. One of another chat is refused."""
    match ask.action:
        case SubscriptionEdit(number, part, value):
            subscription = await of_this_chat(ask, number)
            if subscription is not None:
                if subscription.state == "ended" and part is not Part.RESUME:
                    return in_place(replies.no_subscription(ask.t))
                changed = await _PARTS[part](ask, subscription, value)
                if changed is not None:
                    return in_place(changed)
    return alert(replies.gone_button(ask.t))


# What each part of the settings does: the message that takes the place, or None if the value means nothing.


async def _open(ask: Ask, subscription: SubscriptionView, value: str) -> Message | None:
    match value:
        case View.OVERVIEW:
            return overview(ask, subscription)
        case View.TYPES:
            return replies.types_keyboard(subscription, t=ask.t)
        case View.AREAS:
            return _areas(ask, subscription)
        case View.TIME:
            return replies.days_keyboard(subscription, today=ask.today, t=ask.t)
    return None


async def _toggle_type(ask: Ask, subscription: SubscriptionView, value: str) -> Message | None:
    if value not in list(EventType):
        return None
    changed = await ask.house.database.run(_toggled_type, subscription.id, EventType(value), ask.now)
    return replies.types_keyboard(changed, t=ask.t)


async def _all_types(ask: Ask, subscription: SubscriptionView, _: str) -> Message:
    changed = await ask.house.database.run(subscriptions.set_types, subscription.id, (), ask.now)
    return replies.types_keyboard(changed, t=ask.t)


async def _toggle_area(ask: Ask, subscription: SubscriptionView, value: str) -> Message | None:
    names = area_names(ask)
    area = area_of_code(value, names)
    if area is None:
        return None
    changed = await ask.house.database.run(_toggled_area, subscription.id, area, ask.now)
    return _areas(ask, changed, page=area_page(area, names))


async def _all_areas(ask: Ask, subscription: SubscriptionView, _: str) -> Message:
    changed = await ask.house.database.run(subscriptions.set_areas, subscription.id, (), ask.now)
    return _areas(ask, changed)


async def _turn_areas(ask: Ask, subscription: SubscriptionView, value: str) -> Message | None:
    return _areas(ask, subscription, page=int(value)) if value.isdecimal() else None


async def _set_day(ask: Ask, subscription: SubscriptionView, value: str) -> Message | None:
    return await _set_rhythm(ask, subscription, weekday=value)


async def _set_hour(ask: Ask, subscription: SubscriptionView, value: str) -> Message | None:
    return await _set_rhythm(ask, subscription, hour=value)


async def _pause(ask: Ask, subscription: SubscriptionView, value: str) -> Message | None:
    if not value.isdecimal() or int(value) > MAX_PAUSE:
        return None
    until = ask.now + timedelta(days=int(value)) if int(value) else None
    changed = await ask.house.database.run(subscriptions.pause, subscription.id, until)
    return replies.paused(changed, until=until, today=ask.today, t=ask.t)


async def _resume(ask: Ask, subscription: SubscriptionView, _: str) -> Message:
    changed = await ask.house.database.run(subscriptions.resume, subscription.id, ask.now)
    return replies.resumed(changed, today=ask.today, t=ask.t)


async def _leave(ask: Ask, subscription: SubscriptionView, _: str) -> Message:
    return replies.unsubscribe_ask(subscription, t=ask.t)


async def _set_rhythm(
    ask: Ask, subscription: SubscriptionView, *, weekday: str = "", hour: str = ""
) -> Message | None:
    old = subscription.rhythm
    try:
        rhythm = Rhythm(
            int(weekday or old.weekday), int(hour or old.hour), 0 if hour else old.minute, old.zone
        )
    except ValueError:
        return None
    changed = await ask.house.database.run(subscriptions.set_rhythm, subscription.id, rhythm, ask.now)
    return replies.days_keyboard(changed, today=ask.today, t=ask.t)


_PARTS: dict[Part, Callable[[Ask, SubscriptionView, str], Awaitable[Message | None]]] = {
    Part.OPEN: _open,
    Part.TYPE: _toggle_type,
    Part.AREA: _toggle_area,
    Part.ALL_TYPES: _all_types,
    Part.ALL_AREAS: _all_areas,
    Part.AREA_PAGE: _turn_areas,
    Part.DAY: _set_day,
    Part.HOUR: _set_hour,
    Part.PAUSE: _pause,
    Part.RESUME: _resume,
    Part.LEAVE: _leave,
}


def _toggled_type(session: Session, number: int, kind: EventType, now: datetime) -> SubscriptionView:
    """Read and change in one transaction, so that two quick taps both count."""
    return subscriptions.set_types(session, number, _toggled(_known(session, number).types, kind), now)


def _toggled_area(session: Session, number: int, area: str, now: datetime) -> SubscriptionView:
    return subscriptions.set_areas(session, number, _toggled(_known(session, number).areas, area), now)


def _known(session: Session, number: int) -> SubscriptionView:
    found = subscriptions.by_id(session, number)
    if found is None:
        raise subscriptions.UnknownSubscription(number)
    return found


def _toggled(chosen: tuple[T, ...], one: T) -> tuple[T, ...]:
    """Without `one` if it was chosen, else with it. None chosen means all: the first one narrows to it."""
    return tuple(other for other in chosen if other != one) if one in chosen else (*chosen, one)


def _areas(ask: Ask, subscription: SubscriptionView, *, page: int = 0) -> Message:
    return replies.areas_keyboard(subscription, areas=area_names(ask), t=ask.t, page=page)


def area_names(ask: Ask) -> tuple[str, ...]:
    """The areas of the district, in its order."""
    return tuple(area.name for area in ask.house.district.areas)


BUTTONS: dict[type[Action], Question] = {SubscriptionEdit: change}
