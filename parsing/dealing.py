"""Which of the headlines between two bodies belong to the one above and which to the one below.

A text layer puts some headlines behind their bodies. The words that headline and body share decide, not the
position; where they say nothing, a headline stands above its body and every body has one. All slots of a
page are dealt together, since a headline that one body takes is lacking to the next.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from parsing.furniture import JUMP_BEFORE, has_symbol, is_name, is_section, is_signature
from parsing.headlines import belong_together
from parsing.layout import Block, BlockKind
from parsing.text import Strand, bigrams

_HEADS = (BlockKind.HEADLINE, BlockKind.COLUMN)
_ABOVE = 0.1  # what a headline's usual place is worth against the words it shares
_NEAR = 0.4  # no empty line between a headline and its body, and one on its other side
_LACKING = 0.8  # a body without a headline, times how sorely it wants one
_BEHIND = 0.1  # a headline behind its body is the rarer case
_CROWDED = 0.15  # where headlines stand behind their bodies, the next body seldom has more than one above
_TWICE = 0.45  # a body with headlines at both its ends, unless they are two pieces of one
_LEFT = 0.5  # a headline at the page's end that no body takes
_SORELY, _CERTAIN = 0.8, 0.6  # such a body may take a headline from afar, if it shares so much with it
_AFAR = 8  # bodies to either side
_MANY = 40  # more lines than these between two bodies are no headlines, and not worth the time
_FORBIDDEN, _UNLIKELY, _TORN = 9.0, 0.6, 1.0


# The lines that a body takes from the slot before it and from the one after it: their slots and numbers.
_Dealt = tuple[list[tuple[int, int]], list[tuple[int, int]]]


@dataclass(slots=True)
class Slot:
    """What stands between two bodies, in the page's order."""

    parts: list[Block] = field(default_factory=list)
    captions: list[Strand] = field(default_factory=list)
    closes_with_gap: bool = True  # an empty line stands before the body below

    @property
    def heads(self) -> list[Block]:
        """The lines that may be headlines."""
        return [block for block in self.parts if block.kind in _HEADS]

    @property
    def continues(self) -> bool:
        """Whether the body below goes on from another page."""
        jumps = [block for block in self.parts if block.kind is BlockKind.JUMP_LINE]
        return any(JUMP_BEFORE.search(block.text) for block in jumps)

    def costs(self) -> list[float]:
        """What speaks against giving the first 0, 1, 2 … headlines to the body above."""
        heads = self.heads
        count = len(heads)
        costs = [0.0] * (count + 1)
        if count > _MANY:
            return costs
        seen = 0
        for index, block in enumerate(self.parts):
            following = self.parts[index + 1] if index + 1 < len(self.parts) else None
            gap_below = following.gap if following else self.closes_with_gap
            match block.kind:
                case BlockKind.HEADLINE | BlockKind.COLUMN:
                    if block.gap != gap_below:  # nearer to what is above, or to what is below
                        for cut in range(count + 1):
                            costs[cut] += _NEAR * ((cut > seen) == block.gap)
                    if block.kind is BlockKind.COLUMN or is_section(block.text):  # opens the article below
                        _forbid(costs, range(seen + 1, count + 1))
                    elif seen:
                        # Lines set closely are one headline, and so are a subject and what it did.
                        closely = not block.gap and any(part.gap for part in self.parts)
                        one = belong_together(heads[seen - 1].text, block.text)
                        costs[seen] += _UNLIKELY * closely + _TORN * one
                        costs[seen] += _CROWDED * (count - seen - 1)
                    seen += 1
                case BlockKind.SEPARATOR:
                    _forbid(costs, [cut for cut in range(count + 1) if cut != seen])
                case BlockKind.WEB_DATE if seen:
                    _forbid(costs, range(seen, count + 1))
                case BlockKind.JUMP_LINE:
                    before = bool(JUMP_BEFORE.search(block.text))
                    for cut in range(count + 1):
                        costs[cut] += _UNLIKELY * (cut > seen if before else cut < seen)
                case BlockKind.BYLINE if seen and index == len(self.parts) - 1 and block.text[0] != "（":
                    _forbid(costs, range(seen, count + 1))
                case _:
                    pass
        return costs


def _forbid(costs: list[float], cuts: Iterable[int]) -> None:
    for cut in cuts:
        costs[cut] += _FORBIDDEN


def deal(
    slots: Sequence[Slot], bodies: Sequence[str], needs: Sequence[float | None]
) -> list[tuple[list[Block], list[Block]]]:
    """For each body the headlines it takes from the slot before it and from the one after it.

    There is one slot more than bodies; `needs`: how sorely each body wants a headline, 0 to 1,
    or None where it has one already.
    """
    told = [bigrams(body[:1500]) for body in bodies]
    common = Counter(pair for pairs in told for pair in pairs)
    weights = {pair: math.log((len(bodies) + 1) / count) for pair, count in common.items()}
    rare = math.log(len(bodies) + 1)

    costs = [slot.costs() for slot in slots]
    heads = [slot.heads for slot in slots]

    @cache
    def share(slot: int, head: int, body: int) -> float:
        pairs = bigrams(heads[slot][head].text)
        whole = sum(weights.get(pair, rare) for pair in pairs)
        return sum(weights[pair] for pair in pairs & told[body]) / whole if whole else 0.0

    def merit(slot: int, cut: int) -> float:
        count = len(heads[slot])
        above = sum(share(slot, head, slot - 1) for head in range(cut))
        if slot == len(bodies):
            return above - _LEFT * (count - cut)
        below = sum(share(slot, head, slot) + _ABOVE for head in range(cut, count))
        return above + below - costs[slot][cut]

    @cache
    def price(body: int, before: int, after: int) -> float:
        """What speaks against a body's taking the heads from a cut before it and up to a cut after it."""
        need = needs[body]
        above, below = len(heads[body]) > before, after > 0
        if need is None:
            return _FORBIDDEN * (above or below)
        if above and below:
            return 0.0 if belong_together(heads[body][-1].text, heads[body + 1][0].text) else _TWICE
        return _BEHIND if below else 0.0 if above else _LACKING * need

    # The best way to deal all slots up to one, for each cut of that one; `ways` remembers the cut before.
    best = {0: 0.0}
    ways: list[dict[int, int]] = [{}]
    for slot in range(1, len(slots)):
        count = len(heads[slot])
        scores: dict[int, float] = {}
        ways.append({})
        # What stands behind the last body is its headline or no headline.
        for cut in range(count + 1) if slot < len(bodies) and count <= _MANY else {0, count}:
            before, score = max(
                ((before, score - price(slot - 1, before, cut)) for before, score in best.items()),
                key=lambda way: way[1],
            )
            scores[cut], ways[slot][cut] = score + merit(slot, cut), before
        best = scores
    cuts = [max(best, key=lambda cut: best[cut])]
    for way in reversed(ways[1:]):
        cuts.append(way[cuts[-1]])
    cuts.reverse()
    dealt = [
        ([(n, at) for at in range(cuts[n], len(heads[n]))], [(n + 1, at) for at in range(cuts[n + 1])])
        for n in range(len(bodies))
    ]
    for body, lines in enumerate(dealt):
        if not any(lines) and (needs[body] or 0.0) >= _SORELY:
            _fetch_stray(body, dealt, share)
    return [
        (_own([heads[n][at] for n, at in above], first=body == 0), [heads[n][at] for n, at in below])
        for body, (above, below) in enumerate(dealt)
    ]


def _fetch_stray(body: int, dealt: list[_Dealt], share: Callable[[int, int, int], float]) -> None:
    """Give a body without headline the line that tells its story but stands at a foreign body."""
    strays = [
        (share(*line, body) - share(*line, owner), line, owner)
        for owner in range(max(0, body - _AFAR), min(len(dealt), body + _AFAR + 1))
        for line in dealt[owner][0] + dealt[owner][1]
        if share(*line, body) >= _CERTAIN
        and (len(dealt[owner][0] + dealt[owner][1]) > 1 or share(*line, owner) < _CERTAIN / 4)
    ]
    gain, line, owner = max(strays, default=(0.0, (0, 0), 0))
    if gain > _CERTAIN / 2:
        dealt[body][1].append(line)
        for lines in dealt[owner]:
            lines[:] = [other for other in lines if other != line]


def _own(heads: list[Block], *, first: bool) -> list[Block]:
    """The lines above a body without those that are no headline where another is."""
    if len(heads) > 1 and is_name(heads[-1].text):
        heads = heads[:-1]  # who wrote it
    if len(heads) > 1 and not first and heads[0].gap and is_signature(heads[0].text):
        heads = heads[1:]  # who signed the notice above
    for number in range(len(heads) - 1, 0, -1):
        if has_symbol(heads[number].text):
            heads = heads[number:]  # ■ 停水通知: nothing above it heads this item
            break
    if len(heads) == 2 and len(heads[0].text) <= 3 and not belong_together(heads[0].text, heads[1].text):
        heads = heads[1:]
    return [head for head in heads if head.kind is BlockKind.HEADLINE] or heads
