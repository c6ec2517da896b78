"""Chats come, go, move and are forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import BigInteger, func, or_, select
from sqlmodel import Session

from storage.chats import (
    NOBODY,
    UnknownChat,
    forget_chat,
    get_chat,
    migrate_chat,
    set_language,
    touch_chat,
)
from storage.database import Database
from storage.intake import Intake, IntakePage, keep_intake
from storage.ledger import IssueState, accept_issue, issue_by_id, note_issue, open_issue
from storage.outbox import claim, mark_sent
from storage.standing import AWAY, Standing, set_standing
from storage.subscriptions import due, get_subscription, set_areas, unsubscribe
from storage.tables import METADATA
from storage.tables_outbox import DeliveryRow
from storage.views import ChatView
from tests.storage.following import HOUR, MONDAY, NOW, WEEK, again, chat, follower, queue, rows, states

GROUP, SUPERGROUP = -100, -1_001_234_567_890_123


def state(session: Session, number: int = 1) -> str:
    found = get_chat(session, number)
    assert found is not None
    return found.state


def traces(session: Session, chat_id: int) -> dict[str, int]:
    """How many rows of each table hold this number in any column that could hold a chat."""
    found = {}
    for table in METADATA.sorted_tables:
        columns = [
            column
            for column in table.columns
            if isinstance(column.type, BigInteger) or column.name in ("chat_id", "migrated_to")
        ]
        if columns:
            query = (
                select(func.count()).select_from(table).where(or_(*(column == chat_id for column in columns)))
            )
            if count := session.scalar(query):
                found[table.name] = count
    return found


@pytest.mark.parametrize(
    ("code", "language"),
    [(None, "zh"), ("zh-hans", "zh"), ("en", "en"), ("en-GB", "en"), ("de", "zh"), ("", "zh")],
)
def test_a_new_chat_speaks_chinese_unless_its_app_is_english(
    database: Database, code: str | None, language: str
) -> None:
    with database.session() as session:
        made = touch_chat(session, id=1, kind="private", title="王", language_code=code, now=NOW)
        assert made == ChatView(id=1, kind="private", title="王", language=language, state="active")
        assert get_chat(session, 1) == made


def test_a_known_chat_keeps_its_language_and_takes_its_new_title(database: Database) -> None:
    with database.session() as session:
        chat(session)
        set_language(session, 1, "en")
        assert chat(session, title="王老师\x00", language_code="zh") == ChatView(
            1, "private", "王老师", "en", "active"
        )
        with pytest.raises(ValueError, match="zh and en"):
            set_language(session, 1, "fr")
        with pytest.raises(UnknownChat):
            set_language(session, 2, "zh")
        assert get_chat(session, 2) is None


@pytest.mark.parametrize("standing", sorted(AWAY - {Standing.NO_RIGHTS}))
def test_a_chat_that_is_gone_keeps_its_settings_and_revives(database: Database, standing: Standing) -> None:
    with database.session() as session:
        subscription = set_areas(session, follower(session).id, ["王佐镇"], NOW)
        set_standing(session, 1, standing, NOW)
        assert state(session) == standing.value
        assert due(session, MONDAY) == []
        assert again(session, subscription) == subscription
        assert chat(session, now=NOW + HOUR).state == "active"
        assert due(session, MONDAY) == [subscription]


def test_after_a_long_absence_the_next_digest_comes_at_its_time(database: Database) -> None:
    with database.session() as session:
        subscription = follower(session)
        set_standing(session, 1, Standing.BLOCKED, NOW)
        chat(session, now=MONDAY + 10 * WEEK + HOUR)
        assert again(session, subscription).next_due_at == MONDAY + 11 * WEEK


def test_what_waited_for_a_chat_is_kept_a_week_and_then_dropped(database: Database) -> None:
    with database.session() as session:
        queue(session, follower(session, 1))
        queue(session, follower(session, 2))
        set_standing(session, 1, Standing.BLOCKED, MONDAY)
        set_standing(session, 2, Standing.BLOCKED, MONDAY)
        assert claim(session, MONDAY, worker="w") == []
        chat(session, 1, now=MONDAY + timedelta(days=5))
        chat(session, 2, now=MONDAY + timedelta(days=8))
        assert states(session) == ["pending", "dropped"]
        assert rows(session)[1].last_error == "stale: the chat was away"
        assert [taken.chat_id for taken in claim(session, MONDAY + timedelta(days=8), worker="w")] == [1]


def test_marking_an_unknown_chat_does_nothing(database: Database) -> None:
    with database.session() as session:
        set_standing(session, 404, Standing.BLOCKED, NOW)
        set_standing(session, 404, Standing.LEFT, NOW)
        migrate_chat(session, 404, 405, NOW)
        assert get_chat(session, 404) is None
        assert get_chat(session, 405) is None


def test_a_group_that_became_a_supergroup_takes_everything_along(database: Database) -> None:
    with database.session() as session:
        subscription = set_areas(session, follower(session, GROUP, topic=7).id, ["王佐镇"], NOW)
        set_language(session, GROUP, "en")
        queue(session, subscription, ("一", "二"))
        (first,) = claim(session, MONDAY, worker="w")
        migrate_chat(session, GROUP, SUPERGROUP, MONDAY)
        assert get_chat(session, SUPERGROUP) == ChatView(SUPERGROUP, "supergroup", "王女士", "en", "active")
        assert state(session, GROUP) == "migrated"
        assert get_subscription(session, GROUP, 7) is None
        moved = get_subscription(session, SUPERGROUP, 7)
        assert moved is not None
        assert (moved.id, moved.areas, moved.chat_id) == (subscription.id, ("王佐镇",), SUPERGROUP)
        mark_sent(session, {first.id: 55}, MONDAY)
        assert [taken.chat_id for taken in claim(session, MONDAY, worker="w")] == [SUPERGROUP]
        assert traces(session, GROUP) == {"chat": 1}


def test_moving_to_a_chat_that_is_known_already_joins_the_two(database: Database) -> None:
    with database.session() as session:
        general = follower(session, GROUP)
        topic = follower(session, GROUP, topic=7)
        queue(session, general)
        mine = follower(session, SUPERGROUP)
        queue(session, mine)
        migrate_chat(session, GROUP, SUPERGROUP, MONDAY)
        migrate_chat(session, GROUP, SUPERGROUP, MONDAY)  # Telegram tells it twice
        assert get_subscription(session, SUPERGROUP, None) == again(session, mine)
        assert get_subscription(session, SUPERGROUP, 7) == again(session, topic)
        assert again(session, general).state == "ended"
        assert again(session, topic).state == "active"
        assert states(session) == ["dropped", "pending"]
        assert traces(session, GROUP) == {"chat": 1}


def test_a_running_subscription_moves_over_one_that_had_ended(database: Database) -> None:
    with database.session() as session:
        unsubscribe(session, follower(session, SUPERGROUP).id)
        running = follower(session, GROUP)
        set_standing(session, SUPERGROUP, Standing.LEFT, NOW)
        migrate_chat(session, GROUP, SUPERGROUP, MONDAY)
        found = get_subscription(session, SUPERGROUP, None)
        assert found is not None
        assert (found.id, found.state) == (running.id, "active")
        assert state(session, SUPERGROUP) == "active"


def test_a_forgotten_chat_leaves_no_trace_in_any_table(database: Database) -> None:
    with database.session() as session:
        for number in (GROUP, SUPERGROUP, 777_000_001):
            for topic in (None, 7):
                queue(session, follower(session, number, topic))
            keep_intake(session, Intake((IntakePage("停水"),), "丰台报"), chat_id=number, now=NOW)
        migrate_chat(session, GROUP, SUPERGROUP, MONDAY)
        before = {table.name for table in METADATA.sorted_tables}
        assert before >= {"chat", "subscription", "delivery", "intake"}
        assert traces(session, SUPERGROUP) == {"chat": 2, "subscription": 4, "delivery": 4, "intake": 2}
        assert forget_chat(session, SUPERGROUP) == 12
        assert traces(session, SUPERGROUP) == traces(session, GROUP) == {}
        assert traces(session, 777_000_001) == {"chat": 1, "subscription": 2, "delivery": 2, "intake": 1}
        assert forget_chat(session, SUPERGROUP) == 0


def test_every_table_that_points_to_a_chat_says_so_in_its_column(database: Database) -> None:
    pointing = {
        (table.name, key.parent.name)
        for table in METADATA.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "chat"
    }
    assert pointing == {(name, "chat_id") for name in ("subscription", "delivery", "intake", "closed_topic")}


def test_a_number_is_never_given_to_another_subscription(database: Database) -> None:
    with database.session() as session:
        queue(session, old := follower(session, 1))
        delivery = rows(session)[0].id
        forget_chat(session, 1)
        queue(session, new := follower(session, 2))
        assert new.id != old.id
        assert rows(session)[0].id != delivery
        assert session.get(DeliveryRow, delivery) is None


def test_what_an_operator_decided_stays_without_their_name(database: Database) -> None:
    with database.session() as session:
        chat(session, 7)
        issue = open_issue(session, "hexi", NOW.date(), "u", NOW)
        note_issue(session, issue.id, IssueState.HELD, "", NOW)
        accept_issue(session, issue.id, 7)
        forget_chat(session, 7)
        told = issue_by_id(session, issue.id)
        assert told is not None
        assert told.accepted_by == NOBODY
