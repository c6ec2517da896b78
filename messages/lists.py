"""A list of events, ten a page."""

from collections.abc import Mapping
from datetime import date

from messages.callbacks import (
    Adjust,
    Change,
    Follow,
    ListKind,
    ListMode,
    ListPage,
    OpenEvent,
    Target,
    build,
)
from messages.i18n import Translator
from messages.layout import shorten
from messages.lines import areas_label, event_line, label, sources_line
from messages.titles import type_head, type_word
from messages.tree import Block, Button, Heading, Item, Keyboard, Message, Paragraph, Row, inlines, rows
from parsing.model import EventType
from storage.filters import EventFilter
from storage.views import EventPage

PAGE_SIZE = 10
BUTTON_LIMIT = 24  # UTF-16 units of a label, so that two fit beside each other


def event_list(
    page: EventPage,
    *,
    flt: EventFilter,
    mode: ListMode,
    today: date,
    t: Translator,
    counts: Mapping[EventType, int] | None = None,
) -> Message:
    """The page, with buttons that need `flt` to be remembered under `flt.key`.

    `counts` by type, where the filter leaves the type open, offers the list of each. An empty page says so;
    use `replies.nothing_found` where the nearest event was looked for.
    """
    head = Heading(inlines(list_head(flt, mode, today, t)))
    typed = len(flt.types) != 1
    lines = tuple(
        Item(inlines(event_line(event, today=today, t=t, typed=typed)), number)
        for number, event in enumerate(page.events, page.offset + 1)
    )
    told = sources_line(page.events, t)
    foot = t("来源：{sources} · 点数字看详情", sources=told) if told else t("点数字看详情")
    blocks: tuple[Block, ...] = (head, Item(inlines(_count(page, t))), *lines)
    if lines:
        blocks += (Paragraph(inlines(foot)),)
    return Message(blocks, _keyboard(page, flt, mode, t, counts or {}))


def list_head(flt: EventFilter, mode: ListMode, today: date, t: Translator) -> str:
    """🏅 获奖荣誉 · 王佐镇 / 📅 未来 14 天 / 🔎 搜索 · “停水”."""
    match mode.kind:
        case ListKind.UPCOMING:
            every = t.plural("📅 未来 {n} 天", mode.days) if mode.days else t("📅 即将")
        case ListKind.RECENT:
            every = t.plural("🗞 最近 {n} 天", mode.days) if mode.days else t("🗞 最近")
        case ListKind.SEARCH:
            every = t("🔎 搜索")
        case ListKind.LIST:
            every = type_head(flt.types[0], t) if len(flt.types) == 1 else t("🗞 消息")
    open_types = EventFilter(areas=flt.areas, words=flt.words, since=flt.since, until=flt.until)
    if mode.kind is ListKind.LIST and len(flt.types) == 1:
        return label(open_types, today=today, t=t, every=every)
    if flt.types:
        return f"{every} · {label(flt, today=today, t=t)}"
    return label(open_types, today=today, t=t, every=every)


def clamp_offset(offset: int, total: int) -> int:
    """The nearest offset at which a page begins: buttons may be older than the list."""
    if total <= 0 or offset <= 0:
        return 0
    return min(offset, total - 1) // PAGE_SIZE * PAGE_SIZE


def widenings(flt: EventFilter, mode: ListMode, t: Translator) -> Row:
    """Buttons that drop one side of the filter each."""
    wider = []
    if flt.areas:
        wider.append((Change.ANY_AREA, t("全区")))
    if flt.since or flt.until:
        wider.append((Change.ANY_TIME, t("不限时间")))
    if flt.types and (flt.areas or flt.words or len(flt.types) > 1):
        wider.append((Change.ANY_TYPE, t("全部类型")))
    if flt.words and (flt.areas or flt.types):
        wider.append((Change.ANY_WORDS, t("不限词")))
    return tuple(Button(words, build(Adjust(flt.key, mode, change))) for change, words in wider)


def follow_button(flt: EventFilter, t: Translator) -> Row:
    """Take this filter into the digest; nothing for a filter that a subscription cannot hold."""
    if flt.words or not (flt.areas or flt.types):
        return ()
    words = areas_label(flt.areas, t) or t("、").join(type_word(each, t) for each in flt.types)
    text = shorten(t("关注{what}", what=words), BUTTON_LIMIT)
    return (Button(text, build(Follow(Target.FILTER, flt.key))),)


def _count(page: EventPage, t: Translator) -> str:
    if page.total == 0:
        return t("没有找到。")
    if page.total <= len(page.events):
        return t.plural("共 {n} 件，全部列出", page.total)
    if not page.events:
        return t.plural("共 {n} 件，这一页已经没有了", page.total)
    last = page.offset + len(page.events)
    return t.plural("共 {n} 件，这里是第 {first}—{last} 件", page.total, first=page.offset + 1, last=last)


def _keyboard(
    page: EventPage, flt: EventFilter, mode: ListMode, t: Translator, counts: Mapping[EventType, int]
) -> Keyboard:
    here = ListPage(flt.key, mode, page.offset)
    numbers = [
        Button(str(number), build(OpenEvent(event.id, here)))
        for number, event in enumerate(page.events, page.offset + 1)
    ]
    turn = []
    if page.offset > 0:
        before = clamp_offset(page.offset - PAGE_SIZE, page.total)
        turn.append(Button(t("‹ 上一页"), build(ListPage(flt.key, mode, before))))
    if page.offset + len(page.events) < page.total and page.events:
        after = page.offset + len(page.events)
        turn.append(Button(t("下一页 ›"), build(ListPage(flt.key, mode, after))))
    narrow: list[Button] = []
    if not flt.types and page.total > PAGE_SIZE:
        some = sorted((each for each in EventType if counts.get(each)), key=lambda each: -counts[each])
        if len(some) > 1:
            narrow = [
                Button(
                    f"{type_word(each, t)} {counts[each]}",
                    build(Adjust(flt.key, mode, Change.TYPE, each)),
                )
                for each in some[:6]
            ]
    wide = (*widenings(flt, mode, t), *follow_button(flt, t))
    return (*rows(numbers, 5), *rows(turn, 2), *rows(narrow, 3), *rows(wide, 3))
