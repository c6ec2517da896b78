"""The test's hand in a fake Bot API: plays the users and looks at what the bot did."""

import json
import secrets
from base64 import b64encode
from typing import Any, Self

import httpx

Json = dict[str, Any]


class WorldError(AssertionError):
    """An operation was refused, or what was waited for did not come: the test has failed."""


def fresh_token() -> str:
    """A token that no other test uses, so that each has a world of its own."""
    return f"{123456_000 + secrets.randbelow(10**9)}:TEST_{secrets.token_hex(12)}"


class World:
    """One bot's world on a server at `url`; use it with `async with`.

    Works with `FakeTelegram` and with any other server that has the same control operations.
    """

    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        self.token = token
        self.username = ""  # of the bot, known once the world is open
        self._client = httpx.AsyncClient(
            base_url=f"{self.url}/sim/", timeout=60, trust_env=False, verify=False
        )

    async def __aenter__(self) -> Self:
        self.username = (await self._post("add_bot", {"token": self.token}))["username"]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def call(self, operation: str, **arguments: Any) -> Any:
        """Run any control operation.

        Raises:
            WorldError: the server says no.
        """
        return await self._post(operation, {"bot_token": self.token, **arguments})

    async def _post(self, operation: str, body: Json) -> Any:
        answer = (await self._client.post(operation, content=json.dumps(body))).json()
        if not answer["ok"]:
            raise WorldError(answer["error"])
        return answer["result"]

    # -- people ------------------------------------------------------------------

    async def user(self, **about: Any) -> int:
        """A new person; answers the id."""
        return int((await self.call("user", **about))["id"])

    async def chat(self, **about: Any) -> int:
        """A new group, supergroup or channel with the bot in it; answers the id."""
        return int((await self.call("chat", **about))["id"])

    async def text(self, user_id: int | None, text: str, **where: Any) -> Json:
        """A person (or, with None, a channel) writes."""
        sent: Json = await self.call("text", user_id=user_id, text=text, **where)
        return sent

    async def document(self, user_id: int, data: bytes, file_name: str, **more: Any) -> Json:
        """A person sends a file."""
        told = {"b64": b64encode(data).decode()}
        sent: Json = await self.call("document", user_id=user_id, data=told, file_name=file_name, **more)
        return sent

    async def press(self, user_id: int, message: Json, **button: Any) -> Json:
        """A person presses a button of a message record; answers once the bot has answered the query."""
        where = {"message_id": message["message_id"], "chat_id": message["chat_id"]}
        query_id = await self.call("press", user_id=user_id, **where, **button)
        done: Json = await self.call("callback", query_id=query_id)
        if done["answer"] is None:
            raise WorldError(f"the bot never answered the button {done['query']['data']!r}")
        return done

    async def block(self, user_id: int) -> None:
        await self.call("block", user_id=user_id)

    async def unblock(self, user_id: int) -> None:
        await self.call("unblock", user_id=user_id)

    async def upgrade(self, chat_id: int) -> int:
        """A basic group becomes a supergroup; answers the new id."""
        return int(await self.call("upgrade", chat_id=chat_id))

    async def topic(self, chat_id: int, name: str) -> int:
        """A new topic; answers its thread id."""
        return int(await self.call("topic", chat_id=chat_id, name=name))

    # -- looking -----------------------------------------------------------------

    async def messages(self, **which: Any) -> list[Json]:
        """Message records in order, as they are now."""
        found: list[Json] = await self.call("messages", **which)
        return found

    async def wait_messages(self, **which: Any) -> list[Json]:
        """Message records of the bot once there are enough; fails when they do not come."""
        found: list[Json] = await self.call("wait_messages", **which)
        return found

    async def wait_edit(self, message: Json, **how: Any) -> Json:
        """The record of a message once it was edited."""
        where = {"chat_id": message["chat_id"], "message_id": message["message_id"]}
        record: Json = await self.call("wait_edit", **where, **how)
        return record

    async def violations(self) -> list[Json]:
        found: list[Json] = await self.call("violations")
        return found

    async def stats(self) -> Json:
        told: Json = await self.call("stats")
        return told

    async def calls(self, **which: Any) -> list[Json]:
        found: list[Json] = await self.call("calls", **which)
        return found

    async def config(self, **settings: Any) -> Json:
        now: Json = await self.call("config", **settings)
        return now

    async def fault(self, **rule: Any) -> None:
        """Trouble for the coming calls."""
        await self.call("fault", **rule)
