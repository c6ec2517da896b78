"""What one report says happened, as a value that can be compared, joined, and kept in a row."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from parsing.model import Change, EventType, Mention, Period, Precision, Stage
from storage.details import around
from storage.text import clean

MAX_NAME = 200  # characters of the name of a body, a person or an area
_NO_OCCASION = (EventType.AWARD, EventType.FIGURE)  # of these nothing is put off or called off


@dataclass(frozen=True, slots=True)
class Told:
    """One report of a happening.

    `reported_on` is the page's issue date; `told_on` the same, or the day it was read if that is unknown.
    `change` is what it says became of an occasion that had been announced.
    """

    type: EventType
    subject: str
    when: Period
    told_on: date
    evidence: str = ""
    context: str = ""
    around: str = ""  # the stretch of its article that the evidence stands in
    headline: str = ""
    reported_on: date | None = None
    source_id: int = 0
    district: str | None = None  # of its page
    actors: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    place: str | None = None
    areas: tuple[str, ...] = ()
    stage: Stage | None = None
    confidence: float = 1.0
    change: Change | None = None


def to_fields(mention: Mention) -> dict[str, Any]:
    """The values of a mention that have no column of their own, for its row."""
    when = mention.when
    return {
        "subject": clean(mention.subject),
        "actors": _names(mention.actors),
        "people": _names(mention.people),
        "areas": _names(mention.areas),
        "place": clean(mention.place) if mention.place else None,
        "stage": mention.stage,
        "date_start": when.start.isoformat() if when.start else None,
        "date_end": when.end.isoformat() if when.end else None,
        "precision": when.precision,
        "date_text": clean(mention.date_text) if mention.date_text else None,
        "also": [clean(words) for words in mention.also],
    }


def from_fields(
    fields: dict[str, Any],
    *,
    type: str,  # noqa: A002
    evidence: str,
    context: str,
    headline: str | None,
    confidence: float,
    source_id: int,
    issued_on: date | None,
    read_on: date,
    district: str | None = None,
    text: str = "",
) -> Told:
    """The report that a mention's row holds."""
    start, end = (
        date.fromisoformat(day) if (day := fields[side]) else None for side in ("date_start", "date_end")
    )
    kind = EventType(type)
    from parsing.changes import find_change  # its patterns take a while to make, and lists need none

    return Told(
        type=kind,
        subject=fields["subject"],
        when=Period(start, end, Precision(fields["precision"])),
        told_on=issued_on or read_on,
        evidence=evidence,
        context=context,
        around=around(text, evidence),
        headline=headline or "",
        reported_on=issued_on,
        source_id=source_id,
        district=district,
        actors=tuple(fields["actors"]),
        people=tuple(fields["people"]),
        place=fields["place"],
        areas=tuple(fields["areas"]),
        stage=Stage(fields["stage"]) if fields["stage"] else None,
        confidence=confidence,
        change=None if kind in _NO_OCCASION else find_change(evidence, context, issued_on or read_on),
    )


def _names(names: tuple[str, ...]) -> list[str]:
    return [name for name in dict.fromkeys(clean(name).strip()[:MAX_NAME] for name in names) if name]
