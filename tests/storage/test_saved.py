"""Filters behind buttons."""

from datetime import date

import pytest
from sqlalchemy import func, select, update
from sqlmodel import col

from parsing.model import EventType
from storage.database import Database
from storage.filters import EventFilter
from storage.saved import recall_filter, remember_filter
from storage.tables_chat import SavedFilterRow

FILTER = EventFilter((EventType.AWARD,), ("长辛店镇",), ("文明", "'"), date(2024, 4, 1), date(2024, 4, 30))


def test_a_filter_comes_back_as_it_was(database: Database) -> None:
    with database.session() as session:
        key = remember_filter(session, FILTER)
    with database.session(write=False) as session:
        assert recall_filter(session, key) == EventFilter(
            FILTER.types, FILTER.areas, tuple(sorted(FILTER.words)), FILTER.since, FILTER.until
        )
        assert key == FILTER.key
        assert len(key) == 10


def test_the_same_filter_is_kept_once(database: Database) -> None:
    with database.session() as session:
        assert remember_filter(session, FILTER) == remember_filter(session, FILTER)
        assert session.scalar(select(func.count()).select_from(SavedFilterRow)) == 1


@pytest.mark.parametrize("key", ["", "nothing", "'; DROP TABLE event; --", "x" * 5000])
def test_an_unknown_key_is_no_filter(database: Database, key: str) -> None:
    with database.session(write=False) as session:
        assert recall_filter(session, key) is None


def test_a_filter_of_another_version_is_no_filter(database: Database) -> None:
    with database.session() as session:
        key = remember_filter(session, FILTER)
        session.execute(
            update(SavedFilterRow)
            .where(col(SavedFilterRow.key) == key)
            .values(filter='{"types":["wedding"]}')
        )
        assert recall_filter(session, key) is None


def test_words_that_no_database_can_hold_do_no_harm(database: Database) -> None:
    with database.session() as session:
        key = remember_filter(session, EventFilter(words=("停\x00水\ud800",)))
        assert recall_filter(session, key) == EventFilter(words=("停水",))
