"""What people see, message by message, for the golden files.

Write them again with `python -m tests.messages.golden`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from messages import replies, sources
from messages.callbacks import Follow, ListKind, ListMode, ListPage, Target, TendWord
from messages.card import event_card
from messages.digest import weekly_digest
from messages.html import render
from messages.i18n import Translator, translator
from messages.lists import event_list
from messages.pairs import no_pairs, pair_message
from messages.sources import Sample, SourceNote
from messages.tree import Message
from messages.trouble import Trouble, TroubleKind, trouble_note, well_note
from parsing.model import EventType, State
from storage.filters import EventFilter
from storage.intake import DatedBy, Intake, IntakePage
from storage.reasons import Reason, Verdict
from storage.source_states import SourceState
from storage.views import EventView, IntakeReport, PairView
from tests.messages import samples
from tests.messages.samples import AREAS, EVENTS, TODAY, detail, digest, page, proof, subscription

FOLDER = Path(__file__).parent / "golden"
_AWARDS = EventFilter(types=(EventType.AWARD,), areas=("王佐镇",))
_HERE = ListPage(_AWARDS.key, ListMode(), 0)


def _list(t: Translator) -> Message:
    shown = page(samples.AWARD, samples.DOUBTFUL)
    return event_list(shown, flt=_AWARDS, mode=ListMode(), today=TODAY, t=t)


def _second_page(t: Translator) -> Message:
    found = page(*EVENTS[1:], total=37, offset=10)
    counts = {EventType.AWARD: 20, EventType.MEETING: 10, EventType.NOTICE: 7}
    flt = EventFilter(words=("停水",), since=date(2024, 3, 1), until=date(2024, 3, 31))
    return event_list(found, flt=flt, mode=ListMode(ListKind.SEARCH), today=TODAY, t=t, counts=counts)


def _upcoming(t: Translator) -> Message:
    found = page(samples.ACTIVITY, samples.NOTICE)
    mode = ListMode(ListKind.UPCOMING, 14)
    return event_list(found, flt=EventFilter(), mode=mode, today=TODAY, t=t)


def _card(t: Translator) -> Message:
    others = [proof(samples.AWARD, source=f"第{number}家网站") for number in range(5)]
    first = proof(samples.AWARD, url="https://paper.example/2024/04/08/2?a=1&b=2")
    return event_card(detail(samples.AWARD, first, *others), today=TODAY, t=t, back=_HERE)


def _digest(t: Translator) -> Message:
    coming = page(samples.ACTIVITY, samples.NOTICE)
    return weekly_digest(digest(*EVENTS[:8], samples.FIGURE, coming=coming), t)


def _late_digest(t: Translator) -> Message:
    due = datetime(2024, 4, 8, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    many = digest(samples.AWARD, samples.PRIZE, late_since=due, missing=("区政府网站",), areas=("王佐镇",))
    more = {**many.happened, EventType.AWARD: page(samples.AWARD, samples.PRIZE, total=8)}
    return weekly_digest(digest(late_since=due, missing=("区政府网站",), areas=("王佐镇",), happened=more), t)


def _nothing(t: Translator) -> Message:
    flt = EventFilter((EventType.MEETING,), ("青松街道",), since=date(2024, 4, 1), until=date(2024, 4, 7))
    nearest = (EventFilter((EventType.MEETING,), ("青松街道",)), samples.MEETING)
    return replies.nothing_found(flt, mode=ListMode(), today=TODAY, t=t, nearest=nearest)


def _report(*merged: EventView, known: int = 0, pages: int = 1, new: int = 0) -> IntakeReport:
    """What handed-in pages told: so many new events, one of them doubtful, and known ones."""
    many = (samples.PRIZE, samples.DOUBTFUL, *EVENTS) * 2
    told = tuple(replace(event, id=f"n{at}") for at, event in enumerate(many[:new]))
    return IntakeReport(pages=pages, known=known, articles=7, new=told, merged=merged)


_PDF = Intake(
    pages=(IntakePage("…"),) * 23,
    source="丰台报",
    file_name="丰台报 <2024-04-08>.pdf",
    issued_on=date(2024, 4, 8),
    dated_by=DatedBy.NAME,
)
_POST = Intake((IntakePage("…"),), "青松消息", issued_on=date(2023, 12, 30), dated_by=DatedBy.POST)
_SITE = Intake((IntakePage("…"),), "gov.example", title="停水通知")


def _found(t: Translator) -> Message:
    report = _report(samples.AWARD, known=1, pages=23, new=12)
    return replies.intake_found(report, _PDF, 7, today=TODAY, t=t, pictures=1, more_pages=True)


def _found_post(t: Translator) -> Message:
    return replies.intake_found(_report(samples.AWARD, new=1), _POST, 8, today=TODAY, t=t)


def _found_nothing(t: Translator) -> Message:
    return replies.intake_found(_report(), _SITE, 9, today=TODAY, t=t)


def _found_known(t: Translator) -> Message:
    return replies.intake_found(IntakeReport(pages=1, known=1), _PDF, 9, today=TODAY, t=t)


def _unread(t: Translator) -> Message:
    """Every reason, one after the other."""
    told = [replies.unread(why, t, name=f"{why}.pdf") for why in replies.Unread]
    return Message(
        tuple(block for each in (replies.unread(replies.Unread.EMPTY, t), *told) for block in each.blocks)
    )


def _pair(t: Translator, verdict: Verdict = Verdict.OPEN) -> Message:
    other = replace(samples.MEETING, id="m9p2", subject="区里的工作点评会", actors=(), place="青松礼堂")
    pair = PairView(
        12,
        detail(samples.MEETING),
        detail(other, proof(other, source="区政府网站")) if verdict is not Verdict.SAME else None,
        3.5,
        (Reason.SAME_DAYS, Reason.NAME_ALIKE),
        (Reason.OTHER_PLACE,),
        verdict,
    )
    return pair_message(pair, today=TODAY, t=t, waiting=3 if verdict is Verdict.OPEN else 0)


_CANCELLED = replace(samples.ACTIVITY, state=State.CANCELLED)
_MOVED = replace(
    samples.ACTIVITY, when=samples.day(4, 27), state=State.MOVED, earlier=(samples.ACTIVITY.when,)
)


def _changed(t: Translator) -> Message:
    shown = page(_CANCELLED, _MOVED)
    mode = ListMode(ListKind.UPCOMING, 14)
    return event_list(shown, flt=EventFilter(), mode=mode, today=TODAY, t=t)


_SAMPLE = (
    Sample("柳林街道便民早市<开市>", "https://paper.example/html/2024-04/08/content_1_1.htm?a=1&b=2"),
    Sample("", "https://paper.example/html/2024-04/08/content_1_2.htm", ("no headline", "no body")),
)
_HELD = SourceNote(
    source="hexi",
    name="河西时报",
    state=SourceState.DEGRADED,
    why="3 of 12 articles are flawed, such as: no headline",
    issue=7,
    day=TODAY,
    articles=12,
    flawed=3,
    sample=_SAMPLE,
)


def _note(state: SourceState, why: str) -> Callable[[Translator], Message]:
    note = SourceNote(source="hexi", name="河西时报", state=state, why=why)
    return lambda t: sources.source_note(note, today=TODAY, t=t)


_AT = datetime(2024, 4, 10, 0, 30, tzinfo=UTC)
_TROUBLES = {
    "errors": Trouble(TroubleKind.ERRORS, _AT, count=100, retried=3, error="BadRequest: <b>\nno"),
    "outbox": Trouble(TroubleKind.OUTBOX, _AT, count=2000, error="TimedOut: Timed out"),
    "digests": Trouble(TroubleKind.DIGESTS, _AT),
    "job": Trouble(TroubleKind.JOB, _AT, "collect", 7, error="OSError: disk full"),
    "answer": Trouble(TroubleKind.ANSWER, _AT, "KeyError@handlers.lists.show"),
    "conflict": Trouble(TroubleKind.CONFLICT, _AT, "Conflict@-"),
}


def _trouble(name: str, *, again: bool = False) -> Callable[[Translator], Message]:
    now = _AT + timedelta(minutes=12)
    told = _TROUBLES[name]
    return lambda t: trouble_note(told, again=again, zone="Asia/Shanghai", now=now, t=t)


def _well(t: Translator) -> Message:
    now = _AT + timedelta(hours=2)
    return well_note(TroubleKind.JOB, "collect", told=_AT, zone="Asia/Shanghai", now=now, t=t)


_NARROW = subscription(types=(EventType.AWARD, EventType.NOTICE), areas=(AREAS[1],))
_PAUSED = subscription(state="paused", paused_until=datetime(2024, 4, 22, 1, tzinfo=UTC))

CASES: dict[str, Callable[[Translator], Message]] = {
    "list": _list,
    "list_second_page": _second_page,
    "list_upcoming": _upcoming,
    "card": _card,
    "card_doubtful": lambda t: event_card(detail(samples.DOUBTFUL), today=TODAY, t=t),
    "card_figure": lambda t: event_card(detail(samples.FIGURE), today=TODAY, t=t),
    "card_cancelled": lambda t: event_card(detail(_CANCELLED), today=TODAY, t=t),
    "card_moved": lambda t: event_card(detail(_MOVED), today=TODAY, t=t),
    "list_changed": _changed,
    "pair": _pair,
    "pair_same": lambda t: _pair(t, Verdict.SAME),
    "pair_apart": lambda t: _pair(t, Verdict.APART),
    "pair_none": no_pairs,
    "digest": _digest,
    "digest_late": _late_digest,
    "digest_empty": lambda t: weekly_digest(digest(), t),
    "welcome": lambda t: replies.welcome(t, district="丰台区", sources=("丰台报",), area="青松"),
    "welcome_back": lambda t: replies.welcome(t, district="丰台区", subscribed=True),
    "help": lambda t: replies.help_text(t, district="丰台区", area="青松"),
    "help_operator": lambda t: replies.help_text(t, district="丰台区", operator=True),
    "privacy": replies.privacy,
    "subscribed": lambda t: replies.subscribed(subscription(), today=TODAY, t=t, district="丰台区"),
    "settings": lambda t: replies.settings(_NARROW, today=TODAY, t=t, district="丰台区"),
    "settings_paused": lambda t: replies.settings(_PAUSED, today=TODAY, t=t, district="丰台区"),
    "followed": lambda t: replies.followed(_NARROW, AREAS[1], today=TODAY, t=t, district="丰台区"),
    "types": lambda t: replies.types_keyboard(_NARROW, t=t),
    "areas": lambda t: replies.areas_keyboard(_NARROW, areas=AREAS, t=t),
    "areas_last": lambda t: replies.areas_keyboard(subscription(), areas=AREAS, t=t, page=9),
    "days": lambda t: replies.days_keyboard(subscription(), today=TODAY, t=t),
    "unsubscribe": lambda t: replies.unsubscribe_ask(subscription(), t=t),
    "paused": lambda t: replies.paused(_PAUSED, until=_PAUSED.paused_until, today=TODAY, t=t),
    "paused_for_good": lambda t: replies.paused(subscription(), until=None, today=TODAY, t=t),
    "resumed": lambda t: replies.resumed(subscription(), today=TODAY, t=t),
    "unsubscribed": replies.unsubscribed,
    "no_subscription": replies.no_subscription,
    "forget": replies.forget_ask,
    "forgotten": lambda t: replies.forgotten(12, t),
    "nothing_found": _nothing,
    "event_not_found": lambda t: replies.event_not_found("zz<b>9", t),
    "word_missing": lambda t: replies.word_missing("search", t),
    "bad_argument": lambda t: replies.bad_argument("upcoming", "明天吧", t),
    "too_long": lambda t: replies.too_long(4000, 200, t),
    "unknown_command": lambda t: replies.unknown_command("/award 4月", t),
    "not_admin": replies.not_admin,
    "not_operator": replies.not_operator,
    "gone_button": replies.gone_button,
    "busy": replies.busy,
    "error": lambda t: replies.error("E-4F21", t),
    "kept": replies.kept,
    "follow_covered": lambda t: replies.follow_covered(Follow(Target.AREA, "abcd2345"), AREAS[0], t),
    "language": replies.language_set,
    "intake_found": _found,
    "intake_found_post": _found_post,
    "intake_nothing": _found_nothing,
    "intake_known": _found_known,
    "intake_stored": lambda t: replies.intake_stored(_report(samples.AWARD, new=4), _PDF, today=TODAY, t=t),
    "intake_stored_known": lambda t: replies.intake_stored(
        IntakeReport(pages=1, known=1), _SITE, today=TODAY, t=t
    ),
    "intake_dropped": lambda t: replies.intake_dropped(_POST, today=TODAY, t=t),
    "intake_gone_stored": lambda t: replies.intake_gone("stored", t),
    "intake_gone_dropped": lambda t: replies.intake_gone("dropped", t),
    "intake_gone": lambda t: replies.intake_gone(None, t),
    "unread": _unread,
    "reading": replies.reading,
    "hand_in_how": replies.hand_in_how,
    "hand_in_private": replies.hand_in_private,
    "hand_in_refused": replies.hand_in_refused,
    "source_held": lambda t: sources.source_note(_HELD, today=TODAY, t=t),
    "source_failing": _note(SourceState.FAILING, "https://paper.example/ answers 500"),
    "source_blocked": _note(SourceState.BLOCKED, "https://paper.example/ may not be read: robots.txt"),
    "source_locked": _note(SourceState.LOCKED, "8 of 9 articles: shown only to those who pay or log in"),
    "source_overdue": _note(SourceState.DEGRADED, "no issue since 2024-03-08; one was to come by 2024-03-22"),
    "tended_retry": lambda t: sources.tended("河西时报", TendWord.RETRY, issue=True, t=t),
    "tended_accept": lambda t: sources.tended("河西时报", TendWord.ACCEPT, issue=True, t=t),
    "tended_never_mind": lambda t: sources.tended("河西时报", TendWord.ACCEPT, issue=False, t=t),
    "tended_before": sources.tended_before,
    **{f"trouble_{name}": _trouble(name) for name in _TROUBLES},
    "trouble_again": _trouble("outbox", again=True),
    "trouble_over": _well,
}


def seen(name: str) -> str:
    """One case in both languages: the HTML of each part, and its buttons."""
    shown = []
    for language in ("zh", "en"):
        for part in render(CASES[name](translator(language))):
            shown.append(f"== {language}\n{part.html}")
            shown += ["".join(f"[{b.text} → {b.data or b.url}]" for b in row) for row in part.keyboard]
    return "\n".join(shown) + "\n"


def main() -> None:
    """Write all golden files again."""
    FOLDER.mkdir(exist_ok=True)
    for stale in FOLDER.glob("*.txt"):
        stale.unlink()
    for name in CASES:
        (FOLDER / f"{name}.txt").write_text(seen(name), "utf-8")


if __name__ == "__main__":
    main()
