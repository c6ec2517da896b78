"""The parts of the bot's pace that processes have never add up to more than the pace."""

import random
from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.processes import ALONE, BEAT, GONE, SETTLED, beat, database_time, leave, processes

NOW = datetime(2024, 4, 10, 2, 0, tzinfo=UTC)
TOTAL = 30


def share_of(database: Database, name: str, now: datetime) -> int:
    with database.session() as session:
        return beat(session, name=name, role="worker", total=TOTAL, now=now)


def test_one_alone_has_all_of_it(database: Database) -> None:
    assert share_of(database, "a", NOW) == TOTAL


def test_a_second_waits_until_the_first_has_given_back_and_nothing_of_it_counts(database: Database) -> None:
    share_of(database, "a", NOW)
    assert share_of(database, "b", NOW) == 0
    assert share_of(database, "a", NOW + BEAT) == 15
    assert share_of(database, "b", NOW + BEAT) == 0
    assert share_of(database, "b", NOW + BEAT + SETTLED) == 15


def test_what_a_process_leaves_is_shared_soon(database: Database) -> None:
    for moment in (NOW, NOW + BEAT, NOW + 2 * BEAT):
        share_of(database, "a", moment)
        share_of(database, "b", moment)
    with database.session() as session:
        leave(session, name="b", now=NOW + 2 * BEAT)
    assert share_of(database, "a", NOW + 2 * BEAT + SETTLED / 2) == 15
    assert share_of(database, "a", NOW + 3 * BEAT + SETTLED) == TOTAL


def test_what_a_dead_process_had_is_shared_when_it_has_long_stopped(database: Database) -> None:
    for moment in (NOW, NOW + BEAT, NOW + 2 * BEAT):
        share_of(database, "a", moment)
        share_of(database, "b", moment)
    assert share_of(database, "a", NOW + GONE) == 15
    assert share_of(database, "a", NOW + GONE + 3 * BEAT) == TOTAL
    assert GONE > 2 * ALONE


def test_more_processes_than_messages_have_one_each_or_none(database: Database) -> None:
    names = [f"worker-{number}" for number in range(TOTAL + 5)]
    for step in range(4):
        shares = [share_of(database, name, NOW + step * BEAT) for name in names]
    assert sorted(shares) == [0] * 5 + [1] * TOTAL


def test_whatever_comes_and_goes_the_sum_of_what_counts_is_never_more(sqlite_database: Database) -> None:
    luck = random.Random(7)
    now, held = NOW, dict[str, list[tuple[datetime, int]]]()
    for _ in range(400):
        now += timedelta(seconds=luck.uniform(0.1, 3))
        name = luck.choice("abcde")
        if luck.random() < 0.1:
            with sqlite_database.session() as session:
                leave(session, name=name, now=now)
            held.setdefault(name, []).append((now, 0))
            continue
        held.setdefault(name, []).append((now, share_of(sqlite_database, name, now)))
        counted = 0
        for parts in held.values():
            if now - parts[-1][0] > ALONE:  # it has stopped by itself
                continue
            since = [share for at, share in parts if at > now - timedelta(seconds=1)]
            before = [share for at, share in parts if at <= now - timedelta(seconds=1)][-1:]
            counted += max(since + before)
        assert counted <= TOTAL


def test_those_that_live_are_told(database: Database) -> None:
    share_of(database, "a", NOW)
    share_of(database, "b", NOW + BEAT)
    with database.session(write=False) as session:
        assert [(one.name, one.share) for one in processes(session, NOW + BEAT)] == [("a", 30), ("b", 0)]
        assert [one.name for one in processes(session, NOW + ALONE + BEAT)] == ["b"]


def test_the_time_is_the_databases(database: Database) -> None:
    with database.session() as session:
        assert abs(database_time(session) - datetime.now(UTC)) < timedelta(minutes=5)


def test_a_clock_that_was_set_back_does_not_keep_the_dead_alive(database: Database) -> None:
    for moment in (NOW, NOW + BEAT, NOW + 2 * BEAT):
        share_of(database, "a", moment)
        share_of(database, "dead", moment)
    back = NOW - timedelta(days=1)
    assert share_of(database, "a", back) == 15, "it may live yet"
    moment, shares = back, []
    while moment < back + GONE + 3 * BEAT:
        moment += BEAT
        shares.append(share_of(database, "a", moment))
    assert shares[-1] == TOTAL
