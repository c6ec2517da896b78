"""Answers to what could not be done as asked. Each says the next step."""

import difflib
from dataclasses import replace
from datetime import date

from messages.callbacks import Follow, Keep, ListKind, ListMode, ListPage, OpenEvent, Run, build
from messages.i18n import Translator
from messages.layout import one_line, shorten
from messages.lines import event_line, label
from messages.lists import BUTTON_LIMIT, follow_button, list_head, widenings
from messages.menu import COMMANDS
from messages.titles import type_word
from messages.tree import Block, Bold, Button, Code, Message, Paragraph, inlines, rows
from storage.filters import EventFilter
from storage.views import EventView

ECHO_LIMIT = 40  # UTF-16 units of what the person wrote that are said back


def nothing_found(
    flt: EventFilter,
    *,
    mode: ListMode,
    today: date,
    t: Translator,
    nearest: tuple[EventFilter, EventView] | None = None,
) -> Message:
    """What was looked for, the nearest that exists, and how to look wider.

    Both `flt` and the nearest's filter must be remembered under their keys.
    """
    what = list_head(flt, mode, today, t)
    blocks: list[Block] = [Paragraph(t.inlines("没有找到：{what}", what=Bold(what)))]
    open_rows: list[Button] = []
    if nearest:
        found, event = nearest
        line = event_line(event, today=today, t=t)
        blocks.append(Paragraph(inlines(t("最近的一件：{line}", line=line))))
        all_of_it = label(replace(found, since=None, until=None), today=today, t=t)
        open_rows = [
            Button(t("看这一件"), build(OpenEvent(event.id))),
            Button(
                shorten(t("看全部：{what}", what=all_of_it), BUTTON_LIMIT),
                build(ListPage(found.key, ListMode(ListKind.LIST))),
            ),
        ]
    elif flt == EventFilter() and mode.kind is not ListKind.SEARCH:
        blocks.append(Paragraph(inlines(t("可以看最近的消息：/recent 30，或者换一个词搜索：/search 停水"))))
    else:
        blocks.append(Paragraph(inlines(t("可以放宽条件，或者换一个词再试。"))))
    wider = widenings(flt, mode, t) or (Button(t("最近的消息"), build(Run("recent"))),)
    return Message(tuple(blocks), (*rows(open_rows, 2), *rows((*wider, *follow_button(flt, t)), 3)))


def event_not_found(words: str, t: Translator) -> Message:
    """/event with an id that no event has."""
    said = t.inlines("没有编号为 {id} 的消息。", id=Code(_echo(words)))
    hint = t("编号在每条消息的最后一行，四个以上的字母和数字，例如 /event k7f2。也可以用词来找：/search 停水")
    return Message((Paragraph(said), Paragraph(inlines(hint))), (_recent(t),))


def word_missing(command: str, t: Translator) -> Message:
    """/search or /event without its argument."""
    if command == "event":
        text = t("请带上编号，例如 /event k7f2。编号在每条消息的最后一行。")
    else:
        text = t("请带上要找的词，例如 /search 停水；可以再加区域和时间：/search 停水 上周")
    return Message((Paragraph(inlines(text)),), (_recent(t),))


def bad_argument(command: str, words: str, t: Translator) -> Message:
    """An argument that the command cannot read, such as /upcoming soon."""
    said = t.inlines("没有看懂“{words}”。", words=_echo(words))
    match command:
        case "upcoming" | "recent":
            text = t("请写天数，1 到 365，例如 /{command} 14", command=command)
        case "event":
            text = t("请写编号，例如 /event k7f2")
        case _:
            text = t("可以写区域、时间和词，顺序不限，例如 /{command} 上周", command=command)
    return Message((Paragraph(said), Paragraph(inlines(text))), (_help(t),))


def too_long(length: int, limit: int, t: Translator) -> Message:
    """A question longer than the `limit` characters that are read."""
    text = t(
        "这一条有 {length} 个字，太长了，最多读 {limit} 个字。请只写区域、时间和一两个词，例如 /search 停水",
        length=length,
        limit=limit,
    )
    return Message((Paragraph(inlines(text)),), (_help(t),))


def unknown_command(words: str, t: Translator) -> Message:
    """A command that does not exist; a near one is offered."""
    name = one_line(words).lstrip("/").split("@")[0].split(" ")[0].lower()
    near = difflib.get_close_matches(name, [command.name for command in COMMANDS], n=2, cutoff=0.5)
    said = t.inlines("没有 {command} 这个命令。", command=Code("/" + shorten(name, ECHO_LIMIT)))
    hint = t("是不是想用：{commands}", commands=t("、").join(f"/{each}" for each in near)) if near else ""
    hint = hint or t("直接发一个词就能搜索，发 /help 看全部命令。")
    return Message((Paragraph(said), Paragraph(inlines(hint))), (_help(t),))


def not_admin(t: Translator) -> Message:
    """Settings of a group, changed by someone who may not."""
    text = t("群里的订阅只有管理员能改。您可以请管理员来改，或者私聊我，自己订一份。")
    return Message((Paragraph(inlines(text)),))


def not_operator(t: Translator) -> Message:
    """What only those may do who run this bot."""
    text = t("这一步只有区闻的管理员能做。您可以发 /help 看看能问我什么。")
    return Message((Paragraph(inlines(text)),))


def gone_button(t: Translator) -> Message:
    """A button whose meaning is no longer known."""
    text = t("这个按钮已经失效。请再发一次命令，例如 /digest 或 /help。")
    return Message((Paragraph(inlines(text)),))


def busy(t: Translator) -> Message:
    """The database is locked just now."""
    return Message((Paragraph(inlines(t("现在有点忙，请过几秒再试一次。"))),))


def slow_down(t: Translator) -> Message:
    """Somebody asks too much at once."""
    return Message((Paragraph(inlines(t("慢一点，我跟不上了。停几秒再发，就接着回答您。"))),))


def error(number: str, t: Translator) -> Message:
    """Something failed; `number` (E-4F21) is in the log."""
    said = t.inlines(
        "这一步没有成功，我们已记下（{number}）。可以再试一次，或发 /help。", number=Code(number)
    )
    return Message((Paragraph(said),))


def kept(t: Translator) -> Message:
    """Nothing was changed."""
    return Message((Paragraph(inlines(t("好的，什么都没有改。"))),))


def follow_covered(follow: Follow, what: str, t: Translator) -> Message:
    """The subscription already holds `what`, being open on that side: narrow it to that alone?"""
    shown = shorten(one_line(what), ECHO_LIMIT)
    said = t.inlines("您的每周摘要已经包含{what}。要只收它吗？", what=Bold(shown))
    only = Button(shorten(t("只收{what}", what=shown), BUTTON_LIMIT), build(replace(follow, only=True)))
    return Message((Paragraph(said),), ((only, Button(t("保持不变"), build(Keep()))),))


def follow_label(flt: EventFilter, t: Translator) -> str:
    """What following a filter takes into the digest, in words."""
    names = (*flt.areas, *(type_word(each, t) for each in flt.types))
    return shorten(t("、").join(map(one_line, names)), ECHO_LIMIT)


def _echo(words: str) -> str:
    return shorten(one_line(words), ECHO_LIMIT) or "…"


def _recent(t: Translator) -> tuple[Button, ...]:
    return (Button(t("最近的消息"), build(Run("recent"))), Button(t("使用说明"), build(Run("help"))))


def _help(t: Translator) -> tuple[Button, ...]:
    return (Button(t("使用说明"), build(Run("help"))),)
