"""A paper served on 127.0.0.1, what collects from it without waiting, and what the store holds then."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from jobs.collect import Collecting, CollectResult, collect_due, collect_from
from jobs.collecting.desk import Reads
from jobs.collecting.hours import hours_of
from jobs.collecting.source import Look
from parsing.model import NO_PERIOD, Article, EventType, IssueDateSource, Mention, Reading
from sources.adapter import Adapter
from sources.catalog import Source
from sources.families.founder import Options
from sources.fetching.fetcher import Fetcher, Tls
from sources.fetching.pace import Pace
from storage.chats import touch_chat
from storage.database import Database
from storage.ledger import Issue, issues_between
from storage.ledger_articles import IssueArticle, articles_of
from storage.source_states import SourceStanding, standing_of
from storage.tables_news import MentionRow, PageRow
from storage.tables_outbox import DeliveryRow, DigestRow
from tests.sources.paper import Story
from tests.sources.site import Site

DAY = date(2024, 3, 8)  # a Friday
MORNING = datetime(2024, 3, 7, 23, tzinfo=UTC)  # 07:00 of DAY in Shanghai
ZONE = "Asia/Shanghai"
OPERATORS = (901, 902)
_TOLD = re.compile(r"[^，。\n]*获评“(?P<title>[^”]*)”")  # what `read_awards` takes for an event


@dataclass
class Clock:
    """A now that only the test moves."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


def read_awards(text: str, *, district: str, issued_on: date) -> Reading:
    """Reads one award from each 获评“…”, all in one article: for tests that are not about reading."""
    headline, _, body = text.strip().partition("\n")
    start = text.index(headline)
    article = Article("a1", headline, 1, body, start, start + len(headline) + 1 + len(body))
    mentions = tuple(
        Mention(
            article="a1",
            type=EventType.AWARD,
            evidence=found[0].strip(),
            start=found.end() - len(found[0].strip()),
            end=found.end(),
            subject=found["title"],
            when=NO_PERIOD,
            rule="award.by-hand",
            trigger="获评",
            confidence=0.95,
            context=found[0].strip(),
        )
        for found in _TOLD.finditer(text)
    )
    return Reading(issued_on, IssueDateSource.GIVEN, district, (article,), mentions)


def stories(count: int, *, of: object = "", telling: int | None = None) -> list[Story]:
    """Stories that each tell an award, the first `telling` of them, whose titles name what they are of."""
    told = count if telling is None else telling
    return [
        (
            f"{of}小区第{number}号消息",
            f"　　日前，{of}小区{f'获评“{of}第{number}号荣誉”' if number <= told else '一切如常'}，"
            f"居民为此准备了{number}年，大家都很高兴。",
        )
        for number in range(1, count + 1)
    ]


def source_at(url: str, name: str = "hexi") -> Source:
    """A paper of Founder's kind as the catalog names it."""
    options = Options.model_validate({"base": f"{url}/shibao"})
    return Source(name, "河西时报", "河西区", "founder", options, Tls.HTTP)


@dataclass(frozen=True, slots=True)
class Given(Source):
    """A source whose adapter is made by the test."""

    made: Adapter | Exception | None = None

    def adapter(self) -> Adapter:
        if self.made is None or isinstance(self.made, Exception):
            raise self.made or RuntimeError("no adapter")
        return self.made


def given(adapter: Adapter | Exception, name: str = "hexi") -> Given:
    return Given(name, "河西时报", "河西区", "founder", Options.model_validate({"base": "x"}), made=adapter)


@dataclass
class Newsroom:
    """One who collects from one source, into a database, at a time of the test's own."""

    database: Database
    source: Source
    clock: Clock = field(default_factory=Clock)
    read: Reads = read_awards
    worker: str = "tests:0"
    slept: list[float] = field(default_factory=list)
    stopping: Callable[[], bool] = lambda: False
    patience: float = 5.0  # seconds that a request may take

    @property
    def work(self) -> Collecting:
        return Collecting(
            database=self.database,
            fetcher_of=self._fetcher,
            read=self.read,
            clock=self.clock,
            zone=ZONE,
            hours=hours_of("06:30-10:30,14:00"),
            operators=OPERATORS,
            worker=self.worker,
            stopping=self.stopping,
        )

    def look(self, **options: Any) -> Look:
        return collect_from(self.work, self.source, **options)

    def run_job(self, *others: Source) -> CollectResult:
        return collect_due(self.work, [self.source, *others])

    def standing(self) -> SourceStanding:
        with self.database.session(write=False) as session:
            return standing_of(session, self.source.id)

    def ledger(self) -> dict[date, Issue]:
        with self.database.session(write=False) as session:
            return issues_between(session, self.source.id, date.min, date.max)

    def issue(self, day: date = DAY) -> Issue:
        return self.ledger()[day]

    def articles(self, day: date = DAY) -> list[IssueArticle]:
        with self.database.session(write=False) as session:
            return articles_of(session, issues_between(session, self.source.id, day, day)[day].id)

    @contextmanager
    def _fetcher(self, source: Source) -> Iterator[Fetcher]:
        pace = Pace(gap=0.0, jitter=0.0)
        with Fetcher(
            agent="Quwen/0 (tests)",
            pace=pace,
            tls=Tls.HTTP,
            private=True,
            timeout=self.patience,
            sleep=self.slept.append,
            now=self.clock,
        ) as made:
            yield made


def pages(database: Database) -> list[PageRow]:
    """The stored pages, in order."""
    with database.session(write=False) as session:
        found = list(session.exec(select(PageRow).order_by(col(PageRow.id))))
        session.expunge_all()
    return found


def told(database: Database) -> list[str]:
    """What the stored mentions say, in the order of the alphabet."""
    with database.session(write=False) as session:
        return sorted(session.exec(select(MentionRow.evidence)))


def add_operators(database: Database) -> None:
    """Two operators who have written to the bot, one of them in English."""
    with database.session() as session:
        for number, language in zip(OPERATORS, ("zh", "en"), strict=True):
            touch_chat(session, id=number, kind="private", title="", language_code=language, now=MORNING)


def notes(database: Database) -> list[tuple[int, str]]:
    """What waits for the operators: whose chat, and the payload."""
    with database.session(write=False) as session:
        rows = session.exec(
            select(DeliveryRow, DigestRow)
            .join(DigestRow, col(DigestRow.id) == col(DeliveryRow.digest_id))
            .where(col(DeliveryRow.subscription_id).is_(None))
            .order_by(col(DeliveryRow.id))
        )
        return [(delivery.chat_id, digest.parts[delivery.part - 1]) for delivery, digest in rows]


def days_before(day: date, count: int, *, gap: int = 1) -> list[date]:
    """`count` days that end with `day`, oldest first."""
    return [day - timedelta(days=gap * number) for number in reversed(range(count))]


def asked_articles(site: Site) -> Sequence[str]:
    """The addresses of articles that the site was asked for, in order."""
    return [path for path in site.paths() if "content_" in path]
