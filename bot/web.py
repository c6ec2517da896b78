"""The pages of a serving process: `/healthz`, `/readyz`, `/metrics`, and the webhook for Telegram."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.health import Check, is_alive, is_ready
from bot.metrics import CONTENT_TYPE_LATEST, metrics_page
from bot.vitals import Vitals
from storage.database import Database, DatabaseError
from storage.lateness import lateness

WEBHOOK_PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - https://core.telegram.org/bots/api#setwebhook
MOST_BYTES = 1_000_000  # of an update; Telegram's are some kilobytes

logger = logging.getLogger(__name__)

Take = Callable[[dict[str, Any]], Awaitable[bool]]


def build_pages(
    database: Database, vitals: Vitals, *, secret: str | None = None, take: Take | None = None
) -> Starlette:
    """The application for a web server.

    Args:
        secret: what Telegram sends with each update. Without it there is no webhook.
        take: takes an update in; False if there is no room, so that Telegram sends it again later.
    """

    async def healthz(_: Request) -> Response:
        return _told(await is_alive(database))

    async def readyz(_: Request) -> Response:
        return _told(await is_ready(database, vitals))

    async def metrics(_: Request) -> Response:
        try:
            late = await database.read(lateness, vitals.clock())
        except DatabaseError as error:
            return PlainTextResponse(f"{error}\n", status_code=503)
        return Response(metrics_page(late, vitals), media_type=CONTENT_TYPE_LATEST)

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
    if secret and take:
        routes.append(Route(WEBHOOK_PATH, _webhook(vitals, secret, take), methods=["POST"]))
    return Starlette(routes=routes)


def _webhook(vitals: Vitals, secret: str, take: Take) -> Callable[[Request], Awaitable[Response]]:
    async def webhook(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        # In constant time: how long a refusal takes tells nothing of the secret.
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("not Telegram\n", status_code=403)
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                return PlainTextResponse("too large\n", status_code=413)
        try:
            update = json.loads(body)
        except ValueError:
            update = None
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return PlainTextResponse("no update\n", status_code=400)
        if not await take(update):
            return PlainTextResponse("busy\n", status_code=503, headers={"Retry-After": "1"})
        vitals.heard(1)
        return Response()

    return webhook


def _told(checks: list[Check]) -> Response:
    good = all(check.ok for check in checks)
    found = {check.name: {"ok": check.ok, "detail": check.detail} for check in checks}
    return JSONResponse({"ok": good, "checks": found}, status_code=200 if good else 503)
