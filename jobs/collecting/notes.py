"""Telling the operators that a source is in trouble, once for each thing that is wrong."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from jobs.payloads import payload_of
from messages.html import render
from messages.i18n import translator
from messages.sources import Sample, SourceNote, source_note
from sources.catalog import Source
from storage.chats import LANGUAGES
from storage.ledger import Issue
from storage.ledger_articles import IssueArticle, articles_of
from storage.operator_notes import tell_operators
from storage.source_states import SourceStanding

SAMPLES = 3


def tell_of(
    session: Session,
    source: Source,
    standing: SourceStanding,
    held: Issue | None,
    *,
    operators: Sequence[int],
    today: date,
    now: datetime,
) -> int:
    """Put a note on a source, or on an issue of it that is held, into the outbox of each operator.

    Returns how many get it.
    """
    articles = articles_of(session, held.id) if held else []
    flawed = [one for one in articles if one.flaws]
    note = SourceNote(
        source=source.id,
        name=source.name,
        state=standing.state,
        why=held.why if held else standing.why,
        issue=held.id if held else 0,
        day=held.day if held else None,
        articles=len(articles),
        flawed=len(flawed),
        sample=tuple(map(_sample, (flawed or articles)[:SAMPLES])),
    )
    parts = {
        language: [
            payload_of(part) for part in render(source_note(note, today=today, t=translator(language)))
        ]
        for language in LANGUAGES
    }
    occasion = f"source {source.id} {held.day if held else standing.state} {now:%Y-%m-%d %H:%M:%S}"
    return tell_operators(session, operators, occasion=occasion, parts=parts, today=today, now=now)


def _sample(article: IssueArticle) -> Sample:
    told = article.told or {}
    title = str(told.get("headline") or article.reference.get("article", {}).get("headline") or "")
    return Sample(title, article.url, article.flaws)
