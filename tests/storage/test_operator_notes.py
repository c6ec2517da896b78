"""Notes to operators: rows of the outbox without a subscription."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session, col, select

from storage.chats import set_language, touch_chat
from storage.database import Database
from storage.operator_notes import operator_chats, tell_operators
from storage.outbox import claim, mark_failed, mark_sent
from storage.standing import Standing, set_standing
from storage.tables_outbox import DeliveryRow
from tests.storage.following import NOW, chat, follower

PARTS = {"zh": ["甲", "乙"], "en": ["one", "two"]}


def tell(session: Session, *operators: int, occasion: str = "source hexi") -> int:
    return tell_operators(session, operators, occasion=occasion, parts=PARTS, today=NOW.date(), now=NOW)


def queued(session: Session) -> Sequence[DeliveryRow]:
    return session.exec(select(DeliveryRow).order_by(col(DeliveryRow.id))).all()


def test_operators_are_told_in_their_language(database: Database) -> None:
    with database.session() as session:
        chat(session, 1)
        chat(session, 2)
        set_language(session, 2, "en")
        assert tell(session, 1, 2) == 2
    sent: list[tuple[int, str]] = []
    for _ in range(2):
        with database.session() as session:
            for delivery in claim(session, NOW, worker="w"):
                sent.append((delivery.chat_id, delivery.payload))
                mark_sent(session, {delivery.id: 1}, NOW)
    assert sorted(sent) == [(1, "乙"), (1, "甲"), (2, "one"), (2, "two")]
    assert [payload for number, payload in sent if number == 1] == ["甲", "乙"]


def test_an_occasion_is_told_once(database: Database) -> None:
    with database.session() as session:
        chat(session, 1)
        assert tell(session, 1) == 1
        assert tell(session, 1) == 0
        assert tell(session, 1, occasion="source hedong") == 1
        assert len(queued(session)) == 4


def test_a_later_part_is_dropped_where_an_earlier_one_cannot_go_and_other_notes_are_left(
    database: Database,
) -> None:
    with database.session() as session:
        chat(session, 1)
        chat(session, 2)
        tell(session, 1, 2)
        tell(session, 1, occasion="source hedong")
    with database.session() as session:
        first = next(one for one in claim(session, NOW, worker="w") if one.chat_id == 1)
        mark_failed(session, first.id, "no", NOW)
    with database.session() as session:
        states = [(row.chat_id, row.occasion, row.state) for row in queued(session)]
        assert states.count((1, first.occasion, "dropped")) == 1
        assert sum(state == "pending" for _, _, state in states) == 4


def test_only_private_chats_that_can_be_written_to_are_told(database: Database) -> None:
    with database.session() as session:
        chat(session, 1)
        chat(session, 2)
        set_standing(session, 2, Standing.BLOCKED, NOW)
        touch_chat(session, id=3, kind="group", title="邻居", language_code=None, now=NOW)
        touch_chat(session, id=4, kind="console", title="", language_code=None, now=NOW)
        assert set(operator_chats(session, [1, 2, 3, 4, 5])) == {1}
        assert operator_chats(session, []) == {}
        assert tell(session) == 0


def test_notes_stand_beside_the_digests_of_a_chat(database: Database) -> None:
    with database.session() as session:
        follower(session, 1)
        assert tell(session, 1) == 1
    with database.session() as session:
        (first,) = claim(session, NOW, worker="w")
        assert (first.subscription_id, first.part, first.topic_id) == (None, 1, None)
        assert claim(session, NOW + timedelta(seconds=1), worker="v") == []
