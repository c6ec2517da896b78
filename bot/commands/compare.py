"""`quwen compare`: read a page with both readers, and show what they tell apart."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import exits
from bot.commands._pages import How, PageReader
from bot.commands._reading import chosen_district, reads_a_file
from bot.commands._terminal import printable, say_period

if TYPE_CHECKING:
    from parsing.compare import Comparison, Disagreement
    from parsing.model import Reading
    from sources.second_reader.reader import SecondReading


@click.command(epilog="Example: quwen compare page.txt --issued-on 2024-04-08")
@reads_a_file
@click.option("--json", "as_json", is_flag=True, help="As JSON, with all fields.")
def command(file: Path, issued_on: date | None, district: str | None, as_json: bool, no_model: bool) -> int:
    """Read a page with the built-in reader and with the second one, and show what they tell apart.

    The page goes, article by article, to the endpoint that QUWEN_SECOND_READER_URL names. Nothing is stored
    but the tokens that it took.
    """
    from bot.second_reader import open_second_reader
    from bot.settings import load_settings
    from parsing.compare import compare
    from sources.second_reader.errors import SecondReaderError

    with open_second_reader(load_settings()) as reader:
        page = PageReader(How(chosen_district(district), issued_on, model=not no_model)).read_only(file)
        text, first = page.text, page.reading
        try:
            with _progress() as progress:
                second = reader(text, outline=first, progress=progress)
        except SecondReaderError as error:
            raise SecondReaderError(f"第二读者没有读成 · no second reading: {error}") from error
    found = compare(first, second)
    if as_json:
        click.echo(json.dumps(_plain(found, second), ensure_ascii=False, indent=1))
    else:
        _show(found, first, second)
    return exits.OK


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr where somebody looks."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("第二读者 · second reader", total=None)
        yield lambda done, all_of_them: bar.update(task, completed=done, total=all_of_them)


def _plain(found: "Comparison", second: "SecondReading") -> dict[str, object]:
    from parsing.export import as_comparison

    return {
        **as_comparison(found),
        "rejected": [
            {"article": one.article, "gate": one.gate, "reason": one.reason, "told": one.told}
            for one in second.rejected
        ],
        "unread_articles": [{"article": article.id, "reason": reason} for article, reason in second.unread],
    }


def _show(found: "Comparison", first: "Reading", second: "SecondReading") -> None:
    _say(
        f"内置读者 {len(first.mentions)} 件，第二读者 {len(second.mentions)} 件"
        f" · built-in reader {len(first.mentions)} events, second reader {len(second.mentions)}"
    )
    same = sum(not pair.differing for pair in found.agreed)
    _say(f"一致 {same} 件 · {same} told alike")
    groups = {
        "differs": "说法不同 · told differently (built-in | second)",
        "only first": "只有内置读者 · only the built-in reader",
        "only second": "只有第二读者 · only the second reader",
    }
    for verdict, heading in groups.items():
        ones = [one for one in found.disagreements if one.verdict == verdict]
        if ones:
            _say(f"\n{heading}: {len(ones)}")
        for one in ones:
            _disagreement(one)
    if found.unread:
        _say(f"\n没有比较 {len(found.unread)} 件 · not compared: {len(found.unread)}, in articles not read")
    for article, reason in second.unread:
        _say(f"  {article.id}  {article.headline or '(no headline)'}: {reason}")
    if second.rejected:
        _say(f"\n没有采信 · not taken from the second reader: {len(second.rejected)}")
    for rejected in second.rejected:
        _say(f"  {rejected.article}  {rejected.gate}: {rejected.reason}: {rejected.told}")


def _disagreement(one: "Disagreement") -> None:
    mention = one.mention
    _say(f"  {mention.article}  {mention.type.value}: {mention.subject}")
    _say(f"      evidence   {mention.context.replace(mention.evidence, f'[{mention.evidence}]', 1)}")
    if not one.differing:
        _say(f"      when       {say_period(mention.when) or 'not told'}")
    for field in one.differing:
        _say(f"      {field.field:<10} {field.first or '–'} | {field.second or '–'}")
    if one.dropped:
        _say(f"      dropped    {one.dropped.gate}: {one.dropped.reason}")


def _say(line: str) -> None:
    first = line[: len(line) - len(line.lstrip("\n"))]
    click.echo(first + printable(line))
