"""The pages of a serving process, asked as a load balancer, Prometheus and Telegram ask them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import Session
from telegram.error import BadRequest, RetryAfter

from bot.vitals import Hears, Vitals
from bot.web import MOST_BYTES, SECRET_HEADER, WEBHOOK_PATH, build_pages
from storage import chats, subscriptions
from storage.database import Database

NOW = datetime(2024, 4, 10, 2, 0, tzinfo=UTC)
SECRET = "0123456789abcdef"


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vitals(clock: Clock) -> Vitals:
    made = Vitals(clock)
    made.began_at = clock.now
    made.jobs["digest"] = None
    made.leads = True
    return made


async def ask(
    database: Database, vitals: Vitals, path: str, taken: list[dict[str, Any]] | None = None, **how: Any
) -> httpx.Response:
    async def take(update: dict[str, Any]) -> bool:
        assert taken is not None
        if len(taken) >= 2:
            return False
        taken.append(update)
        return True

    pages = build_pages(database, vitals, secret=SECRET, take=take if taken is not None else None)
    transport = httpx.ASGITransport(app=pages)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.example.org") as client:
        return await client.request("POST" if how else "GET", path, **how)


async def test_a_process_whose_database_answers_is_alive(database: Database, vitals: Vitals) -> None:
    answer = await ask(database, vitals, "/healthz")
    assert answer.status_code == 200
    assert answer.json()["checks"]["database"]["ok"]


async def test_a_database_that_is_gone_is_told(
    sqlite_database: Database, vitals: Vitals, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: object) -> None:
        from storage.errors import DatabaseUnreachable

        raise DatabaseUnreachable("postgresql://db.example.org does not answer")

    monkeypatch.setattr(sqlite_database, "read", gone)
    for path in ("/healthz", "/readyz", "/metrics"):
        answer = await ask(sqlite_database, vitals, path)
        assert answer.status_code == 503
        assert "does not answer" in answer.text


async def test_it_is_ready_while_the_jobs_run_and_telegram_answers(
    sqlite_database: Database, vitals: Vitals, clock: Clock
) -> None:
    assert (await ask(sqlite_database, vitals, "/readyz")).status_code == 200  # it has just begun
    clock.now += timedelta(minutes=6)
    late = await ask(sqlite_database, vitals, "/readyz")
    assert late.status_code == 503
    assert [name for name, told in late.json()["checks"].items() if not told["ok"]] == [
        "scheduler",
        "updates",
    ]
    vitals.worked("digest")
    vitals.heard()
    assert (await ask(sqlite_database, vitals, "/readyz")).status_code == 200


async def test_who_does_not_lead_is_ready_too_while_its_clock_ticks(
    sqlite_database: Database, vitals: Vitals, clock: Clock
) -> None:
    vitals.leads, vitals.hears = False, Hears.NOTHING
    vitals.worked("digest")
    answer = await ask(sqlite_database, vitals, "/readyz")
    assert answer.status_code == 200
    assert "another process" in answer.json()["checks"]["scheduler"]["detail"]
    clock.now += timedelta(minutes=6)
    assert (await ask(sqlite_database, vitals, "/readyz")).status_code == 503


async def test_another_program_with_our_token_makes_it_not_ready(
    sqlite_database: Database, vitals: Vitals
) -> None:
    vitals.heard()
    vitals.rivalry.clash("Conflict: terminated by other getUpdates request")
    answer = await ask(sqlite_database, vitals, "/readyz")
    assert answer.status_code == 503
    assert "stop one of them" in answer.json()["checks"]["updates"]["detail"]


async def test_a_quiet_webhook_is_no_trouble(sqlite_database: Database, vitals: Vitals, clock: Clock) -> None:
    vitals.hears = Hears.PUSHES
    clock.now += timedelta(hours=6)
    vitals.worked("digest")
    assert (await ask(sqlite_database, vitals, "/readyz")).status_code == 200


async def test_a_process_without_jobs_has_no_scheduler_to_be_late(
    sqlite_database: Database, vitals: Vitals
) -> None:
    vitals.jobs.clear()
    assert "scheduler" not in (await ask(sqlite_database, vitals, "/readyz")).json()["checks"]


def _subscribe(session: Session) -> None:
    chats.touch_chat(session, id=7, kind="private", title="林", language_code="zh", now=NOW)
    rhythm = subscriptions.Rhythm(0, 9, 0, "Asia/Shanghai")
    subscriptions.subscribe(session, chat_id=7, topic_id=None, defaults=rhythm, now=NOW - timedelta(days=30))


async def test_metrics_tell_what_is_late_and_what_went_wrong(
    database: Database, vitals: Vitals, clock: Clock
) -> None:
    with database.session() as session:
        _subscribe(session)
    vitals.worked("digest")
    vitals.heard(3)
    vitals.failed(RetryAfter(5))
    vitals.failed(BadRequest("no"))
    vitals.broke(KeyError("day"))
    vitals.stumbled("tidy", OSError("no"))
    vitals.stalls[0.05] += 2
    page = (await ask(database, vitals, "/metrics")).text
    due = next(line for line in page.splitlines() if line.startswith("quwen_due_lag_seconds"))
    assert float(due.split()[1]) > timedelta(days=20).total_seconds()
    for line in (
        'quwen_outbox{state="pending"} 0.0',
        'quwen_deliveries_total{end="sent"} 0.0',
        "quwen_updates_total 3.0",
        "quwen_telegram_waits_total 1.0",
        'quwen_telegram_errors_total{kind="BadRequest"} 1.0',
        f'quwen_job_success_timestamp_seconds{{job="digest"}} {NOW.timestamp()!r}',
        'quwen_job_failures_total{job="tidy"} 1.0',
        'quwen_answer_errors_total{kind="KeyError@-"} 1.0',
        'quwen_loop_stall_seconds_bucket{le="0.025"} 0.0',
        'quwen_loop_stall_seconds_bucket{le="+Inf"} 2.0',
    ):
        assert line.replace("1712714400.0", "1.7127144e+09") in page.splitlines()


async def test_only_telegram_pushes_updates(sqlite_database: Database, vitals: Vitals) -> None:
    taken: list[dict[str, Any]] = []
    for headers in (
        {},
        {SECRET_HEADER: "fedcba9876543210"},
        {SECRET_HEADER: "密"},
        {SECRET_HEADER: SECRET[:-1]},
    ):
        encoded = {name: value.encode() for name, value in headers.items()}
        answer = await ask(
            sqlite_database, vitals, WEBHOOK_PATH, taken, json={"update_id": 1}, headers=encoded
        )
        assert answer.status_code == 403
    assert not taken
    assert vitals.updates == 0


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"update_id": 1}', 200),
        (b"{", 400),
        (b"[]", 400),
        (b'{"update_id": "1"}', 400),
        (b"\xff\xfe", 400),
        (b" " * (MOST_BYTES + 1), 413),
    ],
)
async def test_what_is_pushed_is_looked_at_before_it_is_taken(
    sqlite_database: Database, vitals: Vitals, content: bytes, status: int
) -> None:
    taken: list[dict[str, Any]] = []
    answer = await ask(
        sqlite_database, vitals, WEBHOOK_PATH, taken, content=content, headers={SECRET_HEADER: SECRET}
    )
    assert answer.status_code == status
    assert taken == ([{"update_id": 1}] if status == 200 else [])


async def test_what_there_is_no_room_for_is_left_with_telegram(
    sqlite_database: Database, vitals: Vitals
) -> None:
    taken: list[dict[str, Any]] = []
    statuses = [
        (
            await ask(
                sqlite_database,
                vitals,
                WEBHOOK_PATH,
                taken,
                json={"update_id": number},
                headers={SECRET_HEADER: SECRET},
            )
        ).status_code
        for number in range(3)
    ]
    assert statuses == [200, 200, 503]


async def test_without_a_webhook_nothing_is_taken(sqlite_database: Database, vitals: Vitals) -> None:
    answer = await ask(
        sqlite_database, vitals, WEBHOOK_PATH, json={"update_id": 1}, headers={SECRET_HEADER: SECRET}
    )
    assert answer.status_code == 404
