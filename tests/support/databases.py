"""Empty databases for tests: `database` runs a test on SQLite and on PostgreSQL, `sqlite_database` on one.

PostgreSQL is taken from QUWEN_TEST_POSTGRES_URL, or from 127.0.0.1:5432 (user postgres), or else started from
the installed programs in a temporary folder. Where none can be had, the tests fail and say so.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, make_url

from storage.database import Database
from storage.tables import METADATA
from tests.support.postgres import PostgresServer, find_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server that lets us make databases."""
    server = find_server(os.environ.get("QUWEN_TEST_POSTGRES_URL"))
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a database that was upgraded once, to be copied; no test writes to it."""
    name = _make(postgres_server.url)
    database = Database(_named(postgres_server.url, name))
    database.upgrade()
    database.close()
    yield name
    _drop(postgres_server.url, name)


@pytest.fixture(scope="session")
def shared_postgres(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """The name of an upgraded database that tests use one after another, emptied each time."""
    name = _make(postgres_server.url, postgres_template)
    yield name
    _drop(postgres_server.url, name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that was upgraded once, to be copied."""
    path = tmp_path_factory.mktemp("template") / "quwen.db"
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    database.close()
    return path


@contextmanager
def temporary_postgres(server: PostgresServer) -> Iterator[str]:
    """The address of a PostgreSQL database without any table, which is dropped at the end."""
    name = _make(server.url)
    try:
        yield _named(server.url, name)
    finally:
        _drop(server.url, name)


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The same for a test."""
    with temporary_postgres(postgres_server) as url:
        yield url


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty, upgraded SQLite database of the test's own."""
    path = tmp_path / "quwen.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def postgres_database(postgres_server: PostgresServer, shared_postgres: str) -> Iterator[Database]:
    """An upgraded PostgreSQL database, emptied for the test, which must leave the tables' shape alone."""
    url = _named(postgres_server.url, shared_postgres)
    _empty(url)
    database = Database(url)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty, upgraded database: the test runs once on each kind. It must leave the tables' shape alone."""
    return _fixture(request, "sqlite_database" if request.param == "sqlite" else "postgres_database")


@pytest.fixture
def own_postgres_database(postgres_server: PostgresServer, postgres_template: str) -> Iterator[Database]:
    """An empty, upgraded PostgreSQL database of the test's own, whose shape it may spoil."""
    name = _make(postgres_server.url, postgres_template)
    database = Database(_named(postgres_server.url, name))
    yield database
    database.close()
    _drop(postgres_server.url, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def own_database(request: pytest.FixtureRequest) -> Database:
    """The same on each kind."""
    return _fixture(request, "sqlite_database" if request.param == "sqlite" else "own_postgres_database")


def _fixture(request: pytest.FixtureRequest, name: str) -> Database:
    found = request.getfixturevalue(name)
    assert isinstance(found, Database)
    return found


def _empty(url: str) -> None:
    # A hundred times faster than making a database, where the tables hold little.
    tables = [sql.Identifier(table.name) for table in reversed(METADATA.sorted_tables)]
    with psycopg.connect(url, connect_timeout=5) as connection:
        connection.execute(sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(table) for table in tables))


def _make(server: URL, template: str = "template0") -> str:
    name = f"quwen_test_{uuid4().hex[:12]}"
    with _admin(server) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    return name


def _drop(server: URL, name: str) -> None:
    with _admin(server) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _admin(server: URL) -> psycopg.Connection:
    plain = server.set(drivername="postgresql")
    return psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True, connect_timeout=5)


def _named(server: URL, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
