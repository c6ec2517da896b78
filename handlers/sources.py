"""The operators' word on a source: read an issue again, or let it pass; try again, or never mind."""

from datetime import date, datetime

from handlers.ask import Answer, Ask, Question, alert, in_place
from handlers.house import Session
from handlers.permissions import operators_only
from messages import replies, sources
from messages.callbacks import Action, Tend, TendWord
from messages.tree import Message
from storage.ledger import accept_issue, issue_by_id, retry_issue
from storage.source_states import excuse, look_at_once, standing_of


async def tend(ask: Ask) -> Message | Answer:
    """Take the word; the next run of the job acts on it."""
    action = ask.action
    if not isinstance(action, Tend):
        return alert(replies.gone_button(ask.t))
    name = await ask.house.database.run(take_word, action, by=ask.person or 0, today=ask.today, now=ask.now)
    if name is None:
        return in_place(sources.tended_before(ask.t))
    return in_place(sources.tended(name, action.word, issue=bool(action.issue), t=ask.t))


def take_word(session: Session, action: Tend, *, by: int, today: date, now: datetime) -> str | None:
    """Do what the button says, and return the source's name; None where it was done before."""
    standing = standing_of(session, action.source)
    name = standing.name or action.source
    if action.issue:
        issue = issue_by_id(session, action.issue)
        if issue is None or issue.source != action.source:
            return None
        accept = action.word is TendWord.ACCEPT
        done = accept_issue(session, issue.id, by) if accept else retry_issue(session, issue.id)
        if not done:
            return None
    elif action.word is TendWord.ACCEPT:
        excuse(session, action.source, today, now)
        return name
    look_at_once(session, action.source, now)
    return name


BUTTONS: dict[type[Action], Question] = {Tend: operators_only(tend)}
