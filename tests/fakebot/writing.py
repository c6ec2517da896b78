"""What people write and press in their chats."""

import time
from base64 import b64decode

from tests.fakebot.formatting import find_entities
from tests.fakebot.refusals import Json, MisuseError
from tests.fakebot.state import GONE, Chat, State


def text(
    state: State,
    *,
    user_id: int | None,
    text: str,
    chat_id: int | None = None,
    thread_id: int | None = None,
    reply_to: int | None = None,
) -> Json:
    """A person writes, to the bot or in a chat; without a person it is a post of the channel."""
    entities = find_entities(text)
    content = {"text": text} | ({"entities": entities} if entities else {})
    return _write(state, user_id, content, chat_id, thread_id, reply_to)


def document(
    state: State,
    *,
    user_id: int | None,
    data: Json | None = None,
    file_name: str = "file.txt",
    caption: str = "",
    chat_id: int | None = None,
    reply_to: int | None = None,
) -> Json:
    """A person sends a file; `data` is {"b64": …}."""
    file = state.add_file(b64decode((data or {}).get("b64", "")), "documents")
    content = {"document": file | {"file_name": file_name}} | _caption(caption)
    return _write(state, user_id, content, chat_id, None, reply_to)


def photo(
    state: State,
    *,
    user_id: int | None,
    caption: str = "",
    chat_id: int | None = None,
    reply_to: int | None = None,
) -> Json:
    """A person sends a picture."""
    size = state.add_file(b"\xff\xd8\xff", "photos") | {"width": 1, "height": 1}
    return _write(state, user_id, {"photo": [size]} | _caption(caption), chat_id, None, reply_to)


def content(
    state: State,
    *,
    user_id: int | None,
    fields: Json,
    chat_id: int | None = None,
    reply_to: int | None = None,
) -> Json:
    """A person sends a message with these fields, such as one that was forwarded."""
    return _write(state, user_id, fields, chat_id, None, reply_to)


def _caption(caption: str) -> Json:
    entities = find_entities(caption)
    return ({"caption": caption} if caption else {}) | ({"caption_entities": entities} if entities else {})


def _write(
    state: State,
    user_id: int | None,
    content: Json,
    chat_id: int | None,
    thread_id: int | None,
    reply_to: int | None,
) -> Json:
    here = state.private_chat(user_id or 0) if chat_id in (None, user_id) else state.chat(chat_id or 0)
    if here.blocked or here.deactivated or here.migrated_to is not None:
        raise MisuseError("nobody can write here any more: unblock first, or write to the new chat")
    sender = None if user_id is None else state.user(user_id)
    if here.is_group and sender is not None:
        here.members.setdefault(sender["id"], "member")
    message = state.blank(here, sender, thread_id)
    if reply_to is not None:
        if reply_to not in here.messages:
            raise MisuseError(f"no message {reply_to} to reply to")
        message["reply_to_message"] = here.messages[reply_to].message
    message |= content
    state.keep(here, message, "in")
    update_id = None
    if _meant_for_bot(state, here, message):
        update_id = state.updates.push("channel_post" if here.type == "channel" else "message", message)
    return {"chat_id": here.id, "message_id": message["message_id"], "update_id": update_id}


def press(
    state: State,
    *,
    user_id: int,
    message_id: int,
    data: str | None = None,
    text: str | None = None,
    chat_id: int | None = None,
    force: bool = False,
) -> str:
    """A person presses a button, named by its data or its text; answers the id of the query.

    With `force` the data goes out although no such button is there, as from an old client.
    """
    here = state.chat(user_id if chat_id is None else chat_id)
    record = here.messages.get(message_id)
    if record is None:
        raise MisuseError(f"no message {message_id}")
    if not force:
        rows = record.message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [button for row in rows for button in row]
        names = [button["text"] for button in buttons]
        found = next(
            (
                one
                for one in buttons
                if text in (None, one["text"]) and data in (None, one.get("callback_data"))
            ),
            None,
        )
        if found is None or record.deleted or "callback_data" not in found:
            raise MisuseError(f"no such button to press; there are {names}")
        data = found["callback_data"]
    query_id = f"{state.bot['id']}{next(state.query_ids):06}"
    message = (
        record.message if not record.deleted else {"chat": here.brief, "message_id": message_id, "date": 0}
    )
    query = {
        "id": query_id,
        "from": state.user(user_id),
        "message": message,
        "chat_instance": str(here.id),
        "data": data,
    }
    state.queries[query_id] = {"t": time.monotonic(), "query": query, "answer": None}
    state.updates.push("callback_query", query)
    return query_id


def _meant_for_bot(state: State, here: Chat, message: Json) -> bool:
    """Whether the bot gets a message: in a group with privacy, only commands, mentions and answers to it."""
    if not here.is_group:
        return True
    status = here.members.get(state.bot["id"], "left")
    if status in GONE:
        return False
    if not state.privacy or status == "administrator":
        return True
    text = str(message.get("text", message.get("caption", ""))).lower()
    name = f"@{state.bot['username'].lower()}"
    if message.get("reply_to_message", {}).get("from", {}).get("id") == state.bot["id"]:
        return True
    command = text.split()[0] if text.startswith("/") else ""
    return name in text or (bool(command) and "@" not in command)
