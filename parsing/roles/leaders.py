"""Who visits whom, and who goes to look: delegations and hosts, inspecting bodies, or the leaders themselves."""

import re

from parsing.bodies import Body
from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.roles.reference import bodies_in, full_name, headline_bodies, points
from parsing.roles.subjects import Subject, earlier_subjects, joined_from, named, subject_of

_RECEIVES = re.compile("会见|接见|接待|迎来|会谈|陪同|迎接")
_GROUP = re.compile("(?:代表团|考察团|访问团|交流团|参访团|参观团|观摩团|学习团|慰问团|商会|协会|学会|一行)$")
_SENT = re.compile("(?:指导组|督导组|检查组|调研组|督查组|巡视组|巡察组|考察组|专家组)$")
# 率丰台区党政代表团赴, 带领区教委、区卫生健康委到
_LEADS = re.compile("率领?|带领|率队|带队|领着")


def visit(story: Story, candidate: Candidate) -> tuple[str, ...]:
    """Host and guest of a reception, or the party that travels."""
    clause = candidate.clause
    text = story.text(clause)
    subject = subject_of(story, clause) or next(earlier_subjects(story, clause), None)
    receives = _RECEIVES.search(text, clause.start, clause.end)
    if receives and subject is not None and subject.people:
        guest = _guest(story, clause, receives.end())
        return tuple(dict.fromkeys([*subject.people[:1], *([guest] if guest else [])]))
    if party := _led(story, clause):
        return party
    if subject is not None and subject.bodies:
        return subject.bodies[:1]
    return subject.people[:1] if subject is not None else ()


def inspection(story: Story, candidate: Candidate) -> tuple[str, ...]:
    """The body that looks where one is told, else the leaders."""
    clause = candidate.clause
    subject = subject_of(story, clause)
    if subject is None or not subject.names:
        subject = next(earlier_subjects(story, clause, sentences=1), None)
    if subject is None:
        return ()
    told = next(
        (c for c in story.paragraphs[clause.paragraph].clauses if c.start < subject.end <= c.end), clause
    )
    if subject.bodies:
        return subject.bodies
    office = subject.first
    if office is not None and (_SENT.search(office.name) or _told_by_headline(story, office)):
        full = full_name(story, clause, office.name, office.start)
        return (full,) if full else subject.people
    return _taken_along(story, told) or subject.people


def _guest(story: Story, clause: Clause, start: int) -> str | None:
    """Whom somebody receives: the delegation, else the first body or group behind the verb."""
    bodies = bodies_in(story, clause.paragraph, start, clause.end)
    group = next((b for b in bodies if _GROUP.search(b.name)), None)
    chosen = group or (bodies[0] if bodies else None)
    if chosen is None:
        return None
    if points(chosen.name):
        return _from_headline(story, chosen.name) or full_name(story, clause, chosen.name, chosen.start)
    return chosen.name


def _led(story: Story, clause: Clause) -> tuple[str, ...]:
    """The party that somebody leads: by its name here, or as the headline has it where only 代表团 is told."""
    text = story.text(clause)
    leads = _LEADS.search(text, clause.start, clause.end)
    group = next(
        (b for b in bodies_in(story, clause.paragraph, clause.start, clause.end) if _GROUP.search(b.name)),
        None,
    )
    if group is not None:
        if not points(group.name):
            return (group.name,)
        full = _from_headline(story, group.name) or full_name(story, clause, group.name, group.start)
        return (full,) if full else ()
    return _taken_along(story, clause) if leads else ()


def _taken_along(story: Story, clause: Clause) -> tuple[str, ...]:
    """The bodies that a leader takes along: 带领区教委、区卫生健康委到…."""
    text = story.text(clause)
    leads = re.search("带领|率领|率", text[clause.start : clause.end])
    if leads is None:
        return ()
    at = clause.start + leads.end()
    first = next((b for b in bodies_in(story, clause.paragraph, at, clause.end) if b.start == at), None)
    if first is None or first.kind == "relative" or first.name.endswith("部分"):
        return ()
    return named(story, clause, joined_from(story, clause, first))


def _from_headline(story: Story, name: str) -> str | None:
    """The fuller name of a group in the headline."""
    kind = name[-3:]
    return next((n for n in headline_bodies(story) if n.endswith(kind) and not points(n)), None)


def _told_by_headline(story: Story, office: Body) -> bool:
    """Whether the headline has the leader's body do it: 区人大常委会开展执法检查."""
    headline = (story.draft.headline or "").strip()
    return headline.startswith(office.name) and not headline.startswith(
        (office.name + "书记", office.name + "主任", office.name + "主席")
    )


__all__ = ["Subject", "inspection", "visit"]
