"""The title of an event: one plain sentence part made of its fields, never the clause of the page."""

import re

from messages.i18n import SOURCE_LANGUAGE, Translator, mark
from messages.layout import one_line, shorten
from messages.wording import Facts, figure_words, names, sentence
from parsing.model import EventType, Stage, State
from storage.views import EventView

TITLE_LIMIT = 80  # UTF-16 units
ASIDE_LIMIT = 30

_TYPES = {
    EventType.MEETING: ("👥", mark("会议")),
    EventType.VISIT: ("🤝", mark("会见来访")),
    EventType.INSPECTION: ("🔍", mark("调研检查")),
    EventType.LAUNCH: ("🏗", mark("项目")),
    EventType.AWARD: ("🏅", mark("获奖荣誉")),
    EventType.AGREEMENT: ("📝", mark("签约合作")),
    EventType.RELEASE: ("📄", mark("发布")),
    EventType.ACTIVITY: ("🎪", mark("活动")),
    EventType.FIGURE: ("📊", mark("数据")),
    EventType.NOTICE: ("📢", mark("通知公告")),
}
_STAGES = {Stage.START: mark("启动"), Stage.OPENING: mark("开放"), Stage.COMPLETION: mark("竣工")}


def title(event: EventView, t: Translator, *, typed: bool = True) -> str:
    """Who did what, never empty, at most 80 UTF-16 units.

    In other languages than Chinese it is the type word with the Chinese names as printed; `typed=False`
    leaves that word out, where a heading has it already. What was called off says so first.
    """
    facts = _facts(event)
    if not facts.subject:
        known = names(facts.who) or facts.place or t("内容未写明")
        words = t("{type}：{words}", type=type_word(event.type, t, 1), words=known)
    elif t.language == SOURCE_LANGUAGE:
        words = sentence(event.type, facts)
    else:
        words = _foreign(event.type, facts, t, typed)
    if event.state is State.CANCELLED and not words.endswith("取消"):
        words = t("已取消：{title}", title=words)
    return shorten(words, TITLE_LIMIT)


def aside(event: EventView, told: str) -> tuple[str, str]:
    """The place and the bodies that the title `told` does not name yet; empty where nothing is left."""
    facts = _facts(event)
    place = "" if facts.place in told else shorten(facts.place, ASIDE_LIMIT)
    left = [name for name in facts.actors if name not in told and name not in facts.place]
    if any(name in told for name in facts.actors) or len(facts.actors) > len(left):
        left = []  # the title has named as many as it has room for
    return place, shorten(names(left), ASIDE_LIMIT)


def type_word(event_type: EventType, t: Translator, n: int = 2) -> str:
    """The word for `n` events of a type: 会议, Meetings; Meeting for one."""
    return t.plural(_TYPES[event_type][1], n)


def type_head(event_type: EventType, t: Translator) -> str:
    """The same with its emoji before it, for the head of a section."""
    return f"{_TYPES[event_type][0]} {type_word(event_type, t)}"


def _foreign(event_type: EventType, facts: Facts, t: Translator, typed: bool) -> str:
    subject = figure_words(facts) if event_type is EventType.FIGURE else facts.subject
    who = names(facts.free(subject))
    words = f"{who} — {subject}" if who else subject
    kind = type_word(event_type, t, 1)
    if facts.stage:
        kind = t(_STAGES[facts.stage])
    return f"{kind} · {words}" if typed or facts.stage else words


def _facts(event: EventView) -> Facts:
    return Facts(
        subject=_name(event.subject),
        actors=tuple(filter(None, map(_name, dict.fromkeys(event.actors)))),
        people=tuple(filter(None, map(_name, dict.fromkeys(event.people)))),
        place=_name(event.place or ""),
        stage=event.stage,
        evidence=_name(event.evidence),
    )


def _name(text: str) -> str:
    """One line, with Chinese commas, without punctuation at its ends, its marks of quotation in pairs."""
    text = re.sub(r"(?<=[^\x00-\x7f]),|,(?=[^\x00-\x7f])", "，", one_line(text))
    text = re.sub(r"_\{([^{}]*)\}", r"\1", text)  # PM_{2.5}, as a PDF has it
    text = text.strip("，。；、：,;: ")
    for left, right in ("“”", "《》"):
        unopened, unclosed = 0, 0
        for char in text:
            unclosed += char == left
            if char == right:
                unopened, unclosed = unopened + (not unclosed), max(unclosed - 1, 0)
        text = left * unopened + text + right * unclosed
    return text
