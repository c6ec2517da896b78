"""What readers miss because a source is in trouble."""

from datetime import UTC, date, datetime, timedelta

from storage.database import Database
from storage.gaps import Gaps, gaps_between
from storage.ledger import IssueState, note_issue, open_issue
from storage.source_states import SourceState, note_look

TODAY = date(2024, 4, 8)
NOW = datetime(2024, 4, 8, 1, tzinfo=UTC)
WEEK = (date(2024, 4, 1), date(2024, 4, 7), TODAY)


def look(database: Database, state: SourceState, *, now: datetime = NOW, times: int = 1) -> None:
    with database.session() as session:
        for _ in range(times):
            note_look(session, "hexi", state, "", name="河西时报", now=now, next_look_at=None)


def issue(database: Database, day: date, state: IssueState) -> None:
    with database.session() as session:
        made = open_issue(session, "hexi", day, "http://paper.example/", NOW)
        note_issue(session, made.id, state, "", NOW)


def gaps(database: Database) -> Gaps:
    with database.session(write=False) as session:
        return gaps_between(session, *WEEK)


def test_a_source_in_trouble_of_which_nothing_was_read_is_missing(database: Database) -> None:
    look(database, SourceState.BLOCKED)
    assert gaps(database) == Gaps(missing=("河西时报",))


def test_a_held_issue_is_named_by_its_day(database: Database) -> None:
    look(database, SourceState.DEGRADED)
    issue(database, date(2024, 4, 3), IssueState.READ)
    issue(database, date(2024, 4, 5), IssueState.HELD)
    assert gaps(database) == Gaps(held=(("河西时报", date(2024, 4, 5)),))


def test_a_source_that_came_round_is_no_gap(database: Database) -> None:
    look(database, SourceState.DEGRADED)
    look(database, SourceState.READ)
    assert gaps(database) == Gaps()


def test_one_failure_is_no_gap_and_three_are(database: Database) -> None:
    look(database, SourceState.FAILING, times=2)
    assert gaps(database) == Gaps()
    look(database, SourceState.FAILING)
    assert gaps(database) == Gaps(missing=("河西时报",))


def test_a_source_that_is_not_collected_any_more_is_no_gap(database: Database) -> None:
    look(database, SourceState.BLOCKED, now=NOW - timedelta(days=9))
    assert gaps(database) == Gaps()
