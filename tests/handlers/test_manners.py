"""Who asks too much is told once, waits, and is answered again; nobody is remembered for long."""

import pytest

from handlers.manners import A_SECOND, AT_ONCE, Manner, Manners

ANN, BEN = 501, 502
MANY = int(AT_ONCE)


class Seconds:
    now = 5_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def manners(seconds: Seconds) -> Manners:
    return Manners(seconds)


def asked(manners: Manners, times: int, person: int = ANN) -> list[Manner]:
    return [manners.judge(person) for _ in range(times)]


def test_many_at_once_are_answered_then_one_word_then_silence(manners: Manners) -> None:
    assert asked(manners, MANY) == [Manner.ANSWER] * MANY
    assert asked(manners, 50) == [Manner.SLOW_DOWN, *[Manner.SILENCE] * 49]
    assert asked(manners, MANY, BEN) == [Manner.ANSWER] * MANY, "somebody else is not touched"


def test_a_hundred_a_second_for_a_minute_are_one_word(manners: Manners, seconds: Seconds) -> None:
    heard = []
    for _ in range(6_000):
        heard.append(manners.judge(ANN))
        seconds.now += 0.01
    assert heard.count(Manner.SLOW_DOWN) == 1
    assert heard.count(Manner.ANSWER) == MANY


def test_who_slows_down_is_answered_again(manners: Manners, seconds: Seconds) -> None:
    asked(manners, MANY + 5)
    for _ in range(30):
        seconds.now += 1 / A_SECOND
        assert manners.judge(ANN) is Manner.ANSWER
    seconds.now += 0.5
    assert manners.judge(ANN) is Manner.SILENCE, "told already, and not rested since"


def test_who_was_quiet_for_a_while_and_hurries_again_is_told_again(
    manners: Manners, seconds: Seconds
) -> None:
    asked(manners, MANY + 5)
    seconds.now += AT_ONCE / A_SECOND
    assert asked(manners, MANY + 2) == [*[Manner.ANSWER] * MANY, Manner.SLOW_DOWN, Manner.SILENCE]


def test_a_clock_that_goes_back_gives_and_takes_nothing(manners: Manners, seconds: Seconds) -> None:
    asked(manners, MANY - 1)
    seconds.now -= 3_600
    assert asked(manners, 2) == [Manner.ANSWER, Manner.SLOW_DOWN]


def test_who_is_rested_is_forgotten(manners: Manners, seconds: Seconds) -> None:
    for person in range(1, 20_001):
        manners.judge(person)
        seconds.now += 0.1
    assert len(manners._buckets) < 1_300
    hasty = Manners(seconds)
    asked(hasty, MANY + 1)
    for person in range(1_000, 3_000):
        hasty.judge(person)
    assert hasty.judge(ANN) is Manner.SILENCE, "whoever is hasty is not forgotten"
