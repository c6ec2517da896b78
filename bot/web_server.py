"""A web server in the running event loop, that leaves the signals to whoever runs the process."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

LAST_ANSWERS = 5  # seconds that a stop waits for requests under way

logger = logging.getLogger(__name__)


class CannotListen(Exception):  # noqa: N818
    """The address cannot be used. The message is one line that says why."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class WebServer:
    """Serves pages from `begin` to `end`; what comes before the server is up waits at its door."""

    def __init__(self, pages: Starlette, listen: tuple[str, int]) -> None:
        self._listen = listen
        config = uvicorn.Config(
            pages,
            lifespan="off",
            log_config=None,  # ours is set up already
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=LAST_ANSWERS,
        )
        self._server = _Server(config)
        self._task: asyncio.Task[None] | None = None
        self.port = 0  # the one that is listened on, once it is

    async def begin(self) -> None:
        """Listen.

        Raises:
            CannotListen: the port is taken, or the host is none of this machine.
        """
        host, port = self._listen
        try:
            found = (await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM))[0]
            door = socket.create_server(found[4][:2], family=found[0], reuse_port=False)
        except OSError as error:
            raise CannotListen(f"cannot listen on {host}:{port}: {error.strerror or error}") from error
        self.port = door.getsockname()[1]
        self._task = asyncio.get_running_loop().create_task(self._server.serve([door]), name="web server")
        logger.info("listening on %s:%d", host, self.port)

    async def end(self) -> None:
        """Accept nothing more, answer what is under way, stop."""
        task, self._task = self._task, None
        if task is not None:
            self._server.should_exit = True
            await task
