"""A reading as plain values, in the format in which labelled pages are kept."""

from typing import Any

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
