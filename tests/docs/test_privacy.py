"""The page on what is stored about people names every table, and every column of those that hold a chat."""

import re

import pytest
from sqlalchemy import Table

from storage.tables import METADATA
from tests.docs.transcript import ROOT
from tests.storage.test_forgetting import columns_for_people

PAGE = (ROOT / "docs" / "privacy.md").read_text("utf-8")
TABLES = METADATA.sorted_tables


def named_columns() -> dict[str, set[str]]:
    """The columns that the first table of the page names, for each table of the database."""
    found: dict[str, set[str]] = {}
    name = ""
    for row in re.findall(r"^\| (.*) \|$", PAGE.split("### ")[0], re.MULTILINE):
        first, columns, *_ = row.split(" | ") if row.startswith("`") else ("", *row.lstrip("| ").split(" | "))
        name = "".join(re.findall(r"^`(\w+)`", first)) or name
        found.setdefault(name, set()).update(re.findall(r"`(\w+)`", columns))
    return found


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_is_named(table: Table) -> None:
    assert f"`{table.name}`" in PAGE


@pytest.mark.parametrize(
    "table", [table for table in TABLES if "chat_id" in table.columns or table.name == "chat"]
)
def test_every_column_is_named_of_a_table_that_is_of_chats(table: Table) -> None:
    assert named_columns()[table.name] == {column.name for column in table.columns}


def test_every_column_that_can_hold_a_person_is_named() -> None:
    named = named_columns()
    assert [place for place in sorted(columns_for_people()) if place[1] not in named.get(place[0], ())] == []
