"""What each method of the Bot API does to the world."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

from tests.fakebot.formatting import MAX_CAPTION, MAX_TEXT, format_text, utf16_length
from tests.fakebot.keyboards import read_keyboard
from tests.fakebot.refusals import Json, bad_request, too_many_requests
from tests.fakebot.state import Chat, Record, State

QUERY_OVER = "query is too old and response timeout expired or query ID is invalid"
CHAT_ACTIONS = ("typing", "upload_photo", "upload_document")
CONTENT = ("text", "entities", "caption", "caption_entities", "photo", "document", "link_preview_options")


class Call:
    """One request being carried out; `soft` gathers what Telegram tolerates and a careful bot avoids."""

    def __init__(self, state: State, method: str, params: Json, files: dict[str, str]) -> None:
        self.state = state
        self.method = method
        self.params = params
        self.files = files
        self.soft: list[str] = []

    async def run(self) -> Any:
        """The result, as JSON values.

        Raises:
            RefusedError: what Telegram would answer.
        """
        if self.method == "getUpdates":
            return await self._get_updates()
        return HANDLERS[self.method](self)

    async def _get_updates(self) -> list[Json]:
        limit, timeout = self.params.get("limit", 100), self.params.get("timeout", 0)
        if not 1 <= limit <= 100:
            self.soft.append("limit must be 1 to 100")
        allowed = self.params.get("allowed_updates")
        return await self.state.updates.get(self.params.get("offset", 0), limit, timeout, allowed)

    # -- sending ---------------------------------------------------------------

    def send(self, content: Json, files: list[str]) -> Json:
        """Post a message of the bot's: chat, keyboard, reply and traffic are looked at in this order."""
        params = self.params
        thread_id = params.get("message_thread_id")
        chat = self.state.writable(params["chat_id"], thread_id)
        keyboard = self._keyboard(chat)
        reply = self._reply(chat)
        wait = self.state.flood.admit(
            chat.id,
            group=chat.is_group,
            now=time.monotonic(),
            paid=params.get("allow_paid_broadcast", False),
        )
        if wait:
            raise too_many_requests(wait)
        message = self.state.blank(chat, self.state.bot, thread_id) | reply | content
        if keyboard:
            message["reply_markup"] = keyboard
        if params.get("protect_content"):
            message["has_protected_content"] = True
        record = self.state.keep(chat, message, "out", self.method)
        record.files = files
        record.keyboard = params.get("reply_markup") if not keyboard else None
        return message

    def text(self) -> Json:
        done = format_text(self.params["text"], self.params.get("parse_mode"), limit=MAX_TEXT)
        if not done.text:
            raise bad_request("message text is empty", breach="empty_text")
        self.soft += done.soft
        content: Json = {"text": done.text} | ({"entities": done.entities} if done.entities else {})
        return content | {
            name: self.params[name] for name in ("link_preview_options",) if name in self.params
        }

    def caption(self) -> Json:
        what = "message caption"
        done = format_text(
            self.params.get("caption", ""), self.params.get("parse_mode"), limit=MAX_CAPTION, what=what
        )
        self.soft += done.soft
        if not done.text:
            return {}
        return {"caption": done.text} | ({"caption_entities": done.entities} if done.entities else {})

    def file(self, kind: str) -> str:
        """The name of the file that was sent along."""
        value: str = self.params[kind]
        part = value.removeprefix("attach://")
        if part not in self.files:
            raise bad_request(f"wrong file identifier in {kind}: send the file along", breach="file")
        return self.files[part]

    def _keyboard(self, chat: Chat) -> Json | None:
        keyboard, soft = read_keyboard(self.params.get("reply_markup"), channel=chat.type == "channel")
        self.soft += soft
        return keyboard

    def _reply(self, chat: Chat) -> Json:
        asked = self.params.get("reply_parameters") or {}
        if "message_id" not in asked:
            return {}
        record = chat.messages.get(asked["message_id"])
        if record is None or record.deleted:
            if asked.get("allow_sending_without_reply"):
                return {}
            raise bad_request("message to be replied not found")
        return {"reply_to_message": {k: v for k, v in record.message.items() if k != "reply_to_message"}}

    # -- changing what was sent --------------------------------------------------

    def target(self, missing: str) -> tuple[Chat, Record]:
        chat = self.state.reachable(self.params["chat_id"])
        record = chat.messages.get(self.params["message_id"])
        if record is None or record.deleted:
            raise bad_request(missing)
        return chat, record

    def edit(self, content: Json | None) -> Json:
        chat, record = self.target("message to edit not found")
        if record.direction != "out":
            raise bad_request("message can't be edited")
        if content is not None and "text" not in record.message:
            raise bad_request("there is no text in the message to edit", breach="edit_kind")
        keyboard = self._keyboard(chat)
        before = {name: record.message[name] for name in (*CONTENT, "reply_markup") if name in record.message}
        shown = {k: v for k, v in before.items() if k != "reply_markup"}
        after = (shown if content is None else content) | ({"reply_markup": keyboard} if keyboard else {})
        if after == before:
            text = (
                "message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message"
            )
            raise bad_request(text, breach="not_modified")
        record.edits.append(
            {"t": time.monotonic(), "wall": time.time(), "kind": self.method, "before": before}
        )
        rest = {k: v for k, v in record.message.items() if k not in (*CONTENT, "reply_markup")}
        record.message = rest | after | {"edit_date": int(time.time())}
        self.state.changed()
        return record.message


Handler = Callable[[Call], Any]


def _get_me(call: Call) -> Json:
    abilities = ("supports_inline_queries", "can_connect_to_business", "has_main_web_app")
    more = {"can_join_groups": True, "can_read_all_group_messages": not call.state.privacy}
    return call.state.bot | more | dict.fromkeys(abilities, False)


def _send_file(kind: str) -> Handler:
    def send(call: Call) -> Json:
        name = call.file(kind)
        one = {"file_id": f"F{len(call.state.records)}", "file_unique_id": f"U{len(call.state.records)}"}
        body = one | {"width": 1, "height": 1} if kind == "photo" else one | {"file_name": name}
        return call.send(call.caption() | {kind: [body] if kind == "photo" else body}, [name])

    return send


def _delete_message(call: Call) -> bool:
    _, record = call.target("message to delete not found")
    record.deleted = True
    call.state.changed()
    return True


def _answer_query(call: Call) -> bool:
    query = call.state.queries.get(call.params["callback_query_id"])
    if query is None:
        raise bad_request(QUERY_OVER, breach="query")
    if query["answer"] is not None:
        raise bad_request(QUERY_OVER, breach="query_twice")
    age = time.monotonic() - query["t"]
    if age > call.state.callback_ttl:
        raise bad_request(QUERY_OVER, breach="query_late")
    if utf16_length(call.params.get("text", "")) > 200:
        raise bad_request("MESSAGE_TOO_LONG", breach="too_long")
    query["answer"] = {name: value for name, value in call.params.items() if name != "callback_query_id"}
    query["answered_after"] = age
    call.state.changed()
    return True


def _menu_key(call: Call) -> tuple[str, str]:
    language = call.params.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified", breach="commands")
    return json.dumps(call.params.get("scope") or {"type": "default"}, sort_keys=True), language


def _set_commands(call: Call) -> bool:
    commands = call.params["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH", breach="commands")
    for item in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", item.get("command", "")):
            raise bad_request("BOT_COMMAND_INVALID", breach="commands")
        if not 1 <= utf16_length(item.get("description", "").strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID", breach="commands")
    if len({item["command"] for item in commands}) < len(commands):
        call.soft.append("a command stands in the menu twice")
    call.state.commands[_menu_key(call)] = commands
    return True


def _set_text(name: str, limit: int) -> Handler:
    def put(call: Call) -> bool:
        text = call.params.get(name, "")
        if utf16_length(text) > limit:
            raise bad_request(f"BOT_{name.upper()}_TOO_LONG", breach="too_long")
        call.state.texts[name, call.params.get("language_code", "")] = text
        return True

    return put


def _chat_action(call: Call) -> bool:
    if call.params["action"] not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request", breach="action")
    chat = call.state.writable(call.params["chat_id"], call.params.get("message_thread_id"))
    call.state.actions.append({"chat_id": chat.id, "action": call.params["action"]})
    return True


def _get_chat(call: Call) -> Json:
    chat = call.state.reachable(call.params["chat_id"])
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return chat.brief | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def _get_member(call: Call) -> Json:
    chat = call.state.reachable(call.params["chat_id"])
    if call.params["user_id"] not in call.state.users:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return call.state.member(chat, call.params["user_id"], "member" if chat.type == "private" else None)


def _administrators(call: Call) -> list[Json]:
    chat = call.state.reachable(call.params["chat_id"])
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat", breach="chat_type")
    admins = [user for user, status in chat.members.items() if status in ("creator", "administrator")]
    return [call.state.member(chat, user) for user in admins]


def _leave(call: Call) -> bool:
    chat = call.state.reachable(call.params["chat_id"])
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats", breach="chat_type")
    chat.members[call.state.bot["id"]] = "left"
    call.state.changed()
    return True


HANDLERS: dict[str, Handler] = {
    "getMe": _get_me,
    "deleteWebhook": lambda _: True,
    "sendMessage": lambda call: call.send(call.text(), []),
    "sendPhoto": _send_file("photo"),
    "sendDocument": _send_file("document"),
    "sendChatAction": _chat_action,
    "editMessageText": lambda call: call.edit(call.text()),
    "editMessageReplyMarkup": lambda call: call.edit(None),
    "deleteMessage": _delete_message,
    "answerCallbackQuery": _answer_query,
    "setMyCommands": _set_commands,
    "getMyCommands": lambda call: call.state.commands.get(_menu_key(call), []),
    "deleteMyCommands": lambda call: call.state.commands.pop(_menu_key(call), None) is not None or True,
    "setMyDescription": _set_text("description", 512),
    "setMyShortDescription": _set_text("short_description", 120),
    "getChat": _get_chat,
    "getChatMember": _get_member,
    "getChatAdministrators": _administrators,
    "leaveChat": _leave,
    "getFile": lambda call: call.state.file(call.params["file_id"]),
}
