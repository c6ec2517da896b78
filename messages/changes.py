"""What became of an announced event, in words: 已取消，原定4月20日; 原定4月20日，改为4月27日."""

from datetime import date

from messages.i18n import Translator
from messages.when import say, say_day
from parsing.model import Period, State
from storage.views import EventView


def change_words(event: EventView, *, today: date, t: Translator) -> str:
    """The whole course of its days, for a card; empty where nothing changed."""
    old, new = _days(event.earlier, today, t), _day(event.when, today, t)
    match event.state:
        case State.CANCELLED:
            days = t("、").join(filter(None, (old, new)))
            return t("已取消，原定{day}", day=days) if days else t("已取消")
        case State.MOVED | State.HELD if old:
            words = (
                t("原定{old}，改为{new}", old=old, new=new) if new else t("原定{old}，新日期待定", old=old)
            )
            return t("{words}，已进行", words=words) if event.state is State.HELD else words
        case State.MOVED:
            return t("改为{new}", new=new) if new else t("改期，新日期待定")
        case State.HELD:
            return t("先有预告，后有报道")
    return ""


def change_note(event: EventView, *, today: date, t: Translator) -> str:
    """What a line of a list says of it behind its title; that it is cancelled is told by its title."""
    old = _days(event.earlier, today, t)
    return t("原定{day}", day=old) if old and event.state is State.MOVED else ""


def _days(periods: tuple[Period, ...], today: date, t: Translator) -> str:
    return t("、").join(_day(period, today, t) for period in periods)


def _day(period: Period, today: date, t: Translator) -> str:
    if period.start is None:
        return ""
    if period.start == period.end:
        return say_day(period.start, today=today, t=t)
    return say(period, reported_on=None, today=today, t=t)
