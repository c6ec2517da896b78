"""Fixtures: an empty database for each test, copied from one that was migrated once, and a desk over it."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.desk import Desk, database_at


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "quwen.db"
    database = database_at(path)
    database.upgrade()
    database.close()
    return path


@pytest.fixture
async def desk(migrated: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    path = tmp_path / "quwen.db"
    shutil.copy(migrated, path)
    database = database_at(path)
    desk = Desk(database)
    await desk.application.initialize()
    yield desk
    await desk.application.shutdown()
    database.close()
