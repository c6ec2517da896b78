"""Fixtures: a paper on 127.0.0.1, and one who collects from it."""

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.jobs.collecting.support import Newsroom, source_at
from tests.sources.site import Site, site


@pytest.fixture
def paper() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def newsroom(sqlite_database: Database, paper: Site) -> Newsroom:
    return Newsroom(sqlite_database, source_at(paper.url))
