"""How sources stand, which are due, and who holds them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage.database import Database
from storage.source_states import (
    LEASE,
    SourceStanding,
    SourceState,
    due_sources,
    excuse,
    holders,
    look_at_once,
    note_look,
    release_source,
    renew_lease,
    standing_of,
    standings,
    take_source,
)

NOW = datetime(2024, 3, 8, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
MOMENT = timedelta(seconds=1)


def look(
    database: Database, state: SourceState, why: str = "", *, now: datetime = NOW, wait: timedelta = HOUR
) -> SourceStanding:
    """Note a look; how the source stood before."""
    with database.session() as session:
        return note_look(session, "hexi", state, why, name="河西时报", now=now, next_look_at=now + wait)


def standing(database: Database) -> SourceStanding:
    with database.session(write=False) as session:
        return standing_of(session, "hexi")


def due(database: Database, now: datetime, *, dead: tuple[str, ...] = ()) -> list[str]:
    with database.session(write=False) as session:
        return due_sources(session, ["hedong", "hexi"], now, dead=dead)


def take(database: Database, worker: str, now: datetime = NOW, *, dead: tuple[str, ...] = ()) -> str:
    with database.session() as session:
        return take_source(session, "hexi", worker=worker, now=now, dead=dead)


def test_a_source_that_nobody_looked_at_is_new_and_due(database: Database) -> None:
    assert standing(database) == SourceStanding("hexi")
    assert standing(database).state is SourceState.NEW
    assert due(database, NOW) == ["hedong", "hexi"]


def test_a_look_is_kept(database: Database) -> None:
    assert standing(database).state is SourceState.NEW
    found = look(database, SourceState.DEGRADED, "bad\x00" + "x" * 999)
    assert found == standing(database)
    assert (found.name, found.state, found.since) == ("河西时报", SourceState.DEGRADED, NOW)
    assert (found.looked_at, found.next_look_at) == (NOW, NOW + HOUR)
    assert found.why == "bad" + "x" * 297
    with database.session(write=False) as session:
        assert standings(session) == {"hexi": found}


def test_since_when_stays_while_the_state_does(database: Database) -> None:
    look(database, SourceState.READ)
    assert look(database, SourceState.READ, now=NOW + HOUR).since == NOW
    assert standing(database).since == NOW
    look(database, SourceState.NO_ISSUE, now=NOW + 2 * HOUR)
    assert standing(database).since == NOW + 2 * HOUR


def test_failures_are_counted_in_a_row_and_the_third_is_trouble(database: Database) -> None:
    found = []
    for state in (*[SourceState.FAILING] * 3, SourceState.NO_ISSUE, SourceState.FAILING):
        look(database, state)
        found.append((standing(database).failures, standing(database).is_in_trouble))
    assert found == [(1, False), (2, False), (3, True), (0, False), (1, False)]


@pytest.mark.parametrize("state", list(SourceState))
def test_every_state_is_well_or_trouble(state: SourceState) -> None:
    well = state in (SourceState.NEW, SourceState.READ, SourceState.NO_ISSUE, SourceState.PARTIAL)
    assert state.is_well is well
    assert SourceStanding("hexi", state=state, failures=3).is_in_trouble is not well


def test_a_source_is_due_when_its_next_look_has_come(database: Database) -> None:
    look(database, SourceState.READ)
    assert due(database, NOW + HOUR - MOMENT) == ["hedong"]
    assert due(database, NOW + HOUR) == ["hedong", "hexi"]


def test_only_one_of_two_workers_gets_a_source(database: Database) -> None:
    assert take(database, "one:1") == ""
    assert take(database, "two:2") == "one:1"
    assert take(database, "one:1") == ""
    assert due(database, NOW) == ["hedong"]
    with database.session(write=False) as session:
        assert holders(session) == {"one:1"}


def test_a_source_is_free_when_its_lease_has_run_out_or_is_given_up(database: Database) -> None:
    take(database, "one:1")
    assert take(database, "two:2", NOW + LEASE - MOMENT) == "one:1"
    assert due(database, NOW + LEASE) == ["hedong", "hexi"]
    assert take(database, "two:2", NOW + LEASE) == ""
    with database.session() as session:
        release_source(session, "hexi", worker="one:1")  # which does not hold it any more
    assert take(database, "one:1", NOW + LEASE) == "two:2"
    with database.session() as session:
        release_source(session, "hexi", worker="two:2")
        assert holders(session) == set()
    assert take(database, "one:1", NOW + LEASE) == ""


def test_what_a_dead_worker_holds_is_free(database: Database) -> None:
    take(database, "one:1")
    assert due(database, NOW, dead=("one:1",)) == ["hedong", "hexi"]
    assert take(database, "two:2", dead=("one:1", "three:3")) == ""


def test_a_lease_is_renewed_by_who_holds_it(database: Database) -> None:
    take(database, "one:1")
    with database.session() as session:
        assert renew_lease(session, "hexi", worker="one:1", now=NOW + LEASE)
        assert not renew_lease(session, "hexi", worker="two:2", now=NOW + LEASE)
        assert not renew_lease(session, "hedong", worker="one:1", now=NOW)
    assert take(database, "two:2", NOW + LEASE + MOMENT) == "one:1"


def test_a_look_leaves_the_lease_alone(database: Database) -> None:
    take(database, "one:1")
    look(database, SourceState.READ, wait=-HOUR)
    assert take(database, "two:2") == "one:1"


def test_a_source_can_be_made_due(database: Database) -> None:
    look(database, SourceState.READ)
    with database.session() as session:
        look_at_once(session, "hexi", NOW)
        look_at_once(session, "hedong", NOW)
    assert due(database, NOW) == ["hedong", "hexi"]


@pytest.mark.parametrize(("state", "at_once"), [(SourceState.DEGRADED, True), (SourceState.BLOCKED, False)])
def test_an_excuse_is_kept_and_asks_a_site_for_nothing_that_refuses(
    database: Database, state: SourceState, at_once: bool
) -> None:
    look(database, state)
    with database.session() as session:
        excuse(session, "hexi", date(2024, 3, 8), NOW)
    assert standing(database).excused_until == date(2024, 3, 8)
    assert ("hexi" in due(database, NOW)) is at_once
    look(database, SourceState.READ)
    assert standing(database).excused_until == date(2024, 3, 8)
