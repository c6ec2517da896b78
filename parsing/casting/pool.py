"""The names that could be an event's actors or people: bodies, people, words like 我校, and whoever heads a clause."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsing.bodies import find_bodies
from parsing.candidates import Candidate, Story, trimmed
from parsing.clauses import Clause
from parsing.roles.reference import at_home, full_name
from parsing.roles.subjects import members, opening

BACK, AHEAD = 40, 12  # sentences in which an event's actors are looked for; most stand within two of them
_LONGEST_PHRASE = 24

# What stands for a body without naming it: 我校, 全院, 管委会, 村里, and the like. In the fullest form that many a
# page has, these are what its readers know the body by.
_STANDS_FOR = re.compile(
    """(?:我|该|本|我们)(?:公司|集团|中心|学院|社区|单位|厂|园|社|所|站|馆|店|院|校|局|行|县|市|区|省|国|镇|乡|村|州|旗)
      | (?:该|我们)(?:学校|医院|市场|村|镇)                                   # [该医院]与…
      | 全(?:国|省|市|区|县|镇|乡|村|校|院|州|旗|行|线|公司|集团)                # [全院]门急诊
      | 管委会|业委会|居委会|村委会|组委会|园区|学校|医院|集团|公司|社区|街道       # [业委会]贴出
      | [市县区镇乡村省厂校院社](?:里|上)                                      # [县里]投入
      | 班子|居民|村民|家长们|两地|双方|市区|城区""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a name stands: text[start:end] of a clause's paragraph, or of the headline (`clause` None).

    `kind` is a body's kind, `person` with what gave the person away, `word` (我校), `printed` (a short form, beside
    the full one) or `phrase` (whatever heads a clause).
    """

    name: str
    kind: str
    start: int
    end: int
    office: bool = False
    clause: Clause | None = None

    @property
    def is_person(self) -> bool:
        return self.kind.startswith("person")


def spots_of(story: Story) -> list[Spot]:
    """Every place of an article where a body or a person is named or stood for, headline first, then in order."""
    found = [
        Spot(at_home(story, body.name) or body.name, body.kind, body.start, body.end, body.office)
        for body in find_bodies(story.draft.headline or "", None, story.district)
    ]
    for clause in story.clauses:
        found += _in_clause(story, clause)
    return found


def near(spots: Sequence[Spot], clause: Clause) -> list[Spot]:
    """Those of the headline and of the sentences around a clause."""
    low, high = clause.sentence - BACK, clause.sentence + AHEAD
    return [s for s in spots if s.clause is None or low <= s.clause.sentence <= high]


def _in_clause(story: Story, clause: Clause) -> Iterator[Spot]:
    taken: list[tuple[int, int]] = []
    for body in story.bodies_in(clause.paragraph, clause.start, clause.end):
        taken.append((body.start, body.end))
        full = full_name(story, clause, body.name, body.start) or body.name
        yield Spot(full, body.kind, body.start, body.end, body.office, clause)
        # 我区 beside the district's name is no other name that readers would look for.
        if full not in (body.name, story.district.name):
            yield Spot(body.name, "printed", body.start, body.end, body.office, clause)
    for person in story.people_in(clause.paragraph, clause.start, clause.end):
        taken.append((person.start, person.end))
        yield Spot(person.name, f"person {person.cue}", person.start, person.end, clause=clause)
    for word in _STANDS_FOR.finditer(story.text(clause), clause.start, clause.end):
        if not any(start <= word.start() < end for start, end in taken):
            name = at_home(story, word[0]) or word[0]
            yield Spot(name, "word", word.start(), word.end(), clause=clause)


def heads(story: Story, candidate: Candidate, spots: Sequence[Spot]) -> Iterator[Spot]:
    """Whoever stands between the head of the event's clause and its verb, where no known name does."""
    clause = candidate.clause
    start = opening(story, clause)
    if not start < candidate.at:
        return
    phrase = trimmed(story, clause, start, candidate.at)
    if not 1 < len(phrase.text) <= _LONGEST_PHRASE:
        return
    taken = {(s.start, s.end) for s in spots if s.clause is clause}
    for member in members(story, phrase.text):
        at = story.text(clause).find(member, start, candidate.at)
        if at >= 0 and (at, at + len(member)) not in taken:
            yield Spot(member, "phrase", at, at + len(member), clause=clause)
