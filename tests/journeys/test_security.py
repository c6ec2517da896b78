"""Whatever pages, names and titles hold stays text: no SQL, no HTML, no line of the log, no hidden marks."""

import io
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from messages.callbacks import OpenEvent, TakeIn
from parsing.model import EventType
from storage.chats import get_chat
from storage.tables import METADATA
from tests.fakebot.world import Json, World
from tests.journeys.conftest import WEDNESDAY
from tests.journeys.handing import PAGE, Operator
from tests.journeys.paper import FRIDAY, MEETING, MONDAY
from tests.journeys.people import Person, buttons, meet, words
from tests.journeys.stage import Clock, Stage, database_in
from tests.support.readings import Happening, on

FORGED = "2024-04-10 02:00:00,000 CRITICAL bot: all is lost"
SQL = "'; DROP TABLE chat; -- \" OR 1=1"
HTML = '<b>粗</b></blockquote><script>alert(1)</script>&amp;<a href="https://evil.example/">点我</a>'
MARKS = "\u202egnp.exe\u2066\u200f\x1b[31m\x07\x9b"
NASTY = f"{HTML}\n{FORGED}\r\n{SQL}{MARKS}"
BOOK = Happening(
    EventType.ACTIVITY,
    f"读书节{HTML}",
    f"4月11日，举办读书节{NASTY}",
    on(FRIDAY - timedelta(days=1)),
    headline=f"书香\n{FORGED}",
    actors=(f"图书馆{SQL}",),
    people=(f"王{SQL}",),
    place=f"广场{MARKS}",
)
FAIR = replace(BOOK, subject=f"集市{SQL}", evidence=f"4月20日举办集市{NASTY}", when=on(FRIDAY + timedelta(8)))
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(params=["sqlite", "postgresql"])
async def stage(
    world: World, request: pytest.FixtureRequest, tmp_path: Path, log: io.StringIO
) -> AsyncIterator[Stage]:
    """A started bot, on each kind of database, that must break no rule."""
    url = database_in(tmp_path)
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_database")._url.render_as_string(hide_password=False)
    made = Stage(world, Clock(WEDNESDAY), url)
    try:
        await made.start()
        yield made
        assert await world.violations() == []
    finally:
        await made.stop_all()
    forged = [line for line in log.getvalue().splitlines() if line.startswith(FORGED[:23])]
    assert forged == []


def assert_plain(record: Json) -> None:
    """Shows what is in it as it stands, and nothing that cannot be seen."""
    text = words(record)
    assert not _HIDDEN.search(text), repr(text)
    for entity in record["message"].get("entities", ()):
        assert "evil" not in entity.get("url", "")
    for button in buttons(record):
        assert not _HIDDEN.search(button["text"])
        assert len(button.get("callback_data", "").encode()) <= 64
        assert "evil" not in button.get("url", "")


def counts(stage: Stage) -> dict[str, int]:
    """The rows of every table: all are there."""
    with stage.database.session(write=False) as session:
        return {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
        }


async def test_hostile_words_stay_words_from_the_page_to_the_digest(stage: Stage, log: io.StringIO) -> None:
    stage.publish(BOOK, FAIR, MEETING, issued_on=FRIDAY)
    stage.clock.to(FRIDAY, 12)
    ann = await meet(stage.world, first_name=NASTY, last_name=SQL, username=None)
    group_id = await stage.world.chat(type="supergroup", title=NASTY, members=[ann.chat], creator=ann.chat)
    group = Person(stage.world, ann.chat, group_id)
    for here in (ann, group):
        assert "订阅" in words(await here.say("/subscribe"))
        listed = await here.say("/activities")
        for told in ("<b>粗</b></blockquote><script>", SQL[:12]):
            assert told in words(listed)
        assert_plain(listed)
        card = await here.turn(listed, OpenEvent)
        assert SQL in words(card)
        assert_plain(card)
        assert_plain(await here.say("/upcoming"))
    stage.clock.to(MONDAY, 9)
    assert (await stage.send_digests()).sent == 2
    for here in (ann, group):
        digest = (await here.heard())[-1]
        assert SQL[:12] in words(digest)
        assert_plain(digest)
    with stage.database.session(write=False) as session:
        chat = get_chat(session, group_id)
    assert chat is not None
    assert SQL in chat.title
    assert counts(stage)["chat"] >= 2


@pytest.mark.parametrize("asked", [SQL, HTML, MARKS, FORGED, "%", "_", "\\", "*", '"x" OR "y"', "NEAR(a b)"])
async def test_what_is_asked_is_looked_for_and_nothing_else(stage: Stage, asked: str) -> None:
    stage.publish(MEETING, issued_on=FRIDAY)
    ann = await meet(stage.world)
    before = counts(stage)
    for command in ("/search", "/event", "/awards", "/recent", "/nonsense"):
        answer = await ann.say(f"{command} {asked}")
        assert_plain(answer)
        assert "全部列出" not in words(answer), f"{asked!r} is no wildcard"
    after = counts(stage)
    changed = {name for name, rows in after.items() if rows != before[name]}
    assert changed <= {"chat", "saved_filter"}


async def test_a_file_with_a_hostile_name_is_read_as_any_other(
    stage: Stage, no_notice: None, log: io.StringIO
) -> None:
    person = await meet(stage.world, id=stage.operator, first_name=NASTY)
    boss = Operator(stage.world, person.id, person.chat)
    found = await boss.send(f"{PAGE}\n{NASTY}\n".encode(), f"../../{NASTY}.txt")
    assert_plain(found)
    stored = await boss.turn(found, TakeIn, store=True)
    assert_plain(stored)
    assert counts(stage)["page"] == 1
    refused = await boss.send(NASTY.encode(), f"{NASTY}.exe")
    assert_plain(refused)
