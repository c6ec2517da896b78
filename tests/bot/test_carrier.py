"""What is no answer of the Bot API, and whether the message may have arrived behind it."""

from typing import Any

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.carrier import SoundPools
from jobs.delivery_errors import Later, judge
from tests.bot.bot_api import server

ME = {"id": 1, "is_bot": True, "first_name": "区闻", "username": "quwen_bot"}
PAGE = {"please": "log in to the hotel's network"}


@pytest.mark.parametrize(
    ("code", "answer", "may_have_arrived"),
    [
        (200, {"ok": True, "result": True}, True),
        (200, PAGE, True),
        (403, PAGE, False),
        (404, PAGE, False),
        (502, PAGE, False),
    ],
)
async def test_only_behind_a_success_a_message_may_have_arrived(
    code: int, answer: dict[str, Any], may_have_arrived: bool
) -> None:
    def answers(method: str) -> tuple[int, dict[str, Any]]:
        return (200, {"ok": True, "result": ME}) if method == "getMe" else (code, answer)

    with server(answers) as root:
        request = SoundPools(at_once=2)
        async with Bot("1:TEST", base_url=f"{root}/bot", request=request, get_updates_request=request) as bot:
            with pytest.raises(NetworkError) as caught:
                await bot.send_message(7, "你好")
    assert judge(caught.value, 7) == Later(may_have_arrived)
