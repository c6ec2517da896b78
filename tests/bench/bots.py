"""Serving processes of a bot, beside a played Telegram."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import TemporaryFile

from tests.bench.processes import ROOT

_PATIENCE = 30  # seconds for a process to end


@asynccontextmanager
async def serving(*commands: str, **settings: str) -> AsyncIterator[None]:
    """`quwen COMMAND` for each, all with these settings (named without QUWEN_), until the end of the block.

    Raises:
        RuntimeError: one has ended by itself; the message has its last words.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUWEN_")}
    environment |= {f"QUWEN_{name.upper()}": value for name, value in settings.items()}
    with TemporaryFile() as log:
        running = [
            subprocess.Popen(  # noqa: ASYNC220 - starting it takes no time
                [sys.executable, "-m", "bot.cli", *command.split()],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
            for command in commands
        ]
        try:
            yield
            ended = [process.args for process in running if process.poll() is not None]
        finally:
            for process in running:
                process.terminate()
            for process in running:
                await asyncio.to_thread(process.wait, _PATIENCE)  # they still talk with Telegram
        if ended:
            log.seek(0)
            raise RuntimeError(f"{ended} ended: {log.read().decode(errors='replace')[-2_000:]}")
