"""Whose a meeting, an activity or a document is."""

import re

from parsing.bodies import find_bodies
from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.roles.agreements import BOTH_WORDS, both
from parsing.roles.hosts import holders
from parsing.roles.reference import acting, at_home, bodies_in, full_name
from parsing.roles.subjects import (
    Subject,
    body_in,
    earlier_subjects,
    joined_from,
    named,
    opening,
    subject_of,
)

# 区长甲主持召开|区政府常务会议: the meeting's own body stands behind the verb.
_CALLS = re.compile(r"主持召开|主持了?|召集|召开|参加|出席")
_OWN_BODY = re.compile(r"^(?:第[一二三四五六七八九十百\d]+次)?(?P<body>.+)")
_GATHERED = re.compile("召开|举行|举办|开幕|闭幕|主持|举行了|召开了")
_AT_IT = re.compile(
    r"^(?:会上|大会上|会议|会议上|现场|大会现场|会议现场|活动现场|发布会上|仪式上|推介会上|论坛上)"
)
# Where something is held, not who holds it, unless a verb of holding follows.
_GROUNDS = re.compile("(?:商圈|街区|公园|广场|景区|大街|古镇|体育场|海滩|胡同)$")
_BARE = re.compile("(?:本次|此次)?(?:会议|大会|全会)(?:在|于|由|[0-9])")
_ALL = re.compile(r"^(?:全|我|本)[区县旗市]")
# Nothing stands before the verb: who did it is told before.
_VERB_FIRST = re.compile(
    r"(?:首场|首讲|首期|首次)?(?:还|又|并|将|也|再次|正式|联合|共同|先后|陆续|积极|持续|深入|组织|同步|专题|随后|在[^，]{2,20}?){0,5}"
    r"(?:召开|举行|举办|开展|组织|启动|推出|发布|印发|出台|公布|制定|编印|下发|主持|于\d)"
)


def meeting(story: Story, candidate: Candidate) -> tuple[str, ...]:
    """The body that meets: who calls the meeting, or whose name the meeting bears."""
    clause = candidate.clause
    subject = subject_of(story, clause, loose=not story.district.name)
    if subject is not None and subject.bodies:
        return both(story, clause) if set(subject.bodies) <= BOTH_WORDS else subject.bodies
    own = _own_meeting(story, clause, subject)
    if own:
        return own
    if subject is not None:
        return subject.people
    if _ALL.match(story.text(clause)[opening(story, clause) : clause.end]) and story.district.name:
        return (story.district.name,)
    if told := holders(story, clause):
        return told
    if _BARE.match(story.text(clause), opening(story, clause)):
        bodies = find_bodies(story.draft.headline or "", None, story.district)
        if bodies and bodies[0].start == 0 and not bodies[0].office:
            return (at_home(story, bodies[0].name) or bodies[0].name,)
        return _held_before(story, clause)
    for found in earlier_subjects(story, clause):
        return both(story, clause) if set(found.names) <= BOTH_WORDS else found.names
    return _mentioned(story, clause)


def activity(story: Story, candidate: Candidate) -> tuple[str, ...]:
    """Who holds a public event; its venue and its town are not among them."""
    clause = candidate.clause
    if told := holders(story, clause):
        return told
    subject = subject_of(story, clause, loose=not story.district.name)
    if subject is not None and subject.names and not _after_year(story, clause, subject):
        venue = subject.first is not None and _GROUNDS.search(subject.first.name)
        if not venue or _VERB_FIRST.match(story.text(clause), subject.end):
            return both(story, clause) if set(subject.names) <= BOTH_WORDS else subject.names
    return holders(story, clause, lesser=True) or _carried(story, clause)


def release(story: Story, candidate: Candidate) -> tuple[str, ...]:
    """Who brings out a document or a list."""
    clause = candidate.clause
    subject = subject_of(story, clause, loose=not story.district.name)
    if subject is not None and subject.names:
        return subject.names
    text = story.text(clause)[clause.start : clause.end]
    if story.district.name and text[opening(story, clause) - clause.start :].startswith(
        ("区里", "县里", "旗里")
    ):
        return (story.district.name,)
    if carried := _carried(story, clause):
        return carried
    if "发布" in text or _AT_IT.match(text):
        for found in earlier_subjects(story, clause):
            return found.names
        if held := _held_before(story, clause):
            return held
    return _mentioned(story, clause) or _source(story, clause)


def _source(story: Story, clause: Clause) -> tuple[str, ...]:
    """From whom the paper has it: 记者从区医保局获悉."""
    low, _ = story.paragraphs[clause.paragraph].sentence(clause)
    text = story.text(clause)
    found = re.compile("从[^，。；]{2,20}?(?:获悉|了解到)").search(text, low, clause.start)
    bodies = bodies_in(story, clause.paragraph, found.start(), found.end()) if found else []
    return (bodies[0].name,) if bodies else ()


def _own_meeting(story: Story, clause: Clause, subject: Subject | None) -> tuple[str, ...]:
    """The body whose meeting somebody calls or chairs."""
    start = subject.end if subject is not None else opening(story, clause)
    text = story.text(clause)
    verb = _CALLS.search(text, start, clause.end)
    if verb is None:
        return ()
    for body in bodies_in(story, clause.paragraph, verb.end(), clause.end):
        lead = text[verb.end() : body.start]
        if re.fullmatch(r"(?:第[一二三四五六七八九十百\d]+次|\d{4}年|全体)?", lead) and not body.office:
            full = full_name(story, clause, body.name, body.start)
            return (full,) if full else ()
        break
    return ()


def _carried(story: Story, clause: Clause) -> tuple[str, ...]:
    """Whom the sentence goes on about, where the clause begins with its verb."""
    start = opening(story, clause)
    if not _VERB_FIRST.match(story.text(clause), start, clause.end):
        return ()
    for found in earlier_subjects(story, clause):
        return tuple(dict.fromkeys([*found.names, *_gathered_by(story, clause, found)]))
    return ()


def _gathered_by(story: Story, clause: Clause, subject: Subject) -> tuple[str, ...]:
    """Whom the holder has brought together: 区卫健委组织|总医院、区中医医院."""
    text = story.text(clause)
    verb = re.compile("组织|联合|会同|邀请").match(text, subject.end)
    if verb is None or subject.first is None:
        return ()
    first = next((b for b in acting(story, clause.paragraph) if b.start == verb.end()), None)
    owner = next(
        (c for c in story.paragraphs[clause.paragraph].clauses if c.start <= verb.start() < c.end), None
    )
    return named(story, owner, joined_from(story, owner, first)) if first and owner else ()


def _after_year(story: Story, clause: Clause, subject: Subject) -> bool:
    """Whether a year runs into the subject, which then belongs to an occasion's name: 2019年|北京市技能大赛."""
    at = subject.first.start if subject.first is not None else clause.start
    return re.search(r"\d{4}年?$", story.text(clause)[clause.start : at]) is not None


def _mentioned(story: Story, clause: Clause) -> tuple[str, ...]:
    """The first body of the clause that is neither a place in it nor an office: 在区委常委会会议上."""
    for body in body_in(story, clause, clause.start, clause.end):
        if not body.office and not at_home(story, body.name) and body.kind not in ("area", "place"):
            full = full_name(story, clause, body.name, body.start)
            return (full,) if full else ()
    return ()


def _held_before(story: Story, clause: Clause) -> tuple[str, ...]:
    """Who holds the occasion at which something is made known (会上, 大会现场)."""
    for other in reversed(list(story.clauses)):
        if other.index < clause.index and _GATHERED.search(other.masked):
            found = subject_of(story, other)
            if found is not None and found.bodies:
                return found.bodies
    return ()
