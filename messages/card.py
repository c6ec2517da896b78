"""The card of one event: everything known about it, and its proof."""

from datetime import date

from messages.callbacks import Follow, ListPage, OpenEvent, Run, Target, area_code, build
from messages.changes import change_words
from messages.i18n import Translator
from messages.layout import one_line, safe_url, shorten, units
from messages.lines import source_name
from messages.lists import BUTTON_LIMIT
from messages.menu import TYPE_COMMANDS
from messages.quoting import quoted
from messages.titles import title, type_head, type_word
from messages.tree import (
    Block,
    Bold,
    Button,
    Code,
    Heading,
    Inline,
    Item,
    Keyboard,
    Link,
    Message,
    Paragraph,
    Quote,
    inlines,
    rows,
)
from messages.when import say, say_day
from parsing.model import PUSHED
from storage.review import Review
from storage.views import EventDetail, EventView, Proof

FOLD_FROM = 120  # UTF-16 units; longer quotations fold
FIELD_LIMIT = 200
PROOFS_SHOWN = 3  # besides the first


def event_card(detail: EventDetail, *, today: date, t: Translator, back: ListPage | None = None) -> Message:
    """The card; with `back` its first button leads to the list it was opened from."""
    event = detail.event
    told = title(event, t, typed=False)
    blocks: list[Block] = [Heading(inlines(type_head(event.type, t))), Item((Bold(told),))]
    blocks += _fields(event, told, today, t)
    for proof in detail.proofs[:1]:
        blocks.append(quotation(proof))
        blocks.append(Item(reference(proof, today, t)))
    others = detail.proofs[1:]
    if others:
        blocks.append(Heading(inlines(t.plural("另有 {n} 处报道", len(others)))))
        blocks += [Item(reference(proof, today, t)) for proof in others[:PROOFS_SHOWN]]
    if len(others) > PROOFS_SHOWN:
        blocks.append(Item(inlines("…")))
    sure = t.inlines("{certainty} · 编号 {id}", certainty=_standing(event, t), id=Code(event.id))
    return Message((*blocks, Paragraph(sure)), _keyboard(event, t, back))


def certainty(review: Review, confidence: float, t: Translator) -> str:
    """How sure we are, in one word.

    确定 by one report or a person's word, 较可能 by two sources neither of which is sure enough alone.
    """
    match review:
        case Review.OPEN:
            return t("待核实")
        case Review.REJECTED:
            return t("已撤下")
        case Review.MERGED:
            return t("已并入别的一件")
        case Review.CLEAR if confidence < PUSHED:
            return t("较可能")
        case _:
            return t("确定")


def quotation(proof: Proof) -> Quote:
    """The evidence in its sentence, set in bold where there is more around it."""
    before, evidence, after = quoted(proof.evidence, proof.context)
    line = inlines(before, Bold(evidence), after) if before or after else inlines(evidence)
    return Quote(line, expandable=sum(units(part.text) for part in line) > FOLD_FROM)


def reference(proof: Proof, today: date, t: Translator) -> tuple[Inline, ...]:
    """《丰台报》4月8日第02版《丰台区召开月度工作点评会》 · 原文 ›."""
    words = source_name(proof.source)
    if proof.issued_on:
        words = t("{source}{day}", source=words, day=say_day(proof.issued_on, today=today, t=t))
    if proof.page_number:
        words += t("第{number}版", number=shorten(one_line(proof.page_number), 10))
    headline = shorten(one_line(proof.headline or ""), 80)
    if headline:
        words += t("《{headline}》", headline=headline)
    if proof.url and safe_url(proof.url):
        return inlines(words, " · ", Link(t("原文 ›"), proof.url))
    if proof.source_url and safe_url(proof.source_url):
        return inlines(words, " · ", Link(t("主页 ›"), proof.source_url))
    return inlines(words)


def _standing(event: EventView, t: Translator) -> str:
    """The same, with why digests leave it out."""
    word = certainty(event.review, event.confidence, t)
    match event.review:
        case Review.OPEN:
            return t("{word}（把握还不够，暂不进摘要）", word=word)
        case Review.REJECTED:
            return t("{word}（核实后认为没有这件事）", word=word)
        case _:
            return word


def _fields(event: EventView, told: str, today: date, t: Translator) -> list[Block]:
    when = say(event.when, reported_on=event.reported_on, today=today, t=t)
    change = change_words(event, today=today, t=t)
    subject = one_line(event.subject)
    named = (event.place or "", *event.actors)
    areas = [area for area in event.areas if area not in named]
    fields = (
        (t("时间"), when),
        (t("变动"), change),
        (t("事项"), "" if subject in told else subject),
        (t("主体"), t("、").join(map(one_line, event.actors))),
        (t("人物"), t("、").join(one_line(name) for name in event.people if name not in event.actors)),
        (t("地点"), one_line(event.place or "")),
        (t("区域"), t("、").join(map(one_line, areas))),
    )
    return [
        Item(inlines(t("{name}　{value}", name=name, value=shorten(value, FIELD_LIMIT))))
        for name, value in fields
        if value
    ]


def _keyboard(event: EventView, t: Translator, back: ListPage | None) -> Keyboard:
    first = (Button(t("‹ 返回列表"), build(back)),) if back else ()
    more: list[Button] = []
    area = next((name for name in event.areas if one_line(name)), None)
    if area:
        text = shorten(t("关注{what}", what=one_line(area)), BUTTON_LIMIT)
        more.append(Button(text, build(Follow(Target.AREA, area_code(area)))))
    command = next(name for name, each in TYPE_COMMANDS.items() if each is event.type)
    more.append(Button(t("更多{type}", type=type_word(event.type, t)), build(Run(command))))
    return (*rows(first, 1), *rows(more, 2))


def open_button(event: EventView, words: str) -> Button:
    """A button that opens the card as a new message."""
    return Button(words, build(OpenEvent(event.id)))
