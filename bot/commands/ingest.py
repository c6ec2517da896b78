"""`quwen ingest`: read pages and store their events."""

import json
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot import exits
from bot.commands._options import DAY, open_database
from bot.commands._pages import How, ReadPage, UnreadPage
from bot.commands._pool import read_all
from bot.commands._reading import takes_jobs
from bot.commands._terminal import bar
from bot.settings import load_settings

if TYPE_CHECKING:
    from parsing.compare import Comparison
    from parsing.model import Reading
    from sources.second_reader.reader import SecondReader
    from storage.database import Database
    from storage.ingest import SourceInfo
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
@click.option("--second-reader", is_flag=True, help="Ask the second reader too, and compare.")
@click.option(
    "--disagreements",
    type=click.File("a", encoding="utf-8", lazy=False),
    metavar="FILE",
    help="With --second-reader: append what the two tell apart, a JSON object a line.",
)
def command(
    files: tuple[Path, ...],
    issued_on: date | None,
    district: str | None,
    source: str | None,
    no_model: bool,
    jobs: int | None,
    second_reader: bool,
    disagreements: TextIO | None,
) -> int:
    """Read pages (text files or PDF) and store their events.

    A page that was read before changes nothing. The same happening in two pages is one event. A page that
    cannot be read leaves nothing behind and the others go on. Where the second reader fails, the built-in
    reader's finding is stored alone.
    """
    if disagreements and not second_reader:
        raise click.UsageError("--disagreements needs --second-reader")
    settings = load_settings()
    pack = settings.pack(district)
    name = source or (pack.newspapers[0] if pack.newspapers else f"{pack.short}报")
    how = How(pack, issued_on, model=not no_model)
    with ExitStack() as stack:
        second = None
        if second_reader:
            from bot.second_reader import open_second_reader

            second = stack.enter_context(open_second_reader(settings))
        database = stack.enter_context(open_database(settings))
        pages = stack.enter_context(read_all(files, how, jobs=jobs))
        work = _Work(database, name, settings.zone, second, disagreements)
        for page in stack.enter_context(bar(pages, total=len(files), told="入库 · storing")):
            work.take(page)
    if len(files) > 1:
        click.echo(work.summary())
    return exits.FAILED if work.failed else exits.OK


@dataclass(slots=True)
class _Work:
    database: "Database"
    source: str
    zone: str
    second: "SecondReader | None" = None
    disagreements: TextIO | None = None
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
            click.echo(f"{page.shown}: {self._store(page)}")

    def summary(self) -> str:
        told = f"{self.pages} pages: {self.new} new events, {self.merged} merged, {self.known} pages known"
        return told + (f", {self.failed} pages failed" if self.failed else "")

    def _store(self, page: ReadPage) -> str:
        from storage.ingest import PageInfo, SourceInfo, store_reading

        source, reading = SourceInfo(self.source), page.reading
        comparison = self._compared(page.text, reading, source)
        if comparison is not None:
            from parsing.compare import confirmed

            reading = confirmed(reading, comparison)
        with self.database.session() as session:
            report = store_reading(
                session,
                reading,
                text=page.text,
                source=source,
                page=PageInfo(file_name=page.file_name, number=page.number),
                now=datetime.now(UTC),
                zone=self.zone,
                comparison=comparison,
            )
        if comparison is not None:
            self._tell_apart(comparison, page.file_name, reading)
        self.known += report.page_known
        self.new += len(report.new)
        self.merged += len(report.merged)
        return _told(report, reading) + _compared_told(comparison)

    def _compared(self, text: str, reading: "Reading", source: "SourceInfo") -> "Comparison | None":
        """The reading compared with a second one; None where there is none, and stderr says why."""
        from parsing.compare import compare
        from sources.second_reader.errors import SecondReaderError
        from storage.ingest import page_is_known

        if self.second is None:
            return None
        with self.database.session(write=False) as session:
            if page_is_known(session, text=text, source=source):
                return None  # nothing will be stored: nothing need be paid for
        try:
            return compare(reading, self.second(text, outline=reading))
        except SecondReaderError as error:
            told = "第二读者没有读成，只用内置读者 · no second reading, the built-in reader's stands alone"
            click.echo(f"quwen: {told}: {error}", err=True)
            return None

    def _tell_apart(self, comparison: "Comparison", name: str, reading: "Reading") -> None:
        from parsing.export import as_disagreement

        if self.disagreements is None:
            return
        issued_on = reading.issued_on.isoformat() if reading.issued_on else None
        for one in comparison.disagreements:
            line = {"file": name, "issued_on": issued_on, "source": self.source, **as_disagreement(one)}
            self.disagreements.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.disagreements.flush()


def _compared_told(comparison: "Comparison | None") -> str:
    if comparison is None:
        return ""
    same = sum(not pair.differing for pair in comparison.agreed)
    return (
        f"；第二读者：{same} 件一致，{len(comparison.disagreements)} 件待看"
        f" · second reader: {same} confirmed, {len(comparison.disagreements)} to look at"
    )


def _told(report: "IngestReport", reading: "Reading") -> str:
    if report.page_known:
        return "known, nothing changed"
    issued = (
        f"issue of {reading.issued_on} ({reading.issued_on_source})" if reading.issued_on else "no issue date"
    )
    told = f"{issued}, {report.articles} articles, {len(report.new)} new events"
    if waiting := sum(event.review == "open" for event in report.new):
        told += f" ({waiting} to review)"
    if report.merged:
        told += f", {len(report.merged)} merged with events known before"
    if again := [event.id for event in report.merged if event.review == "rejected"]:
        told += f" ({', '.join(again)} had been rejected and stays so; see quwen review)"
    return told if report.new or report.merged else f"{told}: no event found"
