"""Labelled pages: a page's text with the events that a careful reader finds in it.

A page is two files: `NAME.txt`, as a text layer gives it, and `NAME.gold.json`, an object with `issued_on`,
`district`, `articles` (`id`, `headline`, `page_order`) and `events`. An event's `evidence` and `also` are
verbatim pieces of the page with its line breaks removed; `required` is false where two careful readers could
disagree, and such an event costs nothing, found or missed.
"""

import json
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from parsing.model import EventType, Mention, Precision, Stage

SAMPLES = Path(__file__).parents[1] / "bot" / "samples"
TRAINING = Path(__file__).parent / "pages"
PAGES = Path(__file__).parents[1] / "tests" / "pages"


@dataclass(frozen=True, slots=True)
class Label:
    """One event as it is told, by a person (gold) or by a reader: what scoring compares."""

    type: str
    evidence: str
    subject: str
    actors: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    start: str | None = None  # YYYY-MM-DD
    end: str | None = None
    required: bool = True
    also: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, event: dict[str, Any]) -> "Label":
        return cls(
            type=event["type"],
            evidence=event["evidence"],
            subject=event.get("subject") or "",
            actors=tuple(event.get("actors") or ()),
            people=tuple(event.get("people") or ()),
            start=event.get("date_start"),
            end=event.get("date_end"),
            required=event.get("required", True),
            also=tuple(event.get("also") or ()),
        )

    @classmethod
    def from_mention(cls, mention: Mention) -> "Label":
        when = mention.when
        return cls(
            type=mention.type.value,
            evidence=mention.evidence,
            subject=mention.subject,
            actors=mention.actors,
            people=mention.people,
            start=when.start.isoformat() if when.start else None,
            end=last.isoformat() if (last := when.end or when.until) else None,
        )


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page with its labels; `gold` is the file's JSON as it stands."""

    name: str
    text: str
    issued_on: date | None
    district: str
    labels: tuple[Label, ...]
    gold: dict[str, Any]

    @property
    def flat(self) -> str:
        return flatten(self.text)


def flatten(text: str) -> str:
    """The text without its line breaks, and nothing else changed."""
    return text.replace("\n", "").replace("\r", "")


def normalise(text: str) -> str:
    """Letters and digits only, width and case folded: quotes, brackets and spaces do not count."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")


def load_page(text_file: Path) -> LabelledPage:
    """Read `NAME.txt` and the `NAME.gold.json` beside it."""
    gold = json.loads(text_file.with_suffix(".gold.json").read_text("utf-8"))
    return LabelledPage(
        name=text_file.stem,
        text=text_file.read_text("utf-8"),
        issued_on=date.fromisoformat(gold["issued_on"]) if gold["issued_on"] else None,
        district=gold["district"] or "",
        labels=tuple(Label.from_json(event) for event in gold["events"]),
        gold=gold,
    )


def load_pages(folder: Path) -> tuple[LabelledPage, ...]:
    """Every labelled page of a folder, by name."""
    return tuple(load_page(file) for file in sorted(folder.glob("*.txt")))


def problems(page: LabelledPage) -> Iterator[str]:
    """What is wrong with a page's labels, one line each; nothing where they are consistent."""
    articles = page.gold["articles"]
    ids = [article["id"] for article in articles]
    if len(set(ids)) < len(ids):
        yield "two articles with one id"
    if [article["page_order"] for article in articles] != list(range(1, len(articles) + 1)):
        yield "articles are not numbered in page order"
    text = normalise(page.flat)
    for article in articles:
        for piece in (article["headline"] or "").split():
            if normalise(piece) not in text:
                yield f"headline not in the page: {piece}"
    choices = [event["either"] for event in page.gold["events"] if "either" in event]
    for choice in sorted(set(choices)):
        if choices.count(choice) < 2:
            yield f"a single event with either {choice}"
    for event in page.gold["events"]:
        for problem in _event_problems(event, page, ids):
            yield f"{problem} [{event['type']}] {event['evidence']}"


def _event_problems(event: dict[str, Any], page: LabelledPage, ids: list[str]) -> Iterator[str]:
    if event["article"] not in ids:
        yield f"no such article: {event['article']}"
    if event["type"] not in list(EventType):
        yield "no such type"
    if (event["stage"] in list(Stage)) != (event["type"] == EventType.LAUNCH):
        yield f"stage {event['stage']}"
    told = [event["evidence"], *event.get("also", ())]
    for piece in told:
        if not piece or piece not in page.flat:
            yield f"not in the page: {piece}"
    if len(set(told)) < len(told):
        yield "the same words twice"
    for name in [*event["actors"], *event["people"]]:
        if name != page.district and normalise(name) not in normalise(page.flat):
            yield f"name not in the page: {name}"
    if not _is_told(event, page):
        yield f"subject not in the page: {event['subject']}"
    if "either" in event and event["required"]:
        yield "required, though its type is left open"
    yield from _date_problems(event["date_start"], event["date_end"], event["precision"])


def _is_told(event: dict[str, Any], page: LabelledPage) -> bool:
    """A subject stands in the page, or in order within the evidence, or is a holder and the word 会议."""
    subject, rest = normalise(event["subject"]), iter(normalise(event["evidence"]))
    if not subject:
        return False
    if subject in normalise(page.flat) or all(char in rest for char in subject):
        return True
    return event["subject"] in [actor + "会议" for actor in event["actors"]]


def _date_problems(start: str | None, end: str | None, precision: str) -> Iterator[str]:
    if precision not in list(Precision):
        yield f"no such precision: {precision}"
    elif precision in (Precision.RECENT, Precision.NONE):
        if start or end:
            yield f"{precision} with a date"
    elif start is None or end is None:
        # 即日起 on a page without an issue date: only its last day is known
        if precision != Precision.DAY or end is None:
            yield f"{precision} without a date"
    else:
        yield from _interval_problems(start, end, precision)


def _interval_problems(start: str, end: str, precision: str) -> Iterator[str]:
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        yield f"no such date: {start}, {end}"
        return
    if last < first:
        yield f"ends before it starts: {start}, {end}"
    whole_months = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    fits = {
        Precision.DAY: True,
        Precision.MONTH: whole_months,
        Precision.QUARTER: whole_months and first.month % 3 == 1 and last.month % 3 == 0,
        Precision.YEAR: whole_months and (first.month, last.month) == (1, 12),
    }
    if not fits[Precision(precision)]:
        yield f"not a whole {precision}: {start}, {end}"
