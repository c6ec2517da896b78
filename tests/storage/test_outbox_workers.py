"""The outbox under several workers, and with many rows."""

import asyncio
from datetime import date

from sqlalchemy import event, insert, select, text
from sqlmodel import Session, col

from storage.database import Database
from storage.outbox import claim
from storage.queueing import save_digest
from storage.tables_outbox import DeliveryRow
from tests.storage.following import MONDAY, follower, queue


async def test_two_workers_never_take_the_same(database: Database) -> None:
    with database.session() as session:
        for number in range(1, 61):
            queue(session, follower(session, number))

    def take(session: Session, worker: str) -> list[int]:
        return [taken.id for taken in claim(session, MONDAY, worker=worker, limit=7)]

    batches = await asyncio.gather(*(database.run(take, f"w{number}") for number in range(12)))
    taken = [key for batch in batches for key in batch]
    assert len(taken) == len(set(taken))
    while batch := await database.run(take, "last"):
        taken += batch
    assert len(taken) == len(set(taken)) == 60


async def test_a_digest_is_queued_by_one_of_many_at_once(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
    outcomes = await asyncio.gather(*(database.run(queue, made) for _ in range(8)))
    assert sorted(outcomes) == [False] * 7 + [True]


def test_claiming_reads_the_index_of_what_is_pending_and_not_what_was_sent(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        digest_id = save_digest(
            session,
            key="k",
            period_start=date(2024, 4, 1),
            period_end=date(2024, 4, 7),
            language="zh",
            parts=["一"],
        )
        session.execute(
            insert(DeliveryRow),
            [
                {
                    "subscription_id": made.id,
                    "chat_id": 1,
                    "digest_id": digest_id,
                    "occasion": f"o{number}",
                    "part": 1,
                    "state": "sent" if number % 500 else "pending",
                    "not_before": MONDAY,
                    "made_at": MONDAY,
                    "attempts": 0,
                }
                for number in range(5000)
            ],
        )
        session.execute(text("ANALYZE"))
        asked: list[tuple[str, object]] = []

        def note(*arguments: object) -> None:
            asked.append((str(arguments[2]), arguments[3]))

        event.listen(session.connection(), "before_cursor_execute", note)
        assert len(claim(session, MONDAY, worker="w")) == 10
        query, values = asked[0]
        explain = "EXPLAIN QUERY PLAN " if database.kind == "sqlite" else "EXPLAIN "
        plan = str(session.connection().exec_driver_sql(explain + query, values).all())  # type: ignore[arg-type]
        assert "ix_delivery_pending" in plan
        assert session.scalars(select(DeliveryRow).where(col(DeliveryRow.worker) == "w")).all()
