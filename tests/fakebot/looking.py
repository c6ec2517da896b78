"""What a test can look at and wait for, and the switches it can set."""

import json
from typing import Any

from tests.fakebot.refusals import Json, MisuseError
from tests.fakebot.state import Record, State


def messages(state: State, *, limit: int | None = None, **which: Any) -> list[Json]:
    """Messages in order; `which` as in `wait_messages`."""
    return [record.dump() for record in _matching(state, **which)[-(limit or 0) :]]


async def wait_messages(
    state: State,
    *,
    chat_id: int | None = None,
    count: int = 1,
    timeout: float = 10.0,  # noqa: ASYNC109 - a wait with a limit is what is asked for
    direction: str | None = "out",
    after: int = 0,
    method: str | None = None,
    thread_id: int | None = None,
    contains: str | None = None,
) -> list[Json]:
    """At least `count` messages later than the sequence number `after`; in vain, the last ones are told."""
    which: Json = {
        "chat_id": chat_id,
        "direction": direction,
        "after": after,
        "method": method,
        "thread_id": thread_id,
        "contains": contains,
    }
    await state.wait(lambda: len(_matching(state, **which)) >= count, timeout)
    found = _matching(state, **which)
    if len(found) < count:
        texts = [record.message.get("text") for record in state.records[-4:]]
        errors = [call["description"] for call in state.calls if call["status"] != 200][-4:]
        raise MisuseError(
            f"waited {timeout} s for {count} messages and have {len(found)}; last in any chat: {texts}; "
            f"refused: {errors}"
        )
    return [record.dump() for record in found]


async def wait_edit(
    state: State,
    *,
    chat_id: int,
    message_id: int,
    edits: int = 1,
    timeout: float = 10.0,  # noqa: ASYNC109
) -> Json:
    """The message, once it was edited `edits` times."""
    record = state.chat(chat_id).messages.get(message_id)
    if record is None:
        raise MisuseError(f"no message {message_id}")
    if not await state.wait(lambda: len(record.edits) >= edits, timeout):
        raise MisuseError(
            f"waited {timeout} s for {edits} edits of message {message_id}, have {len(record.edits)}"
        )
    return record.dump()


async def wait_call(
    state: State,
    *,
    method: str,
    count: int = 1,
    timeout: float = 10.0,  # noqa: ASYNC109
) -> int:
    """How often the method was called, once that is `count` times."""

    def made() -> int:
        return sum(call["method"] == method for call in state.calls)

    if not await state.wait(lambda: made() >= count, timeout):
        raise MisuseError(f"waited {timeout} s for {count} calls of {method}, have {made()}")
    return made()


async def callback(
    state: State,
    *,
    query_id: str,
    timeout: float = 10.0,  # noqa: ASYNC109
) -> Json:
    """A pressed button with its answer, null if none came in time."""
    if query_id not in state.queries:
        raise MisuseError(f"no query {query_id}")
    query = state.queries[query_id]
    await state.wait(lambda: query["answer"] is not None, timeout)
    return {"answer": query["answer"], "answered_after": query.get("answered_after"), "query": query["query"]}


def violations(state: State, *, kind: str | None = None) -> list[Json]:
    """Every rule that the bot broke."""
    return [one for one in state.violations if kind in (None, one["kind"])]


def calls(
    state: State, *, method: str | None = None, status: int | None = None, limit: int | None = None
) -> list[Json]:
    """The bot's requests in order."""
    found = [
        one for one in state.calls if method in (None, one["method"]) and status in (None, one["status"])
    ]
    return found[-(limit or 0) :]


def stats(state: State) -> Json:
    """Traffic, refusals, and how far the updates are."""
    made: dict[str, int] = {}
    errors: dict[str, int] = {}
    for call in state.calls:
        made[call["method"]] = made.get(call["method"], 0) + 1
        if call["status"] != 200:
            name = f"{call['status']} {call['description']}"
            errors[name] = errors.get(name, 0) + 1
    updates = state.updates
    return state.flood.stats() | {
        "methods": made,
        "errors": errors,
        "violations": len(state.violations),
        "updates": {"made": updates.made, "pending": len(updates.pending), "confirmed": updates.confirmed},
    }


def profile(state: State) -> Json:
    """The menus and texts that the bot has set."""
    return {
        "commands": [
            {"scope": json.loads(scope), "language_code": language, "commands": commands}
            for (scope, language), commands in state.commands.items()
        ],
        "texts": [
            {"what": what, "language_code": language, "text": text}
            for (what, language), text in state.texts.items()
        ],
    }


def config(state: State, **settings: Any) -> Json:
    """Change settings: `flood` (an object), `callback_ttl`, `privacy`."""
    for name, value in settings.items():
        if name == "flood":
            state.flood_settings.change(**value)
            state.flood.forget_refusals()
        elif name in ("callback_ttl", "privacy"):
            setattr(state, name, value)
        else:
            raise MisuseError(f"no setting {name}; there are flood, callback_ttl, privacy")
    rules = state.flood_settings
    return {
        "callback_ttl": state.callback_ttl,
        "privacy": state.privacy,
        "flood": {name: getattr(rules, name) for name in type(rules).__slots__},
    }


def fault(state: State, **rule: Any) -> int:
    """Trouble for the coming calls; see `faults.Faults.add`."""
    return state.faults.add(**rule)


def faults(state: State, *, clear: bool = False) -> int:
    """How much trouble is set up; `clear` ends it."""
    if clear:
        state.faults.rules.clear()
    return len(state.faults.rules)


def _matching(
    state: State,
    *,
    chat_id: int | None = None,
    direction: str | None = None,
    after: int = 0,
    method: str | None = None,
    thread_id: int | None = None,
    contains: str | None = None,
) -> list[Record]:
    return [
        record
        for record in state.records
        if record.seq > after
        and chat_id in (None, record.chat_id)
        and direction in (None, record.direction)
        and method in (None, record.method)
        and thread_id in (None, record.message.get("message_thread_id"))
        and (contains or "") in str(record.message.get("text", record.message.get("caption", "")))
    ]
