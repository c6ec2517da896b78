"""`quwen sources`: the papers and sites that can be read, how they stand, and a first look at one of them."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import click

from bot import exits
from bot.collecting import catalog_of, chosen
from bot.commands._options import DAY, open_database
from bot.commands._terminal import printable, show
from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from sqlmodel import Session

    from parsing.district import District
    from sources.catalog import Source
    from sources.look import Look, ReadArticle
    from sources.refs import SourceArticle
    from storage.source_states import SourceStanding

_MOST = 20  # articles of a first look
_ISSUES = 7  # whose articles and events are counted
_TABLE = ("id", "name", "read by", "state", "last issue", "articles", "events", "next look")
_LEDGER = ("issue", "state", "pages", "articles", "events")
_DAYS = 31  # of the ledger that are shown


@click.group(invoke_without_command=True, epilog="Example: quwen sources check fengtai")
@click.pass_context
def command(context: click.Context) -> int | None:
    """List the papers and sites that can be read, and how they stand.

    Articles and events are those of the last seven issues. `check` looks at a source and stores nothing;
    `issues` shows which of its issues were read, and which are missing.
    """
    if context.invoked_subcommand is not None:
        return None
    from storage.source_states import SourceStanding, standings

    settings = load_settings()
    catalog = catalog_of(settings)
    with open_database(settings) as database, database.session(write=False) as session:
        known = standings(session)
        rows = [
            _row(source, known.get(source.id, SourceStanding(source.id)), session, settings)
            for source in catalog.values()
        ]
    show(dict.fromkeys(_TABLE), rows)
    for standing in known.values():
        if standing.source in catalog and standing.why and not standing.state.is_well:
            click.echo(printable(f"{standing.source}: {standing.why}"))
    return exits.OK


def _row(
    source: "Source", standing: "SourceStanding", session: "Session", settings: Settings
) -> tuple[str, ...]:
    from storage.ledger import IssueState, last_issues

    issues = last_issues(session, source.id, limit=_ISSUES, state=IssueState.READ)
    collected = source.id in settings.collect
    look = standing.next_look_at.astimezone(ZoneInfo(settings.zone)) if standing.next_look_at else None
    return (
        source.id,
        f"{source.name} · {source.district}",
        source.family,
        standing.state,
        str(issues[0].day) if issues else "",
        str(sum(issue.articles for issue in issues)) if issues else "",
        str(sum(issue.mentions for issue in issues)) if issues else "",
        (f"{look:%m-%d %H:%M}" if look else "soon") if collected else "by hand",
    )


@command.command("issues", epilog="Example: quwen sources issues fengtai --since 2024-03-01")
@click.argument("name", metavar="SOURCE")
@click.option("--since", type=DAY, metavar="DATE", help="From a day on; default: the last 31 days.")
def issues(name: str, since: date | None) -> int:
    """Show the ledger of a source: which issues were read, and which are missing."""
    from storage.ledger import issues_between

    settings = load_settings()
    source = chosen(catalog_of(settings), name)
    today = datetime.now(UTC).astimezone(ZoneInfo(settings.zone)).date()
    with open_database(settings) as database, database.session(write=False) as session:
        known = issues_between(session, source.id, since or today - timedelta(days=_DAYS), today)
    rows = [
        (
            f"{issue.day:%Y-%m-%d %a}",
            issue.state,
            *(str(count) if issue.url else "" for count in (issue.pages, issue.articles, issue.mentions)),
            issue.why,
        )
        for issue in sorted(known.values(), key=lambda issue: issue.day, reverse=True)
    ]
    if not rows:
        click.echo(f"{source.name}：还没有读过 · nothing was read yet; try `quwen collect {source.id}`")
        return exits.OK
    show({**dict.fromkeys(_LEDGER), "why": 1}, rows)
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
    source = chosen(catalog_of(settings), name)
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


def _say(one: "ReadArticle") -> None:
    """One line for an article as it comes."""
    article = one.article
    page = (article.page_number if article else None) or one.page.number or "?"
    named = (article and article.headline) or one.reference.headline
    title = named or unquote(one.reference.url)  # a page that was not parted has an address only
    letters = sum(map(len, article.paragraphs)) if article else 0
    kind = f" {article.kind.value}" if article else ""
    wrong = f"  ✗ {'; '.join(one.flaws)}" if one.flaws else ""
    click.echo(printable(f"  {page:>3}  {title}  ({letters} letters{kind}){wrong}"))


def _sum_up(look: "Look", source: "Source", settings: Settings) -> None:
    events = _events(look, settings.pack_or_plain(source.district), look.issue.day)
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
