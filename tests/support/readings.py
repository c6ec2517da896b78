"""Pages as if they had been read: events made by hand, so that tests do not hang on the parser."""

from dataclasses import dataclass
from datetime import date

from parsing.model import (
    NO_PERIOD,
    Article,
    EventType,
    IssueDateSource,
    Mention,
    Period,
    Precision,
    Reading,
    Stage,
)


@dataclass(frozen=True, slots=True)
class Happening:
    """What a page is to tell: one event, one sentence, one article."""

    type: EventType
    subject: str
    evidence: str
    when: Period = NO_PERIOD
    headline: str = "今日要闻"
    actors: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    place: str | None = None
    areas: tuple[str, ...] = ()
    stage: Stage | None = None
    confidence: float = 0.9


def on(day: date, until: date | None = None) -> Period:
    """The period of one day, or up to another, both included."""
    return Period(day, until or day, Precision.DAY)


def page_telling(
    *happenings: Happening, issued_on: date | None, district: str = "丰台区"
) -> tuple[str, Reading]:
    """A page's text and what was read from it: each happening in an article of its own."""
    text = ""
    articles, mentions = [], []
    for number, told in enumerate(happenings, start=1):
        start = len(text)
        body = f"{told.evidence}。"
        text += f"{told.headline}\n{body}\n"
        at = start + len(told.headline) + 1
        article = f"a{number}"
        articles.append(Article(article, told.headline, number, body, start, at + len(body)))
        mentions.append(
            Mention(
                article=article,
                type=told.type,
                evidence=told.evidence,
                start=at,
                end=at + len(told.evidence),
                subject=told.subject,
                when=told.when,
                rule=f"{told.type}.by-hand",
                trigger=told.evidence[:2],
                confidence=told.confidence,
                actors=told.actors,
                people=told.people,
                place=told.place,
                stage=told.stage,
                areas=told.areas,
                context=body,
            )
        )
    how = IssueDateSource.UNKNOWN if issued_on is None else IssueDateSource.GIVEN
    return text, Reading(issued_on, how, district, tuple(articles), tuple(mentions))
