"""What an error means is told from its kind and the chat, hardly ever from its words."""

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from jobs.delivery_errors import (
    Away,
    Later,
    Moved,
    Never,
    NoTopic,
    Stop,
    Verdict,
    Wait,
    judge,
    seconds_told,
)
from storage.refusals import TopicRefusal
from storage.standing import Standing


@pytest.mark.parametrize(
    ("error", "chat_id", "verdict"),
    [
        (Forbidden("any words"), 7, Away(Standing.BLOCKED)),
        (Forbidden("any words"), -100, Away(Standing.LEFT)),
        (BadRequest("Chat not found"), -100, Away(Standing.LEFT)),
        (BadRequest("any words"), 7, Never()),
        (BadRequest("TOPIC_CLOSED"), -100, NoTopic(TopicRefusal.CLOSED)),
        (ChatMigrated(-1005), -5, Moved(-1005)),
        (RetryAfter(5), 7, Wait(5.0)),
        (InvalidToken("Not Found"), 7, Stop()),
        (TimedOut(), 7, Later(may_have_arrived=True)),
        (NetworkError("Bad Gateway"), 7, Later(may_have_arrived=False)),
        (OSError("ours"), 7, Later(may_have_arrived=False)),
    ],
)
def test_each_kind_has_one_meaning(error: Exception, chat_id: int, verdict: Verdict) -> None:
    assert judge(error, chat_id) == verdict


@pytest.mark.parametrize(
    ("cause", "may_have_arrived"),
    [
        (httpx.ConnectError("refused"), False),
        (httpx.ConnectTimeout("slow"), False),
        (httpx.PoolTimeout("busy"), False),
        (httpx.ReadTimeout("no answer"), True),
        (httpx.ReadError("reset"), True),
    ],
)
def test_what_never_left_this_machine_cannot_have_arrived(cause: Exception, may_have_arrived: bool) -> None:
    error = NetworkError("…")
    error.__cause__ = cause
    assert judge(error, 7) == Later(may_have_arrived)


def test_seconds_are_told_whatever_the_library_counts_in(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seconds_told(RetryAfter(timedelta(seconds=3))) == 3.0
    assert seconds_told(RetryAfter(3)) == 3.0
