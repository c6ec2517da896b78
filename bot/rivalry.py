"""Another program that takes the updates of our token: told apart, said once with what to do, and over."""

import logging
import time
from collections.abc import Callable
from enum import StrEnum

QUIET = 120.0  # seconds without a clash after which a rival that asks is gone; each asks more often than that
_WEBHOOK = "webhook"  # Telegram has no code for it, only its words

logger = logging.getLogger(__name__)


class Rival(StrEnum):
    """How the other one gets our updates."""

    ASKS = "asks"  # getUpdates, as we do: the newer request ends the older
    IS_PUSHED = "is pushed"  # a webhook is set: who asks gets nothing

    @property
    def advice(self) -> str:
        """What is the matter, and what to do."""
        if self is Rival.ASKS:
            return (
                "another program asks Telegram for updates with the same token, so each of the two misses "
                "some: stop one of them, or give one a token of its own from @BotFather"
            )
        return (
            "another program has set a webhook for the same token, so Telegram gives us no updates: stop "
            "that program and start this one again, which takes the webhook off; or serve with --webhook"
        )


class Rivalry:
    """Whether there is a rival. `monotonic` gives seconds that never go back."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.rival: Rival | None = None
        self._monotonic = monotonic
        self._clashed_at = 0.0

    def clash(self, description: str) -> bool:
        """Telegram answered a request for updates with 409; whether that is news, which is logged."""
        rival = Rival.IS_PUSHED if _WEBHOOK in description.lower() else Rival.ASKS
        self._clashed_at = self._monotonic()
        if rival is self.rival:
            return False
        self.rival = rival
        logger.error("%s", rival.advice)
        return True

    def heard(self) -> None:
        """A request for updates was answered."""
        if self.rival is None:
            return
        if self.rival is Rival.IS_PUSHED or self._monotonic() - self._clashed_at >= QUIET:
            self.rival = None
            logger.info("no other program takes our updates any more")
