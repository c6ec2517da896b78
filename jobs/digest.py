"""Makes the weekly digests that are due and puts them into the outbox."""

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from jobs.payloads import payload_of
from messages.digest import EVENTS_WANTED, DigestContent, weekly_digest
from messages.html import render
from messages.i18n import translator
from parsing.district import District
from parsing.model import EventType
from storage import events, saved, subscriptions
from storage.database import Database
from storage.filters import EventFilter
from storage.gaps import gaps_between
from storage.queueing import DueDigest, pass_over, save_digest, schedule_digests
from storage.rhythm import Rhythm
from storage.views import SubscriptionView

logger = logging.getLogger(__name__)

DAYS_BACK = 7
DAYS_AHEAD = 14
LATE_AFTER = timedelta(hours=1)
MOST_DAYS_BACK = 35  # after a long silence; what is older can be asked for
BATCH = 500  # subscriptions in a transaction; others can't write to SQLite meanwhile
MOST_KEPT = 10_000  # rendered digests that are remembered in a pass


@dataclass(frozen=True, slots=True)
class Occasion:
    """One due moment of a subscription: the days its digest covers, and when the next one comes."""

    due_at: datetime  # UTC
    late: bool
    since: date  # local days, both included
    until: date
    today: date  # the local day from which the digest looks ahead
    next_due_at: datetime  # UTC

    @property
    def name(self) -> str:
        """What makes a delivery of this occasion unique for its subscription."""
        return f"digest:{self.due_at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


@dataclass(slots=True)
class DigestResult:
    """What a pass did."""

    made: int = 0  # digests queued, one for each due subscription
    late: int = 0  # of them, those that say that they are late
    rendered: int = 0  # distinct digests rendered for them
    skipped: int = 0  # subscriptions that changed in the meantime, or had this occasion before
    failed: int = 0  # subscriptions whose digest could not be made; they stay due

    def __bool__(self) -> bool:
        """Whether anything was done."""
        return any((self.made, self.skipped, self.failed))


def occasion_of(subscription: SubscriptionView, now: datetime) -> Occasion:
    """What the digest of a due subscription covers: the seven whole days before its day.

    Late, it goes out once for all the weeks that were missed.
    """
    zone = ZoneInfo(subscription.zone)
    due_at = subscription.next_due_at
    late = now - due_at > LATE_AFTER
    next_due_at = subscription.rhythm.next_due(now)
    last_missed = due_at
    while (following := subscription.rhythm.next_due(last_missed)) <= now:
        last_missed = following
    until = last_missed.astimezone(zone).date() - timedelta(days=1)
    since = due_at.astimezone(zone).date() - timedelta(days=DAYS_BACK)
    since = max(since, until - timedelta(days=MOST_DAYS_BACK - 1))
    today = now.astimezone(zone).date()
    return Occasion(due_at, late, since, until, today, next_due_at)


def collect_digest(
    session: Session,
    flt: EventFilter,
    *,
    district: District,
    since: date,
    until: date,
    today: date,
    late_since: datetime | None = None,
) -> DigestContent:
    """Ask the store for all that a digest of these days tells.

    What happened counts by its day or by the day from which its reports (or a person's word) made it sure
    enough, so that nothing falls between two digests when a paper tells it late. The doubtful is left out.
    """
    days = (until - since).days + 1
    happened = {
        kind: page
        for kind in flt.types or EventType
        if (
            page := events.recent(
                session,
                EventFilter(types=(kind,), areas=flt.areas),
                today=until,
                days=days,
                limit=EVENTS_WANTED,
                ahead=False,
                unasked=True,
            )
        ).total
    }
    gaps = gaps_between(session, since, until, today)
    issued = (source for source in events.sources(session) if source.last_issue is not None)
    return DigestContent(
        district=district.short,
        since=since,
        until=until,
        today=today,
        coming=events.upcoming(session, flt, today=today, days=DAYS_AHEAD, limit=EVENTS_WANTED, unasked=True),
        happened=happened,
        filter_key=saved.remember_filter(session, flt.within(since, until)),
        types=flt.types,
        areas=flt.areas,
        newspapers=tuple(
            source.name for source in issued if source.last_issue and source.last_issue >= since
        ),
        missing=gaps.missing,
        held=gaps.held,
        late_since=late_since,
    )


async def make_digests(
    database: Database, *, district: District, now: datetime, limit: int = BATCH
) -> DigestResult:
    """Queue the digest of every subscription that is due, `limit` in a transaction.

    Each distinct digest is rendered once. A subscription's digest and its next due date are written together,
    so a crash in between repeats nothing and loses nothing.

    Raises:
        DatabaseError
    """
    maker = _Maker(database, district, now)
    last: SubscriptionView | None = None
    while batch := await database.run(subscriptions.due, now, limit, after=last):
        await maker.make(batch)
        last = batch[-1]
        if len(batch) < limit:
            break
    return maker.result


@dataclass(frozen=True, slots=True)
class _Look:
    """Everything that tells one rendered digest from another."""

    flt: EventFilter
    language: str
    zone: str
    buttons: bool
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class _Rendered:
    """A digest that is kept in the store."""

    digest_id: int
    parts: int


class _Maker:
    def __init__(self, database: Database, district: District, now: datetime) -> None:
        self.result = DigestResult()
        self._database = database
        self._district = district
        self._now = now
        self._occasions: dict[tuple[datetime, Rhythm], Occasion] = {}
        self._rendered: dict[_Look, _Rendered | None] = {}

    async def make(self, batch: Sequence[SubscriptionView]) -> None:
        """Queue the digests of these, all in one transaction."""
        digests: list[DueDigest] = []
        late: set[int] = set()
        for subscription in batch:
            occasion = self._occasion(subscription)
            rendered = await self._digest(subscription, occasion)
            if rendered is None:
                self.result.failed += 1
                continue
            if occasion.late:
                late.add(subscription.id)
            digests.append(
                DueDigest(
                    subscription=subscription,
                    occasion=occasion.name,
                    digest_id=rendered.digest_id,
                    parts=rendered.parts,
                    next_due_at=occasion.next_due_at,
                )
            )
        queued = await self._database.run(schedule_digests, digests, self._now)
        left = [digest for digest in digests if digest.subscription.id not in queued]
        if left:
            await self._database.run(pass_over, left)
        self.result.made += len(queued)
        self.result.late += len(queued & late)
        self.result.skipped += len(left)

    def _occasion(self, subscription: SubscriptionView) -> Occasion:
        if len(self._occasions) >= MOST_KEPT:
            self._occasions.clear()
        moment = (subscription.next_due_at, subscription.rhythm)
        if moment not in self._occasions:
            self._occasions[moment] = occasion_of(subscription, self._now)
        return self._occasions[moment]

    async def _digest(self, subscription: SubscriptionView, occasion: Occasion) -> _Rendered | None:
        look = _Look(
            flt=subscription.filter,
            language=subscription.language,
            zone=subscription.zone,
            buttons=subscription.chat_kind != "channel",
            occasion=occasion,
        )
        if len(self._rendered) >= MOST_KEPT:
            self._rendered.clear()
        if look not in self._rendered:
            self._rendered[look] = await self._render(look)
        return self._rendered[look]

    async def _render(self, look: _Look) -> _Rendered | None:
        occasion = look.occasion
        try:
            content = await self._database.run(
                collect_digest,
                look.flt,
                district=self._district,
                since=occasion.since,
                until=occasion.until,
                today=occasion.today,
                late_since=occasion.due_at.astimezone(ZoneInfo(look.zone)) if occasion.late else None,
            )
            message = weekly_digest(content, translator(look.language), buttons=look.buttons)
            parts = tuple(payload_of(part) for part in render(message))
        except Exception:
            # One filter that cannot be rendered must not keep the others from their digests.
            logger.exception("the digest of %s for %s cannot be made", occasion.name, look.flt.to_json())
            return None
        digest_id = await self._database.run(
            save_digest,
            key=_key(look, parts),
            period_start=occasion.since,
            period_end=occasion.until,
            language=look.language,
            parts=parts,
        )
        self.result.rendered += 1
        return _Rendered(digest_id, len(parts))


def _key(look: _Look, parts: Sequence[str]) -> str:
    # The contents too: the same look rendered again after a restart may tell more.
    seen = json.dumps(
        [look.flt.key, look.language, look.occasion.due_at.isoformat(), *parts], ensure_ascii=False
    )
    return hashlib.sha256(seen.encode()).hexdigest()[:32]
