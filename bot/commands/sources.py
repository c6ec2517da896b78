"""`quwen sources`: the papers and sites that can be read, and a first look at one of them."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot import exits
from bot.commands._terminal import printable
from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from parsing.district import District
    from sources.catalog import Source
    from sources.look import Look, ReadArticle
    from sources.refs import SourceArticle

_MOST = 20  # articles of a first look


@click.group(invoke_without_command=True, epilog="Example: quwen sources check fengtai")
@click.pass_context
def command(context: click.Context) -> int | None:
    """List the papers and sites that can be read; `check` looks at one of them."""
    if context.invoked_subcommand is not None:
        return None
    for source in _catalog(load_settings()).values():
        click.echo(
            printable(
                f"{source.id:<16}{source.family:<12}{source.tls.value:<8}{source.name} · {source.district}"
            )
        )
    return exits.OK


@command.command("check", epilog="Example: quwen sources check fengtai --day 2024-03-08")
@click.argument("name", metavar="SOURCE")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The issue of a day, not the newest.")
@click.option(
    "--most", type=click.IntRange(1, 500), default=_MOST, show_default=True, help="Articles at most."
)
def check(name: str, day: datetime | None, most: int) -> int:
    """Read an issue of a source and print what was seen; nothing is stored.

    Pages are asked for one by one with a pause of some seconds, and nothing is asked for twice. The exit
    status is 1 where no issue was found, or where too many of its articles lack something.
    """
    from bot.fetching import fetcher_of
    from sources.fetching.errors import FetchError
    from sources.look import VALID, look_at

    settings = load_settings()
    source = _chosen(_catalog(settings), name)
    try:
        with fetcher_of(source, settings) as fetcher:
            look = look_at(
                source.adapter(),
                fetcher.get,
                today=datetime.now(UTC).astimezone(ZoneInfo(settings.zone)).date(),
                day=day.date() if day else None,
                most=most,
                watch=_say,
            )
    except FetchError as error:
        raise click.ClickException(printable(str(error))) from error
    if look is None:
        wanted = f"of {day.date()}" if day else "at the entry"
        raise click.ClickException(f"{source.name}：没有找到这一期 · no issue {wanted}")
    _sum_up(look, source, settings)
    return exits.OK if look.valid >= VALID else exits.FAILED


def _catalog(settings: Settings) -> "dict[str, Source]":
    from sources.catalog import CatalogError, load_catalog

    try:
        return load_catalog(settings.sources)
    except CatalogError as error:
        raise click.ClickException(str(error)) from error


def _chosen(catalog: "dict[str, Source]", name: str) -> "Source":
    if name in catalog:
        return catalog[name]
    raise click.UsageError(f"there is no source {name!r}; known: {', '.join(catalog)}")


def _say(one: "ReadArticle") -> None:
    """One line for an article as it comes."""
    article = one.article
    page = (article.page_number if article else None) or one.page.number or "?"
    title = article.headline if article else one.reference.headline or one.reference.url
    letters = sum(map(len, article.paragraphs)) if article else 0
    kind = f" {article.kind.value}" if article else ""
    wrong = f"  ✗ {'; '.join(one.flaws)}" if one.flaws else ""
    click.echo(printable(f"  {page:>3}  {title}  ({letters} letters{kind}){wrong}"))


def _sum_up(look: "Look", source: "Source", settings: Settings) -> None:
    from parsing.district import UnknownDistrict, generic_district

    try:
        district = settings.pack(source.district)
    except UnknownDistrict:
        district = generic_district(source.district)
    events = _events(look, district, look.issue.day)
    click.echo(printable(f"{source.name}, issue of {look.issue.day}: {look.issue.url}"))
    click.echo(
        f"{len(look.pages)} pages, {len(look.read)} articles read, {look.valid:.0%} whole, {events} events"
    )


def _events(look: "Look", district: "District", day: date) -> int:
    from parsing.reader import read_page
    from sources.page_text import page_text

    pages: dict[str, list[SourceArticle]] = {}
    for one in look.read:
        if one.article is not None:
            pages.setdefault(one.page.url, []).append(one.article)
    readings = (
        read_page(page_text(articles), district=district, issued_on=day) for articles in pages.values()
    )
    return sum(len(reading.mentions) for reading in readings)
