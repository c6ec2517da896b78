"""Telegram's words of refusal, as its server says them, and what they mean for a chat."""

import pytest

from storage.refusals import TopicRefusal, read_refusal
from storage.standing import Standing


@pytest.mark.parametrize(
    ("said", "forbidden", "chat_id", "means"),
    [
        ("Forbidden: bot was blocked by the user", True, 7, Standing.BLOCKED),
        ("Forbidden: bot can't initiate conversation with a user", True, 7, Standing.BLOCKED),
        ("Forbidden: user is deactivated", True, 7, Standing.DEACTIVATED),
        ("Bad Request: group chat was deactivated", False, -5, Standing.DEACTIVATED),
        ("Forbidden: bot was kicked from the supergroup chat", True, -100, Standing.LEFT),
        ("Bad Request: chat not found", False, -100, Standing.LEFT),
        ("Bad Request: chat not found", False, 7, Standing.BLOCKED),
        ("Bad Request: not enough rights to send text messages to the chat", False, -100, Standing.NO_RIGHTS),
        ("Bad Request: have no rights to send a message", False, -100, Standing.NO_RIGHTS),
        ("Bad Request: need administrator rights in the channel chat", False, -100, Standing.NO_RIGHTS),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", False, -100, Standing.NO_RIGHTS),
        ("Bad Request: TOPIC_CLOSED", False, -100, TopicRefusal.CLOSED),
        ("Bad Request: message thread not found", False, -100, TopicRefusal.GONE),
        ("Bad Request: message text is empty", False, -100, None),
        ("Bad Request: can't parse entities: unclosed start tag", False, 7, None),
    ],
)
def test_each_refusal_has_one_meaning(
    said: str, forbidden: bool, chat_id: int, means: Standing | TopicRefusal | None
) -> None:
    assert read_refusal(said, forbidden=forbidden, chat_id=chat_id) is means
