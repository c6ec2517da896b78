"""`quwen ingest`: read pages and store their events."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import exits
from bot.commands._options import DAY, open_database
from bot.commands._pages import How, ReadPage, UnreadPage
from bot.commands._pool import read_all
from bot.commands._reading import takes_jobs
from bot.commands._terminal import bar
from bot.settings import load_settings
from sources.files import name_hints

if TYPE_CHECKING:
    from parsing.model import Reading
    from storage.database import Database
    from storage.views import IngestReport


@click.command(
    epilog="Example: quwen ingest pages/2024-04-08_*.txt --source 丰台报",
    context_settings={"max_content_width": 100},
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--issued-on", type=DAY, metavar="DATE", help="Issue date, if the page or file name tells none."
)
@click.option("--district", metavar="NAME", help="District pack; default: the one set.")
@click.option("--source", metavar="NAME", help="The paper's name; default: the district's first.")
@click.option("--no-model", is_flag=True, help="Read without the name model: faster, finds less.")
@takes_jobs
def command(
    files: tuple[Path, ...],
    issued_on: date | None,
    district: str | None,
    source: str | None,
    no_model: bool,
    jobs: int | None,
) -> int:
    """Read pages (text files) and store their events.

    A page that was read before changes nothing. The same happening in two pages is one event. A page that
    cannot be read leaves nothing behind and the others go on.
    """
    from parsing.district import load_district

    settings = load_settings()
    pack = load_district(district) if district else load_district(settings.district)
    name = source or (pack.newspapers[0] if pack.newspapers else f"{pack.short}报")
    how = How(pack, issued_on, model=not no_model)
    with (
        open_database(settings) as database,
        read_all(files, how, jobs=jobs) as pages,
        bar(pages, total=len(files), told="入库 · storing") as watched,
    ):
        work = _Work(database, name, settings.zone)
        for page in watched:
            work.take(page)
    if len(files) > 1:
        click.echo(work.summary())
    return exits.FAILED if work.failed else exits.OK


@dataclass(slots=True)
class _Work:
    database: "Database"
    source: str
    zone: str
    pages: int = 0
    new: int = 0
    merged: int = 0
    known: int = 0
    failed: int = 0

    def take(self, page: ReadPage | UnreadPage) -> None:
        """Store a page, or tell why not."""
        self.pages += 1
        if isinstance(page, UnreadPage):
            self.failed += 1
            click.echo(f"quwen: {page.why}", err=True)
        else:
            click.echo(f"{page.path}: {self._store(page)}")

    def summary(self) -> str:
        told = f"{self.pages} pages: {self.new} new events, {self.merged} merged, {self.known} pages known"
        return told + (f", {self.failed} pages failed" if self.failed else "")

    def _store(self, page: ReadPage) -> str:
        from storage.ingest import PageInfo, SourceInfo, store_reading

        with self.database.session() as session:
            report = store_reading(
                session,
                page.reading,
                text=page.text,
                source=SourceInfo(self.source),
                page=PageInfo(file_name=page.path.name, number=name_hints(page.path.name).page_number),
                now=datetime.now(UTC),
                zone=self.zone,
            )
        self.known += report.page_known
        self.new += len(report.new)
        self.merged += len(report.merged)
        return _told(report, page.reading)


def _told(report: "IngestReport", reading: "Reading") -> str:
    if report.page_known:
        return "known, nothing changed"
    issued = (
        f"issue of {reading.issued_on} ({reading.issued_on_source})" if reading.issued_on else "no issue date"
    )
    told = f"{issued}, {report.articles} articles, {len(report.new)} new events"
    if report.merged:
        told += f", {len(report.merged)} merged with events known before"
    return told if report.new or report.merged else f"{told}: no event found"
