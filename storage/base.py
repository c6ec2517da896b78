"""The base of all tables: our own metadata, with named constraints so that migrations find them."""

from typing import ClassVar

from sqlalchemy import MetaData
from sqlmodel import SQLModel

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """A row of a table."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)
