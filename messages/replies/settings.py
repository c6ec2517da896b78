"""The subscription of a chat: subscribing, the keyboards that change it, pausing and leaving."""

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import get_timezone_name

from messages.callbacks import (
    Ask,
    Confirm,
    Keep,
    Part,
    Run,
    SetLanguage,
    Subscribe,
    SubscriptionEdit,
    View,
    area_code,
    build,
)
from messages.i18n import Translator, languages, translator
from messages.layout import one_line, shorten
from messages.lines import areas_label
from messages.lists import BUTTON_LIMIT
from messages.titles import type_word
from messages.tree import Block, Button, Heading, Item, Message, Paragraph, Row, inlines, rows
from messages.when import say_moment, say_weekday
from parsing.model import EventType
from storage.views import SubscriptionView

AREAS_A_PAGE = 10
_CHOSEN = "✓ "
_PAUSED = "paused"


def subscribed(
    subscription: SubscriptionView, *, today: date, t: Translator, district: str, created: bool = True
) -> Message:
    """The answer to /subscribe: when the first digest comes, and the three keyboards to narrow it."""
    head = t("已订阅{district}的每周摘要", district=district) if created else t("已经订阅过了")
    come = t("第一份 {moment} 送到。", moment=_next(subscription, today, t))
    if not created:
        come = t("下一份 {moment} 送到。", moment=_next(subscription, today, t))
    if subscription.state == _PAUSED:
        come = t("现在是暂停的，没有摘要会来。")
    change = _change(subscription, t)
    last: Row = (Button(t("先看看这一周"), build(Run("digest"))),)
    if subscription.state == _PAUSED:
        last = (_button(t("恢复"), subscription, Part.RESUME), *last)
    return Message(
        (
            Heading(inlines(head)),
            Item(inlines(come)),
            *_state(subscription, t, district),
            Paragraph(inlines(t("想少收一些？选类型、选区域，或者换个时间。"))),
        ),
        (change, last),
    )


def settings(
    subscription: SubscriptionView, *, today: date, t: Translator, district: str, note: str = ""
) -> Message:
    """What is subscribed, with buttons to change each part; `note` says first what was just done."""
    paused_now = subscription.state == _PAUSED
    come = _rest(subscription, today, t) if paused_now else _next(subscription, today, t)
    rest = (
        _button(t("恢复"), subscription, Part.RESUME)
        if paused_now
        else _button(t("暂停两周"), subscription, Part.PAUSE, "14")
    )
    others = [code for code in languages() if code != t.language]
    tongues = (Button(_own_name(code), build(SetLanguage(code))) for code in others)
    noted: tuple[Block, ...] = (Paragraph(inlines(one_line(note))),) if note else ()
    return Message(
        (
            *noted,
            Heading(inlines(t("订阅设置"))),
            *_state(subscription, t, district),
            Item(inlines(t("{name}　{value}", name=t("下一份"), value=come))),
        ),
        (
            _change(subscription, t),
            (rest, _button(t("退订"), subscription, Part.LEAVE)),
            *rows(tongues, 3),
        ),
    )


def followed(
    subscription: SubscriptionView, what: str, *, today: date, t: Translator, district: str
) -> Message:
    """The settings after `what` was taken into the digest."""
    note = t("已关注{what}，每周摘要会包含它。", what=shorten(one_line(what), 60))
    return settings(subscription, today=today, t=t, district=district, note=note)


def no_subscription(t: Translator) -> Message:
    """/settings, /unsubscribe or a settings button where nothing is subscribed."""
    text = t("这里还没有订阅。订阅后每周收一份摘要，随时可以改、可以退。")
    others = [code for code in languages() if code != t.language]
    tongues = (Button(_own_name(code), build(SetLanguage(code))) for code in others)
    subscribe = (Button(t("每周收一份摘要"), build(Subscribe())),)
    return Message((Paragraph(inlines(text)),), (subscribe, *rows(tongues, 3)))


def types_keyboard(subscription: SubscriptionView, *, t: Translator) -> Message:
    """The ten types, those chosen with a ✓."""
    chosen = subscription.types
    buttons = [
        _toggle(type_word(each, t), each in chosen, subscription, Part.TYPE, each) for each in EventType
    ]
    last = (
        _toggle(t("全部类型"), not chosen, subscription, Part.ALL_TYPES),
        _button(t("‹ 返回"), subscription, Part.OPEN, View.OVERVIEW),
    )
    return Message(_choice(t("选类型"), _types(subscription, t), t), (*rows(buttons, 2), last))


def areas_keyboard(
    subscription: SubscriptionView, *, areas: Sequence[str], t: Translator, page: int = 0
) -> Message:
    """The areas of the district, paged; `page` is clamped."""
    pages = max(1, -(-len(areas) // AREAS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    here = areas[page * AREAS_A_PAGE : (page + 1) * AREAS_A_PAGE]
    chosen = subscription.areas
    buttons = [
        _toggle(
            shorten(one_line(name), BUTTON_LIMIT), name in chosen, subscription, Part.AREA, area_code(name)
        )
        for name in here
    ]
    turn = []
    if page > 0:
        turn.append(_button(t("‹ 上一页"), subscription, Part.AREA_PAGE, str(page - 1)))
    if page + 1 < pages:
        turn.append(_button(t("下一页 ›"), subscription, Part.AREA_PAGE, str(page + 1)))
    last = (
        _toggle(t("全区"), not chosen, subscription, Part.ALL_AREAS),
        _button(t("‹ 返回"), subscription, Part.OPEN, View.OVERVIEW),
    )
    head = t("选区域（{page}/{pages}）", page=page + 1, pages=pages)
    return Message(_choice(head, _areas(subscription, t), t), (*rows(buttons, 2), *rows(turn, 2), last))


def area_page(name: str, areas: Sequence[str]) -> int:
    """The page of the area keyboard on which an area stands, 0 for an unknown one."""
    return list(areas).index(name) // AREAS_A_PAGE if name in areas else 0


def days_keyboard(subscription: SubscriptionView, *, today: date, t: Translator) -> Message:
    """Day and hour."""
    days = [
        _toggle(say_weekday(day, t), day == subscription.weekday, subscription, Part.DAY, str(day))
        for day in range(7)
    ]
    hours = [
        _toggle(f"{hour:02}:00", hour == subscription.hour, subscription, Part.HOUR, str(hour))
        for hour in range(24)
    ]
    back = (_button(t("‹ 返回"), subscription, Part.OPEN, View.OVERVIEW),)
    next_one = t("下一份 {moment} 送到。", moment=_next(subscription, today, t))
    return Message(
        (
            Heading(inlines(t("选时间"))),
            Item(inlines(t("现在：{choice}", choice=_rhythm(subscription, t)))),
            Item(inlines(next_one)),
            Paragraph(inlines(t("上面选星期，下面选几点。"))),
        ),
        (*rows(days, 4), *rows(hours, 4), back),
    )


def unsubscribe_ask(subscription: SubscriptionView, *, t: Translator) -> Message:
    """One tap to leave, or to pause instead."""
    text = t("要退订每周摘要吗？也可以只暂停一阵，设置会留着。")
    leave = (Button(t("退订"), build(Confirm(Ask.UNSUBSCRIBE, subscription.id))),)
    if subscription.state == _PAUSED:
        rest: Row = (_button(t("恢复"), subscription, Part.RESUME),)
    else:
        rest = tuple(
            _button(words, subscription, Part.PAUSE, str(days))
            for words, days in ((t("暂停两周"), 14), (t("暂停四周"), 28), (t("一直暂停"), 0))
        )
    return Message((Paragraph(inlines(text)),), (leave, rest, (Button(t("保持不变"), build(Keep())),)))


def paused(subscription: SubscriptionView, *, until: datetime | None, today: date, t: Translator) -> Message:
    """The digest rests until a moment (aware), or until it is resumed."""
    if until is None:
        text = t("已暂停每周摘要，直到您恢复它。")
    else:
        moment = say_moment(until, zone=subscription.zone, today=today, t=t)
        text = t("已暂停每周摘要，{moment} 以后自动恢复。", moment=moment)
    resume = _button(t("恢复"), subscription, Part.RESUME)
    return Message((Paragraph(inlines(text)),), ((resume, Button(t("改订阅"), build(Run("settings")))),))


def resumed(subscription: SubscriptionView, *, today: date, t: Translator) -> Message:
    """The digest comes again, and when."""
    text = t("已恢复每周摘要，下一份 {moment} 送到。", moment=_next(subscription, today, t))
    return Message((Paragraph(inlines(text)),), ((Button(t("改订阅"), build(Run("settings"))),),))


def unsubscribed(t: Translator) -> Message:
    """No digest comes any more; everything else still works."""
    text = t("已退订，不会再收到每周摘要。命令和搜索照常能用；想再订，发 /subscribe。")
    return Message((Paragraph(inlines(text)),), ((Button(t("重新订阅"), build(Subscribe())),),))


def _state(subscription: SubscriptionView, t: Translator, district: str) -> tuple[Block, ...]:
    fields = (
        (t("类型"), _types(subscription, t)),
        (t("区域"), areas_label(subscription.areas, t) or t("{district}全区", district=district)),
        (t("时间"), _rhythm(subscription, t)),
    )
    return tuple(Item(inlines(t("{name}　{value}", name=name, value=value))) for name, value in fields)


def _types(subscription: SubscriptionView, t: Translator) -> str:
    return t("、").join(type_word(each, t) for each in subscription.types) or t("全部类型")


def _areas(subscription: SubscriptionView, t: Translator) -> str:
    return areas_label(subscription.areas, t) or t("全区")


def _rhythm(subscription: SubscriptionView, t: Translator) -> str:
    zone = _zone(subscription.zone, t)
    clock = f"{subscription.hour:02}:{subscription.minute:02}"
    return t(
        "每{weekday} {clock}（{zone}）", weekday=say_weekday(subscription.weekday, t), clock=clock, zone=zone
    )


def _zone(zone: str, t: Translator) -> str:
    if zone == "Asia/Shanghai":
        return t("北京时间")  # as everyone there says
    return get_timezone_name(zone, width="long", zone_variant="generic", locale=t.locale)


def _next(subscription: SubscriptionView, today: date, t: Translator) -> str:
    return say_moment(subscription.next_due_at, zone=subscription.zone, today=today, t=t)


def _rest(subscription: SubscriptionView, today: date, t: Translator) -> str:
    if subscription.paused_until is None:
        return t("已暂停")
    moment = say_moment(subscription.paused_until, zone=subscription.zone, today=today, t=t)
    return t("已暂停，{moment} 以后恢复", moment=moment)


def _choice(head: str, chosen: str, t: Translator) -> tuple[Block, ...]:
    return (
        Heading(inlines(head)),
        Item(inlines(t("现在：{choice}", choice=chosen))),
        Paragraph(inlines(t("点一下选上，再点一下去掉，可以选多个。"))),
    )


def _change(subscription: SubscriptionView, t: Translator) -> Row:
    return (
        _button(t("选类型"), subscription, Part.OPEN, View.TYPES),
        _button(t("选区域"), subscription, Part.OPEN, View.AREAS),
        _button(t("选时间"), subscription, Part.OPEN, View.TIME),
    )


def _toggle(words: str, chosen: bool, subscription: SubscriptionView, part: Part, value: str = "") -> Button:
    return _button(_CHOSEN + words if chosen else words, subscription, part, value)


def _button(words: str, subscription: SubscriptionView, part: Part, value: str = "") -> Button:
    return Button(words, build(SubscriptionEdit(subscription.id, part, value)))


def _own_name(language: str) -> str:
    """A language's name in itself."""
    return translator(language).locale.get_display_name(language) or language
