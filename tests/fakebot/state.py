"""What the fake knows of one bot's world: people, chats, messages, updates, and what the bot did."""

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakebot.faults import Faults
from tests.fakebot.flood import Flood, FloodSettings
from tests.fakebot.refusals import Json, MisuseError, bad_request, forbidden
from tests.fakebot.updates import Updates

GONE = ("left", "kicked")
MAX_DOWNLOAD = 20 * 1024 * 1024  # bytes of a file that a bot can fetch


@dataclass(slots=True)
class Record:
    """One message of a chat, with its history. `direction` is out (the bot), in (a user) or service."""

    seq: int
    direction: str
    method: str
    chat_id: int
    message: Json
    edits: list[Json] = field(default_factory=list)
    deleted: bool = False
    files: list[str] = field(default_factory=list)
    keyboard: Json | None = None  # a reply markup other than an inline keyboard
    t: float = field(default_factory=time.monotonic)
    wall: float = field(default_factory=time.time)

    def dump(self) -> Json:
        names = (
            "seq",
            "t",
            "wall",
            "direction",
            "method",
            "chat_id",
            "deleted",
            "edits",
            "files",
            "keyboard",
            "message",
        )
        return {"message_id": self.message["message_id"]} | {name: getattr(self, name) for name in names}


@dataclass(slots=True)
class Chat:
    id: int
    type: str
    title: str = ""
    is_forum: bool = False
    person: Json = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)  # user id to status
    rights: dict[int, dict[str, bool]] = field(default_factory=dict)
    topics: dict[int, Json] = field(default_factory=dict)
    messages: dict[int, Record] = field(default_factory=dict)
    blocked: bool = False
    deactivated: bool = False
    migrated_to: int | None = None
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def brief(self) -> Json:
        """The Chat object as it stands in a message."""
        shown: Json = {"id": self.id, "type": self.type}
        if self.type == "private":
            names = ("first_name", "last_name", "username")
            return shown | {name: self.person[name] for name in names if name in self.person}
        return shown | {"title": self.title} | ({"is_forum": True} if self.is_forum else {})

    @property
    def is_group(self) -> bool:
        return self.type in ("group", "supergroup")


class State:
    """One bot's world, until `clear`; settings survive it."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.bot: Json = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": "区闻",
            "username": "quwen_test_bot",
        }
        self.flood_settings = FloodSettings()
        self.callback_ttl = 30.0
        self.privacy = True  # a group's messages reach the bot only where they are meant for it
        self.clear()

    def clear(self) -> None:
        self.users: dict[int, Json] = {self.bot["id"]: self.bot}
        self.chats: dict[int, Chat] = {}
        self.records: list[Record] = []
        self.calls: list[Json] = []
        self.violations: list[Json] = []
        self.queries: dict[str, Json] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.files: dict[str, tuple[str, bytes]] = {}  # by id: the path and the bytes of what people sent
        self.actions: list[Json] = []
        self.flood = Flood(self.flood_settings)
        self.faults = Faults()
        self.updates = Updates(self.changed)
        self.seq = itertools.count(1)
        self.user_ids = itertools.count(1001)
        self.query_ids = itertools.count(1)
        self._small_ids = itertools.count(1)  # private chats and basic groups share one row of numbers
        self._waiters: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []

    # -- waiting ---------------------------------------------------------------

    def changed(self) -> None:
        """Wakes whoever waits for what is now true."""
        for test, future in list(self._waiters):
            if not future.done() and (value := test()):
                future.set_result(value)

    async def wait(self, test: Callable[[], Any], seconds: float) -> Any:
        """The first true value of `test`, or its last value when the time is over."""
        if (value := test()) or seconds <= 0:
            return value
        waiter = (test, asyncio.get_running_loop().create_future())
        self._waiters.append(waiter)
        try:
            return await asyncio.wait_for(waiter[1], seconds)
        except TimeoutError:
            return test()
        finally:
            self._waiters.remove(waiter)

    # -- people and chats, as a test names them ------------------------------

    def user(self, user_id: int) -> Json:
        if user_id not in self.users:
            raise MisuseError(f"no user {user_id}")
        return self.users[user_id]

    def chat(self, chat_id: int) -> Chat:
        if chat_id not in self.chats:
            raise MisuseError(f"no chat {chat_id}")
        return self.chats[chat_id]

    def private_chat(self, user_id: int) -> Chat:
        """The user's chat with the bot, opened if need be."""
        if user_id not in self.chats:
            self.chats[user_id] = Chat(user_id, "private", person=self.user(user_id))
        return self.chats[user_id]

    def member(self, chat: Chat, user_id: int, status: str | None = None) -> Json:
        """A ChatMember with the fields that its status must have."""
        status = status or chat.members.get(user_id, "left")
        shown: Json = {"user": self.users[user_id], "status": status}
        rights = chat.rights.get(user_id, {})
        if status == "creator":
            shown["is_anonymous"] = False
        elif status == "administrator":
            shown |= dict.fromkeys(ADMIN_RIGHTS, False) | rights
        elif status == "restricted":
            shown |= {"is_member": True, "until_date": 0} | dict.fromkeys(MEMBER_RIGHTS, False) | rights
        elif status == "kicked":
            shown["until_date"] = 0
        return shown

    # -- chats, as the bot names them ------------------------------------------

    def reachable(self, chat_id: Any) -> Chat:
        """The chat, if the bot may act there.

        Raises:
            RefusedError: as Telegram answers for a chat that is unknown, gone, or that left the bot.
        """
        chat = self.chats.get(chat_id)
        if chat is None:
            if chat_id in self.users:
                raise forbidden("bot can't initiate conversation with a user")
            raise bad_request("chat not found")
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.migrated_to is not None:
            text = "group chat was upgraded to a supergroup chat"
            raise bad_request(text, migrate_to_chat_id=chat.migrated_to)
        status = chat.members.get(self.bot["id"], "left")
        if chat.type != "private" and status in GONE:
            verb = "was kicked from" if status == "kicked" else "is not a member of"
            raise forbidden(f"bot {verb} the {chat.type} chat")
        return chat

    def writable(self, chat_id: Any, thread_id: int | None) -> Chat:
        """The chat, if the bot may write there, in that topic."""
        chat = self.reachable(chat_id)
        status = chat.members.get(self.bot["id"], "left")
        rights = chat.rights.get(self.bot["id"], {})
        if chat.type == "channel" and not (status == "administrator" and rights.get("can_post_messages")):
            raise bad_request("need administrator rights in the channel chat")
        if status == "restricted" and not rights.get("can_send_messages"):
            raise bad_request("not enough rights to send text messages to the chat")
        if thread_id and (
            thread_id not in chat.topics or thread_id == 1 or chat.topics[thread_id]["deleted"]
        ):
            raise bad_request("message thread not found")
        topic = chat.topics.get(thread_id or 1)
        if topic and topic["closed"] and not rights.get("can_manage_topics"):
            raise bad_request("TOPIC_CLOSED")
        return chat

    # -- messages ---------------------------------------------------------------

    def blank(self, chat: Chat, sender: Json | None, thread_id: int | None = None) -> Json:
        """A message without content."""
        ids = chat.ids if chat.type in ("supergroup", "channel") else self._small_ids
        message: Json = {"message_id": next(ids), "chat": chat.brief, "date": int(time.time())}
        if chat.type == "channel":
            message["sender_chat"] = chat.brief
        elif sender is not None:
            message["from"] = sender
        if thread_id and thread_id != 1:
            message |= {"message_thread_id": thread_id, "is_topic_message": True}
        return message

    def keep(self, chat: Chat, message: Json, direction: str, method: str = "") -> Record:
        record = Record(next(self.seq), direction, method, chat.id, message)
        chat.messages[message["message_id"]] = record
        self.records.append(record)
        self.changed()
        return record

    def add_file(self, data: bytes, folder: str) -> Json:
        """Keep a file that a person sends; answers what a message tells of it."""
        number = len(self.files) + 1
        self.files[f"file-{number}"] = f"{folder}/file_{number}", data
        return {"file_id": f"file-{number}", "file_unique_id": f"U{number}", "file_size": len(data)}

    def file(self, file_id: str) -> Json:
        """What getFile answers.

        Raises:
            RefusedError: 400 for a file that nobody sent, or one that no bot may fetch.
        """
        if file_id not in self.files:
            raise bad_request("invalid file_id", breach="file")
        path, data = self.files[file_id]
        if len(data) > MAX_DOWNLOAD:
            raise bad_request("file is too big", breach="file")
        return {"file_id": file_id, "file_unique_id": path, "file_size": len(data), "file_path": path}

    def violate(self, kind: str, detail: str, method: str, params: Json) -> None:
        """Notes a breach of the rules."""
        seq = len(self.violations) + 1
        self.violations.append(
            {"seq": seq, "kind": kind, "detail": detail, "method": method, "params": params}
        )


ADMIN_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
