"""What measuring yields: a value of each round, their median and ends, and how they are shown."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Self


@dataclass(frozen=True, slots=True)
class Spread:
    """The values that one thing had, round by round; at least one."""

    values: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median, which one bad round does not move."""
        return median(self.values)

    def of(self, amount: float) -> Self:
        """`amount` shared out over each value: characters over seconds are characters a second."""
        return type(self)(tuple(amount / value for value in self.values))

    def to(self, other: Self) -> Self:
        """The ratio to another thing measured in the same rounds, so that a slow round weighs on both."""
        return type(self)(tuple(mine / its for mine, its in zip(self.values, other.values, strict=True)))


def interleaved(rounds: int, *actions: Callable[[], float]) -> list[Spread]:
    """What each action measures, in as many rounds of all of them: none has the quieter machine."""
    measured = [[action() for action in actions] for _ in range(rounds)]
    return [Spread(values) for values in zip(*measured, strict=True)]


def cpu_seconds(work: Callable[[], object], *, times: int = 1) -> float:
    """The processor time that this process takes to do something, on average of `times`."""
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


@dataclass(frozen=True, slots=True)
class Goal:
    """A bar to reach: from below, or from above where less is better."""

    bar: float
    most: bool = False  # the bar is the most that is allowed

    def met(self, value: float) -> bool:
        """Whether a value reaches it."""
        return value <= self.bar if self.most else value >= self.bar


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    what: str
    spread: Spread
    unit: str = ""  # of the values; empty for a ratio
    goal: Goal | None = None

    def __str__(self) -> str:
        values = self.spread.values
        ends = f"{shown(min(values))}–{shown(max(values))}"
        unit = f" {self.unit}" if self.unit else ""
        if self.goal is None:
            bar = met = ""
        else:
            bar = f"{'≤' if self.goal.most else '≥'} {shown(self.goal.bar)}"
            met = "yes" if self.goal.met(self.spread.middle) else "**no**"
        cells = (self.what, f"{shown(self.spread.middle)}{unit}", ends, str(len(values)), bar, met)
        return f"| {' | '.join(cells)} |"


def shown(value: float) -> str:
    """A number with as many digits as mean something."""
    if value >= 1000:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"
