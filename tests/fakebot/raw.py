"""A bot without manners, for tests of the fake itself."""

import json
from typing import Any, Self

import httpx

from tests.fakebot.world import Json, World


class RawBot:
    """Sends requests as they are given, one call a method, and answers what came back."""

    def __init__(self, world: World) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"{world.url}/bot{world.token}/", timeout=30, trust_env=False, verify=False
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def call(self, method: str, *, files: Json | None = None, **params: Any) -> Json:
        """The answer's body: `ok` with `result`, or `error_code` and `description`."""
        form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}
        answer: Json = (await self._client.post(method, data=form, files=files)).json()
        return answer

    async def file(self, path: str) -> bytes:
        """The bytes under the path that getFile has told."""
        address = f"{self._client.base_url}".replace("/bot", "/file/bot")
        return (await self._client.get(f"{address}{path}")).content

    async def say(self, chat_id: int, text: str = "好", **more: Any) -> Json:
        return await self.call("sendMessage", chat_id=chat_id, text=text, **more)

    async def updates(self, **params: Any) -> list[Json]:
        """getUpdates that must succeed."""
        answer = await self.call("getUpdates", **params)
        assert answer["ok"], answer
        found: list[Json] = answer["result"]
        return found


def button(text: str, data: str) -> Json:
    """A keyboard of one button."""
    return {"inline_keyboard": [[{"text": text, "callback_data": data}]]}


def kinds(violations: list[Json]) -> list[str]:
    """Which rules were broken, in order."""
    return [one["kind"] for one in violations]
