"""What two readers found in one page, side by side: what both tell, where they differ, what only one tells.

A finding of one is paired with a finding of the other where their evidence overlaps by at least half of the
shorter, and both are of one type or about one subject. Each is paired once, the closest first.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from parsing.model import Dropped, EventType, Mention, Reading
from parsing.text import normalise

RISE = 0.05  # of the confidence of what a second reader tells too
HIGHEST = 0.99  # no rise beyond: two readers can be wrong together
_ALIKE = 0.8  # of 1, between subjects
_LOOSELY_ALIKE = 0.6  # what a visit or an inspection was about is told in many ways
_LEAST_PART = 4  # characters of a subject that is part of a longer one
_LOOSE = {EventType.VISIT, EventType.INSPECTION}
_FROM_ALSO = 0.1  # closeness of what tells the same in another place of the page


class Verdict(StrEnum):
    """What a second reader says of a finding of the first, or the first of the second's."""

    CONFIRMED = "confirmed"  # both tell it, and the same of it
    DIFFERS = "differs"  # both tell it, but not the same of it
    ONLY_FIRST = "only first"
    ONLY_SECOND = "only second"
    UNREAD = "unread"  # the second reader did not read its article


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which two findings tell different things, in words; None where one tells nothing."""

    field: str  # type, subject, when, actors, people, place or stage
    first: str | None
    second: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """One happening that both readers found, and the fields in which they differ."""

    first: Mention
    second: Mention
    differing: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What a person should look at: DIFFERS with its fields, ONLY_FIRST or ONLY_SECOND.

    `mention` is the first reader's, but for ONLY_SECOND. `dropped` is the candidate of the first reader, if
    there was one, that stands where the second found an event: its gate and reason tell why it is none.
    """

    verdict: Verdict
    mention: Mention
    differing: tuple[Difference, ...] = ()
    dropped: Dropped | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two readings of one page. Each tuple is in the order of the reading that it comes from."""

    agreed: tuple[Agreement, ...] = ()
    only_first: tuple[Mention, ...] = ()
    only_second: tuple[Mention, ...] = ()
    unread: tuple[Mention, ...] = ()  # of the first reader, in articles that the second did not read
    dropped: tuple[
        tuple[Mention, Dropped], ...
    ] = ()  # of `only_second`: what the first had there and dropped

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """All that is left for a person to judge, by its place on the page."""
        reasons = {id(mention): dropped for mention, dropped in self.dropped}
        found = [
            *(
                Disagreement(Verdict.DIFFERS, pair.first, pair.differing)
                for pair in self.agreed
                if pair.differing
            ),
            *(Disagreement(Verdict.ONLY_FIRST, mention) for mention in self.only_first),
            *(
                Disagreement(Verdict.ONLY_SECOND, mention, dropped=reasons.get(id(mention)))
                for mention in self.only_second
            ),
        ]
        return tuple(sorted(found, key=lambda one: (one.mention.start, one.mention.end)))

    def verdict(self, mention: Mention) -> tuple[Verdict, tuple[Difference, ...]]:
        """What the second reader says of a mention of the first, with the fields in which it differs.

        Raises KeyError for a mention that was not compared. A changed confidence makes no other mention.
        """
        wanted = _key(mention)
        for pair in self.agreed:
            if _key(pair.first) == wanted:
                return (Verdict.DIFFERS if pair.differing else Verdict.CONFIRMED), pair.differing
        for verdict, group in ((Verdict.ONLY_FIRST, self.only_first), (Verdict.UNREAD, self.unread)):
            if any(_key(other) == wanted for other in group):
                return verdict, ()
        raise KeyError(mention.evidence)


def compare(first: Reading, second: Reading) -> Comparison:
    """Compare two readings of the same page, whose articles go by the same ids.

    `second.articles` are those that the second reader did read; of the others it says nothing, so what the
    first found there is `unread`. A happening that the second tells again in another place counts once.
    """
    read = {article.id for article in second.articles}
    unread = tuple(mention for mention in first.mentions if mention.article not in read)
    ours = [mention for mention in first.mentions if mention.article in read]
    theirs = list(second.mentions)
    weights = [
        (weight, row, column)
        for row, one in enumerate(ours)
        for column, other in enumerate(theirs)
        if (weight := _weight(one, other))
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, row, column in sorted(weights, key=lambda item: (-item[0], item[1], item[2])):
        if row not in partner and column not in taken:
            partner[row] = column
            taken.add(column)
    only_second = tuple(
        other
        for column, other in enumerate(theirs)
        if column not in taken and not any(_tells_again(one, other) for one in first.mentions)
    )
    return Comparison(
        agreed=tuple(
            Agreement(ours[row], theirs[column], tuple(_differences(ours[row], theirs[column])))
            for row, column in sorted(partner.items())
        ),
        only_first=tuple(one for row, one in enumerate(ours) if row not in partner),
        only_second=only_second,
        unread=unread,
        dropped=tuple(
            (mention, found[0])
            for mention in only_second
            if (found := [one for one in first.dropped if _common(one, mention)])
        ),
    )


def confirmed(reading: Reading, comparison: Comparison) -> Reading:
    """The first reading with the confidence a little higher of what the second tells just the same.

    Nothing is added, taken away or lowered: what the two tell apart is for a person to judge.
    """
    sure = {_key(pair.first) for pair in comparison.agreed if not pair.differing}
    return replace(
        reading,
        mentions=tuple(
            replace(mention, confidence=_risen(mention.confidence)) if _key(mention) in sure else mention
            for mention in reading.mentions
        ),
    )


def subjects_alike(one: Mention, other: Mention) -> bool:
    """Whether two findings are about the same, however each puts it."""
    return _alike(one, other) >= (_LOOSELY_ALIKE if {one.type, other.type} & _LOOSE else _ALIKE)


def bare(text: str) -> str:
    """The letters and digits of a text, in uniform width and case: what names and subjects are compared by."""
    return "".join(character for character in normalise(text).lower() if character.isalnum())


def _key(mention: Mention) -> tuple[str, EventType, int, int, str]:
    return mention.article, mention.type, mention.start, mention.end, mention.subject


def _risen(confidence: float) -> float:
    return max(confidence, round(min(confidence + RISE, HIGHEST), 2))


def _weight(one: Mention, other: Mention) -> float:
    """How well two findings go together; 0 if they do not."""
    near = _common(one, other) or (_FROM_ALSO if _in_also(one, other) else 0.0)
    if not near or (one.type is not other.type and not subjects_alike(one, other)):
        return 0.0
    return near + _alike(one, other) + 2.0 * (one.type is other.type)


def _common(one: Mention | Dropped, other: Mention) -> float:
    """The share of common ground of two pieces of evidence, 0 to 1; 0 unless it is half of the shorter."""
    common = min(one.end, other.end) - max(one.start, other.start)
    if common <= 0 or 2 * common < min(one.end - one.start, other.end - other.start):
        return 0.0
    return common / (max(one.end, other.end) - min(one.start, other.start))


def _in_also(one: Mention, other: Mention) -> bool:
    evidence = bare(other.evidence)
    told = [bare(words) for words in one.also]
    return any(words and evidence and (words in evidence or evidence in words) for words in told)


def _tells_again(one: Mention, other: Mention) -> bool:
    return (
        one.type is other.type
        and bool(_common(one, other) or _in_also(one, other))
        and subjects_alike(one, other)
    )


def _alike(one: Mention, other: Mention) -> float:
    ours, theirs = bare(one.subject), bare(other.subject)
    if ours == theirs:
        return 1.0
    if min(len(ours), len(theirs)) >= _LEAST_PART and (ours in theirs or theirs in ours):
        return 0.9
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


def _differences(one: Mention, other: Mention) -> Iterator[Difference]:
    if one.type is not other.type:
        yield Difference("type", one.type, other.type)
    if not subjects_alike(one, other):
        yield Difference("subject", one.subject, other.subject)
    if (one.when.start, one.when.end) != (other.when.start, other.when.end):
        yield Difference("when", _days(one), _days(other))
    fields: tuple[tuple[str, Callable[[Mention], tuple[str, ...]]], ...] = (
        ("actors", lambda mention: mention.actors),
        ("people", lambda mention: mention.people),
        ("place", lambda mention: (mention.place,) if mention.place else ()),
    )
    for field, of in fields:
        ours, theirs = of(one), of(other)
        # One that tells nobody contradicts nothing.
        if ours and theirs and not _same_names(ours, theirs):
            yield Difference(field, "、".join(ours), "、".join(theirs))
    if one.stage and other.stage and one.stage is not other.stage:
        yield Difference("stage", one.stage, other.stage)


def _days(mention: Mention) -> str | None:
    start, end = mention.when.start, mention.when.end
    if start is None or end is None:
        return None
    return f"{start}" if start == end else f"{start}/{end}"


def _same_names(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether each name of one side has its like on the other: 区委 is 丰台区委."""
    some, others = {bare(name) for name in ours} - {""}, {bare(name) for name in theirs} - {""}

    def known(name: str, among: set[str]) -> bool:
        return any(name in one or one in name for one in among)

    return all(known(name, others) for name in some) and all(known(name, some) for name in others)
