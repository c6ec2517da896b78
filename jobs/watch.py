"""Tells the operators what is wrong: once when it has lasted, once a day while it does, once when it is over.

What was told stands in the outbox, as the occasions of notes, so that a restart tells nothing twice. Each
process looks, for where nobody makes the digests any more, only others can tell.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from jobs.payloads import payload_of
from messages.html import render
from messages.i18n import translator
from messages.tree import Message
from messages.trouble import Trouble, TroubleKind, trouble_note, well_note
from storage.backlog import Backlog, backlog
from storage.chats import LANGUAGES
from storage.database import Database
from storage.operator_notes import noted, one_teller, tell_operators

logger = logging.getLogger(__name__)

MANY = 10  # deliveries that fail, or are tried again and again
LATE = timedelta(minutes=10)  # digests are made each minute
FAILS = timedelta(minutes=5), 3  # how long a job fails, and how often at least
FAILS_SELDOM = timedelta(hours=1)  # the same for one that runs once a day
LASTS = timedelta(minutes=3)  # trouble that is over sooner is none
WELL = timedelta(minutes=15)  # for so long it must be gone to be over
REST = timedelta(hours=1)  # between two beginnings of the same trouble
AGAIN = timedelta(days=1)
_ABOUT = "watch "
_ON, _OVER = "on", "over"


@dataclass(frozen=True, slots=True)
class Failing:
    """A job whose last runs have failed."""

    job: str
    times: int  # in a row
    since: datetime
    error: str


@dataclass(frozen=True, slots=True)
class Fault:
    """An error that nobody had thought of, met while somebody was answered; or another bot with our token.

    Not with its own words: they may be those of whoever asked.
    """

    name: str  # such as KeyError@handlers.lists.show, without blanks
    at: datetime  # the last time
    kind: TroubleKind = TroubleKind.ANSWER


@dataclass(slots=True)
class WatchResult:
    """What a look has told."""

    told: int = 0  # notes, each to all operators

    def __bool__(self) -> bool:
        """Whether anything was told."""
        return bool(self.told)


def judge(seen: Backlog, failing: Iterable[Failing] = (), *, now: datetime) -> Iterator[Trouble]:
    """What is wrong."""
    if seen.failed + seen.retried >= MANY:
        yield Trouble(TroubleKind.ERRORS, now, count=seen.failed, retried=seen.retried, error=seen.error)
    if seen.oldest is not None and not seen.moves:
        yield Trouble(TroubleKind.OUTBOX, seen.oldest, count=seen.waiting, error=seen.error)
    if seen.due is not None and now - seen.due >= LATE:
        yield Trouble(TroubleKind.DIGESTS, seen.due)
    for one in failing:
        span, times = FAILS
        lasts = now - one.since
        if (lasts >= span and one.times >= times) or lasts >= FAILS_SELDOM:
            yield Trouble(TroubleKind.JOB, one.since, one.job, one.times, error=one.error)


class Watch:
    """Looks again and again, and remembers since when it has seen what; from one task at a time."""

    def __init__(
        self,
        database: Database,
        *,
        operators: Sequence[int],
        zone: str,
        redact: Callable[[str], str] = lambda text: text,
    ) -> None:
        """`redact` takes secrets out of an error's own words."""
        self._database = database
        self._operators = operators
        self._zone = zone
        self._redact = redact
        self._bad: dict[str, datetime] = {}  # trouble: since when it was seen at each look
        self._good: dict[str, datetime] = {}

    async def look(
        self, *, now: datetime, failing: Iterable[Failing] | None, faults: Iterable[Fault] = ()
    ) -> WatchResult:
        """Look once, and put into the outbox what is to be told.

        Args:
            failing: the jobs that fail; None where this process does not lead and so cannot tell.
            faults: those of this process; each is told once a day.

        Raises:
            DatabaseError
        """
        seen = await self._database.read(backlog, now)
        found = {trouble.key: trouble for trouble in judge(seen, failing or (), now=now)}
        self._notice(found, now)
        if not self._operators:
            return WatchResult()
        faults = [fault for fault in faults if self._day(fault.at) == self._day(now)]
        told = await self._database.read(noted, _ABOUT)
        if not self._to_tell(found, faults, told, now, jobs=failing is not None):
            return WatchResult()
        return WatchResult(await self._database.run(self._tell, found, faults, now, jobs=failing is not None))

    def _notice(self, found: Mapping[str, Trouble], now: datetime) -> None:
        for key, trouble in found.items():
            if key not in self._bad:
                logger.warning("trouble: %s %s", key, self._redact(trouble.error))
        for key in self._bad.keys() - found.keys():
            logger.info("no trouble any more: %s", key)
        self._bad = {key: self._bad.get(key, now) for key in found}
        # What is not seen, and for how long: kept of all that was told.
        self._good = {key: since for key, since in self._good.items() if key not in found}

    def _to_tell(
        self,
        found: Mapping[str, Trouble],
        faults: Iterable[Fault],
        told: Mapping[str, datetime],
        now: datetime,
        *,
        jobs: bool,
    ) -> dict[str, Callable[[str], Message]]:
        """The notes that are due: by occasion, how each is said in a language."""
        spells = _spells(told)
        due: dict[str, Callable[[str], Message]] = {}
        for key, trouble in found.items():
            spell = spells.get(key)
            if now - self._bad[key] >= LASTS and (spell is None or spell.may_be_told(now)):
                again = spell is not None and not spell.over
                due[_occasion(key, _ON, now)] = self._trouble(trouble, again=again, now=now)
        for key, spell in spells.items():
            kind, _, name = key.partition(":")
            if spell.over or key in found or (kind == TroubleKind.JOB and not jobs):
                continue
            if now - self._good.setdefault(key, now) >= WELL:
                due[_occasion(key, _OVER, now)] = self._over(TroubleKind(kind), name, spell.began, now)
        for fault in faults:
            occasion = f"{_ABOUT}{fault.kind} {self._day(now)} {fault.name}"
            if occasion not in told:
                trouble = Trouble(fault.kind, fault.at, fault.name)
                due[occasion] = self._trouble(trouble, again=False, now=now)
        return due

    def _tell(
        self,
        session: Session,
        found: Mapping[str, Trouble],
        faults: Iterable[Fault],
        now: datetime,
        *,
        jobs: bool,
    ) -> int:
        one_teller(session)
        due = self._to_tell(found, faults, noted(session, _ABOUT), now, jobs=jobs)
        return sum(self._put(session, occasion, say, now) for occasion, say in due.items())

    def _put(self, session: Session, occasion: str, say: Callable[[str], Message], now: datetime) -> bool:
        parts = {language: [payload_of(part) for part in render(say(language))] for language in LANGUAGES}
        today = now.astimezone(ZoneInfo(self._zone)).date()
        got = tell_operators(session, self._operators, occasion=occasion, parts=parts, today=today, now=now)
        return got > 0

    def _trouble(self, trouble: Trouble, *, again: bool, now: datetime) -> Callable[[str], Message]:
        shown = replace(trouble, error=self._redact(trouble.error))
        return lambda language: trouble_note(
            shown, again=again, zone=self._zone, now=now, t=translator(language)
        )

    def _over(self, kind: TroubleKind, name: str, told: datetime, now: datetime) -> Callable[[str], Message]:
        return lambda language: well_note(
            kind, name, told=told, zone=self._zone, now=now, t=translator(language)
        )

    def _day(self, moment: datetime) -> str:
        return moment.astimezone(ZoneInfo(self._zone)).date().isoformat()


@dataclass(slots=True)
class _Spell:
    """What operators know of one trouble."""

    began: datetime  # when they were told of it
    last: datetime  # and when for the last time
    over: bool = False

    def may_be_told(self, now: datetime) -> bool:
        """Whether it is time to tell of it again, as it is still there or has come back."""
        return now - self.began >= REST if self.over else now - self.last >= AGAIN


def _occasion(key: str, word: str, now: datetime) -> str:
    return f"{_ABOUT}{key} {word} {now:%Y-%m-%dT%H:%M:%S}"


def _spells(told: Mapping[str, datetime]) -> dict[str, _Spell]:
    """The last spell of each trouble, from the occasions of notes and when they were made."""
    spells: dict[str, _Spell] = {}
    for occasion, made_at in sorted(told.items(), key=lambda one: one[1]):
        key, word, *_ = occasion.removeprefix(_ABOUT).split()
        spell = spells.get(key)
        if word == _OVER and spell is not None:
            spell.over = True
        elif word == _ON and (spell is None or spell.over):
            spells[key] = _Spell(made_at, made_at)
        elif word == _ON and spell is not None:
            spell.last = made_at
    return spells
