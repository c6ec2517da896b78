"""Visits (会见, 来访, 赴外地考察) and inspections (调研, 检查, 慰问).

Who comes decides: leaders in their own area, and a superior body that comes to look, inspect; an equal or
outside party visits, whatever the verb.
"""

import re
from collections.abc import Iterator
from functools import cache

from parsing.candidates import Candidate, Story, trimmed, whole
from parsing.clauses import Clause
from parsing.lexicon import any_of, lexicon
from parsing.model import EventType
from parsing.rules import visit_words as words


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    events = lexicon("events")
    return {
        "meeting": re.compile(any_of(events["visit"]["meeting"])),
        "travelling": re.compile(any_of(events["visit"]["travelling"])),
        "verbs": re.compile(any_of(events["inspection"]["verbs"])),
    }


def visits(story: Story, clause: Clause) -> Iterator[Candidate]:
    """The candidate for a visit or an inspection in a clause; at most one."""
    for find in (_received, _travelled, _inspected):
        if candidate := find(story, clause):
            yield candidate
            return


def _received(story: Story, clause: Clause) -> Candidate | None:
    text = story.text(clause)[clause.start : clause.end]
    for verb in _patterns()["meeting"].finditer(clause.masked):
        rest, left = text[verb.end() :], text[: verb.start()]
        party = trimmed(story, clause, clause.start + verb.end(), clause.end)
        if verb[0] in ("来访", "到访", "回访"):
            if not words.DELEGATION.search(left) or words.NOUN_AFTER_COMING.match(rest):
                continue
            guest = trimmed(story, clause, clause.start, clause.start + verb.start())
            return _candidate(clause, EventType.VISIT, "visit.coming", verb, guest.text, None, 0.6)
        if verb[0] in ("接待", "接见", "拜访", "拜会") and not (
            words.DELEGATION.search(rest) or _leads(story, clause, verb.start())
        ):
            continue
        if verb[0] == "接待" and not words.DELEGATION.search(rest):
            continue
        if verb[0].startswith("见") and (met := words.PARTNER.search(left)):
            host = (clause.start, clause.start + met.start())
            return _candidate(clause, EventType.VISIT, "visit.receiving", verb, met["partner"], host, 0.75)
        if verb[0].startswith("见") or len(party.text) < 2 or words.NOUN_AFTER_RECEIVING.match(rest):
            continue
        subject = words.PARTY_END.sub("", party.text)
        return _candidate(
            clause,
            EventType.VISIT,
            "visit.receiving",
            verb,
            subject,
            (clause.start, clause.start + verb.start()),
            0.88,
        )
    return None


def _travelled(story: Story, clause: Clause) -> Candidate | None:
    text = story.text(clause)[clause.start : clause.end]
    for verb in _patterns()["travelling"].finditer(clause.masked):
        left, rest = text[: verb.start()], text[verb.end() :]
        going = words.GOING.search(left)
        if words.NOUN_AFTER.match(rest) or not going:
            continue
        place = going["place"]
        who = left[: going.start()]
        delegation = bool(words.TRAVELLERS.search(who + left)) or _leads(story, clause, going.start())
        if not delegation:
            continue
        at_home = _at_home(story, place)
        if at_home and not _from_outside(story, who):
            if "考察" not in verb[0]:
                continue
            kind, strength = EventType.INSPECTION, 0.6
        elif at_home and words.SUPERIOR.search(who):
            kind, strength = EventType.INSPECTION, 0.75
        else:
            kind, strength = EventType.VISIT, 0.75
        topic = trimmed(story, clause, clause.start + verb.end(), clause.end).text
        guest = trimmed(story, clause, clause.start, clause.start + going.start()).text
        subject = (
            topic if len(topic) >= 3 else (guest if at_home and kind is EventType.VISIT and guest else place)
        )
        return _candidate(
            clause,
            kind,
            f"{kind.value}.travelling",
            verb,
            subject,
            (clause.start, clause.start + going.start()),
            strength,
        )
    return None


def _inspected(story: Story, clause: Clause) -> Candidate | None:
    text = story.text(clause)[clause.start : clause.end]
    for verb in _patterns()["verbs"].finditer(clause.masked):
        left, rest = text[: verb.start()], text[verb.end() :]
        if words.NOUN_AFTER.match(rest):
            continue
        led = _leads(story, clause, verb.start()) or bool(words.LOOKERS.search(left))
        inherited = not led and words.ONLY_ADVERBS.fullmatch(left) and _leader_before(story, clause)
        if not led and not inherited:
            continue
        going = words.GOING.search(left)
        topic = trimmed(story, clause, clause.start + verb.end(), clause.end).text
        topic = re.sub(r"^(?:了|指导)", "", topic)
        place = going["place"] if going else None
        if len(topic) < 2 and not place:
            continue
        if words.ROUTINE.search(left) and not going:
            continue
        outside = place is not None and not _at_home(story, place) and _elsewhere(story, place)
        kind = EventType.VISIT if outside and "调研" in verb[0] else EventType.INSPECTION
        end = going.start() if going else verb.start()
        candidate = _candidate(
            clause,
            kind,
            f"{kind.value}.looking",
            verb,
            topic if len(topic) >= 2 else (place or ""),
            (clause.start, clause.start + end),
            0.8 if led else 0.5,
        )
        candidate.place = place
        return candidate
    return None


def _leads(story: Story, clause: Clause, until: int) -> bool:
    """Whether a person or an office stands before an offset of the clause, as who acts."""
    if story.people_in(clause.paragraph, clause.start, clause.start + until):
        return True
    return bool(words.OFFICE.search(story.text(clause)[clause.start : clause.start + until]))


def _leader_before(story: Story, clause: Clause) -> bool:
    """Whether the clauses before this one in its sentence name who acts."""
    start, _ = story.paragraphs[clause.paragraph].sentence(clause)
    return bool(story.people_in(clause.paragraph, start, clause.start))


def _at_home(story: Story, place: str) -> bool:
    """Whether a place lies in the paper's own district, as far as its words tell."""
    district = story.district
    if (
        district.areas_in(place)
        or (district.short and district.short in place)
        or any(name in place for name in district.self_names)
    ):
        return True
    return not _elsewhere(story, place)


def _elsewhere(story: Story, place: str) -> bool:
    if story.district.name and (story.district.name in place or story.district.short in place):
        return False
    found = words.PLACE_ABROAD.match(place)
    return bool(found) and not words.PLACE_AT_HOME.match(place)


def _from_outside(story: Story, who: str) -> bool:
    """Whether those who come are of another place or of a higher level."""
    own = story.district
    if own.name and own.name in who:
        return False
    return bool(words.PLACE_ABROAD.search(who) or words.SUPERIOR.search(who) or words.DELEGATION.search(who))


def _candidate(
    clause: Clause,
    kind: EventType,
    rule: str,
    verb: re.Match[str],
    subject: str,
    holder: tuple[int, int] | None,
    strength: float,
) -> Candidate:
    start, end = whole(clause)
    return Candidate(
        type=kind,
        rule=rule,
        trigger=verb[0],
        clause=clause,
        start=start,
        end=end,
        at=clause.start + verb.start(),
        subject=subject,
        strength=strength,
        holder=holder,
    )
