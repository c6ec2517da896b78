"""Exactly one process leads, and another takes over when it is gone."""

import multiprocessing
import os
import signal
import socket
from collections.abc import Iterator
from multiprocessing.synchronize import Event

import pytest

from storage.database import Database
from storage.lead import Lead


def url_of(database: Database) -> str:
    return database._url.render_as_string(hide_password=False)


@pytest.fixture
def pair(own_database: Database) -> Iterator[tuple[Lead, Lead]]:
    leads = own_database.lead(), own_database.lead()
    yield leads
    for lead in leads:
        lead.release()


def test_one_of_two_leads(pair: tuple[Lead, Lead]) -> None:
    one, other = pair
    assert one.hold()
    assert not other.hold()
    assert one.hold()


def test_what_is_given_up_another_takes(pair: tuple[Lead, Lead]) -> None:
    one, other = pair
    assert one.hold()
    one.release()
    assert other.hold()
    assert not one.hold()


def test_who_leads_is_known_to_others(pair: tuple[Lead, Lead], own_database: Database) -> None:
    one, other = pair
    assert own_database.leader() == one.holder() == ""
    assert one.hold()
    ours = f"{socket.gethostname()}:{os.getpid()}"
    assert one.holder() == ours
    assert other.holder() == own_database.leader()
    assert own_database.leader() == (
        ours if own_database.kind == "postgresql" else "a process of this machine"
    )
    assert one.hold(), "asking took nothing away"
    one.release()
    assert own_database.leader() == other.holder() == ""
    assert other.hold()


def _lead(url: str, leads: Event) -> None:
    database = Database(url)
    if database.lead().hold():
        leads.set()
    signal.pause()


def test_a_leader_that_is_killed_is_followed_at_once(own_database: Database) -> None:
    context = multiprocessing.get_context("spawn")
    leads = context.Event()
    process = context.Process(target=_lead, args=(url_of(own_database), leads))
    process.start()
    lead = own_database.lead()
    try:
        assert leads.wait(30)
        assert not lead.hold()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join(30)
        assert any(lead.hold() for _ in range(1000))
    finally:
        process.kill()
        process.join()
        lead.release()


def test_a_database_that_is_not_reached_leads_nobody() -> None:
    assert not Database("postgresql://nobody@127.0.0.1:1/none").lead().hold()
    assert not Database("sqlite:////nonexistent/folder/quwen.db").lead().hold()
