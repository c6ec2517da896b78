"""The methods that the fake serves, and what each may be given. Anything else is a breach.

Optional parameters that Quwen has no use for are left out on purpose: sending one is a mistake here.
"""

import json
from collections.abc import Callable
from typing import Any

from tests.fakebot.refusals import Json, bad_request


def _integer(value: Any) -> int:
    if isinstance(value, bool) or (isinstance(value, str) and not value.lstrip("-").isdigit()):
        raise TypeError("an integer")
    if isinstance(value, float):
        raise TypeError("an integer")
    return int(value)


def _boolean(value: Any) -> bool:
    if value in (True, "true", "True", "1"):
        return True
    if value in (False, "false", "False", "0"):
        return False
    raise TypeError("a boolean")


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a string")
    return value


def _chat(value: Any) -> int | str:
    if isinstance(value, str) and value.startswith("@"):
        return value
    return _integer(value)


def _decoded(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise TypeError("JSON") from None


def _array(value: Any) -> list[Any]:
    value = _decoded(value)
    if not isinstance(value, list):
        raise TypeError("an array")
    return value


def _object(*known: str) -> Callable[[Any], Json]:
    def read(value: Any) -> Json:
        value = _decoded(value)
        if not isinstance(value, dict):
            raise TypeError("an object")
        if unknown := value.keys() - set(known):
            raise TypeError(f"an object without {', '.join(sorted(unknown))}")
        return value

    return read


Reader = Callable[[Any], Any]
_MARKUP = _object("inline_keyboard", "keyboard", "remove_keyboard", "force_reply", "selective")
_SEND: dict[str, Reader] = {
    "chat_id!": _chat,
    "message_thread_id": _integer,
    "parse_mode": _string,
    "disable_notification": _boolean,
    "protect_content": _boolean,
    "allow_paid_broadcast": _boolean,
    "reply_parameters": _object("message_id", "chat_id", "allow_sending_without_reply"),
    "reply_markup": _MARKUP,
}
_PREVIEW = _object("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")
_SCOPE: dict[str, Reader] = {"scope": _object("type", "chat_id", "user_id"), "language_code": _string}

# "!" marks what must be given.
METHODS: dict[str, dict[str, Reader]] = {
    "getMe": {},
    "getUpdates": {"offset": _integer, "limit": _integer, "timeout": _integer, "allowed_updates": _array},
    "deleteWebhook": {"drop_pending_updates": _boolean},
    "setMyCommands": {"commands!": _array, **_SCOPE},
    "getMyCommands": _SCOPE,
    "deleteMyCommands": _SCOPE,
    "setMyDescription": {"description": _string, "language_code": _string},
    "setMyShortDescription": {"short_description": _string, "language_code": _string},
    "sendMessage": {**_SEND, "text!": _string, "link_preview_options": _PREVIEW},
    "sendPhoto": {**_SEND, "photo!": _string, "caption": _string},
    "sendDocument": {**_SEND, "document!": _string, "caption": _string},
    "sendChatAction": {"chat_id!": _chat, "message_thread_id": _integer, "action!": _string},
    "editMessageText": {
        "chat_id!": _chat,
        "message_id!": _integer,
        "text!": _string,
        "parse_mode": _string,
        "link_preview_options": _PREVIEW,
        "reply_markup": _MARKUP,
    },
    "editMessageReplyMarkup": {"chat_id!": _chat, "message_id!": _integer, "reply_markup": _MARKUP},
    "deleteMessage": {"chat_id!": _chat, "message_id!": _integer},
    "answerCallbackQuery": {
        "callback_query_id!": _string,
        "text": _string,
        "show_alert": _boolean,
        "url": _string,
        "cache_time": _integer,
    },
    "getChat": {"chat_id!": _chat},
    "getChatMember": {"chat_id!": _chat, "user_id!": _integer},
    "getChatAdministrators": {"chat_id!": _chat},
    "leaveChat": {"chat_id!": _chat},
    "getFile": {"file_id!": _string},
}


def read_parameters(method: str, raw: Json) -> tuple[Json, list[str]]:
    """The values of a request, typed, and the names that the method does not know.

    Raises:
        RefusedError: 400 for a wrong type, or a parameter that is missing or empty.
    """
    shape = METHODS[method]
    readers = {name.rstrip("!"): reader for name, reader in shape.items()}
    unknown = [name for name in raw if name not in readers]
    params: Json = {}
    for name, value in raw.items():
        if name not in readers:
            continue
        try:
            params[name] = readers[name](value)
        except TypeError as error:
            text = f"wrong type of parameter {name}: expected {error}"
            raise bad_request(text, breach="wrong_type") from None
    for name in (name.rstrip("!") for name in shape if name.endswith("!")):
        if name not in params or (params[name] == "" and name != "text"):
            text = {"text": "message text is empty", "chat_id": "chat_id is empty"}.get(
                name, f"{name} is missing"
            )
            raise bad_request(text, breach="missing_required")
    return params, unknown
