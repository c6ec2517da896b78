"""The lines that lists, cards and digests share: an event, a source, what a filter asks for."""

import re
from collections.abc import Iterable
from datetime import date

from messages.changes import change_note
from messages.i18n import Translator
from messages.layout import one_line, shorten
from messages.titles import aside, title, type_word
from messages.when import say, say_months, say_span
from storage.filters import EventFilter
from storage.review import Review
from storage.views import EventView

LABEL_LIMIT = 60  # UTF-16 units of what a filter is called
_SOURCES_SHOWN = 3


def event_line(
    event: EventView, *, today: date, t: Translator, typed: bool = True, reported: bool = True
) -> str:
    """4月20日 周六　春季招聘会，北京花乡花木集团（区人社局）

    `typed=False` under a heading that names the type; `reported=False` where the day of the report needs no
    telling. What is still to be verified says so at its end.
    """
    told = title(event, t, typed=typed)
    place, who = aside(event, told)
    line = t(
        "{when}　{title}",
        when=say(event.when, reported_on=event.reported_on if reported else None, today=today, t=t),
        title=told,
    )
    if place:
        line = t("{line}，{place}", line=line, place=place)
    if who:
        line = t("{line}（{who}）", line=line, who=who)
    if note := change_note(event, today=today, t=t):
        line = t("{line} · {note}", line=line, note=note)
    return t("{line} · {note}", line=line, note=t("待核实")) if event.review is Review.OPEN else line


def source_name(name: str) -> str:
    """《丰台报》 for a paper, the bare name for a site."""
    name = shorten(one_line(name), 40)
    return f"《{name}》" if re.search("[报刊]$", name) and "《" not in name else name


def sources_line(events: Iterable[EventView], t: Translator) -> str:
    """《丰台报》2024年4月、区政府网站2024年3—4月: who reports these events, and when; may be empty."""
    days: dict[str, list[date]] = {}
    for event in events:
        if event.source.strip():
            days.setdefault(event.source, []).extend([event.reported_on] if event.reported_on else [])
    told = [
        source_name(name) + (say_months(min(some), max(some), t=t) if some else "")
        for name, some in list(days.items())[:_SOURCES_SHOWN]
    ]
    return t("、").join(told) + (t("等") if len(days) > _SOURCES_SHOWN else "")


def label(flt: EventFilter, *, today: date, t: Translator, every: str = "") -> str:
    """会议 · 云岗街道 · “停水” · 4月1日—7日: what a filter asks for; `every` where the type is open."""
    parts = (
        t("、").join(type_word(each, t) for each in flt.types) or every or t("消息"),
        areas_label(flt.areas, t),
        t("、").join(t("“{word}”", word=one_line(word)) for word in flt.words),
        say_span(flt.since, flt.until, today=today, t=t),
    )
    return shorten(" · ".join(part for part in parts if part), LABEL_LIMIT)


def areas_label(areas: tuple[str, ...], t: Translator) -> str:
    """王佐镇、长辛店镇, with 等 after the third; empty for none."""
    return t("、").join(map(one_line, areas[:3])) + (t("等") if len(areas) > 3 else "")
