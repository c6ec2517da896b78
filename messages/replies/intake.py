"""Pages handed in by hand: what was found in them, what became of them, and why one cannot be read."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from messages.callbacks import OpenEvent, Run, TakeIn, build
from messages.i18n import Translator, mark
from messages.layout import one_line, shorten
from messages.lines import event_line, source_name
from messages.lists import PAGE_SIZE
from messages.titles import type_word
from messages.tree import Block, Button, Heading, Item, Message, Paragraph, inlines, rows
from messages.when import say_day
from storage.intake import DROPPED, STORED, DatedBy, Intake
from storage.review import Review
from storage.views import EventView, IntakeReport

NAME_LIMIT = 60  # UTF-16 units of what a document is called


class Unread(StrEnum):
    """Why nothing could be read: in what was handed in, or on the way to it."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    PICTURE = "picture"
    NEEDS_OCR = "needs_ocr"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    ARCHIVE = "archive"
    OFFICE = "office"
    NO_TEXT = "no_text"
    NO_ARTICLE = "no_article"
    UNKNOWN_SITE = "unknown_site"
    NOT_GIVEN = "not_given"  # by Telegram
    MISSING = "missing"
    BLOCKED = "blocked"
    BUSY = "busy"
    FORBIDDEN = "forbidden"
    UNREACHABLE = "unreachable"


_WHY = {
    Unread.EMPTY: mark("里面没有文字。请看看是不是发错了文件。"),
    Unread.TOO_LARGE: mark("文件超过 20 MB，我取不了。请拆成几份，或只发要读的那几版。"),
    Unread.TOO_LONG: mark("文字超过 20 万字，太长了。请一版一版地发。"),
    Unread.PICTURE: mark(
        "图片里的字我认不出来。请发 PDF、.txt 或 .html 文件、网页链接，或转发一条文字消息。"
    ),
    Unread.NEEDS_OCR: mark("这份 PDF 里是图片，没有可以复制的文字。请先做文字识别（OCR），或发文字版。"),
    Unread.ENCRYPTED: mark("这份 PDF 加了密。请另存一份不带密码的再发。"),
    Unread.BROKEN: mark("这份 PDF 打不开：可能损坏、不完整，或内容太大。请重新下载，或一版一版地发。"),
    Unread.ARCHIVE: mark("这是压缩包。请解压以后，把里面的 PDF 或文字文件一个一个发来。"),
    Unread.OFFICE: mark("这是 Office 文档。请另存为 PDF 或 .txt 再发。"),
    Unread.NO_TEXT: mark("这不是我能读的文件。请发 PDF、.txt 或 .html。"),
    Unread.NO_ARTICLE: mark(
        "网页里没有找到文章：可能是列表页，或要登录才能看。请发文章自己的链接，或把文字转发给我。"
    ),
    Unread.UNKNOWN_SITE: mark(
        "这个网站的版式我不认识。请把文字转发给我；装上 quwen[generic] 以后，多数网站都能读。"
    ),
    Unread.NOT_GIVEN: mark("没有从 Telegram 取到这份文件。请再发一次。"),
    Unread.MISSING: mark("这个链接打不开：网站说没有这一页。请在浏览器里看看它还在不在。"),
    Unread.BLOCKED: mark(
        "这个网站不让程序读（robots.txt、验证码）。请把网页存成文件发来，或把文字转发给我。"
    ),
    Unread.BUSY: mark("这个网站请我们晚些再来。请过一会儿再发一次。"),
    Unread.FORBIDDEN: mark("这个链接我不能打开：它指向内部网络、跳到了别的网站，或者不是网页地址。"),
    Unread.UNREACHABLE: mark("这个链接打不开：网站没有回应。请检查地址，或过一会儿再发。"),
}
_DATED = {
    DatedBy.TOLD: mark("按您写的"),
    DatedBy.NAME: mark("按文件名"),
    DatedBy.SITE: mark("网页上写的"),
    DatedBy.PRINTED: mark("版面上印的"),
    DatedBy.POST: mark("消息发出的日子"),
}


def reading(t: Translator) -> Message:
    """Said while a document takes its time; the answer comes in its place."""
    return _told(t("正在读……"))


def unread(why: Unread, t: Translator, *, name: str = "") -> Message:
    """Nothing can be read in `name` (a file, an address; empty for a message), why, and what to do."""
    shown = shorten(one_line(name), NAME_LIMIT)
    head = t("没有读成：{name}", name=shown) if shown else t("没有读成。")
    return Message((Heading(inlines(head)), Item(inlines(t(_WHY[why])))))


def intake_found(
    report: IntakeReport,
    intake: Intake,
    number: int,
    *,
    today: date,
    t: Translator,
    pictures: int = 0,
    more_pages: bool = False,
) -> Message:
    """What was read and what storing it would do, with the buttons to say so; no buttons without events.

    `pictures` pages were left out, as they hold no text; `more_pages`: there may be others behind those read.
    """
    blocks: list[Block] = [*_about(intake, today, t), *_counts(report, t)]
    if pictures:
        blocks.append(Item(inlines(t.plural("有 {n} 页是图片，没有读。", pictures))))
    if more_pages:
        text = t.plural("一份 PDF 最多读 {n} 页；后面若还有，请另发一份。", len(intake.pages) + pictures)
        blocks.append(Item(inlines(text)))
    if report.all_known:
        blocks.append(Paragraph(inlines(t("这份内容以前已经存过了，不用再存。"))))
        return Message(tuple(blocks), ((Button(t("最近的消息"), build(Run("recent"))),),))
    if not (report.new or report.merged):
        text = t("没有读出事件，所以没有可存的。如果里面确实有事，请看看文字是否完整、有没有排乱。")
        return Message((*blocks, Paragraph(inlines(text))))
    store = Button(t("存入"), build(TakeIn(number, store=True)))
    leave = Button(t("不存"), build(TakeIn(number, store=False)))
    return Message((*blocks, *_events(report, today, t)), ((store, leave),))


def intake_stored(report: IntakeReport, intake: Intake, *, today: date, t: Translator) -> Message:
    """What became of it, and buttons that open the events."""
    text = t.plural("新增 {n} 件，与已有的合并 {merged} 件。", len(report.new), merged=len(report.merged))
    blocks: list[Block] = [Heading(inlines(t("已存入{where}", where=_where(intake, today, t))))]
    blocks.append(Item(inlines(text)))
    if report.all_known:
        blocks.append(Item(inlines(t("这份内容以前已经存过了，什么都没有变。"))))
    if waiting := sum(event.review is Review.OPEN for event in report.new):
        blocks.append(Item(inlines(t.plural("其中 {n} 件待核实，暂不进摘要。", waiting))))
    blocks += _events(report, today, t)
    numbers = (Button(str(at), build(OpenEvent(event.id))) for at, event in enumerate(_shown(report), 1))
    last = (Button(t("最近的消息"), build(Run("recent"))),)
    return Message(tuple(blocks), (*rows(numbers, 5), last))


def intake_dropped(intake: Intake, *, today: date, t: Translator) -> Message:
    """It is not stored."""
    return _told(t("好的，没有存{where}。", where=_where(intake, today, t)))


def intake_gone(state: str | None, t: Translator) -> Message:
    """The button of an intake that waits no more; None for one that is not known any longer."""
    if state == STORED:
        return _told(t("这一份已经存过了，没有再存。"))
    if state == DROPPED:
        return _told(t("这一份已经放下，没有存。想存，请再发一次。"))
    return _told(t("这一份已经不在了：等着存入的只留七天。想存，请再发一次。"))


def hand_in_how(t: Translator) -> Message:
    """/read with nothing to read."""
    text = t(
        "要读什么？直接发给我就行：PDF、.txt、.html 文件，一个网页链接，或转发一条消息。"
        "也可以用 /read 回复它，后面写上来源和日期，例如 /read 丰台报 2024-04-08"
    )
    return _told(text)


def hand_in_private(t: Translator) -> Message:
    """Something handed in where others read along."""
    return _told(t("要让我读的文件和链接，请在私聊里发给我。"))


def hand_in_refused(t: Translator) -> Message:
    """A document or link of somebody who is no operator."""
    text = t("只有区闻的管理员能在这里交文件和链接来读。您可以发一个词来搜索，例如 停水，或者看看这一周。")
    buttons = (Button(t("看这一周"), build(Run("digest"))), Button(t("使用说明"), build(Run("help"))))
    return Message((Paragraph(inlines(text)),), (buttons,))


def _about(intake: Intake, today: date, t: Translator) -> list[Block]:
    name = shorten(one_line(intake.title or intake.file_name), NAME_LIMIT)
    head = t("读完了：{name}", name=name) if name else t("读完了这条消息")
    day = t("不知道")
    if intake.issued_on is not None:
        day = say_day(intake.issued_on, today=today, t=t)
        day = t("{day}（{how}）", day=day, how=t(_DATED[intake.dated_by]))
    fields = ((t("来源"), source_name(intake.source)), (t("出版日期"), day))
    return [
        Heading(inlines(head)),
        *(Item(inlines(t("{name}　{value}", name=name, value=value))) for name, value in fields),
    ]


def _counts(report: IntakeReport, t: Translator) -> list[Block]:
    total = len(report.new) + len(report.merged)
    lines = []
    if not report.all_known:
        lines.append(t.plural("{n} 篇报道", report.articles))
        lines.append(t.plural("{n} 件", total))
    if total:
        lines.append(t("新的 {new}，与已有的合并 {merged}", new=len(report.new), merged=len(report.merged)))
    blocks: list[Block] = [Item(inlines(" · ".join(lines)))] if lines else []
    if report.known and not report.all_known:
        blocks.append(Item(inlines(t.plural("有 {n} 页以前存过，不会再存。", report.known))))
    return blocks


def _shown(report: IntakeReport) -> Sequence[EventView]:
    return (*report.new, *report.merged)[:PAGE_SIZE]


def _events(report: IntakeReport, today: date, t: Translator) -> list[Block]:
    known = {event.id for event in report.merged}
    lines: list[Block] = []
    for at, event in enumerate(_shown(report), 1):
        line = event_line(event, today=today, t=t, typed=False)
        line = t("{line} · {note}", line=line, note=type_word(event.type, t, 1))
        if event.id in known:
            line = t("{line} · {note}", line=line, note=t("已有"))
        lines.append(Item(inlines(line), at))
    rest = len(report.new) + len(report.merged) - len(lines)
    if rest > 0:
        lines.append(Item(inlines(t.plural("还有 {n} 件", rest))))
    return [Heading(inlines(t("读出的事"))), *lines] if lines else []


def _where(intake: Intake, today: date, t: Translator) -> str:
    """《丰台报》4月8日."""
    name = source_name(intake.source)
    if intake.issued_on is None:
        return name
    return t("{source}{day}", source=name, day=say_day(intake.issued_on, today=today, t=t))


def _told(text: str) -> Message:
    return Message((Paragraph(inlines(text)),))
