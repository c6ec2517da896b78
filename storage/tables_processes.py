"""The table of the processes that send: what part of the bot's pace each may use."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from storage.base import Row
from storage.columns import UtcDateTime


class ProcessRow(Row, table=True):
    """A process that sends to Telegram with this bot's token, as long as it gives signs of life."""

    __tablename__ = "process"

    name: str = Field(primary_key=True, sa_type=Text)
    role: str = Field(sa_type=Text)  # run, worker, job
    began_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    share: int = 0  # messages a window that it may send
    before: int = 0  # what it might send until `changed_at`
    changed_at: datetime = Field(sa_type=UtcDateTime)
