"""Which outcomes of a broadcast amid kills count as broken promises."""

from collections import Counter
from dataclasses import replace

import pytest

from jobs.deliver import IN_FLIGHT
from tests.faults.outcome import Kill, Outcome

KEPT = Outcome(
    chats={1, 2, 3},
    kills=[Kill("bot", "here:7", 2, {2})],
    arrived=Counter({1: 1, 2: 2, 3: 1}),
    occasions=Counter({11: 1, 12: 1, 13: 1}),
    still_due=0,
    not_sent=0,
    refused=0,
    most_in_1s=3,
    troubles=[],
    seconds=1.0,
)


def test_a_double_of_what_was_cut_off_breaks_nothing() -> None:
    assert KEPT.broken == []


@pytest.mark.parametrize(
    ("outcome", "broken"),
    [
        (replace(KEPT, arrived=Counter({1: 1, 2: 1})), "lost: 1"),
        (replace(KEPT, arrived=Counter({1: 2, 2: 1, 3: 1})), "sent twice though not cut off: 1"),
        (replace(KEPT, arrived=Counter({1: 1, 2: 3, 3: 1})), "more doubles than were cut off: 1"),
        (replace(KEPT, still_due=1), "digests not made: 1"),
        (replace(KEPT, not_sent=2), "deliveries not marked as sent: 2"),
        (replace(KEPT, occasions=Counter({11: 1, 12: 1})), "subscriptions without a digest: 1"),
        (replace(KEPT, occasions=Counter({11: 2, 12: 1, 13: 1})), "digests made twice: 1"),
        (
            replace(KEPT, kills=[Kill("bot", "here:7", 2, set(range(IN_FLIGHT + 1)))]),
            "more cut off by one kill than may be in flight: 1",
        ),
    ],
)
def test_each_broken_promise_is_told(outcome: Outcome, broken: str) -> None:
    assert outcome.broken == [broken]
