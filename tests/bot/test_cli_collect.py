"""`quwen collect` and `quwen backfill`: what they print, how they end, and how they are stopped."""

import signal
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.collecting import Reader, chosen
from bot.settings import Settings, SettingsError, load_settings
from bot.stopping import STOPPED, Stopping, stops
from parsing.model import Reading
from storage.database import Database
from storage.source_states import LEASE, release_source, take_source
from tests.bot.own_paper import Quwen, command_line, own_paper
from tests.jobs.collecting.support import pages, stories
from tests.sources.paper import article_path, serve_issues
from tests.sources.site import Asked, Reply, Site

DAYS = [date(2024, 3, 5), date(2024, 3, 7), date(2024, 3, 8)]
ARCHIVE = ("hexi", "--from", "2024-03-04", "--to", "2024-03-08")


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.delenv("QUWEN_COLLECT", raising=False)
    with own_paper(tmp_path, monkeypatch) as made:
        serve_issues(made, {day: [stories(2, of=day)] for day in DAYS})
        yield made


@pytest.fixture
def collect(capsys: pytest.CaptureFixture[str]) -> Quwen:
    return command_line(capsys, "collect")


@pytest.fixture
def backfill(capsys: pytest.CaptureFixture[str]) -> Quwen:
    return command_line(capsys, "backfill")


@pytest.fixture
def store(paper: Site, tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/store.db")
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
def interrupt(monkeypatch: pytest.MonkeyPatch, paper: Site) -> Callable[[int], None]:
    """Ctrl-C while the article with that number is asked for."""
    made: list[Stopping] = []

    class Noted(Stopping):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    monkeypatch.setattr("bot.stopping.Stopping", Noted)

    def at(number: int) -> None:
        def watch(asked: Asked) -> None:
            if sum("content_" in path for path in paper.paths()) == number and "content_" in asked.path:
                made[-1].ask(signal.SIGINT, None)

        paper.watch = watch

    return at


def test_a_look_prints_a_line_for_each_issue_and_one_for_the_source(paper: Site, collect: Quwen) -> None:
    told = collect("hexi", "--since", "2024-03-07")
    assert told.exit_code == 0
    assert told.output.splitlines()[-3:] == [
        "  2024-03-07  1 pages, 2 articles stored, 2 new events",
        "  2024-03-08  1 pages, 2 articles stored, 2 new events",
        "hexi  河西时报  no_issue: the newest is of 2024-03-08",
    ]


def test_a_second_look_has_nothing_to_tell(paper: Site, collect: Quwen) -> None:
    collect("hexi")
    assert collect("hexi").output == "hexi  河西时报  no_issue: the newest is of 2024-03-08\n"


def test_without_names_those_of_the_setting_are_looked_at(
    paper: Site, collect: Quwen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUWEN_COLLECT", "hexi")
    assert "hexi  河西时报" in collect().output


@pytest.mark.parametrize(("setting", "why"), [("", "set QUWEN_COLLECT"), ("hedong", "no source 'hedong'")])
def test_where_no_source_is_named_or_known_it_says_so_in_a_line(
    paper: Site, collect: Quwen, monkeypatch: pytest.MonkeyPatch, setting: str, why: str
) -> None:
    monkeypatch.setenv("QUWEN_COLLECT", setting)
    told = collect()
    assert told.exit_code == 2
    assert why in told.output
    assert told.output.startswith("quwen: ")
    assert len(told.output.splitlines()) == 1


def test_an_issue_that_is_held_ends_in_failure_with_its_reason(paper: Site, collect: Quwen) -> None:
    for place in (1, 2):
        paper.answers[article_path(DAYS[2], 1, place)] = Reply(b"<p>another template</p>")
    told = collect("hexi")
    assert told.exit_code == 1
    assert "2024-03-08  1 pages, 2 of 2 articles are flawed" in told.output
    assert "hexi  河西时报  degraded: 2 of 2 articles" in told.output


def test_a_source_that_another_process_reads_is_told(
    paper: Site, collect: Quwen, backfill: Quwen, store: Database
) -> None:
    with store.session() as session:
        take_source(session, "hexi", worker="elsewhere:7", now=datetime.now(UTC))
    for told in (collect("hexi"), backfill(*ARCHIVE)):
        assert told.exit_code == 1
        assert "collected by another process (elsewhere:7)" in told.output
        assert "Traceback" not in told.output
    assert paper.asked == []


@pytest.mark.parametrize("name", ["collect", "backfill"])
def test_a_source_that_is_taken_over_ends_the_command_with_a_line(
    paper: Site, store: Database, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    def steal(asked: Asked) -> None:
        if "content_" in asked.path:
            with store.session() as session:
                late = datetime.now(UTC) + LEASE
                take_source(session, "hexi", worker="elsewhere:7", now=late)

    paper.watch = steal
    told = command_line(capsys, name)(*(ARCHIVE if name == "backfill" else ("hexi",)))
    assert told.exit_code == 1
    assert "hexi was taken over by another worker" in told.output
    assert "Traceback" not in told.output
    with store.session() as session:
        release_source(session, "hexi", worker="elsewhere:7")
    assert pages(store) == []


def test_ctrl_c_ends_a_look_after_the_article_under_way(
    paper: Site, collect: Quwen, interrupt: Callable[[int], None], store: Database
) -> None:
    interrupt(1)
    told = collect("hexi")
    assert told.exit_code == 130
    assert STOPPED in told.output
    assert "Traceback" not in told.output
    assert sum("content_" in path for path in paper.paths()) == 1
    paper.watch = lambda _: None
    assert collect("hexi").exit_code == 0
    assert len(pages(store)) == sum("content_" in path for path in paper.paths()) == 2


def test_ctrl_c_ends_a_backfill_and_the_same_command_goes_on(
    paper: Site, backfill: Quwen, interrupt: Callable[[int], None], store: Database
) -> None:
    interrupt(3)
    told = backfill(*ARCHIVE)
    assert told.exit_code == 130
    assert told.output.splitlines()[-1] == STOPPED
    assert len(pages(store)) == 2
    paper.watch = lambda _: None
    assert backfill(*ARCHIVE).exit_code == 0
    assert len(pages(store)) == 6


def test_an_archive_is_summed_up(paper: Site, backfill: Quwen) -> None:
    told = backfill(*ARCHIVE)
    assert told.exit_code == 0
    assert told.output.splitlines()[-1] == "3 issues read, 6 articles, 6 new events"
    again = backfill(*ARCHIVE)
    assert (again.exit_code, again.output) == (0, "0 issues read, 0 articles, 0 new events\n")


def test_without_a_terminal_each_month_is_told(paper: Site, backfill: Quwen) -> None:
    serve_issues(paper, {day: [stories(1, of=day)] for day in (date(2024, 1, 31), date(2024, 3, 1))})
    told = backfill("hexi", "--from", "2024-01-30", "--to", "2024-03-01")
    assert told.exit_code == 0
    assert "2024-03: 1 issues read" in told.output


def test_as_many_issues_are_read_as_a_day_allows(paper: Site, backfill: Quwen, store: Database) -> None:
    told = backfill(*ARCHIVE, "--a-day", "2")
    assert told.exit_code == 1
    assert "停在 2024-03-06" in told.output
    assert "2 issues are read, as many as a day allows" in told.output
    asked = len(paper.paths())
    assert backfill(*ARCHIVE, "--a-day", "2").exit_code == 1
    assert len(paper.paths()) == asked
    assert backfill(*ARCHIVE, "--a-day", "4").exit_code == 0
    assert len(pages(store)) == 6


def test_issues_that_are_held_are_told_with_where_to_look(paper: Site, backfill: Quwen) -> None:
    for place in (1, 2):
        paper.answers[article_path(DAYS[1], 1, place)] = Reply(b"<p>another template</p>")
    told = backfill(*ARCHIVE)
    assert told.exit_code == 0
    assert "1 issues are held" in told.output
    assert "quwen sources" in told.output


def test_a_site_that_refuses_ends_a_backfill_with_the_reason(paper: Site, backfill: Quwen) -> None:
    paper.answers["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /")
    told = backfill(*ARCHIVE)
    assert told.exit_code == 1
    assert "robots.txt" in told.output
    assert "Traceback" not in told.output


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("hexi", "--from", "2024-03-08", "--to", "2024-03-04"), "--from 2024-03-08 lies behind --to"),
        (("hexi", "--from", "2024-03-08", "--to", "2999-01-01"), "2999-01-01 has not come yet"),
        (("hexi", "--from", "2024-02-30", "--to", "2024-03-08"), "not a date that exists"),
        (("hexi", "--from", "2024-03-04"), "--to"),
        (("hexi", "--from", "2024-03-04", "--to", "2024-03-08", "--a-day", "0"), "a-day"),
        (("hedong", "--from", "2024-03-04", "--to", "2024-03-08"), "no source 'hedong'"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    paper: Site, backfill: Quwen, arguments: tuple[str, ...], why: str
) -> None:
    told = backfill(*arguments)
    assert told.exit_code == 2
    assert why in told.output
    assert paper.asked == []


def test_the_job_looks_at_what_is_due_and_names_who_is_in_trouble(
    paper: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUWEN_COLLECT", "hexi")
    job = command_line(capsys, "job")
    told = job("collect", "--at", "2024-03-08T07:00")
    assert told.exit_code == 0
    assert told.output.splitlines()[-5:] == [
        "looked: 1",
        "issues: 1",
        "articles: 2",
        "events: 2",
        "troubled: none",
    ]
    assert "looked: 0" in job("collect", "--at", "2024-03-08T07:01").output
    paper.answers["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /")
    assert "troubled: hexi" in job("collect", "--at", "2024-03-09T07:00").output


def test_a_second_ctrl_c_ends_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with stops() as stopping:
        assert not stopping()
        signal.raise_signal(signal.SIGTERM)
        assert stopping()
        assert "stopping after this article" in capsys.readouterr().err
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_a_page_of_a_district_without_a_pack_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.reader._tagger", lambda: None)
    reader = Reader(Settings())
    text = "河东小学获评绿色学校\n\n　　日前，河东小学被市教委授予“绿色学校”称号，师生为此准备了两年。"
    readings: list[Reading] = [
        reader(text, district=name, issued_on=date(2024, 3, 8)) for name in ("河东区", "丰台区", "河东区")
    ]
    assert [reading.district for reading in readings] == ["河东区", "丰台区", "河东区"]
    assert all(reading.mentions for reading in readings)


def test_sources_are_chosen_by_their_ids() -> None:
    with pytest.raises(SettingsError, match="no source 'x'; known: "):
        chosen({}, "x")
    assert load_settings().collect_hours == "06:30-10:30,14:00"
