"""An endpoint that is busy, broken, slow or unwilling: asked again patiently, or given up in one line."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.retries import retry_after
from sources.second_reader.budget import Budget, Limits, Spent
from sources.second_reader.errors import EndpointError, SecondReaderError
from tests.sources.second_reader.conftest import KEY, Clock, MakeReader
from tests.support.fakemodel import FakeModel, Reply, refused, told

PAGE = "王佐镇召开会议。\n"
MEETING = told("meeting", "王佐镇召开会议", "会议")
LIMITS = Limits(1_000_000)


def spent(ledger: Path, clock: Clock) -> Spent:
    return Budget(ledger, LIMITS, zone="Asia/Shanghai", clock=clock).spent()


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 529])
def test_a_passing_trouble_is_waited_out_longer_each_time(
    make_reader: MakeReader, fake_model: FakeModel, clock: Clock, status: int
) -> None:
    fake_model.events = [MEETING]
    fake_model.script += [refused(status)] * 3
    reading = make_reader(retries=3)(PAGE)
    assert len(reading.mentions) == 1
    assert clock.slept == [1.0, 2.0, 4.0]


def test_back_off_has_an_end(make_reader: MakeReader, fake_model: FakeModel, clock: Clock) -> None:
    fake_model.script += [refused(503)] * 7
    make_reader(retries=7)(PAGE)
    assert clock.slept[-2:] == [30.0, 30.0]


@pytest.mark.parametrize("told_as", ["7", "7.0", "Mon, 16 Mar 2026 04:00:07 GMT"])
def test_retry_after_is_honoured(
    make_reader: MakeReader, fake_model: FakeModel, clock: Clock, told_as: str
) -> None:
    fake_model.script.append(refused(429, retry_after=told_as))
    make_reader()(PAGE)
    assert clock.slept == [7.0]


@pytest.mark.parametrize(
    ("told_as", "seconds"),
    [
        ("", None),
        ("soon", None),
        ("-3", None),
        ("٣", None),
        ("0", 0.0),
        ("Mon, 16 Mar 2026 03:00:00 GMT", 0.0),
        ("Mon, 16 Mar 2026 04:00:09 -0000", 9.0),
        ("Mon, 99 Mar 2026 04:00:09 GMT", None),
    ],
)
def test_retry_after_in_any_form_is_seconds_or_nothing(told_as: str, seconds: float | None) -> None:
    now = datetime(2026, 3, 16, 4, tzinfo=UTC)
    assert retry_after({"retry-after": told_as}, now) == seconds


def test_who_asks_to_wait_for_an_hour_is_not_waited_for(
    make_reader: MakeReader, fake_model: FakeModel, clock: Clock
) -> None:
    fake_model.script.append(refused(429, retry_after="3600"))
    with pytest.raises(EndpointError, match="wait 3600 seconds"):
        make_reader()(PAGE)
    assert clock.slept == []


def test_after_all_retries_it_is_given_up_and_not_asked_again(
    make_reader: MakeReader, fake_model: FakeModel, clock: Clock, ledger: Path
) -> None:
    fake_model.script += [refused(500, "overloaded")] * 9
    reader = make_reader(retries=2)
    with pytest.raises(EndpointError, match=r"问了 3 次没有结果 · no answer in 3 attempts \(HTTP 500: overl"):
        reader(PAGE)
    with pytest.raises(EndpointError, match="3 attempts"):
        reader(PAGE)
    assert len(fake_model.asked) == 3
    assert clock.slept == [1.0, 2.0]
    assert spent(ledger, clock) == Spent(0, 0), "who refuses bills nothing"


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (refused(401, "Incorrect API key"), "QUWEN_SECOND_READER_KEY"),
        (refused(403), "QUWEN_SECOND_READER_KEY"),
        (refused(404, "no such model"), r"QUWEN_SECOND_READER_MODEL .*\(HTTP 404: no such model\)"),
        (refused(429, "pay first", "insufficient_quota"), "quota"),
        (Reply(302, headers={"Location": "http://127.0.0.1:9/v1"}), "HTTP 302"),
    ],
)
def test_what_no_waiting_mends_is_given_up_at_once(
    make_reader: MakeReader, fake_model: FakeModel, clock: Clock, reply: Reply, said: str
) -> None:
    fake_model.script.append(reply)
    with pytest.raises(EndpointError, match=said):
        make_reader()(PAGE)
    assert (len(fake_model.asked), clock.slept) == (1, [])


@pytest.mark.parametrize(
    ("reply", "timeout", "said"),
    [
        (Reply(hang=True), 0.25, "timed out"),
        (Reply(drip=True), 0.25, "timed out"),
        (Reply(body=b"{", cut=True), 30.0, "connection broke"),
        (Reply(body=b" " * 4_000_001), 30.0, "too large"),
        (Reply(body=b"not gzip", headers={"Content-Encoding": "gzip"}), 30.0, "connection broke"),
    ],
    ids=["hangs", "drips", "breaks off", "floods", "is garbled"],
)
def test_an_endpoint_that_never_comes_to_an_end_is_tried_again_and_paid_for(
    make_reader: MakeReader,
    fake_model: FakeModel,
    clock: Clock,
    ledger: Path,
    reply: Reply,
    timeout: float,
    said: str,
) -> None:
    fake_model.script += [reply] * 2
    with pytest.raises(EndpointError, match=f"2 attempts.*{said}"):
        make_reader(retries=1, timeout=timeout)(PAGE)
    assert spent(ledger, clock).tokens_out == 2 * 4_096, "it may have done the work: the reserve stays booked"


def test_an_endpoint_that_is_not_there_costs_nothing(
    make_reader: MakeReader, clock: Clock, ledger: Path
) -> None:
    with pytest.raises(EndpointError, match="cannot connect"):
        make_reader(retries=1, url="http://127.0.0.1:9/v1")(PAGE)
    assert spent(ledger, clock) == Spent(0, 0)


def test_the_key_is_in_no_log_and_no_error(
    make_reader: MakeReader, fake_model: FakeModel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore"):
        caplog.set_level(logging.DEBUG, logger=name)
    reader = make_reader()
    reader(PAGE)
    fake_model.script += [refused(503, f"busy, {KEY}"), refused(401, f"Incorrect API key provided: {KEY}")]
    with pytest.raises(SecondReaderError) as caught:
        reader(PAGE)
    assert fake_model.asked[-1].headers["Authorization"] == f"Bearer {KEY}"
    assert "chat/completions" in caplog.text, "httpx did log"
    assert "asks again" in caplog.text
    assert "sesame" not in caplog.text
    assert "sesame" not in str(caught.value)
    assert "[key]" in str(caught.value)
    assert "sesame" not in repr(reader._endpoint._access)


# -- the day's budget ---------------------------------------------------------------


def test_the_tokens_that_the_endpoint_tells_are_booked(
    make_reader: MakeReader, clock: Clock, ledger: Path
) -> None:
    make_reader()(PAGE)
    make_reader()(PAGE)
    assert spent(ledger, clock) == Spent(1_800, 200)


@pytest.mark.parametrize("usage", [None, {"prompt_tokens": -5, "completion_tokens": 1}, {"prompt_tokens": 5}])
def test_without_a_count_that_can_be_the_most_is_booked(
    make_reader: MakeReader, fake_model: FakeModel, clock: Clock, ledger: Path, usage: dict[str, int] | None
) -> None:
    fake_model.usage = usage
    make_reader()(PAGE)
    assert spent(ledger, clock).tokens_in > 3_000
    assert spent(ledger, clock).tokens_out == 4_096


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(14_000), "today's limit of 14000 tokens"),
        (Limits(10**9, cost=0.65, price_in=10.0, price_out=100.0), "today's cost limit of 0.65"),
    ],
)
def test_at_the_limit_of_a_day_nothing_more_is_sent_and_the_next_day_is_new(
    make_reader: MakeReader,
    fake_model: FakeModel,
    clock: Clock,
    limits: Limits,
    said: str,
) -> None:
    fake_model.usage = {"prompt_tokens": 3_000, "completion_tokens": 1_000}
    make_reader(limits=limits)(PAGE)
    later = make_reader(limits=limits)  # as after a restart: the ledger remembers
    later(PAGE)
    for _ in range(2):
        with pytest.raises(SecondReaderError, match=said):
            later(PAGE)
    assert len(fake_model.asked) == 2
    clock.now = datetime(2026, 3, 16, 16, 1, tzinfo=UTC)  # past midnight in Beijing
    make_reader(limits=limits)(PAGE)
    assert len(fake_model.asked) == 3


def test_what_two_processes_reserve_counts_for_both(clock: Clock, ledger: Path) -> None:
    limits = Limits(1_000)
    one, other = (Budget(ledger, limits, zone="Asia/Shanghai", clock=clock) for _ in range(2))
    kept = one.reserve(400, 400)
    with pytest.raises(SecondReaderError):
        other.reserve(100, 101)
    one.settle(kept, 50, 50)
    other.reserve(400, 400)
    assert one.spent() == Spent(450, 450)


def test_a_ledger_that_cannot_be_read_or_written_stops_the_spending(
    make_reader: MakeReader, fake_model: FakeModel, ledger: Path
) -> None:
    ledger.write_text("in the way")
    with pytest.raises(SecondReaderError, match="cannot be written"):
        make_reader()(PAGE)
    ledger.unlink()
    ledger.mkdir()
    (ledger / "2026-03-16.jsonl").write_text('{"in": 5\n')
    with pytest.raises(SecondReaderError, match="move it away"):
        make_reader()(PAGE)
    assert fake_model.asked == []
