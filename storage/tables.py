"""All tables in one place, for the migrations and for whoever walks over them."""

from sqlalchemy import MetaData

from storage import (
    tables_chat,
    tables_events,
    tables_intake,
    tables_merges,
    tables_news,
    tables_outbox,
    tables_processes,
    tables_sources,
)
from storage.base import Row

__all__ = [
    "METADATA",
    "tables_chat",
    "tables_events",
    "tables_intake",
    "tables_merges",
    "tables_news",
    "tables_outbox",
    "tables_processes",
    "tables_sources",
]

METADATA: MetaData = Row.metadata
