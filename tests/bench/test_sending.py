"""The pure parts of the benchmarks of sending: no time is asserted."""

import json
import sqlite3
from datetime import UTC, datetime

from sqlalchemy import func, insert, select, text

from storage.database import Database
from storage.outbox import claim
from storage.tables_chat import ChatRow
from storage.tables_outbox import DeliveryRow
from tests.bench.api import Requests, answer
from tests.bench.outbox import AT_ONCE
from tests.bench.pacing import use
from tests.bench.replay import recorded
from tests.bench.stores import FIRST_CHAT, copy_of, fill, upgraded
from tests.jobs.support import MONDAY

POST = b"POST /bot1:a/sendMessage HTTP/1.1\r\nHost: x\r\ncontent-length: 5\r\n\r\nhello"
GET = b"GET /bot1:a/getMe HTTP/1.1\r\nHost: x\r\n\r\n"


def test_requests_are_cut_wherever_the_network_cuts_them() -> None:
    whole = POST + GET + POST
    for at in range(len(whole)):
        requests = Requests()
        heads = [*requests.feed(whole[:at]), *requests.feed(whole[at:])]
        assert [head.split(b" ")[0] for head in heads] == [b"POST", b"GET", b"POST"], at


def test_the_answer_is_a_message_or_the_bot_and_tells_its_length() -> None:
    for request, key in ((POST, "message_id"), (GET, "is_bot")):
        head, body = answer(request.split(b"\r\n\r\n")[0]).split(b"\r\n\r\n")
        assert f"Content-Length: {len(body)}".encode() in head
        assert key in json.loads(body)["result"]


def test_a_filled_outbox_can_be_claimed_and_filled_on(database: Database) -> None:
    with database.session() as session:
        fill(session, 3)
        fill(session, 2, first=3)
    with database.session() as session:
        claimed = claim(session, datetime.now(UTC), worker="w", limit=AT_ONCE)
    assert [one.chat_id for one in claimed] == [FIRST_CHAT + number for number in range(5)]
    assert all(json.loads(one.payload)["html"] for one in claimed)


def test_a_copy_is_alike_and_apart() -> None:
    with upgraded("sqlite") as url:
        database = Database(url)
        with database.session() as session:
            fill(session, 2)
        database.close()
        with copy_of(url) as copy:
            database = Database(copy)
            with database.session() as session:
                session.execute(text("DELETE FROM delivery"))
            database.close()
        database = Database(url)
        with database.session(write=False) as session:
            assert session.scalar(select(func.count()).select_from(DeliveryRow)) == 2
        database.close()


def test_what_is_recorded_can_be_done_again_by_the_driver_alone() -> None:
    chats = [
        {"id": number, "kind": "private", "title": "", "language": "zh", "state": "active"}
        | {"made_at": MONDAY, "state_since": MONDAY}
        for number in (1, 2)
    ]
    with upgraded("sqlite") as url, copy_of(url) as other:
        database = Database(url)
        with recorded(database) as recording, database.session() as session:
            session.execute(insert(ChatRow), chats)
            session.execute(insert(ChatRow).values(chats[0] | {"id": 3}))
            session.scalars(select(ChatRow)).all()
        with database.session() as session:
            session.execute(text("DELETE FROM chat"))
        database.close()
        recording.replay(other)
        path = other.removeprefix("sqlite:///")
        connection = sqlite3.connect(path)
        assert connection.execute("SELECT id FROM chat ORDER BY id").fetchall() == [(1,), (2,), (3,)]
        connection.close()


def test_the_use_of_a_rate_leaves_what_had_rested_out() -> None:
    burst = [0.0] * 10
    assert use([*burst, *(number / 10 for number in range(1, 21))], 10) == 1.0
    assert use([*burst, *(number / 5 for number in range(1, 21))], 10) == 0.5
