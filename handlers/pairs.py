"""/pairs, and the buttons under a pair of events that may be one: for operators."""

from handlers.ask import Answer, Ask, Question, alert
from handlers.house import Session
from handlers.permissions import operators_only
from messages import replies
from messages.callbacks import Action, PairSay, PairWord
from messages.pairs import no_pairs, pair_message, verdict_known
from messages.tree import Message
from storage.doubts import UnknownPair, count_doubtful, decide_pair, doubtful_pairs, reopen_pair
from storage.views import PairView


async def show(ask: Ask) -> Message:
    """The likeliest pair that nobody has decided."""
    pair, waiting = await ask.house.database.read(_next)
    if pair is None:
        return no_pairs(ask.t)
    return pair_message(pair, today=ask.today, t=ask.t, waiting=waiting)


async def say(ask: Ask) -> Answer:
    """Decide a pair, or take that back, in place. Whoever comes late is told what was decided."""
    match ask.action:
        case PairWord(pair_id, word):
            pass
        case _:
            return alert(replies.gone_button(ask.t))
    database, by, same = ask.house.database, ask.person, word is PairSay.SAME
    try:
        if word is PairSay.UNDO:
            decision = await database.run(reopen_pair, pair_id, by=by, now=ask.now)
        else:
            decision = await database.run(decide_pair, pair_id, same=same, by=by, now=ask.now)
    except UnknownPair:
        return alert(replies.gone_button(ask.t))
    toast = "" if decision.changed else verdict_known(decision.pair, ask.t)
    shown = pair_message(decision.pair, today=ask.today, t=ask.t)
    return Answer(shown, in_place=True, toast=toast)


def _next(session: Session) -> tuple[PairView | None, int]:
    return next(iter(doubtful_pairs(session, 1)), None), count_doubtful(session)


HIDDEN: dict[str, Question] = {"pairs": operators_only(show)}
BUTTONS: dict[type[Action], Question] = {PairWord: operators_only(say)}
