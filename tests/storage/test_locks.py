"""PostgreSQL's locks are waited for as long as SQLite's file."""

from sqlalchemy import text

from storage.database import Database


def test_a_limit_of_the_address_for_locks_is_kept(postgres_database: Database) -> None:
    def limit(**query: str) -> str:
        database = Database(postgres_database._url.update_query_dict(query))
        with database.session() as session:
            found = str(session.scalar(text("SHOW lock_timeout")))
        database.close()
        return found

    assert limit() == "5s"
    assert limit(options="-c lock_timeout=7s") == "7s"
