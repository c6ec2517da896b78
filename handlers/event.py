"""/event id, and the buttons that open an event's card."""

from handlers.ask import Answer, Ask, Question, alert, in_place
from messages import replies
from messages.callbacks import Action, OpenEvent
from messages.card import event_card
from messages.tree import Message
from storage.events import get_event


async def show(ask: Ask) -> Message:
    """The card of the event with this id."""
    if not ask.words:
        return replies.word_missing("event", ask.t)
    detail = await ask.house.database.read(get_event, ask.words)
    if detail is None:
        return replies.event_not_found(ask.words, ask.t)
    return event_card(detail, today=ask.today, t=ask.t)


async def open_card(ask: Ask) -> Message | Answer:
    """The card, in the place of the list it was opened from, where there is a way back to it."""
    match ask.action:
        case OpenEvent(public_id, back):
            detail = await ask.house.database.read(get_event, public_id)
            if detail is None:
                return alert(replies.event_not_found(public_id, ask.t))
            card = event_card(detail, today=ask.today, t=ask.t, back=back)
            return in_place(card) if back is not None else card
    return alert(replies.gone_button(ask.t))


COMMANDS: dict[str, Question] = {"event": show}
BUTTONS: dict[type[Action], Question] = {OpenEvent: open_card}
