"""Throws away what nobody needs any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.cleaning import delete_done, drop_stale
from storage.database import Database
from storage.intake import delete_old_intakes
from storage.remembered import forget_unused

STALE_AFTER = timedelta(days=7)  # a weekly digest is of no use once the next one is due
KEEP_DONE = timedelta(days=90)
KEEP_INTAKES = timedelta(days=7)  # what was handed in by hand, and nobody said whether to store it
KEEP_UNUSED = timedelta(days=30)


@dataclass(slots=True)
class TidyResult:
    """What a pass threw away."""

    dropped: int = 0  # deliveries that waited too long, such as those of a chat that blocked us
    deleted: int = 0  # deliveries long done
    intakes: int = 0  # what was handed in by hand a week ago
    forgotten: int = 0  # pages kept to ask by whether they have changed, and not asked for any more

    def __bool__(self) -> bool:
        """Whether anything was done."""
        return bool(self.dropped or self.deleted or self.intakes or self.forgotten)


async def tidy(database: Database, *, now: datetime) -> TidyResult:
    """Drop what has waited for a week, delete deliveries done 90 days ago, forget pages of no use.

    Raises:
        DatabaseError
    """
    return TidyResult(
        dropped=await database.run(drop_stale, now - STALE_AFTER, now),
        deleted=await database.run(delete_done, now - KEEP_DONE),
        intakes=await database.run(delete_old_intakes, now - KEEP_INTAKES),
        forgotten=await database.run(forget_unused, now - KEEP_UNUSED),
    )
