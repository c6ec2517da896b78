"""Time expressions of Chinese news: where they stand, what kind they are, and the days they mean.

The public surface of the date rules: `find_dates` for running text, `read_period` for a command's words.
The words are in `date_patterns`, their reading in `date_points`, the forms that they make in `date_forms`, the
search in `date_search`, the calendar in `date_resolve`.
"""

from parsing.date_command import read_period
from parsing.date_kinds import DateKind, FoundDate
from parsing.date_search import find_dates, find_dates_of

__all__ = ["DateKind", "FoundDate", "find_dates", "find_dates_of", "read_period"]
