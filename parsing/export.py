"""A reading as plain values, in the format in which labelled pages are kept."""

from typing import Any

from parsing.compare import Comparison, Difference, Disagreement
from parsing.model import Mention, Reading


def as_labels(reading: Reading) -> dict[str, Any]:
    """The object of a gold file: issue date, district, articles, events; ready for JSON."""
    return {
        "issued_on": reading.issued_on.isoformat() if reading.issued_on else None,
        "district": reading.district,
        "articles": [
            {"id": article.id, "headline": article.headline, "page_order": article.page_order}
            for article in reading.articles
        ],
        "events": [_event(mention) for mention in reading.mentions],
    }


def as_comparison(comparison: Comparison) -> dict[str, Any]:
    """Two readings compared: `agreed` and `unread` as events of labelled pages, `disagreements`; ready for JSON."""
    return {
        "agreed": [_event(pair.first) for pair in comparison.agreed if not pair.differing],
        "disagreements": [as_disagreement(one) for one in comparison.disagreements],
        "unread": [_event(mention) for mention in comparison.unread],
    }


def as_disagreement(one: Disagreement) -> dict[str, Any]:
    """What two readers tell apart: the verdict, the event, what differs, and why the first dropped it."""
    return {
        "verdict": one.verdict.value,
        **_event(one.mention),
        "differing": as_differences(one.differing),
        "dropped_by": {"gate": one.dropped.gate, "reason": one.dropped.reason} if one.dropped else None,
    }


def as_differences(differing: tuple[Difference, ...]) -> list[dict[str, str | None]]:
    """Fields told differently, each as `field`, `first` and `second`."""
    return [{"field": one.field, "first": one.first, "second": one.second} for one in differing]


def _event(mention: Mention) -> dict[str, Any]:
    final = mention.when.end or mention.when.until
    event: dict[str, Any] = {
        "article": mention.article,
        "type": mention.type.value,
        "evidence": mention.evidence,
        "subject": mention.subject,
        "actors": list(mention.actors),
        "people": list(mention.people),
        "place": mention.place,
        "date_start": mention.when.start.isoformat() if mention.when.start else None,
        "date_end": final.isoformat() if final else None,
        "precision": mention.when.precision.value,
        "stage": mention.stage.value if mention.stage else None,
        "required": True,
    }
    if mention.also:
        event["also"] = list(mention.also)
    return event
