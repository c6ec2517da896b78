"""`quwen ingest`: read pages and store their events."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import exits
from bot.commands._options import DAY, open_database
from bot.settings import load_settings
from sources.files import SourceError, name_hints, read_file

if TYPE_CHECKING:
    from parsing.district import District
    from parsing.model import Reading
    from parsing.tagger import Tagger
    from storage.database import Database
    from storage.views import IngestReport


class ReaderError(Exception):
    """The reader has a fault that this page brings out."""


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
def command(
    files: tuple[Path, ...], issued_on: date | None, district: str | None, source: str | None, no_model: bool
) -> int:
    """Read pages (text files) and store their events.

    A page that was read before changes nothing. The same happening in two pages is one event. A page that
    cannot be read leaves nothing behind and the others go on.
    """
    from parsing.district import load_district
    from parsing.tagger import load_tagger

    settings = load_settings()
    pack = load_district(district) if district else load_district(settings.district)
    name = source or (pack.newspapers[0] if pack.newspapers else f"{pack.short}报")
    with open_database(settings) as database:
        tagger = None if no_model else load_tagger()
        return _Work(database, pack, name, issued_on, tagger, settings.zone).read_all(files)


@dataclass(slots=True)
class _Work:
    database: "Database"
    district: "District"
    source: str
    issued_on: date | None
    tagger: "Tagger | None"
    zone: str
    new: int = 0
    merged: int = 0
    known: int = 0
    failed: int = 0

    def read_all(self, files: tuple[Path, ...]) -> int:
        for path in _with_bar(files):
            try:
                line = self._read(path)
            except (SourceError, ReaderError) as error:
                self.failed += 1
                click.echo(f"quwen: {error}", err=True)
            else:
                click.echo(f"{path}: {line}")
        if len(files) > 1:
            told = (
                f"{len(files)} pages: {self.new} new events, {self.merged} merged, {self.known} pages known"
            )
            click.echo(told + (f", {self.failed} pages failed" if self.failed else ""))
        return exits.FAILED if self.failed else exits.OK

    def _read(self, path: Path) -> str:
        from parsing.reader import read_page
        from storage.ingest import PageInfo, SourceInfo, store_reading

        page = read_file(path)
        hints = name_hints(page.name)
        try:
            reading = read_page(
                page.text,
                district=self.district,
                issued_on=self.issued_on or hints.issued_on,
                tagger=self.tagger,
            )
        except Exception as error:
            raise ReaderError(f"{path} broke the reader ({type(error).__name__}: {error})") from error
        with self.database.session() as session:
            report = store_reading(
                session,
                reading,
                text=page.text,
                source=SourceInfo(self.source),
                page=PageInfo(file_name=page.name, number=hints.page_number),
                now=datetime.now(UTC),
                zone=self.zone,
            )
        self.known += report.page_known
        self.new += len(report.new)
        self.merged += len(report.merged)
        return _told(report, reading)


def _with_bar(files: Sequence[Path]) -> Iterator[Path]:
    """The files, with a progress bar on stderr when there are many and somebody looks."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if len(files) < 2 or not console.is_terminal:
        yield from files
        return
    # Lines printed meanwhile go above the bar, unless they go elsewhere.
    with Progress(console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        yield from progress.track(files, description="Reading")


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
