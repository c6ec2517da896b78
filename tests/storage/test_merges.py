"""Every joining is a row that can be undone, and what a person says of a pair holds."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import Session, col

from storage.database import Database
from storage.doubts import (
    UnknownPair,
    count_doubtful,
    decide_pair,
    doubtful_pairs,
    get_pair,
    reopen_pair,
)
from storage.events import find_events, get_event, known_areas
from storage.filters import EventFilter
from storage.ingest import PageInfo
from storage.merges import UnknownMerge, events_of, merge_events, root_of, undo_merge
from storage.overview import overview
from storage.reasons import Reason, Verdict
from storage.review import Review
from storage.review_queue import decide
from storage.tables_merges import MergeRow
from storage.views import EventDetail, EventView
from tests.storage.pages import ISSUED, MEETING, PAPER, SITE, store
from tests.support.readings import on

NOW = datetime(2024, 4, 10, 4, tzinfo=UTC)
ANN, BOB = 501, 502
FULL = replace(
    MEETING, subject="丰台区月度工作点评会", evidence="丰台区举行月度工作点评会", headline="区里的会"
)
# Alike enough to be asked about, not to be joined: neither who nor where can be compared.
DOUBTFUL = replace(
    MEETING,
    subject="工作点评会",
    evidence="大家坐下来点评了工作",
    headline="又讯",
    actors=(),
    people=(),
    place=None,
)


def all_events(session: Session) -> dict[str, EventDetail]:
    shown = find_events(session, EventFilter(), limit=50).events
    found = {event.id: get_event(session, event.id) for event in shown}
    return {key: detail for key, detail in found.items() if detail is not None}


def merges(session: Session) -> list[MergeRow]:
    return list(session.scalars(select(MergeRow).order_by(col(MergeRow.id))))


def key(session: Session, event: EventView) -> int:
    return events_of(session, [event.id])[event.id]


def pair(session: Session) -> tuple[EventView, EventView]:
    """Two events of two papers that are doubtful."""
    (one,) = store(session, MEETING).new
    (other,) = store(session, DOUBTFUL, source=SITE, page=PageInfo("web.txt")).new
    return one, other


def test_what_the_reader_joins_is_written_down_with_its_reasons(database: Database) -> None:
    with database.session() as session:
        store(session, MEETING)
        assert merges(session) == []
        store(session, FULL, source=SITE)
        (row,) = merges(session)
        assert (row.why, row.made_by, row.other_id, len(row.mentions)) == ("alike", None, None, 1)
        assert {Reason.SAME_DAYS, Reason.SAME_ACTORS, Reason.SAME_PLACE} <= set(row.reasons)
        store(session, replace(MEETING, evidence=MEETING.evidence + "，" + "逐街逐镇点评" * 8))
        long = replace(MEETING, evidence=MEETING.evidence + "，" + "逐街逐镇点评" * 8 + "。")
        store(session, long, source=SITE, page=PageInfo("web2.txt"))
        assert [row.why for row in merges(session)] == ["alike", "alike", "reprint"]


def test_an_undone_joining_gives_two_events_that_stay_two(database: Database) -> None:
    with database.session() as session:
        (first,) = store(session, MEETING).new
        before = all_events(session)
        store(session, FULL, source=SITE)
        (row,) = merges(session)
        parted = undo_merge(session, row.id or 0, by=ANN, now=NOW)
        after = all_events(session)
        assert after[first.id] == before[first.id]
        (other,) = set(after) - {first.id}
        assert after[other].event.subject == FULL.subject
        assert (row.undone_by, row.undone_at) == (ANN, NOW)
        with pytest.raises(UnknownMerge):
            undo_merge(session, row.id or 0, by=ANN, now=NOW)
        # The same words from a third paper find the event that they were parted to.
        (again,) = store(session, replace(FULL, headline="点评"), source=SITE, page=PageInfo("3.txt")).merged
        assert again.id == other
        assert parted.other_id == key(session, again)
        assert doubtful_pairs(session) == []


def test_of_two_events_the_older_is_kept_and_both_ids_lead_to_it(database: Database) -> None:
    with database.session() as session:
        one, other = pair(session)
        merge_events(session, key(session, other), key(session, one), by=ANN, now=NOW)
        assert set(all_events(session)) == {one.id}
        detail = get_event(session, f" #{other.id.upper()} ")
        assert detail is not None
        assert detail.event.id == one.id
        assert {proof.headline for proof in detail.proofs} == {MEETING.headline, DOUBTFUL.headline}
        assert find_events(session, EventFilter(words=("坐下来",))).events[0].id == one.id
        assert overview(session).events == 1
        assert known_areas(session) == ("王佐镇",)
        with pytest.raises(ValueError, match="one event already"):
            merge_events(session, key(session, one), key(session, other), by=ANN, now=NOW)
        assert decide(session, reject=[other.id], today=ISSUED)[0].event.id == one.id


def test_a_persons_word_on_either_holds_for_both_until_it_is_undone(database: Database) -> None:
    with database.session() as session:
        (one,) = store(session, replace(MEETING, confidence=0.6)).new
        (other,) = store(session, replace(DOUBTFUL, confidence=0.6), source=SITE).new
        decide(session, accept=[other.id], today=ISSUED)
        number = merge_events(session, key(session, one), key(session, other), by=ANN, now=NOW)
        kept = all_events(session)[one.id].event
        assert kept.review is Review.ACCEPTED
        undo_merge(session, number, by=ANN, now=NOW)
        reviews = {event.id: event.review for event in find_events(session, EventFilter()).events}
        assert reviews == {one.id: Review.OPEN, other.id: Review.ACCEPTED}


def test_a_doubtful_pair_waits_with_what_speaks_for_and_against_it(database: Database) -> None:
    with database.session() as session:
        one, other = pair(session)
        (found,) = doubtful_pairs(session)
        assert found.second is not None
        assert (found.first.event.id, found.second.event.id) == (one.id, other.id)
        assert found.verdict is Verdict.OPEN
        assert Reason.SAME_DAYS in found.pros
        assert len(found.first.proofs) == len(found.second.proofs) == 1
        assert count_doubtful(session) == 1
        decide(session, reject=[other.id], today=ISSUED)
        assert (doubtful_pairs(session), count_doubtful(session)) == ([], 0)


def test_the_first_word_on_a_pair_counts_and_the_second_is_told_of_it(database: Database) -> None:
    with database.session() as session:
        one, _ = pair(session)
        (waiting,) = doubtful_pairs(session)
        told = decide_pair(session, waiting.id, same=True, by=ANN, now=NOW)
        assert told.changed
        assert (told.pair.verdict, told.pair.first.event.id, told.pair.second) == (Verdict.SAME, one.id, None)
        late = decide_pair(session, waiting.id, same=False, by=BOB, now=NOW + timedelta(minutes=1))
        assert not late.changed
        assert (late.pair.verdict, late.pair.decided_by, late.pair.decided_at) == (Verdict.SAME, ANN, NOW)
        assert doubtful_pairs(session) == []
        assert set(all_events(session)) == {one.id}
        for call in (decide_pair, reopen_pair):
            with pytest.raises(UnknownPair):
                call(session, 999, by=ANN, now=NOW, **({"same": True} if call is decide_pair else {}))
        assert get_pair(session, 999) is None


@pytest.mark.parametrize("same", [True, False])
def test_a_word_taken_back_leaves_all_as_it_was(database: Database, same: bool) -> None:
    with database.session() as session:
        pair(session)
        before, (waiting,) = all_events(session), doubtful_pairs(session)
        decide_pair(session, waiting.id, same=same, by=ANN, now=NOW)
        assert reopen_pair(session, waiting.id, by=BOB, now=NOW).changed
        assert all_events(session) == before
        assert doubtful_pairs(session) == [waiting]
        assert not reopen_pair(session, waiting.id, by=BOB, now=NOW).changed


def test_two_that_are_kept_apart_are_not_asked_about_again(database: Database) -> None:
    with database.session() as session:
        pair(session)
        (waiting,) = doubtful_pairs(session)
        decide_pair(session, waiting.id, same=False, by=ANN, now=NOW)
        store(session, replace(DOUBTFUL, headline="再讯"), source=PAPER, page=PageInfo("again.txt"))
        assert len(all_events(session)) == 2
        assert doubtful_pairs(session) == []


def test_what_is_open_of_a_joined_event_is_asked_of_the_one_that_is_kept(database: Database) -> None:
    with database.session() as session:
        one, other = pair(session)
        (third,) = store(
            session, replace(MEETING, subject="街道议事", evidence="街道议事了", when=on(date(2024, 4, 3)))
        ).new
        merge_events(session, key(session, third), key(session, one), by=ANN, now=NOW)
        number = merge_events(session, key(session, third), key(session, other), by=ANN, now=NOW)
        assert doubtful_pairs(session) == []
        undo_merge(session, number, by=ANN, now=NOW)
        assert {event.id for event in find_events(session, EventFilter()).events} == {one.id, other.id}
        assert root_of(session, key(session, third)) == key(session, one)


class ForgetError(Exception):
    pass


@contextmanager
def forgotten(database: Database) -> Iterator[Session]:
    """A transaction whose changes are forgotten at its end."""
    with suppress(ForgetError), database.session() as session:
        yield session
        raise ForgetError


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    order=st.permutations(("云岗", "青塔", "芳园", "花乡")),
    joins=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=4),
)
def test_undoing_what_was_joined_last_first_gives_the_former_events_back(
    sqlite_database: Database, order: list[str], joins: list[tuple[int, int]]
) -> None:
    with forgotten(sqlite_database) as session:
        for name in order:
            told = replace(MEETING, subject=f"{name}议事会", evidence=f"{name}议事", areas=(name,))
            store(session, told, page=PageInfo(f"{name}.txt"))
        before = all_events(session)
        keys = [events_of(session, [name])[name] for name in before]
        made: list[int] = []
        for a, b in joins:
            if root_of(session, keys[a]) != root_of(session, keys[b]):
                made.append(merge_events(session, keys[a], keys[b], by=ANN, now=NOW))
        assert len(all_events(session)) == 4 - len(made)
        for number in reversed(made):
            undo_merge(session, number, by=ANN, now=NOW)
        assert all_events(session) == before
