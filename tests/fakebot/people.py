"""What people do in their chats: each operation changes the world and makes the updates of it."""

import time

from tests.fakebot.refusals import Json, MisuseError
from tests.fakebot.state import GONE, Chat, State

BOT_RIGHTS = {
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_topics": True,
    "can_post_messages": True,
}


def user(
    state: State,
    *,
    id: int | None = None,  # noqa: A002 - the name in the protocol
    first_name: str = "User",
    last_name: str | None = None,
    username: str | None = None,
    language_code: str | None = "en",
    start: bool = False,
) -> Json:
    """A new person; `start` opens the chat with the bot without a word."""
    user_id = id or next(number for number in state.user_ids if number not in state.users)
    made = {
        "id": user_id,
        "is_bot": False,
        "first_name": first_name,
        "last_name": last_name,
        "username": username,
        "language_code": language_code,
    }
    state.users[user_id] = {name: value for name, value in made.items() if value is not None}
    if start:
        state.private_chat(user_id)
    return state.users[user_id]


def users(state: State, *, count: int, start: bool = True, language_code: str = "en") -> list[int]:
    """Many people at once; answers their ids."""
    return [user(state, start=start, language_code=language_code)["id"] for _ in range(count)]


def chat(
    state: State,
    *,
    type: str,  # noqa: A002 - the name in the protocol
    title: str = "Chat",
    is_forum: bool = False,
    members: list[int] | None = None,
    creator: int | None = None,
    bot: str = "member",
) -> Json:
    """A new group, supergroup or channel, which the bot is added to."""
    if type not in ("group", "supergroup", "channel"):
        raise MisuseError("type is group, supergroup or channel")
    if is_forum and type != "supergroup":
        raise MisuseError("only a supergroup can be a forum")
    number = sum(one.type != "private" for one in state.chats.values()) + 1
    made = Chat(
        -(4_000_000 + number) if type == "group" else -(1_001_000_000_000 + number), type, title, is_forum
    )
    state.chats[made.id] = made
    for person in members or ():
        made.members[state.user(person)["id"]] = "member"
    if creator is not None:
        made.members[state.user(creator)["id"]] = "creator"
    if bot != "left":
        status = "administrator" if type == "channel" and bot == "member" else bot
        bot_member(state, chat_id=made.id, status=status, by=creator)
    return made.brief


def bot_member(
    state: State, *, chat_id: int, status: str, rights: dict[str, bool] | None = None, by: int | None = None
) -> None:
    """The bot is added, promoted, restricted, or thrown out."""
    here = state.chat(chat_id)
    actor = _someone(state, here, by)
    before = here.members.get(state.bot["id"], "left")
    _change(state, here, state.bot["id"], status, rights, actor, "my_chat_member")
    if here.is_group and (before in GONE) != (status in GONE):
        service = {"left_chat_member": state.bot} if status in GONE else {"new_chat_members": [state.bot]}
        _announce(state, here, actor, service)


def member(
    state: State,
    *,
    chat_id: int,
    user_id: int,
    status: str = "member",
    rights: dict[str, bool] | None = None,
    by: int | None = None,
) -> None:
    """A person joins, leaves, or becomes something else."""
    here = state.chat(chat_id)
    actor = state.user(user_id if by is None else by)
    before = here.members.get(state.user(user_id)["id"], "left")
    _change(state, here, user_id, status, rights, actor, "chat_member")
    if here.is_group and (before in GONE) != (status in GONE):
        person = state.users[user_id]
        _announce(
            state,
            here,
            actor,
            {"left_chat_member": person} if status in GONE else {"new_chat_members": [person]},
        )


def block(state: State, *, user_id: int) -> None:
    """The person blocks the bot."""
    state.private_chat(user_id).blocked = True
    _private_change(state, user_id, "member", "kicked")


def unblock(state: State, *, user_id: int) -> None:
    """The person lets the bot back in."""
    state.private_chat(user_id).blocked = False
    _private_change(state, user_id, "kicked", "member")


def deactivate(state: State, *, user_id: int) -> None:
    """The account is deleted; the bot is not told."""
    state.private_chat(user_id).deactivated = True


def upgrade(state: State, *, chat_id: int, by: int | None = None) -> int:
    """A basic group becomes a supergroup under a new id, which is answered."""
    old = state.chat(chat_id)
    if old.type != "group" or old.migrated_to is not None:
        raise MisuseError("only a basic group can be upgraded, and only once")
    actor = _someone(state, old, by)
    new = state.chats[chat(state, type="supergroup", title=old.title, bot="left")["id"]]
    new.members, new.rights = dict(old.members), dict(old.rights)
    _announce(state, old, actor, {"migrate_to_chat_id": new.id})
    old.migrated_to = new.id
    _announce(state, new, actor, {"migrate_from_chat_id": old.id})
    return new.id


def topic(state: State, *, chat_id: int, name: str, by: int | None = None) -> int:
    """A new topic of a forum; answers its thread id."""
    here = state.chat(chat_id)
    if not here.is_forum:
        raise MisuseError("the chat is not a forum")
    message = state.blank(here, _someone(state, here, by))
    thread_id: int = message["message_id"]
    here.topics[thread_id] = {"name": name, "closed": False, "deleted": False}
    message |= {"message_thread_id": thread_id, "is_topic_message": True}
    message["forum_topic_created"] = {"name": name, "icon_color": 7322096}
    state.keep(here, message, "service")
    state.updates.push("message", message)
    return thread_id


def topic_state(
    state: State, *, chat_id: int, thread_id: int, closed: bool | None = None, deleted: bool | None = None
) -> Json:
    """Close, reopen or delete a topic; 1 is General."""
    fresh = {"name": "General", "closed": False, "deleted": False}
    here = state.chat(chat_id)
    one: Json = here.topics.setdefault(thread_id, fresh)
    if closed is not None and closed != one["closed"]:
        of_topic = {"message_thread_id": thread_id, "is_topic_message": True} if thread_id != 1 else {}
        what = "forum_topic_closed" if closed else "forum_topic_reopened"
        _announce(state, here, _someone(state, here, None), {**of_topic, what: {}})
    one |= {name: value for name, value in (("closed", closed), ("deleted", deleted)) if value is not None}
    return one


# -- parts -------------------------------------------------------------------------


def _someone(state: State, here: Chat, by: int | None) -> Json:
    """Who does it: the one named, else any member."""
    if by is not None:
        return state.user(by)
    person = next((one for one in here.members if one != state.bot["id"]), None)
    return user(state, first_name="Somebody") if person is None else state.users[person]


def _announce(state: State, here: Chat, actor: Json, fields: Json) -> None:
    message = state.blank(here, actor) | fields
    state.keep(here, message, "service")
    if here.members.get(state.bot["id"], "left") not in GONE:
        state.updates.push("message", message)


def _change(
    state: State,
    here: Chat,
    user_id: int,
    status: str,
    rights: dict[str, bool] | None,
    actor: Json,
    kind: str,
) -> None:
    old = state.member(here, user_id)
    here.members[user_id] = status
    here.rights[user_id] = (BOT_RIGHTS if status == "administrator" else {}) | (rights or {})
    if kind == "chat_member" and here.members.get(state.bot["id"]) != "administrator":
        return  # only administrators are told of other members
    state.updates.push(kind, _changed(here.brief, actor, old, state.member(here, user_id)))
    state.changed()


def _private_change(state: State, user_id: int, old: str, new: str) -> None:
    here, bot = state.private_chat(user_id), state.bot["id"]
    change = _changed(
        here.brief, state.user(user_id), state.member(here, bot, old), state.member(here, bot, new)
    )
    state.updates.push("my_chat_member", change)
    state.changed()


def _changed(brief: Json, actor: Json, old: Json, new: Json) -> Json:
    return {
        "chat": brief,
        "from": actor,
        "date": int(time.time()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
