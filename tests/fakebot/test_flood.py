import pytest

from tests.fakebot.flood import Flood, FloodSettings
from tests.fakebot.refusals import MisuseError


def make(**settings: object) -> Flood:
    rules = FloodSettings()
    rules.change(**settings)
    return Flood(rules)


def test_thirty_messages_in_a_second_pass_and_the_next_waits() -> None:
    flood = make()
    answers = [flood.admit(chat, group=False, now=0.0) for chat in range(31)]
    assert answers == [0] * 30 + [1]
    assert flood.stats() == {
        "accepted": 30,
        "max_in_1s": 30,
        "flood_429": {"bot": 1, "chat": 0, "group": 0, "fault": 0},
        "flood_429_total": 1,
    }


def test_what_may_be_paid_for_passes_beyond_thirty() -> None:
    flood = make(paid_rate=40, hold=False)
    assert [flood.admit(chat, group=False, now=0.0, paid=True) for chat in range(41)] == [0] * 40 + [1]
    assert flood.admit(41, group=False, now=0.0) == 1, "what may not does not"


def test_the_window_slides_with_the_arrivals() -> None:
    flood = make(hold=False)
    for chat in range(30):
        assert flood.admit(chat, group=False, now=chat * 0.03) == 0
    assert flood.admit(30, group=False, now=0.99) == 1
    assert flood.admit(30, group=False, now=1.0) == 0  # the first has left the window
    assert flood.admit(31, group=False, now=1.0) == 1


def test_a_rested_chat_takes_a_burst_and_then_one_a_second() -> None:
    flood = make(hold=False)
    assert [flood.admit(7, group=False, now=0.0) for _ in range(4)] == [0, 0, 0, 1]
    assert flood.admit(7, group=False, now=0.9) == 1
    assert flood.admit(7, group=False, now=1.0) == 0
    assert flood.admit(7, group=False, now=1.5) == 1
    assert flood.admit(8, group=False, now=1.5) == 0
    assert flood.stats()["flood_429"]["chat"] == 3


def test_without_a_burst_it_is_strictly_one_a_second() -> None:
    flood = make(chat_burst=1, hold=False)
    assert [flood.admit(7, group=False, now=now) for now in (0.0, 0.99, 1.0)] == [0, 1, 0]


def test_a_group_takes_twenty_a_minute() -> None:
    flood = make()
    answers = [flood.admit(-5, group=True, now=second * 2.0) for second in range(21)]
    assert answers == [0] * 20 + [20]  # the first came at 0, so there is room again at 60
    assert flood.stats()["flood_429"]["group"] == 1


def test_whoever_does_not_wait_is_refused_until_the_time_told_is_over() -> None:
    flood = make(chat_rate=0.25, chat_burst=1)
    assert flood.admit(7, group=False, now=0.0) == 0
    assert flood.admit(7, group=False, now=1.0) == 3
    assert flood.admit(7, group=False, now=3.9) == 1
    assert flood.admit(7, group=False, now=4.0) == 0


def test_it_can_be_switched_off() -> None:
    flood = make(enabled=False)
    assert {flood.admit(7, group=True, now=0.0) for _ in range(100)} == {0}


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(MisuseError, match="chat_burst"):
        make(burst=3)
