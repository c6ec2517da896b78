"""Whose figure it is, who gives notice, and who builds or runs what is launched."""

import re

from parsing.bodies import find_bodies
from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.roles.hosts import builders, holders
from parsing.roles.measure_words import (
    ACROSS,
    BESIDE,
    BY_ACCOUNT,
    GENERAL,
    GIVES,
    GOES_ON,
    INSIDE,
    OFFICE,
    OPENS,
    REPORTER,
    SOURCE,
    TELLS,
    VENUE,
    VISITED,
    WARNS,
    WHOLE,
)
from parsing.roles.reference import acting, at_home, bodies_in, counted, full_name
from parsing.roles.subjects import Subject, earlier_subjects, opening, subject_of

_OWN_WORK = ("government", "party", "organisation")
_MEASURED = ("area", "place", "company", "school", "hospital", "district")
_PUBLIC = ("organisation", "hospital", "school", "government", "company", "party")


def figure(story: Story, candidate: Candidate) -> tuple[str, ...]:
    """The body that a number measures: at the head of its clause, else whom the sentence is about."""
    clause = candidate.clause
    if own := _measured(story, clause):
        return own
    topic = story.topics.get(clause.index)
    if topic is not None and OFFICE.search(topic):
        topic = None
    sentence = [c for c in story.paragraphs[clause.paragraph].clauses if c.sentence == clause.sentence]
    before = [c for c in sentence if c.index < clause.index]
    # A street at the head of the segment owns all that is told behind it, its villages and halls among them.
    if topic is not None and any(c.text.startswith(topic) for c in before):
        return (topic,)
    for other in reversed(before):
        if earlier := _measured(story, other):
            return earlier
    if topic is not None:
        full = full_name(story, clause, topic, clause.start)
        return (full,) if full else ()
    if passage := _passage(story, clause):
        return passage
    return (story.district.name,) if story.district.name else ()


def notice(story: Story, candidate: Candidate) -> tuple[str, ...]:
    """Who tells residents: the signature, else the body whose doors or services it is about."""
    clause = candidate.clause
    if signed := _signature(story, clause):
        return signed
    if WHOLE.match(clause.text):
        return (story.district.name,) if story.district.name and "开展" in clause.text else ()
    start, _ = story.paragraphs[clause.paragraph].sentence(clause)
    for earlier in earlier_subjects(story, clause):
        if WARNS.match(story.text(clause), earlier.end) and earlier.bodies:
            return earlier.bodies
    subject = subject_of(story, clause)
    if subject is not None:
        beside = BESIDE.match(story.text(clause), subject.end, clause.end)
        if beside:
            return ()
        opens = OPENS.match(story.text(clause), subject.end, clause.end)
        road = re.search("[街路桥巷]$|胡同$", subject.bodies[-1]) if subject.bodies else None
        return subject.bodies if opens and not road else _giver(subject)
    if SOURCE.search(story.text(clause), start, clause.start):
        return ()
    for earlier in earlier_subjects(story, clause):
        if own := _giver(earlier):
            return own
    return holders(story, clause) or _announced(story, clause)


def launch(story: Story, candidate: Candidate) -> tuple[str, ...]:
    """Only whoever is told to build, run or hold what is launched."""
    clause = candidate.clause
    if told := builders(story, clause):
        return told
    if told := holders(story, clause):
        return told
    start = opening(story, clause)
    text = story.text(clause)
    subject = subject_of(story, clause)
    if subject is not None and subject.bodies and _BUILT.match(text, subject.end, clause.end):
        return subject.bodies
    if subject is not None and subject.bodies and subject.first is not None:
        # A hall that 完成改造 is what was rebuilt; a street or firm is who did it.
        thing = subject.first.kind in ("place", "organisation", "hospital", "school")
        does = (_HOLDS if thing and not _AREA.search(subject.bodies[0]) else _DOES).match(
            text, subject.end, clause.end
        )
        return subject.bodies if does else ()
    if _DOES.match(text, start, clause.end):
        for earlier in earlier_subjects(story, clause):
            if earlier.names:
                return earlier.bodies
        topic = story.topics.get(clause.index)
        full = full_name(story, clause, topic, clause.start) if topic else None
        return (full,) if full else ()
    return ()


# 完成…工程, 启动…项目: the verb before the project says that somebody does it.
_DOES = re.compile(
    r"(?:已|已经|还|又|近日|日前|正式|全面|顺利|先后|同步|于[^，]{2,12}|昨日|今日|率先|当天|\d+月(?:\d+日)?|在[^，]{2,20}?){0,5}"
    r"(?:完成|启动|建成|开工|开通|上线|推出|实施|开办|开设|打造|启用|新建|成立|举行|举办)(?!开放|启用|投用|投产|使用|运营|通车|运行|并|后|开园|营业)(?=[^，]{2})"
)


_BUILT = re.compile("(?:投资|负责)?(?:建设|承建|打造|运营|援建|实施|兴建)的")  # 区城投集团承建的|工程竣工
_HOLDS = re.compile("(?:正式|日前|近日|\\d+月\\d+日)*(?:启动|推出|上线|开办|举行|举办|推行)(?=[^，]{2})")
_AREA = re.compile("(?:街道|镇|乡|街|地区|村|社区)$")


def _measured(story: Story, clause: Clause) -> tuple[str, ...]:
    """The body at the head of a clause, unless it only tells or sorts; the district for 全区."""
    text = story.text(clause)
    start = opening(story, clause)
    if not story.district.name and text.startswith("我国", start):
        return ("我国",)  # in a paper of no district the country itself is what is measured
    if whole := _whole(story, clause):
        return whole
    if inside := INSIDE.match(text, start, clause.end):
        full = full_name(story, clause, inside["kind"], start)
        return (full,) if full else ()
    # A paper of no one district tells of countries and provinces.
    subject = subject_of(story, clause, loose=not story.district.name)
    if subject is None or not subject.bodies:
        visited = VISITED.match(text, start, clause.end)
        return (visited["name"],) if visited and not GENERAL.search(visited["name"]) else ()
    visited = VISITED.match(text, start, clause.end)
    if visited and subject.first is not None and subject.first.kind == "named":
        return (visited["name"],)  # 中欧|班列开行
    if subject.first is not None and (
        text[start : subject.first.start].startswith("辖区")
        or text.startswith("覆盖", subject.end)
        or GENERAL.search(subject.first.name)
        or REPORTER.search(subject.first.name)
    ):
        return ()
    if TELLS.match(text, subject.end, clause.end) or counted(subject.bodies[0]):
        return ()
    return subject.bodies


def _whole(story: Story, clause: Clause) -> tuple[str, ...]:
    """The district, street or body that 全市, 我县, 全镇 or 该公司 at the head of a clause means."""
    start = opening(story, clause)
    text = story.text(clause)
    if not story.district.name and (across := ACROSS.match(text, start, clause.end)):
        return (across["who"],)
    whole = WHOLE.match(text, start, clause.end)
    if whole is None:
        return ()
    if that := whole["that"]:
        full = full_name(story, clause, that, start)
        return (full,) if full else ()
    unit = whole["unit"]
    printed = f"{whole['how']}{unit}"
    if unit in "区市县旗省国":  # in a paper of no district 全市 is all the name that its readers get
        if unit == "国" and story.district.name:
            return ()
        return (at_home(story, printed) or printed,)
    full = full_name(story, clause, "全" + unit if unit != "街" else "街道", start)
    if full is None and unit in "院校局馆厂行":
        full = printed
    return (full,) if full else ()


def _passage(story: Story, clause: Clause) -> tuple[str, ...]:
    """Whom the sentences before are about, by their heads, or whose article it is by its headline.

    A clause without a noun before its verb (共受理诉求) goes on from a bureau too; a metric (税收增长) of a
    bureau's report is the district's.
    """
    goes_on = GOES_ON.match(story.text(clause), opening(story, clause), clause.end)
    kinds = (*_MEASURED, *_OWN_WORK) if goes_on else _MEASURED
    clauses = story.paragraphs[clause.paragraph].clauses
    for number in range(clause.sentence - 1, clause.sentence - 4, -1):
        same = [c for c in clauses if c.sentence == number and not c.quoted]
        if whole := next((names for c in same[:2] if (names := _whole(story, c))), None):
            return whole
        head = next((found for c in same[:2] if (found := subject_of(story, c))), None)
        if head is None or head.first is None or not head.bodies:
            continue
        if TELLS.match(story.text(clause), head.end) or GENERAL.search(head.bodies[0]):
            continue
        pointed = head.first.kind == "relative" and head.bodies[0] != head.first.name
        if head.first.kind in kinds or pointed:
            return head.bodies
    by = BY_ACCOUNT.search(
        story.text(clause), story.paragraphs[clause.paragraph].sentence(clause)[0], clause.start
    )
    teller = bodies_in(story, clause.paragraph, by.start(), by.end()) if by and goes_on else []
    if teller and not REPORTER.search(teller[0].name):
        return (teller[0].name,)
    if clause.paragraph and goes_on:
        lead = next(
            (c for c in story.paragraphs[clause.paragraph - 1].clauses[:2] if subject_of(story, c)), None
        )
        before = subject_of(story, lead) if lead is not None else None
        if before is not None and before.first is not None and before.first.kind in kinds:
            return before.bodies
    owner = find_bodies(story.draft.headline or "", None, story.district)[:1]
    if owner and owner[0].start == 0 and not owner[0].office and owner[0].kind in kinds:
        return (at_home(story, owner[0].name) or owner[0].name,)
    return ()


def _signature(story: Story, clause: Clause) -> tuple[str, ...]:
    """The body in brackets or on a line of its own at the end of a notice."""
    text = story.text(clause)
    if signed := GIVES.search(text):
        inside = bodies_in(story, clause.paragraph, signed.start("who"), signed.end("who"))
        if inside and inside[-1].end >= signed.end("who") - 1:
            return (signed["who"].strip(),)
    for index in range(clause.paragraph + 1, len(story.paragraphs)):
        if (signed := GIVES.search(story.paragraphs[index].text)) and index - clause.paragraph < 3:
            inside = bodies_in(story, index, signed.start("who"), signed.end("who"))
            if inside and inside[-1].end >= signed.end("who") - 1:
                return (signed["who"].strip(),)
        line = story.paragraphs[index].text.strip(" 。（）()")
        bodies = acting(story, index)
        if (
            bodies
            and len(line) <= 30
            and line.endswith(bodies[-1].name)
            and len(line) - len(bodies[-1].name) <= 2
        ):
            return (bodies[-1].name,)
    return ()


def _announced(story: Story, clause: Clause) -> tuple[str, ...]:
    """Who is told before to announce what follows in items: 县交警大队作如下安排："""
    for other in reversed([c for c in story.clauses if c.index < clause.index]):
        if SOURCE.search(other.text):
            return ()
        if _ITEMS.search(other.text) or other.text.endswith(("提醒", "提示")):
            found = subject_of(story, other)
            if found is not None and found.bodies and found.first is not None and found.first.kind in _PUBLIC:
                return found.bodies
    return ()


_ITEMS = re.compile("如下|现将|决定|特此|通告")


def _giver(subject: Subject) -> tuple[str, ...]:
    """The body of a subject where it is one that opens doors, offers courses or acts on roads and pipes."""
    first = subject.first
    if first is None or not subject.bodies:
        return ()
    named = tuple(name for name in subject.bodies if not name.startswith("各"))
    return named if first.kind in _PUBLIC or VENUE.search(first.name) else ()
