"""The HTTP side: requests of the bot under /bot<token>/, control by tests under /sim/."""

import asyncio
import inspect
import json
import re
import socket
import struct
import time
from collections.abc import Callable
from typing import Any, Self

from aiohttp import web

from tests.fakebot import looking, people, writing
from tests.fakebot.methods import Call
from tests.fakebot.parameters import METHODS, read_parameters
from tests.fakebot.refusals import Json, MisuseError, RefusedError
from tests.fakebot.state import State

Answer = RefusedError | Json | tuple[int, str]  # a tuple: status and text, as a broken server gives them

OPERATIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for module in (people, writing, looking)
    for function in vars(module).values()
    if inspect.isfunction(function)
    and function.__module__ == module.__name__
    and not function.__name__.startswith("_")
}


class FakeTelegram:
    """A server on a free port of 127.0.0.1, to be used with `async with`; `url` is its root.

    Each token has a world of its own, made by the control operation `add_bot`. A token that was not added
    is refused, as Telegram refuses one that it never gave out.
    """

    def __init__(self) -> None:
        self.worlds: dict[str, State] = {}
        self.url = ""
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._serve_bot)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        app.router.add_post("/sim/{operation}", self._serve_test)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        for world in self.worlds.values():
            world.updates.close()
        await self._runner.cleanup()

    # -- the bot's side ----------------------------------------------------------

    async def _serve_bot(self, request: web.Request) -> web.StreamResponse:
        token, name = request.match_info["token"], request.match_info["method"]
        state = self.worlds.get(token)
        if state is None:
            known_shape = re.fullmatch(r"\d+:[\w-]+", token)
            return _answer(
                RefusedError(401, "Unauthorized") if known_shape else RefusedError(404, "Not Found")
            )
        raw, files = await _read(request)
        started = time.monotonic()
        result, trouble = await self._carry_out(state, name, raw, files)
        status = _status(result)
        hung_up = trouble.startswith("reset") or trouble == "closed"
        state.calls.append(
            {
                "t": started,
                "method": name,
                "params": raw,
                "status": 0 if hung_up else status,
                "description": result.description if isinstance(result, RefusedError) else "",
                "fault": trouble,
                "ms": (time.monotonic() - started) * 1000,
            }
        )
        state.changed()
        if hung_up:
            _cut(request, reset=trouble != "closed")
        return _answer(result)

    async def _serve_file(self, request: web.Request) -> web.Response:
        """What a person sent, under the path that getFile has told."""
        state = self.worlds.get(request.match_info["token"])
        files = dict(state.files.values()) if state is not None else {}
        data = files.get(request.match_info["path"])
        return _answer(RefusedError(404, "Not Found")) if data is None else web.Response(body=data)

    async def _carry_out(
        self, state: State, name: str, raw: Json, files: dict[str, str]
    ) -> tuple[Answer, str]:
        """The answer, and the fault that struck (empty for none)."""
        struck = state.faults.strike(name, raw)
        rule, trouble = struck or (None, "")
        if rule is not None:
            if refusal := rule.refusal(trouble):
                if trouble == "429":
                    state.flood.refused["fault"] += 1
                return refusal, trouble
            if trouble in ("reset_before", "closed"):
                return {}, trouble
            if trouble == "slow_before":
                await asyncio.sleep(rule.delay)  # ended where the bot hangs up
            spoken = rule.spoken(trouble)
            if spoken is not None:
                if trouble == "says_after":
                    await _run(state, name, raw, files)
                return spoken, trouble
        result = await _run(state, name, raw, files)
        if rule is not None and trouble == "slow":
            await asyncio.sleep(rule.delay)
        return result, trouble

    # -- the test's side -----------------------------------------------------------

    async def _serve_test(self, request: web.Request) -> web.Response:
        name = request.match_info["operation"]
        arguments = json.loads(await request.read() or b"{}")
        try:
            result = await self._operate(name, arguments)
        except (MisuseError, TypeError) as error:
            return web.json_response({"ok": False, "error": f"{name}: {error}"}, status=400)
        return web.json_response({"ok": True, "result": result})

    async def _operate(self, name: str, arguments: Json) -> Any:
        if name == "add_bot":
            state = self.worlds[arguments["token"]] = State(arguments["token"])
            return state.bot
        token = arguments.pop("bot_token", None) or next(iter(self.worlds), "")
        if token not in self.worlds:
            raise MisuseError("no such bot; add_bot makes one")
        state = self.worlds[token]
        if name == "reset":
            state.updates.close()
            return state.clear()
        if name not in OPERATIONS:
            raise MisuseError(f"no such operation; there are {', '.join(sorted(OPERATIONS))}")
        result = OPERATIONS[name](state, **arguments)
        return await result if inspect.isawaitable(result) else result


async def _run(state: State, name: str, raw: Json, files: dict[str, str]) -> RefusedError | Json:
    """Carry out one request and note what it broke."""
    if name not in METHODS:
        state.violate("unknown_method", name, name, raw)
        return RefusedError(404, "Not Found: method not found")
    try:
        params, unknown = read_parameters(name, raw)
        call = Call(state, name, params, files)
        result = await call.run()
    except RefusedError as refusal:
        if refusal.breach:
            state.violate(refusal.breach, refusal.description, name, raw)
        return refusal
    for parameter in unknown:
        state.violate("unknown_param", parameter, name, raw)
    for detail in call.soft:
        state.violate("soft", detail, name, raw)
    return {"ok": True, "result": result}


async def _read(request: web.Request) -> tuple[Json, dict[str, str]]:
    """Parameters from the address and the body, whichever way they come; names of the files sent along."""
    raw: Json = dict(request.query)
    files: dict[str, str] = {}
    if request.content_type == "application/json":
        raw |= await request.json()
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = value.filename
            else:
                raw[name] = value
    # A file comes under the name that an attach:// address tells, or under the parameter's own.
    told = set(raw.values())
    return raw | {name: f"attach://{name}" for name in files if f"attach://{name}" not in told}, files


def _status(result: Answer) -> int:
    if isinstance(result, RefusedError):
        return result.code
    return result[0] if isinstance(result, tuple) else 200


def _answer(result: Answer) -> web.Response:
    if isinstance(result, tuple):
        return web.Response(status=result[0], text=result[1], content_type="text/html")
    if not isinstance(result, RefusedError):
        return web.json_response(result)
    wait = (result.parameters or {}).get("retry_after")
    return web.json_response(
        result.body(), status=result.code, headers={"Retry-After": str(wait)} if wait else None
    )


def _cut(request: web.Request, *, reset: bool) -> None:
    """End the connection: with a reset, as a failing network does, or in good order."""
    transport = request.transport
    if transport is None:
        return
    if reset:
        transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )
    transport.abort()
