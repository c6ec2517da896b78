"""What a chat asked for, and when it is due."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from parsing.model import EventType
from storage.database import Database
from storage.filters import EventFilter
from storage.outbox import claim, mark_sent
from storage.rhythm import Rhythm
from storage.subscriptions import (
    UnknownChat,
    UnknownSubscription,
    by_id,
    due,
    get_subscription,
    pause,
    resume,
    set_areas,
    set_rhythm,
    set_types,
    subscribe,
    unsubscribe,
)
from tests.storage.following import HOUR, MONDAY, NOW, WEEK, again, chat, follower, queue, states


def test_a_new_subscription_asks_for_everything_at_the_next_regular_time(database: Database) -> None:
    with database.session() as session:
        chat(session, language_code="en")
        made, created = subscribe(session, chat_id=1, topic_id=None, defaults=Rhythm(), now=NOW)
        assert created
        assert (made.types, made.areas, made.state, made.language) == ((), (), "active", "en")
        assert made.rhythm == Rhythm()
        assert made.next_due_at == MONDAY
        assert made.filter == EventFilter()
        assert get_subscription(session, 1, None) == by_id(session, made.id) == made


def test_subscribing_again_changes_nothing(database: Database) -> None:
    with database.session() as session:
        first = set_rhythm(session, follower(session).id, Rhythm(4, 18), NOW)
        second, created = subscribe(session, chat_id=1, topic_id=None, defaults=Rhythm(), now=NOW + HOUR)
        assert (second, created) == (first, False)


def test_each_topic_has_its_own(database: Database) -> None:
    with database.session() as session:
        general, topic = follower(session, 1), follower(session, 1, topic=7)
        assert general.id != topic.id
        assert get_subscription(session, 1, 7) == topic
        assert get_subscription(session, 1, None) == general
        assert get_subscription(session, 1, 8) is None
        assert get_subscription(session, 2, None) is None


def test_an_unknown_chat_cannot_subscribe(database: Database) -> None:
    with database.session() as session, pytest.raises(UnknownChat):
        subscribe(session, chat_id=404, topic_id=None, defaults=Rhythm(), now=NOW)


def test_settings_are_kept_without_doubles_and_in_order(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        set_types(session, made.id, [EventType.AWARD, EventType.MEETING, EventType.AWARD], NOW)
        set_areas(session, made.id, ["王佐镇", "云岗街道", "王佐镇"], NOW)
    with database.session() as session:
        kept = again(session, made)
        assert kept.types == (EventType.MEETING, EventType.AWARD)
        assert kept.areas == ("王佐镇", "云岗街道")
        assert kept.next_due_at == MONDAY
        assert set_types(session, made.id, (), NOW).types == ()
        assert set_areas(session, made.id, (), NOW).areas == ()


def test_another_rhythm_moves_the_next_digest(database: Database) -> None:
    with database.session() as session:
        changed = set_rhythm(session, follower(session).id, Rhythm(2, 20, 30, "Europe/Berlin"), NOW)
        assert changed.rhythm == Rhythm(2, 20, 30, "Europe/Berlin")
        assert changed.next_due_at.isoformat() == "2024-04-03T18:30:00+00:00"


def test_one_that_does_not_exist_is_told(database: Database) -> None:
    with database.session() as session:
        assert by_id(session, 404) is None
        changes: tuple[Callable[[], object], ...] = (
            lambda: set_types(session, 404, (), NOW),
            lambda: set_areas(session, 404, (), NOW),
            lambda: set_rhythm(session, 404, Rhythm(), NOW),
            lambda: pause(session, 404, None),
            lambda: resume(session, 404, NOW),
            lambda: unsubscribe(session, 404),
        )
        for change in changes:
            with pytest.raises(UnknownSubscription):
                change()


def test_due_are_those_whose_time_has_come_longest_first(database: Database) -> None:
    with database.session() as session:
        late = set_rhythm(session, follower(session, 1).id, Rhythm(6, 9), NOW)
        on_time = follower(session, 2)
        set_rhythm(session, follower(session, 3).id, Rhythm(1, 9), NOW)
        unsubscribe(session, follower(session, 4).id)
        pause(session, follower(session, 5).id, None)
        assert due(session, MONDAY - timedelta(days=2)) == []
        assert due(session, MONDAY) == [late, on_time]
        assert due(session, MONDAY, limit=1) == [late]


def test_a_pause_ends_by_itself_and_the_next_digest_comes_at_its_time(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        until = MONDAY + 2 * WEEK + HOUR
        paused = pause(session, made.id, until)
        assert (paused.state, paused.paused_until, paused.next_due_at) == ("paused", until, MONDAY + 3 * WEEK)
        assert due(session, MONDAY + WEEK) == []
        assert again(session, made).state == "paused"
        assert due(session, until) == []
        assert (again(session, made).state, again(session, made).paused_until) == ("active", None)
        assert [view.id for view in due(session, MONDAY + 3 * WEEK)] == [made.id]


def test_a_pause_without_an_end_lasts_until_it_is_resumed(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        pause(session, made.id, None)
        assert due(session, MONDAY + 50 * WEEK) == []
        resumed = resume(session, made.id, MONDAY + 50 * WEEK)
        assert (resumed.state, resumed.next_due_at) == ("active", MONDAY + 51 * WEEK)
        assert resume(session, made.id, MONDAY + 52 * WEEK) == resumed


def test_a_rhythm_changed_in_a_pause_waits_for_its_end(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        pause(session, made.id, MONDAY + WEEK + HOUR)
        assert set_rhythm(session, made.id, Rhythm(1, 9), NOW).next_due_at == MONDAY + timedelta(days=8)


def test_subscribing_in_a_pause_resumes_it(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        pause(session, made.id, None)
        resumed, created = subscribe(session, chat_id=1, topic_id=None, defaults=Rhythm(), now=NOW)
        assert (resumed, created) == (made, False)


def test_an_ended_one_comes_back_with_its_old_settings(database: Database) -> None:
    with database.session() as session:
        made = set_areas(session, follower(session).id, ["王佐镇"], NOW)
        set_rhythm(session, made.id, Rhythm(4, 18), NOW)
        assert unsubscribe(session, made.id).state == "ended"
        found = get_subscription(session, 1, None)
        assert found is not None
        assert found.state == "ended"
        back, created = subscribe(session, chat_id=1, topic_id=None, defaults=Rhythm(), now=MONDAY)
        assert created
        assert (back.id, back.areas, back.rhythm, back.state) == (
            made.id,
            ("王佐镇",),
            Rhythm(4, 18),
            "active",
        )
        assert back.next_due_at > MONDAY


def test_leaving_drops_what_waits_but_not_what_is_sent(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        queue(session, made, ("一", "二", "三"))
        (first,) = claim(session, MONDAY, worker="w")
        mark_sent(session, {first.id: 5}, MONDAY)
        unsubscribe(session, made.id)
        assert states(session) == ["sent", "dropped", "dropped"]
        assert claim(session, MONDAY, worker="w") == []


def test_a_pause_drops_what_waits(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        queue(session, made)
        pause(session, made.id, None)
        assert states(session) == ["dropped"]


def test_looking_for_due_ones_uses_the_index(sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        plan = session.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT * FROM subscription WHERE state = 'active' AND next_due_at <= :now"
            ),
            {"now": "2024-04-08"},
        ).all()
        assert "ix_subscription_due" in str(plan)
