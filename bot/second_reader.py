"""The second reader as the settings have it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.logs import hide
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from sources.second_reader.budget import Budget
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
    with Endpoint(access, _budget(settings), clock=_now) as endpoint:
        yield SecondReader(endpoint, max_characters=settings.second_reader_max_characters)


def spending(settings: Settings) -> str:
    """What the second reader took today, in a line; "off" where it is."""
    if not settings.second_reader_url:
        return "off"
    from sources.second_reader.errors import LimitReachedError

    budget = _budget(settings)
    try:
        spent = budget.spent()
    except LimitReachedError as error:
        return str(error)
    limits, tokens = budget.limits, spent.tokens_in + spent.tokens_out
    line = f"{settings.second_reader_model}, {tokens} of {limits.tokens} tokens today"
    return line if limits.cost is None else f"{line}, cost {spent.cost(limits):.2f} of {limits.cost:g}"


def _budget(settings: Settings) -> "Budget":
    from sources.second_reader.budget import Budget, Limits

    limits = Limits(
        settings.second_reader_daily_tokens,
        settings.second_reader_daily_cost,
        settings.second_reader_price_in,
        settings.second_reader_price_out,
    )
    return Budget(Path(settings.second_reader_ledger), limits, zone=settings.zone, clock=_now)


def _now() -> datetime:
    return datetime.now(UTC)
