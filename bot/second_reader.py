"""The second reader as the settings have it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.logs import hide
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from sources.second_reader.reader import SecondReader


@contextmanager
def open_second_reader(settings: Settings) -> Iterator["SecondReader"]:
    """The second reader, its connections closed at the end. Its key is hidden from lines logged from now on.

    Raises:
        SettingsError: it is off.
    """
    if not settings.second_reader_url:
        raise SettingsError(
            "第二读者没有打开，请设 QUWEN_SECOND_READER_URL 和 QUWEN_SECOND_READER_MODEL"
            " · the second reader is off: set QUWEN_SECOND_READER_URL and QUWEN_SECOND_READER_MODEL"
        )
    from sources.second_reader.budget import Budget, Limits
    from sources.second_reader.endpoint import Access, Endpoint
    from sources.second_reader.reader import SecondReader

    key = settings.second_reader_key.get_secret_value() if settings.second_reader_key else ""
    hide(key)
    access = Access(
        settings.second_reader_url,
        settings.second_reader_model,
        key,
        timeout=settings.second_reader_timeout,
        retries=settings.second_reader_retries,
    )
    limits = Limits(
        settings.second_reader_daily_tokens,
        settings.second_reader_daily_cost,
        settings.second_reader_price_in,
        settings.second_reader_price_out,
    )

    def clock() -> datetime:
        return datetime.now(UTC)

    budget = Budget(Path(settings.second_reader_ledger), limits, zone=settings.zone, clock=clock)
    with Endpoint(access, budget, clock=clock) as endpoint:
        yield SecondReader(endpoint, max_characters=settings.second_reader_max_characters)
