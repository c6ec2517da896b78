"""Rules for the buttons under a message."""

import re

from tests.fakebot.formatting import utf16_length
from tests.fakebot.refusals import Json, bad_request

MAX_BUTTONS = 100
MAX_IN_A_ROW = 8
MAX_DATA = 64  # bytes
ACTIONS = ("callback_data", "url", "switch_inline_query", "switch_inline_query_current_chat", "copy_text")


def read_keyboard(markup: Json | None, *, channel: bool = False) -> tuple[Json | None, list[str]]:
    """The inline keyboard to show (None: none, or another kind of markup), and what a careful bot avoids.

    Raises:
        RefusedError: 400 for a keyboard that Telegram does not take.
    """
    if not markup:
        return None, []
    if "inline_keyboard" not in markup:
        if channel:
            raise bad_request("inline keyboard expected", breach="markup")
        return None, []
    soft: list[str] = []
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be an array of arrays', breach="wrong_type")
    for row in rows:
        if not row:
            soft.append("a row of buttons is empty")
        if len(row) > MAX_IN_A_ROW:
            soft.append(f"{len(row)} buttons in a row, more than {MAX_IN_A_ROW}")
        for button in row:
            soft += _look_at(button)
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long", breach="markup")
    rows = [row for row in rows if row]
    return ({"inline_keyboard": rows} if rows else None), soft


def _look_at(button: Json) -> list[str]:
    if not isinstance(button.get("text"), str):
        raise bad_request('can\'t parse inline keyboard button: field "text" is missing', breach="markup")
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty", breach="markup")
    if unknown := button.keys() - {"text", *ACTIONS}:
        raise bad_request(f"a button has no {', '.join(sorted(unknown))}", breach="unknown_param")
    actions = [name for name in ACTIONS if name in button]
    if not actions:
        raise bad_request("Text buttons are unallowed in the inline keyboard", breach="markup")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= MAX_DATA:
            raise bad_request("BUTTON_DATA_INVALID", breach="callback_data")
    if "url" in button and not re.match(
        r"(https?://[^\s/]+\.[^\s]+|https?://(localhost|127\.)\S*|tg://\S+)$", button["url"]
    ):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid", breach="markup")
    soft = []
    if len(actions) > 1:
        soft.append(f"a button with more than one action: {', '.join(actions)}")
    if utf16_length(button["text"]) > 64:
        soft.append("the text on a button is longer than 64 characters")
    return soft
