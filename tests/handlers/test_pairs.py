"""/pairs and its buttons: operators decide whether two events are one; nobody else knows of it."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from parsing.model import EventType
from tests.handlers.desk import ADMIN, ANN, GROUP, PRIVATE, Desk, database_at, labels, text_of
from tests.support.readings import Happening, on

MEETING = Happening(
    EventType.MEETING,
    "月度工作点评会",
    "4月2日，丰台区召开月度工作点评会",
    on(date(2024, 4, 2)),
    headline="丰台区召开月度工作点评会",
    actors=("丰台区",),
    place="河西五街镇",
)
DOUBTFUL = replace(
    MEETING, subject="工作点评会", evidence="大家坐下来点评了工作", headline="又讯", actors=(), place=None
)
OTHER: dict[str, Any] = {"id": 504, "is_bot": False, "first_name": "另", "language_code": "zh-hans"}
ADMINS: dict[str, Any] = {"id": ADMIN["id"], "type": "private", "first_name": "管"}

OTHERS: dict[str, Any] = {"id": OTHER["id"], "type": "private", "first_name": "另"}


@pytest.fixture
async def desk(migrated: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk with two operators, and one pair in doubt."""
    path = tmp_path / "quwen.db"
    shutil.copy(migrated, path)
    desk = Desk(database_at(path), console=False, admins=(ADMIN["id"], OTHER["id"]))
    for chat in (ADMINS, OTHERS):
        desk.telegram.add_chat(chat)
    await desk.application.initialize()
    desk.publish(MEETING)
    desk.publish(DOUBTFUL, issued_on=date(2024, 4, 9))
    yield desk
    await desk.application.shutdown()
    desk.database.close()


async def test_a_pair_is_shown_and_joined_with_one_tap(desk: Desk) -> None:
    shown = await desk.ask("/pairs", chat=ADMINS, user=ADMIN)
    told = text_of(shown)
    assert told.startswith("这两条说的是同一件事吗？")
    assert MEETING.evidence in told
    assert DOUBTFUL.evidence in told
    assert "日期相同" in told
    assert labels(shown) == ["同一件", "不是一件"]
    (joined,) = await desk.press(shown, "同一件", user=ADMIN)
    assert text_of(joined).startswith("已并为一件")
    assert labels(joined) == ["撤销", "下一对"]
    assert text_of(await desk.ask("/recent 30")).count("点评") == 1
    (none,) = await desk.press(joined, "下一对", user=ADMIN)
    assert text_of(none) == "没有拿不准的事了。"


async def test_a_tap_is_taken_back_and_the_pair_waits_again(desk: Desk) -> None:
    shown = await desk.ask("/pairs", chat=ADMINS, user=ADMIN)
    (apart,) = await desk.press(shown, "不是一件", user=ADMIN)
    assert text_of(apart).startswith("已记下：不是一件")
    (again,) = await desk.press(apart, "撤销", user=ADMIN)
    assert labels(again) == ["同一件", "不是一件"]
    assert text_of(await desk.ask("/pairs", chat=ADMINS, user=ADMIN)) == text_of(shown)


async def test_the_second_operator_is_told_what_the_first_decided(desk: Desk) -> None:
    shown = await desk.ask("/pairs", chat=ADMINS, user=ADMIN)
    same = await desk.ask("/pairs", chat=OTHERS, user=OTHER)
    await desk.press(shown, "同一件", user=ADMIN)
    (late,) = await desk.press(same, "不是一件", user=OTHER)
    assert text_of(late).startswith("已并为一件")
    assert desk.toasts[-1].text == "已经有人看过了：是同一件。"


async def test_nobody_else_can_ask_or_press(desk: Desk) -> None:
    shown = await desk.ask("/pairs", chat=ADMINS, user=ADMIN)
    (unknown,) = await desk.say("/pairs", chat=PRIVATE, user=ANN)
    assert text_of(unknown).startswith("没有 /pairs 这个命令")
    assert await desk.say("/pairs", chat=GROUP, user=ANN) == []
    assert await desk.press(shown, "同一件", user=ANN) == []
    assert "管理员" in desk.toasts[-1].text
    assert await desk.press(shown, data="k:pairs", user=ANN) == []
    assert text_of(await desk.ask("/pairs", chat=ADMINS, user=ADMIN)) == text_of(shown)


async def test_a_button_of_a_pair_that_is_no_more_says_so(desk: Desk) -> None:
    shown = await desk.ask("/pairs", chat=ADMINS, user=ADMIN)
    for word in "sau":
        assert await desk.press(shown, data=f"p:999:{word}", user=ADMIN) == []
        assert "失效" in desk.toasts[-1].text


async def test_the_menu_does_not_name_it(desk: Desk) -> None:
    assert "/pairs" not in text_of(await desk.ask("/help", chat=ADMINS, user=ADMIN))
