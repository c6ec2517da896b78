"""Pages that list others, kept to ask by whether they have changed."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from storage.database import Database
from storage.remembered import Remembered, forget, forget_unused, recall, remember
from storage.tables_sources import RememberedRow

NOW = datetime(2024, 3, 8, tzinfo=UTC)
DAY = timedelta(days=1)
URL = "https://paper.example/html/"
PAGE = Remembered(f"{URL}node_1.htm", bytes(range(256)) * 300, '"1"', "Fri, 08 Mar 2024 00:00:00 GMT")


def test_a_page_comes_back_as_it_was_answered(database: Database) -> None:
    with database.session() as session:
        remember(session, "hexi", URL, PAGE, NOW)
    with database.session() as session:
        assert recall(session, "hexi", URL, NOW) == PAGE
        assert recall(session, "hexi", PAGE.final_url, NOW) is None
        assert recall(session, "hedong", URL, NOW) is None


def test_a_page_takes_the_place_of_the_one_before(database: Database) -> None:
    newer = Remembered(URL, b"", None, "Sat, 09 Mar 2024 00:00:00 GMT")
    for page in (PAGE, newer):
        with database.session() as session:
            assert recall(session, "hexi", URL, NOW) in (None, PAGE)
            remember(session, "hexi", URL, page, NOW)
    with database.session() as session:
        assert recall(session, "hexi", URL, NOW) == newer


def test_what_cannot_be_asked_by_is_not_kept(database: Database) -> None:
    with database.session() as session:
        remember(session, "hexi", URL, PAGE, NOW)
        remember(session, "hexi", URL, Remembered(URL, b"x", None, ""), NOW)
        assert recall(session, "hexi", URL, NOW) is None


def test_a_page_can_be_forgotten(database: Database) -> None:
    with database.session() as session:
        remember(session, "hexi", URL, PAGE, NOW)
        remember(session, "hedong", URL, PAGE, NOW)
        forget(session, "hexi", URL)
        forget(session, "hexi", URL)
        assert recall(session, "hexi", URL, NOW) is None
        assert recall(session, "hedong", URL, NOW) == PAGE


def test_what_nobody_asked_for_is_dropped(database: Database) -> None:
    with database.session() as session:
        for number in range(3):
            remember(session, "hexi", f"{URL}{number}", PAGE, NOW)
        recall(session, "hexi", f"{URL}1", NOW + DAY)
    with database.session() as session:
        assert forget_unused(session, NOW + DAY) == 2
        assert recall(session, "hexi", f"{URL}1", NOW) == PAGE


def test_pages_are_kept_small(sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        remember(session, "hexi", URL, PAGE, NOW)
        kept = session.scalar(select(func.length(RememberedRow.data)))
        assert kept is not None
        assert kept < len(PAGE.data) / 50
