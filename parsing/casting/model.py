"""Which names near an event are its actors, and which people take part in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from parsing.candidates import Candidate, Story
from parsing.casting.features import Named, Numbers, described
from parsing.casting.pool import Spot, heads, near
from parsing.judge.linear import Linear
from parsing.judge.trees import Forest
from parsing.model import EventType
from parsing.names import normal_name

ENOUGH = 0.35  # below a half: of two mistakes, a name that is missing is the worse one to search by
# Whose figure it is lies often far above it, or in no word at all; there the rules are better.
ACTORS_LEFT_TO_RULES = frozenset((EventType.FIGURE,))
NOBODY = frozenset((EventType.FIGURE, EventType.NOTICE))  # nobody takes part in these


@dataclass(frozen=True, slots=True)
class Casting:
    """Two looks at a name: a linear one at the letters around it, and trees over where it stands and the first."""

    first: Linear
    second: Forest

    def chances(self, names: Sequence[Named]) -> list[float]:
        """How likely each name has the part that was learned."""
        return self.second.chances(with_odds(self.first, names))

    def chosen(self, story: Story, names: Sequence[Named]) -> tuple[str, ...]:
        """Of the names of a pool those that have the part, in its order.

        Of two names for one body, and of a name within another, the likelier is kept.
        """
        likely = sorted(
            zip(self.chances(names), (-at for at in range(len(names))), (n.name for n in names), strict=True),
            reverse=True,
        )
        kept: dict[str, int] = {}
        for chance, at, name in likely:
            if chance < ENOUGH:
                break
            if not any(_same(story, name, other) for other in kept):
                kept[name] = -at
        return tuple(sorted(kept, key=lambda name: kept[name]))


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays which part: the casting of actors, and that of the people who take part."""

    actors: Casting
    people: Casting

    def actors_of(
        self, story: Story, candidate: Candidate, spots: Sequence[Spot], told: Sequence[str]
    ) -> tuple[str, ...]:
        """An event's actors. `spots` are the article's, `told` what the rules tell."""
        if candidate.type in ACTORS_LEFT_TO_RULES:
            return tuple(told)
        return self.actors.chosen(story, actor_pool(story, candidate, spots, told))

    def people_of(
        self, story: Story, candidate: Candidate, spots: Sequence[Spot], told: Sequence[str]
    ) -> tuple[str, ...]:
        """The people who take part in an event."""
        if candidate.type in NOBODY:
            return ()
        return self.people.chosen(story, people_pool(story, candidate, spots, told))


def actor_pool(story: Story, candidate: Candidate, spots: Sequence[Spot], told: Sequence[str]) -> list[Named]:
    """The names that an event's actors are chosen from, each described."""
    around = near(spots, candidate.clause)
    names = (*told, *filter(None, (story.district.name,)))
    return described(story, candidate, [*around, *heads(story, candidate, around)], told, names)


def people_pool(
    story: Story, candidate: Candidate, spots: Sequence[Spot], told: Sequence[str]
) -> list[Named]:
    """The people that those who take part are chosen from, each described."""
    around = [spot for spot in near(spots, candidate.clause) if spot.is_person]
    return described(story, candidate, around, told, told)


def with_odds(first: Linear, names: Sequence[Named]) -> list[Numbers]:
    """What the second look is told of names: the numbers of each and what the first look makes of its letters."""
    odds = first.scores(map(seen_of, names))[:, 0].tolist()
    return [named.numbers | {"odds": told} for named, told in zip(names, odds, strict=True)]


def seen_of(named: Named) -> frozenset[str]:
    """What the first look sees of a name: its letters and whatever of its numbers is a plain yes."""
    return named.words | {key for key, value in named.numbers.items() if value == 1.0}


def _same(story: Story, name: str, other: str) -> bool:
    return (
        name in other
        or other in name
        or normal_name(name, story.district) == normal_name(other, story.district)
    )
