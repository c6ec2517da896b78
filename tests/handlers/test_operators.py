"""What only operators may do."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from handlers.ask import Answer, Ask
from handlers.permissions import operators_only
from messages.tree import Message
from storage.views import ChatView

OPERATOR, STRANGER = 503, 501


class _Settings:
    admins = (OPERATOR,)


class _House:
    def __init__(self, *, console: bool = False) -> None:
        self.settings, self.console = _Settings(), console


def ask(person: int | None, *, console: bool = False) -> Ask:
    async def may_change() -> bool:
        return True

    chat = ChatView(STRANGER, "private", "安", "zh", "active")
    now = datetime(2024, 4, 10, 4, tzinfo=UTC)
    return Ask(cast("Any", _House(console=console)), chat, None, now, may_change, person=person)


async def question(ask: Ask) -> Message | Answer:
    return Answer(toast="done")


@pytest.mark.parametrize(
    ("person", "console", "is_operator"),
    [(OPERATOR, False, True), (STRANGER, False, False), (None, False, False), (None, True, True)],
)
async def test_only_operators_and_the_console_get_an_answer(
    person: int | None, console: bool, is_operator: bool
) -> None:
    answer = await operators_only(question)(ask(person, console=console))
    assert (answer == Answer(toast="done")) is is_operator
