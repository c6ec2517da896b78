"""The weekly digest: what is coming, then what happened, by type."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from messages.callbacks import DigestRest, Run, build
from messages.i18n import Translator
from messages.layout import one_line
from messages.lines import areas_label, event_line, source_name
from messages.titles import type_head, type_word
from messages.tree import Block, Button, Heading, Item, Keyboard, Message, Paragraph, inlines, rows
from messages.when import say_day, say_span
from parsing.model import EventType
from storage.views import EventPage

# How many events to ask the queries for: no digest shows more of one kind.
EVENTS_WANTED = 8
_COMING_SHOWN = 6
_REST_BUTTONS = 6


@dataclass(frozen=True, slots=True)
class DigestContent:
    """What a digest tells, as the queries answered. Pages start at offset 0, may hold more than is shown."""

    district: str  # its short name, such as 丰台
    since: date  # the days it covers, both included
    until: date
    today: date
    coming: EventPage  # soonest first
    happened: Mapping[EventType, EventPage]  # types without any event may be missing
    filter_key: str  # of the remembered filter that finds all that happened (types, areas, since, until)
    types: tuple[EventType, ...] = ()  # what the subscription narrows to; empty for all
    areas: tuple[str, ...] = ()
    newspapers: tuple[str, ...] = ()  # sources that issued in these days
    missing: tuple[str, ...] = ()  # sources that could not be read
    held: tuple[tuple[str, date], ...] = ()  # sources with the day of an issue that waits for a check
    late_since: datetime | None = None  # when it was due, in the subscription's zone; None when in time

    @property
    def total(self) -> int:
        """How many events happened."""
        return sum(page.total for page in self.happened.values())


def weekly_digest(content: DigestContent, t: Translator, *, buttons: bool = True) -> Message:
    """The digest. `buttons=False` for channels, where nobody is there to be answered."""
    days = say_span(content.since, content.until, today=content.today, t=t)
    head = t("{district}一周 · {days}", district=content.district, days=days)
    scope = _scope(content, t)
    if scope:
        head = f"{head} · {scope}"
    notes = _notes(content, t)
    if not content.total and not content.coming.total:
        line = t("{head}：没有新消息。", head=head)
        blocks: tuple[Block, ...] = (Paragraph(inlines(line)), *notes)
        change = (Button(t("改订阅"), build(Run("settings"))), Button(t("最近的消息"), build(Run("recent"))))
        return Message(blocks, (change,) if buttons else ())
    shown = [each for each in EventType if content.happened.get(each) and content.happened[each].total]
    counts = " · ".join(f"{type_word(each, t)} {content.happened[each].total}" for each in shown)
    summary = t("{total}：{counts}", total=t.plural("{n} 件", content.total), counts=counts)
    body: list[Block] = [Heading(inlines(head))]
    body.append(Item(inlines(summary if shown else t("这一周没有新消息。"))))
    body += _coming(content, t)
    cap = _cap(len(shown))
    for each in shown:
        body += _section(each, content, cap, t)
    body += notes
    return Message(tuple(body), _keyboard(content, shown, cap, t) if buttons else ())


def _cap(types: int) -> int:
    """How many events of one type are shown: fewer where there are many types, to fit one message."""
    return next(shown for most, shown in ((2, 8), (4, 5), (6, 4), (10, 3)) if types <= most)


def _coming(content: DigestContent, t: Translator) -> list[Block]:
    events = content.coming.events[:_COMING_SHOWN]
    if not events:
        return []
    lines = [Item(inlines(event_line(event, today=content.today, t=t, reported=False))) for event in events]
    rest = content.coming.total - len(events)
    if rest > 0:
        lines.append(Item(inlines(t.plural("还有 {n} 件，见 /upcoming", rest))))
    return [Heading(inlines(t("📅 即将"))), *lines]


def _section(each: EventType, content: DigestContent, cap: int, t: Translator) -> list[Block]:
    page = content.happened[each]
    events = page.events[:cap]
    head = type_head(each, t)
    if len(events) < page.total:
        note = t("前 {shown} 件，共 {total} 件", shown=len(events), total=page.total)
        head = t("{head}（{note}）", head=head, note=note)
    lines = (
        Item(inlines(event_line(event, today=content.today, t=t, typed=False, reported=False)))
        for event in events
    )
    return [Heading(inlines(head)), *lines]


def _scope(content: DigestContent, t: Translator) -> str:
    types = t("、").join(type_word(each, t) for each in content.types[:3]) + (
        t("等") if len(content.types) > 3 else ""
    )
    return " · ".join(part for part in (areas_label(content.areas, t), types) if part)


def _notes(content: DigestContent, t: Translator) -> list[Block]:
    notes = []
    if content.newspapers:
        told = t("、").join(map(source_name, content.newspapers[:3]))
        notes.append(t("来源：{sources}", sources=told + (t("等") if len(content.newspapers) > 3 else "")))
    notes += [t("{source}这一周没有收到。", source=source_name(name)) for name in content.missing[:3]]
    for name, issue in content.held[:3]:
        day = say_day(issue, today=content.today, t=t)
        notes.append(t("{source}{day}这一期还在核对，没有算在内。", source=source_name(name), day=day))
    if content.late_since:
        day = say_day(content.late_since.date(), today=content.today, t=t, weekday=True)
        due = f"{day} {content.late_since:%H:%M}"
        notes.append(t("补发：这一份本该在 {due} 送到，当时服务没有运行。", due=due))
    return [Paragraph(inlines("\n".join(map(one_line, notes))))] if notes else []


def _keyboard(content: DigestContent, shown: list[EventType], cap: int, t: Translator) -> Keyboard:
    rest = [
        Button(
            f"{type_word(each, t)} {content.happened[each].total}",
            build(DigestRest(content.filter_key, each)),
        )
        for each in shown
        if content.happened[each].total > min(cap, len(content.happened[each].events))
    ]
    last = []
    if content.total:
        text = t.plural("看全部 {n} 件", content.total)
        last.append(Button(text, build(DigestRest(content.filter_key))))
    last.append(Button(t("改订阅"), build(Run("settings"))))
    return (*rows(rest[:_REST_BUTTONS], 3), tuple(last))
