"""Two events that may be one, one under the other, for an operator to decide; and what was decided."""

from datetime import date

from messages.callbacks import PairSay, PairWord, Run, build
from messages.card import quotation, reference
from messages.i18n import Translator, mark
from messages.titles import title, type_word
from messages.tree import Block, Bold, Button, Code, Heading, Item, Keyboard, Message, Paragraph, inlines
from messages.when import say
from storage.reasons import Reason, Verdict
from storage.views import EventDetail, PairView

PROOFS_SHOWN = 2  # of each event

_REASONS = {
    Reason.REPRINT: mark("同一篇文章"),
    Reason.SAME_WORDS: mark("原话相同"),
    Reason.SAME_DAYS: mark("日期相同"),
    Reason.DAYS_FIT: mark("日期对得上"),
    Reason.NEAR: mark("报道时间相近"),
    Reason.CHANGE: mark("一条说的是另一条的变动"),
    Reason.SAME_NAME: mark("名称相同"),
    Reason.NAME_ALIKE: mark("名称相近"),
    Reason.SAME_ACTORS: mark("主体相同"),
    Reason.SAME_PEOPLE: mark("人物相同"),
    Reason.SAME_PLACE: mark("地点相同"),
    Reason.SAME_STAGE: mark("阶段相同"),
    Reason.SAME_NUMBERS: mark("数字相同"),
    Reason.SAME_DETAILS: mark("细节相同"),
    Reason.NO_NUMBERS: mark("没有数字可比"),
    Reason.OTHER_TYPE: mark("类型不同"),
    Reason.OTHER_NAME: mark("名称不同"),
    Reason.OTHER_NUMBER: mark("届次、等级或部分不同"),
    Reason.OTHER_ACTORS: mark("主体不同"),
    Reason.OTHER_PEOPLE: mark("人物不同"),
    Reason.OTHER_PLACE: mark("地点不同"),
    Reason.OTHER_DISTRICT: mark("不在一个区"),
    Reason.ONE_ISSUE: mark("同一期报纸分开登的"),
}


def pair_message(pair: PairView, *, today: date, t: Translator, waiting: int = 0) -> Message:
    """The pair with its buttons. `waiting` is how many pairs are undecided, with this one; 0 says nothing."""
    head = {
        Verdict.OPEN: t("这两条说的是同一件事吗？"),
        Verdict.SAME: t("已并为一件"),
        Verdict.APART: t("已记下：不是一件"),
    }[pair.verdict]
    blocks: list[Block] = [Heading(inlines(head))]
    for number, detail in enumerate(filter(None, (pair.first, pair.second)), 1):
        blocks += _short_card(detail, number if pair.second else None, today, t)
    for words, reasons in ((t("像的地方"), pair.pros), (t("不像的地方"), pair.cons)):
        if reasons and pair.verdict is Verdict.OPEN:
            told = t("、").join(t(_REASONS[reason]) for reason in reasons)
            blocks.append(Paragraph(inlines(t("{what}：{reasons}", what=words, reasons=told))))
    if waiting > 1:
        blocks.append(Paragraph(inlines(t.plural("一共还有 {n} 对等着看", waiting))))
    return Message(tuple(blocks), _keyboard(pair, t))


def no_pairs(t: Translator) -> Message:
    """Nothing is doubtful."""
    return Message((Paragraph(inlines(t("没有拿不准的事了。"))),))


def verdict_known(pair: PairView, t: Translator) -> str:
    """For whoever pressed a button after somebody else had decided."""
    if pair.verdict is Verdict.SAME:
        return t("已经有人看过了：是同一件。")
    return t("已经有人看过了：不是一件。") if pair.verdict is Verdict.APART else t("这一对已经放回去了。")


def _short_card(detail: EventDetail, number: int | None, today: date, t: Translator) -> list[Block]:
    event = detail.event
    told = title(event, t)
    when = say(event.when, reported_on=event.reported_on, today=today, t=t)
    what = t.inlines(
        "{type} · {when} · 编号 {id}", type=type_word(event.type, t, 1), when=when, id=Code(event.id)
    )
    blocks: list[Block] = [Item(inlines(Bold(told)), number), Item(what)]
    for proof in detail.proofs[:PROOFS_SHOWN]:
        blocks += [quotation(proof), Item(reference(proof, today, t))]
    return blocks


def _keyboard(pair: PairView, t: Translator) -> Keyboard:
    def button(words: str, say: PairSay) -> Button:
        return Button(words, build(PairWord(pair.id, say)))

    if pair.verdict is Verdict.OPEN:
        return ((button(t("同一件"), PairSay.SAME), button(t("不是一件"), PairSay.APART)),)
    return ((button(t("撤销"), PairSay.UNDO), Button(t("下一对"), build(Run("pairs")))),)
