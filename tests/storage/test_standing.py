"""Chats and topics that can't be written to: nothing is lost, and each comes back in its way."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from storage.chats import get_chat, migrate_chat
from storage.database import Database
from storage.outbox import claim, outbox_counts
from storage.standing import (
    TRY_AGAIN,
    Standing,
    close_topic,
    lose_topic,
    reopen_topic,
    set_standing,
    take_back,
)
from storage.subscriptions import due, get_subscription
from storage.tables_chat import ClosedTopicRow
from tests.storage.following import HOUR, MONDAY, NOW, WEEK, again, follower, queue, states

GROUP, SUPERGROUP = -5, -1005


def state(session: Session, chat_id: int) -> str:
    chat = get_chat(session, chat_id)
    return chat.state if chat else ""


def can_go(session: Session, wait: timedelta = timedelta()) -> int:
    return len(claim(session, MONDAY + wait, worker="w", lease=timedelta()))


@pytest.mark.parametrize("standing", [Standing.ACTIVE, Standing.MIGRATED])
def test_a_chat_is_not_told_to_be_here(database: Database, standing: Standing) -> None:
    with database.session() as session, pytest.raises(ValueError, match=standing):
        set_standing(session, 1, standing, NOW)


def test_a_chat_that_moved_stays_moved(database: Database) -> None:
    with database.session() as session:
        follower(session, GROUP)
        migrate_chat(session, GROUP, SUPERGROUP, NOW)
        set_standing(session, GROUP, Standing.LEFT, NOW)
        assert state(session, GROUP) == "migrated"


def test_without_rights_digests_are_made_and_tried_once_a_day(database: Database) -> None:
    with database.session() as session:
        subscription = follower(session, GROUP)
        set_standing(session, GROUP, Standing.NO_RIGHTS, MONDAY)
        assert due(session, MONDAY) == [subscription]
        queue(session, subscription)
        assert can_go(session, TRY_AGAIN - HOUR) == 0
        assert outbox_counts(session, MONDAY).held == 1
        (taken,) = claim(session, MONDAY + TRY_AGAIN, worker="w", lease=timedelta())
        assert taken.trial
        set_standing(session, GROUP, Standing.NO_RIGHTS, MONDAY + TRY_AGAIN)
        assert can_go(session, 2 * TRY_AGAIN - HOUR) == 0
        assert can_go(session, 2 * TRY_AGAIN) == 1


def test_what_arrives_takes_the_chat_back(database: Database) -> None:
    with database.session() as session:
        subscription = follower(session, GROUP, 5)
        close_topic(session, GROUP, 5, MONDAY)
        set_standing(session, GROUP, Standing.NO_RIGHTS, MONDAY)
        queue(session, subscription)
        take_back(session, GROUP, 5, MONDAY + HOUR)
        assert state(session, GROUP) == "active"
        (taken,) = claim(session, MONDAY + HOUR, worker="w")
        assert not taken.trial


@pytest.mark.parametrize("topic", [5, None])
def test_a_closed_topic_waits_alone_and_goes_on_when_it_is_opened(
    database: Database, topic: int | None
) -> None:
    with database.session() as session:
        for each in (None, 5, 6):
            queue(session, follower(session, SUPERGROUP, each))
        close_topic(session, SUPERGROUP, topic, MONDAY)
        assert (can_go(session), outbox_counts(session, MONDAY).held) == (2, 1)
        assert (can_go(session, TRY_AGAIN - HOUR), can_go(session, TRY_AGAIN)) == (2, 3)
        close_topic(session, SUPERGROUP, topic, MONDAY + TRY_AGAIN)
        assert can_go(session, TRY_AGAIN) == 2
        reopen_topic(session, SUPERGROUP, topic)
        assert can_go(session, TRY_AGAIN) == 3


def test_with_a_deleted_topic_its_subscription_ends_with_all_settings_kept(database: Database) -> None:
    with database.session() as session:
        for topic in (None, 5, 6):
            queue(session, follower(session, SUPERGROUP, topic))
        close_topic(session, SUPERGROUP, 5, MONDAY)
        lose_topic(session, SUPERGROUP, 5)
        lose_topic(session, SUPERGROUP, None)
        assert states(session) == ["pending", "dropped", "pending"]
        ended = get_subscription(session, SUPERGROUP, 5)
        assert ended
        assert ended.state == "ended"
        assert len(due(session, MONDAY + 2 * WEEK)) == 2
        assert session.get(ClosedTopicRow, (SUPERGROUP, 5)) is None


def test_a_chat_nobody_knows_has_no_topics(database: Database) -> None:
    with database.session() as session:
        close_topic(session, 404, 5, NOW)
        lose_topic(session, 404, 5)
        take_back(session, 404, 5, NOW)
        assert session.get(ClosedTopicRow, (404, 5)) is None


def test_a_group_that_moves_leaves_its_closed_topics_behind(database: Database) -> None:
    with database.session() as session:
        subscription = follower(session, GROUP)
        queue(session, subscription)
        close_topic(session, GROUP, None, MONDAY)
        migrate_chat(session, GROUP, SUPERGROUP, MONDAY)
        assert again(session, subscription).chat_id == SUPERGROUP
        assert can_go(session) == 1
