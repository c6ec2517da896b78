"""`quwen backfill`: read years of a source's archive."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot import exits
from bot.commands._options import DAY, open_database
from bot.commands._terminal import printable
from bot.settings import load_settings
from bot.stopping import STOPPED, stops

if TYPE_CHECKING:
    from jobs.collecting.backfill import BackfillResult

A_DAY = 60  # issues: of a paper with eight pages about five hours


@click.command(epilog="Example: quwen backfill fengtai --from 2023-01-01 --to 2023-12-31")
@click.argument("name", metavar="SOURCE")
@click.option("--from", "first", type=DAY, required=True, metavar="DATE", help="The oldest day.")
@click.option("--to", "last", type=DAY, required=True, metavar="DATE", help="The newest day.")
@click.option(
    "--a-day", type=click.IntRange(min=1), default=A_DAY, show_default=True, help="Issues a day at most."
)
def command(name: str, first: date, last: date, a_day: int) -> int:
    """Read the archive of a source, from the newest day back, and store its events.

    It may be stopped at any moment: called again, it goes on where it was, and reads nothing twice. When
    as many issues are read as a day allows it ends; the same command the next day goes on.
    """
    from bot.collecting import catalog_of, chosen, collecting_of
    from bot.logs import set_up_logs_by
    from jobs.collect import HeldError, at_work
    from jobs.collecting.backfill import backfill
    from jobs.collecting.desk import StoppedError
    from storage.ledger import count_done_since

    if first > last:
        raise click.UsageError(f"--from {first} lies behind --to {last}")
    settings = load_settings()
    zone = ZoneInfo(settings.zone)
    today = datetime.now(UTC).astimezone(zone).date()
    if last > today:
        raise click.UsageError(f"--to {last} has not come yet: today is {today}")
    set_up_logs_by(settings)
    source = chosen(catalog_of(settings), name)
    with open_database(settings) as database, stops() as stopping:
        work = collecting_of(settings, database, stopping=stopping)
        with database.session(write=False) as session:
            done = count_done_since(session, source.id, datetime.combine(today, time(), zone))
        try:
            with at_work(work, source) as desk, _progress(first, last) as told:
                result = backfill(desk, first, last, most=max(0, a_day - done), told=told)
        except (HeldError, StoppedError) as error:
            if not stopping():
                raise click.ClickException(str(error)) from error
            click.echo(STOPPED, err=True)
            return exits.INTERRUPTED
    _sum_up(result)
    return exits.OK if result.rest is None and not result.failed else exits.FAILED


@contextmanager
def _progress(first: date, last: date) -> "Iterator[Callable[[date, BackfillResult], None]]":
    """A bar over the days on a terminal; else a line for each month."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    total = (last - first).days + 1
    share = TextColumn("{task.percentage:>3.0f}%")
    columns = (TextColumn("{task.description}"), BarColumn(), share, TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(str(last), total=total)
        month = (last.year, last.month)

        def told(day: date, result: "BackfillResult") -> None:
            nonlocal month
            bar.update(task, completed=(last - day).days, description=f"{day}  {result.read} 期 · issues")
            if not console.is_terminal and (day.year, day.month) != month:
                click.echo(f"{month[0]}-{month[1]:02}: {_counts(result)}", err=True)
                month = (day.year, day.month)

        yield told


def _sum_up(result: "BackfillResult") -> None:
    click.echo(_counts(result))
    if result.held:
        click.echo(f"{result.held} 期有问题，先扣着：见 quwen sources · {result.held} issues are held")
    if result.rest is not None:
        click.echo(
            printable(f"停在 {result.rest}，再运行就接着读 · stopped, run it again to go on: {result.why}")
        )


def _counts(result: "BackfillResult") -> str:
    failed = f", {result.failed} issues could not be read" if result.failed else ""
    return f"{result.read} issues read, {result.articles} articles, {result.events} new events{failed}"
