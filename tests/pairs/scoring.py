"""How the two reports of each pair are joined: by their labels as given, and as the reader reads them."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from parsing.district import generic_district
from parsing.model import (
    Article,
    EventType,
    IssueDateSource,
    Mention,
    Period,
    Precision,
    Reading,
    Stage,
)
from parsing.reader import read_page
from parsing.tagger import Tagger
from storage.database import Database
from storage.ingest import PageInfo, SourceInfo, store_reading
from storage.tables_events import EventRow
from storage.tables_merges import DoubtRow
from storage.tables_news import MentionRow

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 1, tzinfo=UTC)

Pair = dict[str, Any]
Report = dict[str, Any]
Read = Callable[[Report], tuple[str, Reading]]


class Outcome(StrEnum):
    """What became of a pair."""

    JOINED = "joined"
    ASKED = "asked"  # two events, and a person is asked about them
    APART = "apart"
    UNREAD = "unread"  # the reader did not find the event in both reports


@dataclass(slots=True)
class Tally:
    """Pairs by relation and outcome; of the joined ones with a state, how many have the right one."""

    outcomes: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    states: int = 0
    states_right: int = 0
    wrong: list[tuple[str, Outcome]] = field(default_factory=list)  # ids of pairs not as labelled

    def count(self, relation: str, *outcomes: Outcome) -> int:
        """How many pairs of a relation came out so."""
        return sum(self.outcomes[relation, outcome] for outcome in outcomes)

    def read(self, relation: str) -> int:
        """How many pairs of a relation were read."""
        return self.count(relation, Outcome.JOINED, Outcome.ASKED, Outcome.APART)

    @property
    def left(self) -> float:
        """Of the pairs to be joined, the share left apart without asking."""
        return self.count("same", Outcome.APART) / max(1, self.read("same"))

    @property
    def wrongly_joined(self) -> float:
        """Of the pairs to be kept apart, the share joined."""
        return self.count("apart", Outcome.JOINED) / max(1, self.read("apart"))

    @property
    def asked(self) -> float:
        """Of all pairs that were read, the share asked about."""
        read = self.read("same") + self.read("apart")
        return (self.count("same", Outcome.ASKED) + self.count("apart", Outcome.ASKED)) / max(1, read)


class _ForgetError(Exception):
    pass


def pairs_of(half: str) -> list[Pair]:
    """All pairs of `dev` or `held`."""
    return [
        pair for file in sorted(HERE.glob(f"{half}-*.json")) for pair in json.loads(file.read_text("utf-8"))
    ]


def score(database: Database, pairs: Iterable[Pair], read: Read) -> Tally:
    """Store the reports of each pair in an empty database, left empty, and see what became of them."""
    tally = Tally()
    for pair in pairs:
        with _forgotten(database) as session:
            outcome, state = _outcome(session, pair, read)
        tally.outcomes[pair["relation"], outcome] += 1
        if outcome is not (Outcome.JOINED if pair["relation"] == "same" else Outcome.APART):
            tally.wrong.append((pair["id"], outcome))
        if outcome is Outcome.JOINED and pair["relation"] == "same" and pair["state"]:
            tally.states += 1
            tally.states_right += state == pair["state"]
    return tally


def as_labelled(report: Report) -> tuple[str, Reading]:
    """A report's text, and what its label tells of it."""
    text, body, event = _text(report), report["text"], report["event"]
    start = text.index(event["evidence"], len(text) - len(body))
    ends = [text.rfind(mark, 0, start) for mark in "。！？\n"]
    stops = [at for mark in "。！？\n" if (at := text.find(mark, start + len(event["evidence"]))) >= 0]
    mention = Mention(
        article="a1",
        type=EventType(event["type"]),
        evidence=event["evidence"],
        start=start,
        end=start + len(event["evidence"]),
        subject=event["subject"],
        when=Period(_day(event["date_start"]), _day(event["date_end"]), Precision(event["precision"])),
        rule="label",
        trigger="",
        confidence=0.95,
        actors=tuple(event["actors"]),
        people=tuple(event["people"]),
        place=event["place"],
        stage=Stage(event["stage"]) if event["stage"] else None,
        context=text[max(ends) + 1 : min(stops, default=len(text)) + 1],
    )
    article = Article("a1", report["headline"], 1, body, len(text) - len(body), len(text))
    return text, Reading(
        _day(report["issued_on"]), IssueDateSource.GIVEN, report["district"], (article,), (mention,)
    )


def reader(tagger: Tagger | None = None) -> Read:
    """Reads a report like any page."""

    def read(report: Report) -> tuple[str, Reading]:
        text = _text(report)
        district = generic_district(report["district"])
        return text, read_page(text, district=district, issued_on=_day(report["issued_on"]), tagger=tagger)

    return read


def _outcome(session: Session, pair: Pair, read: Read) -> tuple[Outcome, str | None]:
    told = [_store(session, pair[side], read, side) for side in ("first", "second")]
    if None in told:
        return Outcome.UNREAD, None
    one, other = told
    if one == other:
        state = session.execute(select(col(EventRow.state)).where(col(EventRow.id) == one)).scalar()
        return Outcome.JOINED, state
    return (Outcome.ASKED if {one, other} in _waiting(session) else Outcome.APART), None


def _waiting(session: Session) -> list[set[int]]:
    pairs = session.execute(select(col(DoubtRow.first_id), col(DoubtRow.second_id)))
    return [{int(first), int(second)} for first, second in pairs]


def _store(session: Session, report: Report, read: Read, name: str) -> int | None:
    """Store a report; the id of the event that its labelled clause tells."""
    text, reading = read(report)
    source, page = SourceInfo(report["source"]), PageInfo(f"{name}.txt")
    store_reading(session, reading, text=text, source=source, page=page, now=NOW)
    keys = col(MentionRow.id)
    rows = session.execute(
        select(col(MentionRow.event_id)).order_by(keys.desc()).limit(len(reading.mentions))
    )
    events = [int(row[0]) for row in rows][::-1]
    evidence = report["event"]["evidence"]
    start = text.index(evidence, len(text) - len(report["text"]))
    shared = [_overlap(mention, start, start + len(evidence)) for mention in reading.mentions]
    best = max(range(len(shared)), key=shared.__getitem__, default=None)
    return events[best] if best is not None and shared[best] >= 0.5 else None


def _overlap(mention: Mention, start: int, end: int) -> float:
    """How much of the shorter of two stretches both have, from 0 to 1."""
    shared = min(mention.end, end) - max(mention.start, start)
    return max(0, shared) / max(1, min(mention.end - mention.start, end - start))


@contextmanager
def _forgotten(database: Database) -> Iterator[Session]:
    with suppress(_ForgetError), database.session() as session:
        yield session
        raise _ForgetError


def _text(report: Report) -> str:
    return f"{report['headline']}\n{report['text']}" if report["headline"] else str(report["text"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
