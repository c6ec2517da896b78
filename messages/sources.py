"""What operators are told of sources: that one is in trouble, with a sample, and what came of their word."""

from dataclasses import dataclass
from datetime import date

from messages.actions import Tend, TendWord
from messages.callbacks import build
from messages.i18n import Translator, mark
from messages.layout import one_line, shorten
from messages.lines import source_name
from messages.tree import Block, Button, Heading, Item, Link, Message, Paragraph, inlines
from messages.when import say_day
from storage.source_states import SourceState

_STATES = {
    SourceState.NEW: mark("还没有看过"),
    SourceState.READ: mark("正常"),
    SourceState.NO_ISSUE: mark("暂无新一期"),
    SourceState.PARTIAL: mark("还没有上齐"),
    SourceState.BLOCKED: mark("网站不让读"),
    SourceState.DEGRADED: mark("读得不对劲"),
    SourceState.LOCKED: mark("要付费或登录"),
    SourceState.NEEDS_OCR: mark("只有图片"),
    SourceState.FAILING: mark("读不到"),
}
_FLAWS = {
    "no article found on its page": mark("页面上没有文章"),
    "no headline": mark("没有标题"),
    "a headline that is too long": mark("标题太长"),
    "no body": mark("没有正文"),
    "characters that cannot be read": mark("有乱码"),
    "its page does not exist": mark("页面不存在"),
}
_TITLE_LIMIT, _WHY_LIMIT = 60, 200  # UTF-16 units


@dataclass(frozen=True, slots=True)
class Sample:
    """An article of an issue as it was read, and what is wrong with it."""

    title: str
    url: str
    flaws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What is wrong with a source, and the issue that is held for it, if one is."""

    source: str  # its id in the catalog
    name: str
    state: SourceState
    why: str
    issue: int = 0  # its id in the ledger; 0 for none
    day: date | None = None
    articles: int = 0  # of the issue
    flawed: int = 0  # of them
    sample: tuple[Sample, ...] = ()


def state_word(state: SourceState, t: Translator) -> str:
    """How a source stands, in a word or two."""
    return t(_STATES[state])


def source_note(note: SourceNote, *, today: date, t: Translator) -> Message:
    """That a source is in trouble: what, since when, a sample, and two buttons."""
    name = source_name(note.name)
    head = t("来源有问题：{name} · {state}", name=name, state=state_word(note.state, t))
    blocks: list[Block] = [Heading(inlines(head))]
    if note.issue and note.day is not None:
        day = say_day(note.day, today=today, t=t)
        told = t("{day}这一期先扣着：没有入库，也没有推送。{why}", day=day, why=_why(note, t))
    else:
        told = _why(note, t)
    blocks.append(Paragraph(inlines(told)))
    for sample in note.sample:
        title = shorten(one_line(sample.title), _TITLE_LIMIT) or t("（没有标题）")
        flaws = t("、").join(_flaw(flaw, t) for flaw in sample.flaws)
        blocks.append(Item(inlines(Link(title, sample.url), f" · {flaws}" if flaws else "")))
    ask = (
        t("重读是再取一遍；放行是照样入库。") if note.issue else t("重试是马上再看一次；没事是不再为此提醒。")
    )
    blocks.append(Paragraph(inlines(ask)))
    retry, accept = (t("重读"), t("放行")) if note.issue else (t("重试"), t("没事"))
    buttons = tuple(
        Button(label, data=build(Tend(note.source, note.issue, word)))
        for label, word in ((retry, TendWord.RETRY), (accept, TendWord.ACCEPT))
    )
    return Message(tuple(blocks), (buttons,))


def _why(note: SourceNote, t: Translator) -> str:
    """What is wrong, in a sentence; of what a site answers, in the words of the log."""
    if note.issue and note.flawed:
        return t("{articles} 篇文章里，{flawed} 篇不对：", articles=note.articles, flawed=note.flawed)
    if note.issue:
        return t("文章读得到，里面的事却不到平常的一半。例如：")
    if note.state is SourceState.DEGRADED:
        return t("早该有新一期了，一直没有。")
    return t("原因：{why}", why=shorten(one_line(note.why), _WHY_LIMIT))


def _flaw(flaw: str, t: Translator) -> str:
    """A flaw as `sources.look` and the reading of issues name it, as people say it."""
    known = _FLAWS.get(flaw)
    return t(known) if known else shorten(one_line(flaw), _TITLE_LIMIT)


def tended(source: str, word: TendWord, *, issue: bool, t: Translator) -> Message:
    """What happens after an operator's word."""
    name = source_name(source)
    if word is TendWord.RETRY:
        said = t("{name}：好，马上再读一遍，有问题会再告诉您。", name=name)
    elif issue:
        said = t("{name}：好，这一期照样入库，一两分钟内完成。", name=name)
    else:
        said = t("{name}：好，知道了，到下一期之前不再提醒。", name=name)
    return Message((Paragraph(inlines(said)),))


def tended_before(t: Translator) -> Message:
    """Somebody was faster."""
    return Message((Paragraph(inlines(t("这件事已经处理过了。"))),))
