"""Options and openings that several commands share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.database import Database


class Day(click.ParamType[date]):
    """A date as 2024-04-08."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read an ISO date."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"{value!r} is not a date that exists; write it as 2024-04-08", param, ctx)


DAY = Day()


@contextmanager
def open_database(settings: "Settings", *, upgrade: bool = True) -> Iterator["Database"]:
    """The database of the settings, its tables made or brought up to date, closed at the end.

    Without `upgrade` it is left as it is.

    Raises:
        DatabaseError
    """
    from storage.database import Database

    database = Database(settings.database_url)
    try:
        if upgrade:
            database.upgrade()
        yield database
    finally:
        database.close()
