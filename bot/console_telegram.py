"""Telegram, played in this process: what the console chat and the demo talk to instead of a server."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

BOT_USER: dict[str, Any] = {
    "id": 1000,
    "is_bot": True,
    "first_name": "区闻",
    "username": "quwen_console_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}


@dataclass(slots=True)
class Shown:
    """A message of the bot as the chat shows it now."""

    message_id: int
    chat: dict[str, Any]
    html: str
    keyboard: list[list[dict[str, Any]]]
    topic_id: int | None = None
    edits: int = 0
    deleted: bool = False

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """All buttons, row after row."""
        return [button for row in self.keyboard for button in row]


@dataclass(slots=True)
class Toast:
    """The short text that answers the press of a button."""

    query_id: str
    text: str
    alert: bool = False


@dataclass(slots=True)
class Call:
    """One request of the bot, kept for those who want to look."""

    method: str
    parameters: dict[str, Any]


class ApiError(Exception):
    """An answer of Telegram that is not ok."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass(slots=True)
class _State:
    chats: dict[int, dict[str, Any]] = field(default_factory=dict)
    members: dict[tuple[int, int], str] = field(default_factory=dict)
    messages: dict[tuple[int, int], Shown] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    last_message_id: int = 0


class ConsoleTelegram(BaseRequest):
    """Answers the bot's requests from memory and hands what people would see to `show`.

    Only what this bot uses is played: messages, edits, answers to buttons, members, the command menu.
    Anything else is refused with a 400 that names the method.
    """

    def __init__(self, clock: Callable[[], datetime], show: Callable[[Shown | Toast], None]) -> None:
        self._clock = clock
        self._show = show
        self._state = _State()
        self._faults: dict[str, list[ApiError]] = {}

    # What a chat looks like from outside

    @property
    def calls(self) -> list[Call]:
        """Every request so far, in order."""
        return self._state.calls

    @property
    def commands(self) -> dict[str, list[dict[str, str]]]:
        """The command menus that were set, by "scope:language"."""
        return self._state.commands

    def messages(self, chat_id: int) -> list[Shown]:
        """The bot's messages in a chat, oldest first, without those deleted."""
        return [
            shown
            for (chat, _), shown in self._state.messages.items()
            if chat == chat_id and not shown.deleted
        ]

    def add_chat(self, chat: dict[str, Any]) -> None:
        """Make a chat known (a Chat object as in the Bot API)."""
        self._state.chats[chat["id"]] = chat

    def set_member(self, chat_id: int, user_id: int, status: str) -> None:
        """Say what a user is in a chat: creator, administrator, member, left."""
        self._state.members[chat_id, user_id] = status

    def refuse(self, method: str, error: ApiError) -> None:
        """Let the next call of `method` fail."""
        self._faults.setdefault(method, []).append(error)

    def new_message_id(self) -> int:
        """A number for the next message, one row for both sides of the chat."""
        self._state.last_message_id += 1
        return self._state.last_message_id

    # What the library calls

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the HTTP verb makes no difference here
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        parameters: dict[str, Any] = dict(request_data.parameters) if request_data else {}
        self._state.calls.append(Call(name, parameters))
        try:
            if self._faults.get(name):
                raise self._faults[name].pop(0)
            answer: dict[str, Any] = {"ok": True, "result": self._play(name, parameters)}
            code = 200
        except ApiError as error:
            code = error.code
            answer = {"ok": False, "error_code": code, "description": error.description}
            if error.parameters:
                answer["parameters"] = error.parameters
        return code, json.dumps(answer, ensure_ascii=False).encode()

    def _play(self, name: str, parameters: dict[str, Any]) -> Any:
        method = _METHODS.get(name)
        if method is None:
            raise ApiError(400, f"Bad Request: {name} is not played on the console")
        return method(self, parameters)

    def _get_me(self, _: dict[str, Any]) -> Any:
        return BOT_USER

    def _agree(self, _: dict[str, Any]) -> Any:
        return True

    def _no_updates(self, _: dict[str, Any]) -> Any:
        return []

    def _set_commands(self, parameters: dict[str, Any]) -> Any:
        scope = parameters.get("scope") or {"type": "default"}
        name = f"{scope['type']}:{parameters.get('language_code') or ''}"
        self._state.commands[name] = parameters["commands"]
        return True

    def _send(self, parameters: dict[str, Any]) -> Any:
        shown = Shown(
            message_id=self.new_message_id(),
            chat=self._chat(parameters),
            html=parameters["text"],
            keyboard=_keyboard(parameters),
            topic_id=parameters.get("message_thread_id"),
        )
        self._state.messages[shown.chat["id"], shown.message_id] = shown
        self._show(shown)
        return self._as_message(shown)

    def _edit_text(self, parameters: dict[str, Any]) -> Any:
        shown = self._message(parameters)
        self._edit(shown, parameters["text"], _keyboard(parameters))
        return self._as_message(shown)

    def _edit(self, shown: Shown, html: str, keyboard: list[list[dict[str, Any]]]) -> None:
        if (shown.html, shown.keyboard) == (html, keyboard):
            raise ApiError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message",
            )
        shown.html, shown.keyboard = html, keyboard
        shown.edits += 1
        self._show(shown)

    def _delete(self, parameters: dict[str, Any]) -> Any:
        self._message(parameters).deleted = True
        return True

    def _answer_query(self, parameters: dict[str, Any]) -> Any:
        query_id = parameters["callback_query_id"]
        if query_id in self._state.answered:
            raise ApiError(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        self._state.answered.add(query_id)
        if parameters.get("text"):
            self._show(Toast(query_id, parameters["text"], bool(parameters.get("show_alert"))))
        return True

    def _member(self, parameters: dict[str, Any]) -> Any:
        chat_id, user_id = int(parameters["chat_id"]), int(parameters["user_id"])
        status = self._state.members.get((chat_id, user_id), "member")
        user = {"id": user_id, "is_bot": False, "first_name": str(user_id)}
        return {"user": user, "status": status, **_RIGHTS.get(status, {})}

    def _chat(self, parameters: dict[str, Any]) -> dict[str, Any]:
        chat = self._state.chats.get(int(parameters["chat_id"]))
        if chat is None:
            raise ApiError(400, "Bad Request: chat not found")
        return chat

    def _message(self, parameters: dict[str, Any]) -> Shown:
        shown = self._state.messages.get((int(parameters["chat_id"]), int(parameters["message_id"])))
        if shown is None or shown.deleted:
            raise ApiError(400, "Bad Request: message to edit not found")
        return shown

    def _as_message(self, shown: Shown) -> dict[str, Any]:
        return message_json(shown, self._clock())


def message_json(shown: Shown, now: datetime) -> dict[str, Any]:
    """A message of the bot as the Bot API writes it, such as in a callback query."""
    message: dict[str, Any] = {
        "message_id": shown.message_id,
        "date": int(now.timestamp()),
        "chat": shown.chat,
        "from": BOT_USER,
        "text": shown.html,
    }
    if shown.keyboard:
        message["reply_markup"] = {"inline_keyboard": shown.keyboard}
    if shown.topic_id is not None:
        message |= {"message_thread_id": shown.topic_id, "is_topic_message": True}
    return message


def _keyboard(parameters: dict[str, Any]) -> list[list[dict[str, Any]]]:
    markup = parameters.get("reply_markup") or {}
    rows: list[list[dict[str, Any]]] = markup.get("inline_keyboard", [])
    return [[dict(button) for button in row] for row in rows]


_ADMINISTRATOR_MAY = (
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
    "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
    "can_edit_stories can_delete_stories"
)
_RIGHTS: dict[str, dict[str, Any]] = {
    "creator": {"is_anonymous": False},
    "administrator": dict.fromkeys(_ADMINISTRATOR_MAY.split(), False),
    "kicked": {"until_date": 0},
}

_METHODS: dict[str, Callable[[ConsoleTelegram, dict[str, Any]], Any]] = {
    "getMe": ConsoleTelegram._get_me,
    "getUpdates": ConsoleTelegram._no_updates,
    "deleteWebhook": ConsoleTelegram._agree,
    "setMyCommands": ConsoleTelegram._set_commands,
    "deleteMyCommands": ConsoleTelegram._agree,
    "sendChatAction": ConsoleTelegram._agree,
    "sendMessage": ConsoleTelegram._send,
    "editMessageText": ConsoleTelegram._edit_text,
    "deleteMessage": ConsoleTelegram._delete,
    "answerCallbackQuery": ConsoleTelegram._answer_query,
    "getChatMember": ConsoleTelegram._member,
}
