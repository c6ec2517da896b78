"""`quwen db`: bring the database up to date, look it over, back it up, put a backup back, move it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import exits
from bot.commands._options import open_database
from bot.commands._terminal import printable
from bot.settings import load_settings

if TYPE_CHECKING:
    from storage.database import Database

_FORCE = "Replace what is there."


@click.group(epilog="Example: quwen db backup backups/monday.db")
def command() -> None:
    """Bring the database up to date, look it over, back it up, restore it, or copy it elsewhere.

    The database is that of QUWEN_DATABASE_URL. A backup is always one SQLite file, of PostgreSQL too.
    """


@command.command("upgrade", epilog="Example: quwen db upgrade")
def upgrade() -> None:
    """Bring the tables to the shape of this version, all or nothing.

    Every command but those of `db` does so by itself.
    """
    from storage.migrations import REVISIONS

    newest = REVISIONS[-1]
    with _store() as store:
        before = store.upgrade()
        if before is None:
            said = f"建好了 · made, revision {newest}"
        elif before == newest:
            said = f"已是最新 · up to date, revision {newest}"
        else:
            said = f"升级了 · upgraded from revision {before} to {newest}"
        _say(f"{store.place}：{said}")


@command.command("check", epilog="Example: quwen db check")
def check() -> int:
    """Look the database over and change nothing; exit status 1 where something is wrong.

    Shows its revision and the rows of each table; whether tables, the file, the search index and the ids
    that will be given out are as they should be; and what to do where they are not.
    """
    from storage.checking import check_store

    with _store() as store:
        found = check_store(store)
        _say(f"{'database':<16}{store.place}")
    for look in found.looks:
        _say(f"{look.name:<16}{'✗ ' if look.to_do else ''}{look.said}")
        if look.to_do:
            _say(f"{'':<16}→ {look.to_do}")
    _list(found.rows)
    return exits.OK if found.sound else exits.FAILED


@command.command("backup", epilog="Example: quwen db backup backups/2024-04-08.db")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help=_FORCE)
def backup(file: Path, force: bool) -> None:
    """Write all that is stored into a new file, as it is at this moment; the bot may go on meanwhile.

    The file is written beside under another name, looked over, and only then gets its own.
    """
    from storage.backup import back_up

    with _store() as store:
        rows = back_up(store, _absolute(file), replace=force)
        _say(f"{store.place} → {file}：备份好了 · backed up")
    _list(rows)


@command.command("restore", epilog="Example: quwen db restore backups/2024-04-08.db")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help=_FORCE)
def restore(file: Path, force: bool) -> None:
    """Put a backup into the database, which must be empty, or with --force in the place of what is there.

    A backup of an older version is brought up to date on the way. Stop the bot first. All or nothing.
    """
    from storage.backup import restore as put_back
    from storage.copying import say_rows

    with _store() as store:
        done = put_back(store, _absolute(file), replace=force)
        if done.replaced is None:
            _say("换掉了损坏的数据库 · replaced: a damaged database")
        elif any(done.replaced.values()):
            _say(f"换掉了 · replaced: {say_rows(done.replaced)}")
        _say(f"{file} → {store.place}：恢复好了 · restored, from revision {done.revision}")
    _list(done.rows)


@command.command("copy", epilog="Example: quwen db copy postgresql://quwen@localhost/quwen")
@click.argument("url")
def copy(url: str) -> None:
    """Copy all that is stored into the empty database at URL, of either kind; tables are made there.

    It is one transaction there: all or nothing. Stop the bot first, or what it stores meanwhile stays behind.
    A password may be left to PGPASSWORD or ~/.pgpass, as for other programs.
    """
    from storage.copying import copy_store
    from storage.database import Database

    _hide_password(url)
    with _store() as store:
        target = Database(url)
        try:
            if (target.kind, target.place) == (store.kind, store.place):
                raise click.UsageError("URL is the database that is to be copied; nothing was changed")
            rows = copy_store(store, target)
            _say(f"{store.place} → {target.place}：复制好了 · copied; each table has as many rows there")
        finally:
            target.close()
    _list(rows)
    click.echo("QUWEN_DATABASE_URL 改成它，机器人就用它 · set QUWEN_DATABASE_URL to it to use it", err=True)


@contextmanager
def _store() -> Iterator["Database"]:
    """The database of the settings as it is, not upgraded."""
    settings = load_settings()
    _hide_password(settings.database_url)
    with open_database(settings, upgrade=False) as store:
        yield store


def _hide_password(url: str) -> None:
    from bot.logs import hide
    from bot.secrecy import passwords_of

    for password in passwords_of(url):
        hide(password)


def _absolute(file: Path) -> Path:
    return file.expanduser().absolute()


def _list(rows: Mapping[str, int]) -> None:
    for table, count in rows.items():
        click.echo(f"  {table:<14}{count:>10}")


def _say(line: str) -> None:
    from bot.logs import redact

    click.echo(redact(printable(line)))
