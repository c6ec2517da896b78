"""What operators are told when something is wrong with Quwen itself, and when it is well again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from messages.i18n import Translator, mark
from messages.layout import one_line, shorten
from messages.tree import Block, Heading, Message, Paragraph, inlines
from messages.when import say_moment


class TroubleKind(StrEnum):
    """What can be wrong."""

    ERRORS = "errors"  # deliveries fail
    OUTBOX = "outbox"  # nothing goes out
    DIGESTS = "digests"  # digests are overdue
    JOB = "job"  # a job fails again and again
    ANSWER = "answer"  # somebody asked, and the answer was an error
    CONFLICT = "conflict"  # another program asks for updates with our token


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong."""

    kind: TroubleKind
    since: datetime
    name: str = ""  # of the job; of an answer's error, its kind and the function that met it
    count: int = 0  # deliveries that failed, or wait; runs that failed in a row
    retried: int = 0  # deliveries that are tried again and again
    error: str = ""  # the newest, in its own words

    @property
    def key(self) -> str:
        """What it is called as long as it is the same trouble; without blanks."""
        return f"{self.kind}:{self.name}" if self.name else str(self.kind)


_ERROR_LIMIT = 300  # UTF-16 units
_HEADS = {
    TroubleKind.ERRORS: mark("消息发不出去"),
    TroubleKind.OUTBOX: mark("发件箱不动了"),
    TroubleKind.DIGESTS: mark("摘要误点了"),
    TroubleKind.JOB: mark("任务 {name} 一直失败"),
    TroubleKind.ANSWER: mark("回答时出错：{name}"),
    TroubleKind.CONFLICT: mark("另一个程序在用同一个令牌"),
}


def trouble_note(trouble: Trouble, *, again: bool, zone: str, now: datetime, t: Translator) -> Message:
    """That something is wrong: what, since when, the newest error, and where to look.

    `again`: it was told a day ago, and is no better.
    """
    what = say_trouble(trouble.kind, trouble.name, t)
    head = t("还没解决：{what}", what=what) if again else t("出问题了：{what}", what=what)
    blocks: list[Block] = [Heading(inlines(head)), Paragraph(inlines(_story(trouble, zone, now, t)))]
    if trouble.error:
        error = shorten(one_line(trouble.error), _ERROR_LIMIT)
        blocks.append(Paragraph(inlines(t("最近的错误：{error}", error=error))))
    if trouble.kind in (TroubleKind.ANSWER, TroubleKind.CONFLICT):
        then = t("日志里有详情。同样的事今天不再提醒。")
    else:
        then = t("quwen doctor 和 quwen status 会说哪里不对。好了会告诉您；一直不好，明天再提醒。")
    return Message((*blocks, Paragraph(inlines(then))))


def well_note(
    kind: TroubleKind, name: str, *, told: datetime, zone: str, now: datetime, t: Translator
) -> Message:
    """That something is well again that was `told`."""
    head = t("解决了：{what}", what=say_trouble(kind, name, t))
    body = t("{moment} 说过的问题，现在没有了。", moment=_moment(told, zone, now, t))
    return Message((Heading(inlines(head)), Paragraph(inlines(body))))


def say_trouble(kind: TroubleKind, name: str, t: Translator) -> str:
    """What is wrong, in a few words."""
    return t(_HEADS[kind], name=one_line(name))


def _story(trouble: Trouble, zone: str, now: datetime, t: Translator) -> str:
    since = _moment(trouble.since, zone, now, t)
    match trouble.kind:
        case TroubleKind.ERRORS:
            return t(
                "一小时内有 {failed} 条没送到，还有 {retried} 条一再重试。",
                failed=trouble.count,
                retried=trouble.retried,
            )
        case TroubleKind.OUTBOX:
            return t.plural(
                "等着发的有 {n} 条，最早的从 {moment} 等起；十分钟里一条也没发出去。",
                trouble.count,
                moment=since,
            )
        case TroubleKind.DIGESTS:
            return t("最早的一份该在 {moment} 做好，还没有做。", moment=since)
        case TroubleKind.JOB:
            return t.plural("从 {moment} 起连续失败了 {n} 次。", trouble.count, moment=since)
        case TroubleKind.ANSWER:
            return t("{moment} 有人问，没能答上来。", moment=since)
        case TroubleKind.CONFLICT:
            return t("{moment} Telegram 说还有一个程序在取消息，两边都会漏掉一些。请停掉一个。", moment=since)


def _moment(moment: datetime, zone: str, now: datetime, t: Translator) -> str:
    return say_moment(moment, zone=zone, today=now.astimezone(ZoneInfo(zone)).date(), t=t)
