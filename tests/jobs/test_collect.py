"""Looking at all sources that are due: one after another's trouble, one worker at a time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from jobs.collect import HeldError, collect_from
from jobs.deliver import deliver
from sources.catalog import Source
from storage.database import Database
from storage.source_states import LEASE, SourceState, due_sources, standing_of, standings, take_source
from tests.jobs.collecting.shelf import Shelf
from tests.jobs.collecting.support import (
    DAY,
    MORNING,
    OPERATORS,
    Newsroom,
    add_operators,
    given,
    pages,
    source_at,
    stories,
)
from tests.jobs.support import StubBot
from tests.sources.paper import page_path, serve_entry, serve_issues
from tests.sources.site import Reply, Site, site


@pytest.fixture
def paper() -> Iterator[Site]:
    with site() as made:
        serve_issues(made, {DAY: [stories(2, of="春光")]})
        yield made


@pytest.fixture
def newsroom(sqlite_database: Database, paper: Site) -> Newsroom:
    return Newsroom(sqlite_database, source_at(paper.url))


@pytest.fixture
def dead() -> str:
    """A worker of this machine that has ended."""
    process = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True)
    return f"{os.uname().nodename}:{int(process.stdout)}"


def test_all_that_are_due_are_looked_at_and_counted(database: Database, paper: Site) -> None:
    newsroom = Newsroom(database, source_at(paper.url))
    others = [given(Shelf({DAY: stories(3, of=name)}), name) for name in ("hedong", "henan")]
    result = newsroom.run_job(*others)
    assert (result.looked, result.issues, result.articles, result.events) == (3, 3, 8, 8)
    assert result.troubled == []
    assert {page.url for page in pages(database)} >= {"https://paper.example/2024-03-08/1"}
    assert not newsroom.run_job(*others)


def test_more_sources_than_threads_are_all_looked_at(sqlite_database: Database) -> None:
    first, *others = [given(Shelf({DAY: stories(1, of=n)}), f"paper-{n}") for n in range(12)]
    result = Newsroom(sqlite_database, first).run_job(*others)
    assert (result.looked, result.articles) == (12, 12)


def test_a_source_that_is_read_is_due_again_at_two(newsroom: Newsroom) -> None:
    newsroom.run_job()
    newsroom.clock.now = MORNING.replace(hour=5, minute=59) + timedelta(days=1)
    assert not newsroom.run_job()
    newsroom.clock.later(minutes=11)
    assert newsroom.run_job()


def test_a_bad_source_leaves_the_others_unharmed(
    newsroom: Newsroom, paper: Site, caplog: pytest.LogCaptureFixture
) -> None:
    with site() as other:
        serve_entry(other, page_path(DAY))
        hostile = "<a" * 50_000 + "<!--" * 50_000 + "<founder-title>" * 5_000
        other.answers[page_path(DAY)] = Reply(hostile.encode())
        contradictory = replace(source_at(other.url), id="hostile")
        broken = given(RuntimeError("no adapter today"), "broken")
        breaking = given(Shelf({DAY: [RuntimeError("in the middle")]}), "breaking")
        result = newsroom.run_job(contradictory, broken, breaking)
    assert newsroom.issue().articles == 2
    assert set(result.troubled) == {"broken", "breaking"}
    assert "broken cannot be looked at" in caplog.text
    with newsroom.database.session(write=False) as session:
        found = standings(session)
        assert (found["breaking"].state, found["hexi"].state) == (SourceState.FAILING, SourceState.READ)
        assert "hostile" in found
        # Held by nobody, so that it can be tried again.
        assert due_sources(session, ["broken"], newsroom.clock()) == ["broken"]


def test_the_second_of_two_processes_is_told_who_is_at_it(newsroom: Newsroom) -> None:
    with newsroom.database.session() as session:
        take_source(session, "hexi", worker="elsewhere:7", now=newsroom.clock())
    with pytest.raises(HeldError, match=r"河西时报 .*elsewhere:7"):
        newsroom.look()
    assert not newsroom.run_job()
    newsroom.clock.later(seconds=LEASE.total_seconds())
    assert newsroom.run_job().articles == 2


def test_what_a_dead_process_of_this_machine_held_is_taken_over_at_once(
    newsroom: Newsroom, dead: str
) -> None:
    with newsroom.database.session() as session:
        take_source(session, "hexi", worker=dead, now=newsroom.clock())
    assert newsroom.run_job().articles == 2


def test_a_living_process_of_this_machine_keeps_what_it_holds(newsroom: Newsroom) -> None:
    with newsroom.database.session() as session:
        take_source(session, "hexi", worker=f"{os.uname().nodename}:{os.getpid()}", now=newsroom.clock())
    with pytest.raises(HeldError):
        newsroom.look()


def test_a_source_is_free_again_after_a_look(newsroom: Newsroom) -> None:
    newsroom.look()
    with newsroom.database.session() as session:
        assert take_source(session, "hexi", worker="elsewhere:7", now=newsroom.clock()) == ""


def test_where_the_process_is_to_end_nothing_is_begun(newsroom: Newsroom, paper: Site) -> None:
    newsroom.stopping = lambda: True
    assert not newsroom.run_job()
    assert paper.asked == []


def test_an_end_in_the_middle_is_no_error_of_the_job(newsroom: Newsroom, paper: Site) -> None:
    newsroom.stopping = lambda: len(paper.paths()) >= 3
    assert newsroom.run_job().looked == 0
    newsroom.stopping = lambda: False
    assert newsroom.run_job().articles == 2


def test_one_source_can_be_looked_at_before_it_is_due(newsroom: Newsroom) -> None:
    newsroom.run_job()
    heard: list[str] = []
    serve: Source = newsroom.source
    assert collect_from(newsroom.work, serve, progress=heard.append).state is SourceState.READ
    assert heard == []


async def test_a_note_on_a_source_goes_out_with_its_buttons(newsroom: Newsroom, paper: Site) -> None:
    add_operators(newsroom.database)
    paper.answers["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /")
    newsroom.run_job()
    bot = StubBot()
    await deliver(newsroom.database, bot, clock=newsroom.clock)
    assert [sent.chat_id for sent in bot.sent] == list(OPERATORS)
    assert "robots.txt" in bot.sent[0].text
    (row,) = bot.sent[0].options["reply_markup"].inline_keyboard
    assert [button.callback_data for button in row] == ["t:hexi:0:r", "t:hexi:0:a"]


def test_progress_tells_each_article(newsroom: Newsroom, paper: Site) -> None:
    heard: list[str] = []
    newsroom.look(progress=heard.append)
    assert heard == [f"{paper.url}{path}" for path in paper.paths() if "content_" in path]


def test_a_worker_is_named_after_its_machine_and_process(newsroom: Newsroom) -> None:
    newsroom.worker = ""
    assert newsroom.work.name == f"{os.uname().nodename}:{os.getpid()}"


@pytest.mark.parametrize("failures", [1, 2, 3, 8, 20])
def test_a_source_that_fails_is_looked_at_ever_more_rarely_but_every_day(
    newsroom: Newsroom, paper: Site, failures: int
) -> None:
    paper.answers["/shibao/"] = Reply(status=500)
    for _ in range(failures):
        newsroom.clock.now = MORNING
        newsroom.look()
    with newsroom.database.session(write=False) as session:
        following = standing_of(session, "hexi").next_look_at
    assert following is not None
    least = timedelta(minutes=min(30 * 2 ** (failures - 1), 24 * 60))
    assert least <= following - MORNING <= timedelta(days=2)
