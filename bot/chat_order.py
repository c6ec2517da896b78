"""Updates of one chat one after the other, of different chats side by side."""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any, Protocol
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

_ALL = 1_000_000  # updates that may stand in line at the same time: the library need not count them


class Door(Protocol):
    """Looks at each update before it stands in line."""

    def turn_away(self, update: Update) -> Awaitable[None] | None:
        """What to do instead of processing it, at once; None lets it in."""

    def over(self, update: Update) -> None:
        """One that was let in has been processed."""


class ChatOrder(BaseUpdateProcessor):
    """Handles up to so many updates at the same time, those of a chat in the order in which they came.

    Two quick taps on a button so never overtake each other, and a slow chat holds up nobody else: what waits
    for its turn in a chat takes no place from the others. `door` is looked up for each update.
    """

    def __init__(self, at_once: int) -> None:
        super().__init__(_ALL)
        self.door: Door | None = None
        self._places = asyncio.Semaphore(at_once)
        # A lock lives as long as somebody holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's turn, then process."""
        if self.door is None or not isinstance(update, Update):
            await self._in_turn(update, coroutine)
            return
        instead = self.door.turn_away(update)
        if instead is not None:
            if isinstance(coroutine, Coroutine):
                coroutine.close()
            await instead
            return
        try:
            await self._in_turn(update, coroutine)
        finally:
            self.door.over(update)

    async def _in_turn(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat if isinstance(update, Update) else None
        # One of no chat waits for nobody.
        lock = asyncio.Lock() if chat is None else self._locks.setdefault(chat.id, asyncio.Lock())
        async with lock, self._places:
            await coroutine
