"""The database fails while messages are on their way: nothing is lost, and nothing comes twice."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event, text
from telegram.error import BadRequest, ChatMigrated, RetryAfter

from jobs.deliver import IN_FLIGHT, LEASE
from storage.cut_off import CutOff
from storage.database import Database, DatabaseError, DatabaseUnreachable, LockedDatabase
from tests.jobs.sending import send, waiting
from tests.jobs.support import MONDAY, StubBot, rows
from tests.support.postgres import own_server

CHATS = list(range(1, 3 * IN_FLIGHT + 1))


class Broken:
    """A database that fails from one moment to another."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fails = 0  # so many transactions more
        self._run = database.run
        monkeypatch.setattr(database, "run", self.run)

    async def run(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        if self.fails:
            self.fails -= 1
            raise DatabaseUnreachable("it restarts")
        return await self._run(fn, *args, **kwargs)


class Failing(StubBot):
    """While it sends message number `at`, something happens to the database."""

    def __init__(self, happens: Callable[[], None], at: int = IN_FLIGHT + 3, **options: Any) -> None:
        super().__init__(**options)
        self.happens, self.at = happens, at

    async def send_message(self, chat_id: int, text: str, **options: Any) -> SimpleNamespace:
        if len(self.asked) + 1 == self.at:
            self.happens()
        return await super().send_message(chat_id, text, **options)


async def no_pause(_: float) -> None:
    await asyncio.sleep(0)


def arrived(bot: StubBot) -> Counter[int]:
    return Counter(sent.chat_id for sent in bot.sent)


@pytest.mark.parametrize("rule", CutOff)
@pytest.mark.parametrize("fails", [1, 2, 5, 40])
async def test_a_database_that_fails_while_messages_are_on_their_way_doubles_none(
    database: Database, monkeypatch: pytest.MonkeyPatch, rule: CutOff, fails: int
) -> None:
    waiting(database, *CHATS)
    broken = Broken(database, monkeypatch)
    bot = Failing(lambda: setattr(broken, "fails", fails))
    with suppress(DatabaseUnreachable):  # where something could not begin
        await send(database, bot, cut_off=rule, sleep=no_pause)
    assert not broken.fails
    # At once, not when leases are over: what had not gone was given back.
    await send(database, bot, cut_off=rule, sleep=no_pause)
    assert arrived(bot) == Counter(CHATS)
    assert {(row.state, row.cut_offs) for row in rows(database)} == {("sent", 0)}


async def test_nothing_new_is_sent_while_what_was_sent_cannot_be_marked(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(database, *CHATS)
    broken = Broken(database, monkeypatch)
    bot = Failing(lambda: setattr(broken, "fails", 1000), at=1)
    pauses: list[int] = []

    async def sleep(_: float) -> None:
        pauses.append(len(bot.asked))
        await asyncio.sleep(0)
        if len(pauses) == 200:
            broken.fails = 0

    with suppress(DatabaseUnreachable):  # where something could not begin
        await send(database, bot, sleep=sleep)
    assert pauses[-1] <= IN_FLIGHT
    await send(database, bot)
    assert arrived(bot) == Counter(CHATS)


@pytest.mark.parametrize(
    "refusal",
    [RetryAfter(timedelta(seconds=20)), BadRequest("Have no rights to send a message"), ChatMigrated(-200)],
)
async def test_what_was_refused_while_the_database_fails_is_not_taken_for_arrived(
    database: Database, monkeypatch: pytest.MonkeyPatch, refusal: Exception
) -> None:
    waiting(database, -100, kind="group")
    broken = Broken(database, monkeypatch)
    bot = Failing(lambda: setattr(broken, "fails", 3), at=1, answers=[refusal])
    with suppress(DatabaseUnreachable):  # where something could not begin
        await send(database, bot, cut_off=CutOff.SKIP, sleep=no_pause)
    await send(database, bot, MONDAY + 2 * LEASE, cut_off=CutOff.SKIP)
    assert [(row.state, row.cut_offs) for row in rows(database)] == [("sent", 0)]
    assert len(bot.sent) == 1


@contextmanager
def hasty(database: Database) -> Iterator[Database]:
    """The same database, waiting for a lock only a moment."""
    other = Database(database._url, busy_timeout=0.05)
    yield other
    other.close()


async def test_a_lock_of_another_program_is_waited_out_and_doubles_none(database: Database) -> None:
    waiting(database, *CHATS)
    holder = database._writer.connect()

    def lock() -> None:
        holder.begin()  # on SQLite this takes the file
        if database.kind == "postgresql":
            holder.execute(text("LOCK TABLE delivery IN EXCLUSIVE MODE"))

    tries = 0

    async def sleep(_: float) -> None:
        nonlocal tries
        tries += 1
        if tries == 3:
            holder.rollback()

    with hasty(database) as sender:
        bot = Failing(lock)
        with suppress(LockedDatabase):  # where something could not begin
            await send(sender, bot, sleep=sleep)
        assert tries >= 3
        await send(sender, bot)
    holder.close()
    assert arrived(bot) == Counter(CHATS)
    assert {(row.state, row.cut_offs) for row in rows(database)} == {("sent", 0)}


async def test_a_run_that_meets_a_lock_says_so_and_a_later_one_sends(database: Database) -> None:
    waiting(database, *CHATS)
    with hasty(database) as sender, database._writer.connect() as holder:
        holder.begin()
        if database.kind == "postgresql":
            holder.execute(text("LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE"))
        bot = StubBot()
        with pytest.raises(LockedDatabase, match="in use by another program"):
            await send(sender, bot)
        holder.rollback()
        await send(sender, bot)
    assert arrived(bot) == Counter(CHATS)


async def test_connections_that_are_cut_amid_a_broadcast_lose_and_double_none(
    own_postgres_database: Database,
) -> None:
    database = own_postgres_database
    waiting(database, *CHATS)
    lead = database.lead()
    assert lead.hold()
    cut: list[int] = []

    def cut_all() -> None:
        server = database._url.set(database="postgres", drivername="postgresql")
        with psycopg.connect(server.render_as_string(hide_password=False)) as connection:
            found = connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
                (database._url.database,),
            ).fetchall()
        cut.append(len(found))

    bot = Failing(cut_all)
    for _ in range(5):
        with suppress(DatabaseUnreachable):
            await send(database, bot, sleep=no_pause)
    assert cut[0] >= 2, "those of the pool, and the leader's"
    assert arrived(bot) == Counter(CHATS)
    assert {(row.state, row.cut_offs) for row in rows(database)} == {("sent", 0)}
    assert not lead.hold(), "it is lost with its connection"
    assert lead.hold(), "and taken again by whoever asks first"
    lead.release()


_FULL = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER full_disk BEFORE UPDATE ON delivery EXECUTE FUNCTION full_disk();
"""


def fill_disk(database: Database) -> None:
    """From now on there is no room for what is written to the outbox."""
    if database.kind == "postgresql":
        with database._writer.begin() as connection:
            connection.exec_driver_sql(_FULL)
        return
    # SQLite's own limit holds for a connection, so each of the pool gets it; a page is taken for ballast.
    event.listen(database._writer, "begin", _stay_small)


def _stay_small(connection: Connection) -> None:
    if connection.get_execution_options().get("quwen_writes"):
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # no less than there are
        connection.exec_driver_sql("CREATE TABLE ballast AS SELECT zeroblob(100000) AS weight")


def make_room(database: Database) -> None:
    """There is room again."""
    if database.kind == "postgresql":
        with database._writer.begin() as connection:
            connection.exec_driver_sql("DROP FUNCTION full_disk CASCADE")
        return
    event.remove(database._writer, "begin", _stay_small)
    event.listen(database._writer, "begin", _may_grow)


def _may_grow(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA max_page_count = 1000000")


async def test_a_full_disk_loses_and_doubles_none_and_it_goes_on_when_there_is_room(
    own_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    waiting(own_database, *CHATS)
    asked: list[int] = []

    async def sleep(_: float) -> None:
        asked.append(len(bot.asked))
        if len(asked) == 5:
            make_room(own_database)

    bot = Failing(lambda: fill_disk(own_database))
    with suppress(DatabaseError):  # where something could not begin
        await send(own_database, bot, sleep=sleep)
    assert len(asked) >= 5
    assert len(set(asked[1:])) == 1, "nothing is sent while there is no room"
    assert "Make room" in caplog.text
    await send(own_database, bot)
    assert arrived(bot) == Counter(CHATS)
    assert {(row.state, row.cut_offs) for row in rows(own_database)} == {("sent", 0)}


async def test_a_server_that_crashes_amid_a_broadcast_and_comes_back_loses_and_doubles_none() -> None:
    server = await asyncio.to_thread(own_server)
    database = Database(server.url)
    try:
        database.upgrade()
        waiting(database, *CHATS)
        pauses = 0

        async def sleep(_: float) -> None:
            nonlocal pauses
            pauses += 1
            if pauses == 2:
                await asyncio.to_thread(server.start)

        bot = Failing(server.crash)
        with suppress(DatabaseUnreachable):
            await send(database, bot, sleep=sleep)
        assert pauses >= 2
        await send(database, bot)
        assert arrived(bot) == Counter(CHATS)
        assert {(row.state, row.cut_offs) for row in rows(database)} == {("sent", 0)}
    finally:
        database.close()
        server.stop()
