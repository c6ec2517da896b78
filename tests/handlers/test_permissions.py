"""Who may do what, for every command, button and file that there is: nothing new can be left out."""

import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlmodel import Session, select

from bot.console_telegram import BOT_USER
from handlers.register import all_questions
from messages.callbacks import (
    CHANGES_SETTINGS,
    Action,
    Adjust,
    Change,
    Confirm,
    DigestRest,
    Follow,
    Keep,
    ListKind,
    ListMode,
    ListPage,
    OpenEvent,
    PairSay,
    PairWord,
    Part,
    Run,
    SetLanguage,
    Subscribe,
    SubscriptionEdit,
    TakeIn,
    Target,
    Tend,
    TendWord,
    area_code,
    build,
)
from messages.callbacks import Ask as Asked
from storage.doubts import doubtful_pairs
from storage.filters import EventFilter
from storage.intake import Intake, IntakePage, keep_intake
from storage.ledger import IssueState, note_issue, open_issue
from storage.saved import remember_filter
from storage.source_states import SourceState, note_look
from storage.subscriptions import get_subscription
from storage.tables import METADATA
from tests.handlers.desk import ADMIN, ANN, BOB, BOBS, GROUP, NOON, PRIVATE, Desk, database_at, text_of
from tests.handlers.test_pairs import DOUBTFUL, MEETING

COMMANDS_OF = {
    "everybody": {
        *("start", "help", "privacy", "digest", "upcoming", "recent", "search", "event"),
        *("meetings", "visits", "inspections", "launches", "awards"),
        *("agreements", "releases", "activities", "figures", "notices"),
    },
    "administrators of the chat": {"subscribe", "settings", "unsubscribe", "forgetme"},
    "operators": {"read", "pairs"},
}
BUTTONS_OF: dict[str, set[type[Action]]] = {
    "everybody": {ListPage, OpenEvent, Adjust, DigestRest, Keep, Run},
    "administrators of the chat": {Subscribe, Follow, SubscriptionEdit, Confirm, SetLanguage},
    "operators": {TakeIn, Tend, PairWord},
}
VALUES = {
    Part.OPEN: "overview",
    Part.TYPE: "meeting",
    Part.AREA: area_code("王佐镇"),
    Part.AREA_PAGE: "0",
    Part.DAY: "3",
    Part.HOUR: "7",
    Part.PAUSE: "14",
}
OPERATOR: dict[str, Any] = {"id": 601, "is_bot": False, "first_name": "运", "language_code": "zh-hans"}
OPERATORS: dict[str, Any] = {"id": 601, "type": "private", "first_name": "运"}
FILE = {"file_id": "F1", "file_unique_id": "U1", "file_name": "02.txt", "mime_type": "text/plain"}


@dataclass
class Town:
    """A desk in a town where everything is: a subscribed group, a pair in doubt, an issue that is held, pages
    handed in.
    """

    desk: Desk
    group_subscription: int
    intake: int
    issue: int
    pair: int
    filter_key: str

    def of_administrators(self) -> list[Action]:
        """Each button for administrators, as it stands under the group's messages."""
        edits = [SubscriptionEdit(self.group_subscription, part, VALUES.get(part, "")) for part in Part]
        return [
            Subscribe(),
            *(Follow(Target.TYPE, "award", only) for only in (False, True)),
            *edits,
            Confirm(Asked.UNSUBSCRIBE, self.group_subscription),
            Confirm(Asked.FORGET),
            SetLanguage("en"),
        ]

    def of_operators(self) -> list[Action]:
        return [
            *(TakeIn(self.intake, store) for store in (True, False)),
            *(Tend("hexi", issue, word) for issue in (0, self.issue) for word in TendWord),
            *(PairWord(self.pair, word) for word in PairSay),
        ]

    def of_everybody(self) -> list[Action]:
        mode = ListMode(ListKind.RECENT, 30)
        return [
            ListPage(self.filter_key, mode, 0),
            OpenEvent("k7f2"),
            Adjust(self.filter_key, mode, Change.ANY_AREA),
            DigestRest(self.filter_key),
            Keep(),
            *(Run(command) for commands in COMMANDS_OF.values() for command in sorted(commands)),
        ]

    def kept(self) -> dict[str, list[str]]:
        """All that is stored, but for what anybody's question leaves: chats that were met, and filters."""
        with self.desk.database.session(write=False) as session:
            return {
                table.name: sorted(str(tuple(row)) for row in session.execute(table.select()))
                for table in METADATA.sorted_tables
                if table.name not in ("chat", "saved_filter")
            } | {"languages": _languages(session)}


def _languages(session: Session) -> list[str]:
    chats = METADATA.tables["chat"]
    known = select(chats.c.id, chats.c.language, chats.c.state).where(chats.c.id == GROUP["id"])
    return [str(tuple(row)) for row in session.execute(known)]


@pytest.fixture
async def town(migrated: Path, tmp_path: Path) -> AsyncIterator[Town]:
    path = tmp_path / "quwen.db"
    shutil.copy(migrated, path)
    desk = Desk(database_at(path), console=False, admins=(OPERATOR["id"],))
    desk.telegram.add_chat(OPERATORS)
    await desk.application.initialize()
    desk.publish(MEETING)
    desk.publish(DOUBTFUL, issued_on=date(2024, 4, 9))
    await desk.ask("/subscribe", chat=GROUP, user=ADMIN)
    await desk.ask("/start", chat=OPERATORS, user=OPERATOR)
    with desk.database.session() as session:
        subscription = get_subscription(session, GROUP["id"], None)
        assert subscription is not None
        page = IntakePage("4月3日，王佐镇怪村获评“北京市乡村治理示范村”。")
        number = keep_intake(session, Intake((page,), "丰台报"), chat_id=OPERATOR["id"], now=NOON)
        issue = open_issue(session, "hexi", date(2024, 4, 10), "u", NOON)
        note_issue(session, issue.id, IssueState.HELD, "bad", NOON)
        note_look(session, "hexi", SourceState.DEGRADED, "bad", name="河西时报", now=NOON, next_look_at=NOON)
        (pair,) = doubtful_pairs(session, 5)
        key = remember_filter(session, EventFilter())
    yield Town(desk, subscription.id, number, issue.id, pair.id, key)
    await desk.application.shutdown()
    desk.database.close()


def test_every_command_and_button_has_its_place_here() -> None:
    questions = all_questions()
    assert set(questions.commands) | set(questions.hidden) == set().union(*COMMANDS_OF.values())
    assert set(questions.buttons) == set(get_args(Action)) == set().union(*BUTTONS_OF.values())
    assert set(CHANGES_SETTINGS) == BUTTONS_OF["administrators of the chat"]


async def test_the_town_has_a_button_of_each_kind(town: Town) -> None:
    assert {type(one) for one in town.of_administrators()} == BUTTONS_OF["administrators of the chat"]
    assert {type(one) for one in town.of_operators()} == BUTTONS_OF["operators"]
    assert {type(one) for one in town.of_everybody()} == BUTTONS_OF["everybody"]


@pytest.mark.parametrize("command", sorted(COMMANDS_OF["administrators of the chat"]))
async def test_a_command_for_administrators_is_refused_to_members_and_works_for_them(
    town: Town, command: str
) -> None:
    before = town.kept()
    assert "管理员" in text_of(await town.desk.ask(f"/{command}", chat=GROUP, user=ANN))
    assert town.kept() == before
    assert "管理员" not in text_of(await town.desk.ask(f"/{command}", chat=GROUP, user=ADMIN))


async def test_each_button_for_administrators_is_refused_to_members(town: Town) -> None:
    shown = await town.desk.ask("/settings", chat=GROUP, user=ADMIN)
    before = town.kept()
    for action in town.of_administrators():
        for user in (ANN, OPERATOR):  # who looks after the bot is nobody special in a group
            town.desk.toasts.clear()
            assert await town.desk.press(shown, data=build(action), user=user) == [], action
            assert "管理员" in town.desk.toasts[-1].text
            assert town.desk.toasts[-1].alert
    assert town.kept() == before


async def test_each_button_for_administrators_works_for_them(town: Town) -> None:
    shown = await town.desk.ask("/settings", chat=GROUP, user=ADMIN)
    for action in town.of_administrators():
        town.desk.toasts.clear()
        await town.desk.press(shown, data=build(action), user=ADMIN)
        assert not any("管理员" in toast.text for toast in town.desk.toasts), action


@pytest.mark.parametrize(
    ("chat", "user"), [(PRIVATE, ANN), (GROUP, ADMIN), (GROUP, ANN)], ids=["private", "admin", "member"]
)
async def test_what_is_for_operators_is_refused_to_everybody_else(
    town: Town, chat: dict[str, Any], user: dict[str, Any]
) -> None:
    shown = await town.desk.ask("/help", chat=chat, user=user)
    before = town.kept()
    for action in (*town.of_operators(), *(Run(command) for command in COMMANDS_OF["operators"])):
        town.desk.toasts.clear()
        for message in await town.desk.press(shown, data=build(action), user=user):
            assert "k:read" in build(action), "only what explains itself"
            assert "管理员" in text_of(message) or "私" in text_of(message)
    for command in COMMANDS_OF["operators"]:
        for message in await town.desk.say(f"/{command} 2024-04-08", chat=chat, user=user):
            assert MEETING.evidence not in text_of(message)
    assert town.kept() == before


async def test_what_is_for_operators_works_for_them(town: Town) -> None:
    shown = await town.desk.ask("/pairs", chat=OPERATORS, user=OPERATOR)
    assert MEETING.evidence in text_of(shown)
    for action in (Tend("hexi", town.issue, TendWord.ACCEPT), PairWord(town.pair, PairSay.APART)):
        before = town.kept()
        assert await town.desk.press(shown, data=build(action), user=OPERATOR), action
        assert town.kept() != before


async def test_a_file_of_somebody_else_is_not_even_fetched(town: Town) -> None:
    before = town.kept()
    sent: dict[str, Any] = {"message_id": 900, "date": int(NOON.timestamp()), "document": FILE}
    captioned = sent | {"caption": f"/read@{BOT_USER['username']} 丰台报", "caption_entities": []}
    for message in (
        sent | {"chat": PRIVATE, "from": ANN},
        sent | {"chat": BOBS, "from": BOB},
        captioned | {"chat": PRIVATE, "from": ANN},
        captioned | {"chat": GROUP, "from": ADMIN},
    ):
        for answer in await town.desk.deliver({"message": message}):
            assert MEETING.evidence not in text_of(answer)
    assert town.desk.calls("getFile") == []
    assert town.kept() == before
    await town.desk.deliver({"message": sent | {"chat": OPERATORS, "from": OPERATOR}})
    assert len(town.desk.calls("getFile")) == 1


async def test_buttons_of_one_chat_do_nothing_in_another(town: Town) -> None:
    hello = await town.desk.ask("/start", chat=PRIVATE, user=ANN)
    before = town.kept()
    for action in town.of_administrators():
        if isinstance(action, SubscriptionEdit | Confirm) and action != Confirm(Asked.FORGET):
            town.desk.toasts.clear()
            assert await town.desk.press(hello, data=build(action), user=ANN) == [], action
            assert town.desk.toasts[-1].alert
    await town.desk.press(hello, data=build(Confirm(Asked.FORGET)), user=ANN)
    assert town.kept() == before, "who forgets, forgets their own chat alone"


async def test_pages_that_one_operator_handed_in_are_not_another_ones(town: Town) -> None:
    town.desk.application.bot_data["house"] = replace(
        town.desk.application.bot_data["house"],
        settings=town.desk.application.bot_data["house"].settings.model_copy(
            update={"admins": (OPERATOR["id"], BOB["id"])}
        ),
    )
    hello = await town.desk.ask("/start", chat=BOBS, user=BOB)
    before = town.kept()
    for store in (True, False):
        assert await town.desk.press(hello, data=build(TakeIn(town.intake, store)), user=BOB) == []
    assert town.kept() == before


async def test_whatever_members_ask_changes_nothing(town: Town) -> None:
    shown = await town.desk.ask("/help", chat=GROUP, user=ANN)
    before = town.kept()
    for commands in COMMANDS_OF.values():
        for command in sorted(commands):
            await town.desk.say(f"/{command} 王佐镇", chat=GROUP, user=ANN)
    for action in town.of_everybody():
        await town.desk.press(shown, data=build(action), user=ANN)
    assert town.kept() == before


@pytest.mark.parametrize(
    "data",
    [
        "s:1:o:overview'; DROP TABLE chat; --",
        "c:u:1 OR 1=1",
        "f:k:'; DELETE ",
        "k:start\nk:pairs",
        "t:hexi:0:a\x00",
        "p:99999999999999999999:s",
        json.dumps({"a": 1}),
    ],
)
async def test_forged_data_is_answered_and_does_nothing(town: Town, data: str) -> None:
    hello = await town.desk.ask("/start", chat=OPERATORS, user=OPERATOR)
    before = town.kept()
    assert await town.desk.press(hello, data=data, user=OPERATOR) == []
    assert town.desk.toasts[-1].alert
    assert town.kept() == before
