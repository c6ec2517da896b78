"""The metric of a figure: what was measured, without whose it is and without the verb that only brings a number."""

import re

from parsing.candidates import Candidate, Story, trimmed
from parsing.clauses import Clause
from parsing.subjects import metric_words as words
from parsing.subjects.phrases import bare, beside, undated


def metric(story: Story, candidate: Candidate) -> str | None:
    """The metric of a figure, from its clause or, where that holds only the number, from a clause before it."""
    at = candidate.subject_at
    if at is not None and _told_apart(story.text(candidate.clause)[slice(*at)], candidate.subject):
        return candidate.subject
    own = _own(story, candidate.clause, at)
    if (own is None or words.OWNER_ONLY.fullmatch(own)) and (told := _behind(candidate.clause)):
        return told
    if own and not words.NO_METRIC.fullmatch(own):
        return own
    if own and (counted := words.COUNTED.search(candidate.clause.text)):
        return counted["what"]
    return _carried(story, candidate.clause) or own


def _told_apart(phrase: str, subject: str) -> bool:
    """Whether the rule has made several metrics of one phrase: 甲、乙分别增长5%、6%."""
    return "、" in phrase and subject != phrase and subject in re.split("[、和及与]", phrase)


def _behind(clause: Clause) -> str | None:
    """The deed that was counted, where only whose it is stands before the number."""
    if alone := words.ALONE.match(clause.text):
        return alone["deed"]
    if after := words.AFTER_SUM.search(clause.text):
        return after["deed"] if after["sum"] == "共" else after["sum"] + after["deed"]
    after = words.AFTER_NUMBER.search(clause.text)
    return after["deed"] if after else None


def _carried(story: Story, clause: Clause) -> str | None:
    """The metric that a sentence goes on about: 村里的厕所，也改完了，累计9.4万座."""
    for other in beside(story, clause, before=True):
        if words.SOURCE.search(other.text):
            continue
        name = _own(story, other, None)
        if name and not words.NO_METRIC.fullmatch(name):
            return name
    return None


def _own(story: Story, clause: Clause, at: tuple[int, int] | None) -> str | None:
    text = story.text(clause)
    if rate := words.RATE.search(text, clause.start, clause.end):
        start, end = rate.span()
        if unit := words.UNIT.match(text[start:end]):  # 103|个|项目复工率
            start += unit.end()
        if "”" in text[start:end] and "“" not in text[start:end]:
            start = max(clause.start, text.rfind("“", clause.start, start))
    else:
        end = _number_at(story, clause)
        start = at[0] if at is not None and at[0] < end else trimmed(story, clause, clause.start, end).start
    for _ in range(2):
        head = next((b for b in story.bodies[clause.paragraph] if b.start == start), None)
        if head is None or head.end >= end - 1:
            break
        outer = head.kind in ("self", "district", "relative") and text[head.end] not in "、和与及（税里"
        if not outer and not words.DEED.match(text, head.end, end):
            break
        if text[head.end : end].startswith("累计") and not _named(text[head.end + 2 : end]):
            break  # 国家高新技术企业|累计达到: the body is what was counted
        start = head.end
        if text[start] == "的":
            start += 1
    return _named(undated(story, clause, start, end))


def _number_at(story: Story, clause: Clause) -> int:
    """Where the first number of a clause stands that is no date's and no name's; its end where it has none."""
    text = story.paragraphs[clause.paragraph].masked
    dates = story.dates_in(clause.paragraph, clause.start, clause.end)
    for number in words.NUMBER.finditer(text, clause.start, clause.end):
        if (
            words.IN_NAME.match(text, number.start(), clause.end)
            or text[number.start() - 1 : number.start()] in words.BEFORE_IN_NAME
        ):
            continue
        if not any(d.start <= number.start() < d.end for d in dates):
            return number.start()
    return clause.end


def _named(phrase: str) -> str | None:
    """The metric in the words before a number; None where none is left."""
    name = bare(phrase)
    for _ in range(6):
        before = name
        lead = words.LEADS.search(name)
        if lead and lead.start() >= 1:
            name = name[: lead.start()]
        if owner := words.OWNER.match(name):
            name = name[owner.end() :]
        if brings := words.BRINGS.match(name):
            name = name[brings.end() :]
        name = words.COMPLETED.sub("", name)
        if name == before:
            break
    name = words.LEVEL_INSIDE.sub("", name)
    if (doers := words.DOERS.match(name)) and len(name) - doers.end() >= 4:
        name = name[doers.end() :]
    return name if len(name) >= 2 else None
