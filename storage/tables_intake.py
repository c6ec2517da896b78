"""The table of what was handed in by hand: read, and waiting for somebody to say whether to store it."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Text
from sqlmodel import Field

from storage.base import Row
from storage.columns import CountingKey, UtcDateTime


class IntakeRow(Row, table=True):
    """What one chat handed in at one time. Its text goes once the word is said, the row a week later."""

    __tablename__ = "intake"
    __table_args__ = ({"sqlite_autoincrement": True},)  # an old button must never mean another intake

    id: int | None = Field(default=None, primary_key=True, sa_type=CountingKey)
    chat_id: int = Field(foreign_key="chat.id", index=True, sa_type=BigInteger)
    state: str = Field(sa_type=Text)  # waiting, stored, dropped
    pages: list[list[str | None]] = Field(sa_type=JSON)  # the text of each and its number as printed
    source: str = Field(sa_type=Text)
    file_name: str = Field(sa_type=Text)
    url: str | None = Field(default=None, sa_type=Text)
    title: str | None = Field(default=None, sa_type=Text)
    issued_on: date | None = None
    dated_by: str = Field(sa_type=Text)  # a `DatedBy`
    made_at: datetime = Field(sa_type=UtcDateTime, index=True)
