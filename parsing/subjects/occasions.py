"""The name of a meeting or an activity; where it has none, its holder, or what was talked about."""

import re
from functools import cache

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.lexicon import any_of, lexicon
from parsing.model import EventType
from parsing.subjects import occasion_words as words
from parsing.subjects.deeds import deed, topics, without_place
from parsing.subjects.phrases import (
    bare,
    beside,
    sentence_before,
    undated,
    undescribed,
    unmodified,
)

_BEFORE_QUOTE = 14  # letters of a name between its verb and its quotation: 举行|集体学习暨|“甲”学习会
_REACH = 26  # letters of a name before the noun that ends it


def occasion(story: Story, candidate: Candidate) -> str | None:
    """The name of what is held, as long as the page has it; a bare 会议 with its holder."""
    clause = candidate.clause
    if candidate.rule.startswith("occasion"):
        name: str | None = _cleaned(story, candidate)
    else:
        name = _named(story, clause, candidate.type)
    meeting = candidate.type is EventType.MEETING
    if name and not words.BARE.fullmatch(name):
        return name
    if meeting:
        return _bare_meeting(story, candidate, name)
    return _full(story, clause, name) if name else _plain(story, clause)


@cache
def _nouns(kind: EventType) -> re.Pattern[str]:
    """The nouns that end the name of a meeting or of an activity."""
    nouns = [*lexicon("events")["occasions"]["nouns"][kind.value]]
    nouns += (
        ["集体学习", "学习会", "扩大会议", "（扩大）会", "视频会", "复盘会", "大会"]
        if kind is EventType.MEETING
        else []
    )
    return re.compile(f"(?=({any_of(nouns)}))")  # overlapping ones too: 工作会, 会议


def _cleaned(story: Story, candidate: Candidate) -> str:
    """A rule's name with the year or the edition in front of it, and without its holder and bylines."""
    clause, name = candidate.clause, candidate.subject
    text = story.text(clause)
    if candidate.subject_at is not None:
        start, end = candidate.subject_at
        before = text[clause.start : start]
        if lead := words.LEAD.search(before):
            start -= len(lead[0])
        name = text[start:end]
    start += len(name) - len(bare(name))
    if candidate.rule.endswith("holding"):
        return words.ALL.sub("", undescribed(unmodified(bare(name))))  # who holds it stands before the verb
    return _without_host(story, clause, start, undescribed(unmodified(bare(name))))


def _without_host(story: Story, clause: Clause, start: int, name: str) -> str:
    """A name without 全区 in front, and without the body that holds it where the name goes on by itself."""
    host = next(
        (b for b in story.bodies[clause.paragraph] if b.start == start and name.startswith(b.name)), None
    )
    if host is not None and not re.match(words.EDITION, host.name):
        rest = name[len(host.name) :]
        if re.match(rf"“|{words.EDITION}", rest) and "”" in rest[-20:-1] and not rest.endswith("”"):
            return rest
        if host.kind in ("hospital", "school") and len(rest) >= 4:
            return rest
    return words.ALL.sub("", name)


def _named(story: Story, clause: Clause, kind: EventType) -> str | None:
    """The name that an open clause holds: around a quotation, from an edition on, or up to an occasion's noun."""
    text = story.text(clause)
    quoted = next(
        (q for q in words.QUOTED.finditer(text, clause.start, clause.end) if not _is_other(text, q)), None
    )
    if quoted is not None:
        end = _end(story, clause, quoted.end())
        if text[quoted.end() : quoted.end() + 1] == "的" and not _nouns(kind).search(text, quoted.end(), end):
            return quoted[0]  # “甲”的大锅
        verb = max((m.end() for m in words.HOLDS.finditer(text, clause.start, quoted.start())), default=0)
        joined = verb and "的" not in text[verb : quoted.start()] and quoted.start() - verb <= _BEFORE_QUOTE
        return text[verb if joined and not _has_date(story, clause, verb, end) else quoted.start() : end]
    ended = _noun_end(story, clause, kind)
    numbered = words.NUMBERED.search(text, clause.start, clause.end)
    if numbered and not _is_date(story, clause, numbered.start(), numbered.end()):
        end = _end(story, clause, numbered.end())
        if end - numbered.start() >= 6:
            return text[numbered.start() : max(end, ended or 0)]
    if ended is None:
        return None
    low = max(clause.start, ended - _REACH)
    verb = max((m.end() for m in words.HOLDS.finditer(text, low, ended - 2)), default=low)
    dates = [d.end for d in story.dates_in(clause.paragraph, clause.start, ended) if d.end < ended - 1]
    start = max([verb, *dates, clause.start])
    name = unmodified(bare(text[start:ended]))
    name = words.BEFORE_NAME.sub("", words.VILLAGE.sub("", name))
    name = name.rpartition("的")[2] if len(name.rpartition("的")[2]) >= 4 and "“" not in name else name
    return words.ALL.sub("", name)


def _is_other(text: str, quoted: re.Match[str]) -> bool:
    """Whether a quotation names no occasion: what follows it is not a name's end but a body or a person."""
    return bool(words.OTHER_QUOTED.match(text, quoted.end()))


def _has_date(story: Story, clause: Clause, start: int, end: int) -> bool:
    return any(True for _ in story.dates_in(clause.paragraph, start, end))


def _is_date(story: Story, clause: Clause, start: int, end: int) -> bool:
    return any(
        d.start <= start and end < d.end for d in story.dates_in(clause.paragraph, clause.start, clause.end)
    )


def _end(story: Story, clause: Clause, start: int) -> int:
    """Where a name that goes on at an offset is over."""
    text = story.text(clause)
    dates = [d.start for d in story.dates_in(clause.paragraph, start, clause.end)]
    stop = words.STOP.search(text, start, clause.end)
    found = min([stop.start() if stop else clause.end, *dates])
    return found if found - start <= _REACH else start


def _noun_end(story: Story, clause: Clause, kind: EventType) -> int | None:
    """Where the last noun of an occasion ends behind which its name is over."""
    best: int | None = None
    text = story.text(clause)
    for noun in _nouns(kind).finditer(text, clause.start, clause.end):
        end = noun.end(1)
        if end == clause.end or words.AFTER_NAME.match(text, end, clause.end):
            best = end
    return best


def _bare_meeting(story: Story, candidate: Candidate, name: str | None) -> str | None:
    """A meeting without a name: what it was about, else its holder and 会议, else the headline."""
    clause = candidate.clause
    headline = story.draft.headline or ""
    if name is None:
        for topic in topics(story, clause):
            return topic
        if words.MEETING_HEADLINE.search(headline) and len(headline) <= 14:
            return headline
        for other in beside(story, clause, before=True):
            if told := _named(story, other, EventType.MEETING):
                return told
    holder = _holder(story, candidate)
    if holder and (name is None or name in ("会议", "大会", "会")):
        return holder if holder.endswith("会议") else holder + "会议"
    return name


def _holder(story: Story, candidate: Candidate) -> str | None:
    """The body that meets: the last one in front of the verb, else the first of the clauses before."""
    clause = candidate.clause
    end = candidate.at if candidate.at > clause.start else clause.end
    for low, high in ((clause.start, end), *((c.start, c.end) for c in beside(story, clause, before=True))):
        bodies = [
            b for b in story.bodies_in(clause.paragraph, low, high) if not b.office and b.kind != "named"
        ]
        if bodies:
            return bodies[-1].name
    return None


def _full(story: Story, clause: Clause, name: str) -> str:
    """The long name that a short one (艺术节, 首场讲座) stands for, from the text before or the headline."""
    noun = words.POINTER.sub("", name)
    long = re.compile(
        rf"(?:{words.EDITION}[^，。；“”]{{0,14}}|{words.QUOTED.pattern}[^，。；“”]{{0,8}}){noun}"
    )
    for paragraph in range(clause.paragraph, -1, -1):
        text = story.paragraphs[paragraph].text
        end = clause.start if paragraph == clause.paragraph else len(text)
        if found := max(long.finditer(text, 0, end), key=re.Match.start, default=None):
            return found[0]
    found_in_headline = long.search(story.draft.headline or "")
    return found_in_headline[0] if found_in_headline else name


def _plain(story: Story, clause: Clause) -> str | None:
    """An activity without a name: that of a clause before where only its verb stands here, else what is done."""
    if words.VERB_ONLY.fullmatch(without_place(bare(undated(story, clause)))):
        for other in (*beside(story, clause, before=True), *reversed(sentence_before(story, clause))):
            if name := _named(story, other, EventType.ACTIVITY):
                return name
    return deed(story, clause)
