"""`quwen demo`: read the sample pages and play a short chat. No token, no question, nothing kept."""

import asyncio
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TextIO

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from messages.card import certainty
from messages.i18n import Translator, translator
from messages.titles import type_word
from messages.when import say
from parsing.model import Mention, Reading
from storage.review import Review

if TYPE_CHECKING:
    from bot.console import ConsoleChat
    from bot.settings import Settings
    from parsing.district import District
    from parsing.tagger import Tagger
    from storage.database import Database
    from storage.views import IngestReport

SAMPLES = Path(__file__).parents[1] / "samples"
PAGES = ("fengtai-2026-03-16.txt", "fengtai-2026-03-17-site.txt")
SOURCES = ("丰台报", "丰台区政府网站")
DISTRICT = "丰台区"
WIDTH = 100

TUESDAY = datetime(2026, 3, 17, 2, 0, tzinfo=UTC)  # 10:00 in 丰台, the day of the second page
MONDAY = datetime(2026, 3, 23, 1, 0, tzinfo=UTC)  # 09:00, when a new subscription is due


@click.command(epilog="Example: quwen demo --no-model", context_settings={"max_content_width": 100})
@click.option("--no-model", is_flag=True, help="Read without the name model: faster, finds less.")
def command(no_model: bool) -> None:
    """Read a sample page, print its events, and play a short chat on this console.

    Takes no token and asks nothing; its database is in a temporary folder and goes with it.
    """
    from parsing.tagger import load_tagger

    with TemporaryDirectory(prefix="quwen-demo-", ignore_cleanup_errors=True) as folder:
        asyncio.run(play(Path(folder), out=sys.stdout, tagger=None if no_model else load_tagger()))


async def play(folder: Path, *, out: TextIO, tagger: "Tagger | None") -> None:
    """The whole demo, with its database in `folder`, written to `out`."""
    from bot.settings import Settings
    from parsing.district import load_district
    from storage.database import Database

    district = load_district(DISTRICT)
    # Made without looking at the environment: the demo is the same everywhere, and touches no other database.
    settings = Settings.model_construct(
        database_url=f"sqlite:///{folder / 'demo.db'}", district=district.name, zone=district.zone
    )
    database = Database(settings.database_url)
    try:
        database.upgrade()
        await _Demo(settings, database, district, out, tagger).play()
    finally:
        database.close()


@dataclass(slots=True)
class _Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


class _Demo:
    def __init__(
        self,
        settings: "Settings",
        database: "Database",
        district: "District",
        out: TextIO,
        tagger: "Tagger | None",
    ) -> None:
        self._settings = settings
        self._database = database
        self._district = district
        self._out = out
        self._tagger = tagger
        self._clock = _Clock(TUESDAY)
        self._t = translator("zh")
        terminal = Console(file=out)
        self._console = Console(
            file=out, width=min(WIDTH, terminal.width) if terminal.is_terminal else WIDTH, highlight=False
        )

    async def play(self) -> None:
        self._step("1", "读一个版面", "read a newspaper page")
        self._read_pages()
        self._step("2", "聊一聊", "ask the bot: 10:00 on Tuesday, 17 March 2026")
        await self._chat()
        self._next()

    def _read_pages(self) -> None:
        from parsing.reader import read_page
        from sources.files import name_hints, read_file

        for file, source in zip(PAGES, SOURCES, strict=True):
            path = SAMPLES / file
            text = read_file(path).text
            issued_on = name_hints(file).issued_on
            reading = read_page(text, district=self._district, issued_on=issued_on, tagger=self._tagger)
            if file == PAGES[0]:
                self._print(events_table(reading, self._t))
                self._print(_dropped(reading, path))
            self._say(f"《{source}》{file}：" + _stored(self._store(reading, text, source, file)))

    def _store(self, reading: Reading, text: str, source: str, file: str) -> "IngestReport":
        from storage.ingest import PageInfo, SourceInfo, store_reading

        with self._database.session() as session:
            return store_reading(
                session,
                reading,
                text=text,
                source=SourceInfo(source),
                page=PageInfo(file_name=file),
                now=self._clock(),
                zone=self._settings.zone,
            )

    async def _chat(self) -> None:
        from bot.console import ConsoleChat

        async with ConsoleChat(
            self._settings, self._database, clock=self._clock, out=self._out, echo=True
        ) as chat:
            await chat.say("/subscribe")
            await chat.say("/awards")
            await chat.press(1)
            await chat.say("/upcoming")
            await chat.say("停水")
            self._step("3", "每周摘要", "the weekly digest: the clock is moved to 09:00 on Monday, 23 March")
            self._clock.now = MONDAY
            await self._run_jobs(chat)

    async def _run_jobs(self, chat: "ConsoleChat") -> None:
        """What `quwen run` does by the clock: make the digests that are due, then deliver."""
        from telegram.ext import ExtBot

        from bot.application import CONSOLE_TOKEN
        from jobs.deliver import deliver
        from jobs.digest import make_digests

        made = await make_digests(self._database, district=self._district, now=self._clock())
        async with ExtBot(CONSOLE_TOKEN, request=chat.telegram, get_updates_request=chat.telegram) as bot:
            delivered = await deliver(self._database, bot, clock=self._clock)
        self._say(f"digest: {made.made} made · deliver: {delivered.sent} sent")

    def _next(self) -> None:
        self._step("4", "下一步", "what to do next")
        self._say("· quwen explain FILE       看每一件事凭什么被认出、每个候选为什么被放下")
        self._say("· quwen chat               在这个终端里自己问 (talk to it here, without Telegram)")
        self._say("· @BotFather → /newbot     取一个机器人令牌，然后 (get a token, then):")
        self._say("  QUWEN_TOKEN=… quwen run  开始在 Telegram 里服务 (serve it)")
        self._say("· README.zh-CN.md, README.md, docs/   更多 (more)")

    def _step(self, number: str, chinese: str, english: str) -> None:
        self._console.print()
        self._console.rule(Text(f"{number}  {chinese} · {english}", style="bold"), align="left")
        self._console.print()

    def _say(self, line: str) -> None:
        self._console.print(Text(line))

    def _print(self, what: Table | Text) -> None:
        self._console.print(what)


def events_table(reading: Reading, t: Translator) -> Table:
    """What a page tells, one row for each event, in the page's order."""
    title = f"{reading.issued_on} · {len(reading.articles)} 篇报道，{len(reading.mentions)} 件事"
    table = Table(title=title, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), title_justify="left", expand=True)
    for header, ratio in (("日期", 0), ("类型", 0), ("事项", 6), ("谁", 4), ("地点", 4), ("把握", 0)):
        table.add_column(header, overflow="fold", no_wrap=not ratio, ratio=ratio or None)
    for mention in reading.mentions:
        cells = (
            say(mention.when, reported_on=None, today=reading.issued_on or TUESDAY.date(), t=t),
            type_word(mention.type, t),
            mention.subject,
            "、".join(mention.actors or mention.people),
            mention.place or "",
            f"{_sure(mention, t)} {mention.confidence:.2f}",
        )
        table.add_row(*map(Text, cells))
    return table


def _sure(mention: Mention, t: Translator) -> str:
    return certainty(Review.OPEN if mention.doubtful else Review.CLEAR, mention.confidence, t)


def _dropped(reading: Reading, path: Path) -> Text:
    gates = Counter(candidate.gate for candidate in reading.dropped).most_common()
    told = "，".join(f"{gate} {count}" for gate, count in gates)
    here = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return Text(
        f"另有 {len(reading.dropped)} 处像事件而没有收（{told}）。\n"
        f"想知道为什么 (to see why): quwen explain {here}\n"
    )


def _stored(report: "IngestReport") -> str:
    return f"新增 {len(report.new)} 件，与已有的合并 {len(report.merged)} 件"
