"""The operators' word on a source: who may say it, what it does, and that it is done once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from handlers.ask import Answer, Ask
from handlers.house import House
from handlers.sources import BUTTONS
from messages import plain
from messages.callbacks import Tend, TendWord, build
from storage.database import Database
from storage.ledger import Issue, IssueState, issue_by_id, note_issue, open_issue
from storage.source_states import SourceState, due_sources, note_look, standing_of
from storage.views import ChatView
from tests.handlers.desk import NOON, PRIVATE, Desk, labels, text_of

OPERATORS, STRANGER = (503, 504), 501
DAY = date(2024, 4, 10)
LATER = datetime(2024, 4, 11, tzinfo=UTC)


@dataclass
class _Settings:
    admins: tuple[int, ...] = OPERATORS
    zone: str = "Asia/Shanghai"


async def press(
    database: Database, word: TendWord, *, issue: int = 0, by: int = OPERATORS[0], source: str = "hexi"
) -> Answer:
    """A press of a button under a note."""
    nothing = cast("Any", None)
    house = House(cast("Any", _Settings()), database, nothing, lambda: NOON, nothing, nothing)

    async def may_change() -> bool:
        return True

    chat = ChatView(by, "private", "安", "zh", "active")
    ask = Ask(house, chat, None, NOON, may_change, person=by, action=Tend(source, issue, word))
    answer = await BUTTONS[Tend](ask)
    assert isinstance(answer, Answer)
    return answer


def said(answer: Answer) -> str:
    assert answer.message is not None
    assert answer.in_place
    return plain.render(answer.message)


@pytest.fixture
def held(database: Database) -> Issue:
    """An issue of a source that is looked at tomorrow."""
    with database.session() as session:
        issue = open_issue(session, "hexi", DAY, "u", NOON)
        note_issue(session, issue.id, IssueState.HELD, "bad", NOON)
        note_look(session, "hexi", SourceState.DEGRADED, "bad", name="河西时报", now=NOON, next_look_at=LATER)
    return issue


def state_of(database: Database, issue: Issue) -> tuple[IssueState, int | None]:
    with database.session(write=False) as session:
        found = issue_by_id(session, issue.id)
        assert found is not None
        return found.state, found.accepted_by


def is_due(database: Database) -> bool:
    with database.session(write=False) as session:
        return due_sources(session, ["hexi"], NOON) == ["hexi"]


async def test_a_held_issue_is_let_pass_and_looked_at_at_once(database: Database, held: Issue) -> None:
    assert not is_due(database)
    assert said(await press(database, TendWord.ACCEPT, issue=held.id)).startswith(
        "《河西时报》：好，这一期照样"
    )
    assert state_of(database, held) == (IssueState.FOUND, OPERATORS[0])
    assert is_due(database)


async def test_a_held_issue_is_read_again(database: Database, held: Issue) -> None:
    assert "马上再读一遍" in said(await press(database, TendWord.RETRY, issue=held.id))
    assert state_of(database, held) == (IssueState.FOUND, None)
    assert is_due(database)


@pytest.mark.parametrize("second", list(TendWord))
async def test_the_second_operator_hears_that_it_was_done(
    database: Database, held: Issue, second: TendWord
) -> None:
    await press(database, TendWord.ACCEPT, issue=held.id)
    told = said(await press(database, second, issue=held.id, by=OPERATORS[1]))
    assert told == "这件事已经处理过了。"
    assert state_of(database, held) == (IssueState.FOUND, OPERATORS[0])


@pytest.mark.parametrize("word", list(TendWord))
@pytest.mark.parametrize("with_issue", [True, False])
async def test_a_stranger_is_refused_and_nothing_is_changed(
    database: Database, held: Issue, word: TendWord, with_issue: bool
) -> None:
    answer = await press(database, word, issue=held.id if with_issue else 0, by=STRANGER)
    assert answer.message is None
    assert answer.alert
    assert answer.toast
    assert state_of(database, held) == (IssueState.HELD, None)
    assert not is_due(database)


async def test_an_issue_of_another_source_cannot_be_forged(database: Database, held: Issue) -> None:
    for issue, source in ((held.id, "hedong"), (held.id + 99, "hexi")):
        told = said(await press(database, TendWord.ACCEPT, issue=issue, source=source))
        assert told == "这件事已经处理过了。"
    assert state_of(database, held) == (IssueState.HELD, None)


async def test_never_mind_excuses_until_today(database: Database, held: Issue) -> None:
    told = said(await press(database, TendWord.ACCEPT))
    assert "到下一期之前不再提醒" in told
    with database.session(write=False) as session:
        assert standing_of(session, "hexi").excused_until == DAY


async def test_trying_again_makes_a_source_due(database: Database, held: Issue) -> None:
    assert "马上再读一遍" in said(await press(database, TendWord.RETRY))
    assert is_due(database)


async def test_a_button_under_a_note_works_in_a_chat(desk: Desk) -> None:
    with desk.database.session() as session:
        issue = open_issue(session, "hexi", DAY, "u", NOON)
        note_issue(session, issue.id, IssueState.HELD, "bad", NOON)
    shown = await desk.ask("/help", chat=PRIVATE)
    (changed,) = await desk.press(shown, data=build(Tend("hexi", issue.id, TendWord.ACCEPT)))
    assert "照样入库" in text_of(changed)
    assert labels(changed) == []
    assert state_of(desk.database, issue)[0] is IssueState.FOUND
