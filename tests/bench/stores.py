"""Databases to measure in: upgraded, of both kinds, copied as often as needed, gone at the end."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL, insert, make_url
from sqlmodel import Session

from storage.database import Database
from storage.tables_chat import ChatRow, SubscriptionRow
from storage.tables_outbox import DeliveryRow, DigestRow
from tests.support.postgres import find_server

KINDS = ("sqlite", "postgresql")
FIRST_CHAT = 1_000  # the id of the first private chat that `fill` makes
_DIGESTS = 20  # as many kinds of subscribers
_TEXT = "<b>一周要闻</b>\n" + "区政府召开会议，部署下一阶段重点工作。" * 10


@contextmanager
def upgraded(kind: str) -> Iterator[str]:
    """The address of an empty, upgraded database."""
    with _place(kind) as url:
        database = Database(url)
        database.upgrade()
        database.close()
        yield url


@contextmanager
def copy_of(url: str) -> Iterator[str]:
    """The address of a copy of a database that nobody is at."""
    address = make_url(url)
    if address.drivername.startswith("sqlite"):
        with _place("sqlite") as copy:
            shutil.copy(str(address.database), str(make_url(copy).database))
            yield copy
    else:
        with _place("postgresql", template=str(address.database)) as copy:
            yield copy


def fill(session: Session, count: int, *, chats: Sequence[int] = (), first: int = 0) -> None:
    """A digest of one part for each of `count` subscribed chats, in the outbox since yesterday.

    Args:
        chats: ids of the chats; without, they are made up.
        first: how many such chats there are already.
    """
    now = datetime.now(UTC)
    ids = list(chats) or [FIRST_CHAT + first + number for number in range(count)]
    made = {"made_at": now - timedelta(days=9), "state": "active"}
    names = {"kind": "private", "title": "", "language": "zh", "state_since": now - timedelta(days=9)}
    rhythm = {"weekday": 0, "hour": 9, "minute": 0, "zone": "Asia/Shanghai", "types": [], "areas": []}
    due = {"next_due_at": now + timedelta(days=6)}
    session.execute(insert(ChatRow), [{"id": chat, **made, **names} for chat in ids])
    session.execute(
        insert(SubscriptionRow),
        [
            {"id": first + number + 1, "chat_id": chat, **made, **rhythm, **due}
            for number, chat in enumerate(ids)
        ],
    )
    if not first:
        session.execute(insert(DigestRow), [_digest(number) for number in range(_DIGESTS)])
    session.execute(
        insert(DeliveryRow),
        [
            {
                "subscription_id": first + number + 1,
                "chat_id": chat,
                "digest_id": number % _DIGESTS + 1,
                "occasion": "digest:2024-04-08",
                "part": 1,
                "state": "pending",
                "not_before": now - timedelta(days=1),
                "made_at": now - timedelta(days=1),
                "attempts": 0,
            }
            for number, chat in enumerate(ids)
        ],
    )


def _digest(number: int) -> dict[str, object]:
    payload = f'{{"html": "{_TEXT}{number}", "keyboard": [], "silent": false}}'.replace("\n", "\\n")
    dates = {"period_start": date(2024, 4, 1), "period_end": date(2024, 4, 7)}
    return {"id": number + 1, "key": f"bench {number}", "language": "zh", "parts": [payload], **dates}


@contextmanager
def _place(kind: str, *, template: str = "template0") -> Iterator[str]:
    if kind == "sqlite":
        with TemporaryDirectory(prefix="quwen-bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'bench.db'}"
        return
    server = find_server(None)
    name = f"quwen_bench_{uuid4().hex[:12]}"
    try:
        _ask(server.url, sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
        try:
            yield server.url.set(database=name).render_as_string(hide_password=False)
        finally:
            _ask(server.url, sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)
    finally:
        server.stop()


def _ask(server: URL, question: sql.SQL, *names: str) -> None:
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
        connection.execute(question.format(*map(sql.Identifier, names)))
