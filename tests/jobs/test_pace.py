"""The pace, against a server that counts arrivals in sliding windows as Telegram does."""

import heapq
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.pace import Limits, Pace, Ticket


@dataclass(frozen=True)
class Message:
    at: float  # when it is wanted
    chat: int | None
    bulk: bool = False
    count: int = 1
    way: float = 0.0  # seconds from departure to arrival
    back: float = 0.0  # seconds from arrival to answer


@dataclass(frozen=True)
class Arrival:
    at: float
    chat: int | None
    order: int


def play(messages: list[Message], pace: Pace) -> list[Arrival]:
    """Send all messages by the pace, on a clock of our own; the arrivals in order."""
    arrivals: list[Arrival] = []
    todo: list[tuple[float, int, str, int]] = []
    for number, wanted in enumerate(messages):
        heapq.heappush(todo, (wanted.at, number, "join", number))
    tickets: dict[Ticket, int] = {}
    gone: dict[int, Ticket] = {}
    steps = len(messages)
    while todo:
        now, _, what, number = heapq.heappop(todo)
        if what == "join":
            message = messages[number]
            tickets[pace.join(message.chat, bulk=message.bulk, count=message.count)] = number
        elif what == "answer":
            pace.answered(gone.pop(number), now)
        for ticket in pace.release(now):
            sent = tickets.pop(ticket)
            gone[sent] = ticket
            arrived = now + messages[sent].way
            arrivals += [Arrival(arrived, messages[sent].chat, sent)] * messages[sent].count
            steps += 1
            heapq.heappush(todo, (arrived + messages[sent].back, steps, "answer", sent))
        wake = pace.wake_at(now)
        if wake is not None and not any(at <= wake and what == "wake" for at, _, what, _ in todo):
            steps += 1
            heapq.heappush(todo, (max(wake, now), steps, "wake", -1))
    assert not tickets, "every message goes out in the end"
    return sorted(arrivals, key=lambda one: one.at)


def most_in(times: list[float], window: float) -> int:
    """The most arrivals that any window of this length holds."""
    times = sorted(times)
    return max((i - bisect_left(times, end - window + 1e-9) + 1 for i, end in enumerate(times)), default=0)


messages_of_all_kinds = st.lists(
    st.builds(
        Message,
        at=st.floats(0, 5),
        chat=st.sampled_from([None, 1, 2, 3, -1, -2, *range(100, 140)]),
        bulk=st.booleans(),
        way=st.floats(0, 0.4),
        back=st.floats(0, 0.4),
    ),
    max_size=120,
)


@given(messages_of_all_kinds)
def test_no_window_ever_holds_too_many_as_the_server_counts(messages: list[Message]) -> None:
    arrivals = play(messages, Pace())
    assert most_in([one.at for one in arrivals], 1.0) <= 30
    by_chat = defaultdict(list)
    for one in arrivals:
        by_chat[one.chat].append(one.at)
    for chat, times in by_chat.items():
        if chat is not None:
            assert most_in(times, 1.0) <= 1
            if chat < 0:
                assert most_in(times, 60.0) <= 20


def test_a_broadcast_uses_nearly_all_of_the_limit() -> None:
    arrivals = play([Message(0, chat, bulk=True, way=0.001, back=0.001) for chat in range(1, 301)], Pace())
    assert most_in([one.at for one in arrivals], 1.0) == 30
    assert arrivals[-1].at < 300 / 30 / 0.98


def test_a_pause_earns_no_burst() -> None:
    first = [Message(0, chat) for chat in range(1, 31)]
    later = [Message(100, chat) for chat in range(1, 61)]
    assert most_in([one.at for one in play([*first, *later], Pace())], 1.0) == 30


def test_a_group_gets_twenty_a_minute_and_the_rest_after_it() -> None:
    arrivals = play([Message(0, -5) for _ in range(25)], Pace())
    assert most_in([one.at for one in arrivals], 60.0) == 20
    assert arrivals[20].at >= 60


def test_an_album_takes_as_many_slots_as_it_has_messages() -> None:
    messages = [Message(0, -5, count=10), Message(0, -5, count=10), Message(0, -5)]
    arrivals = play(messages, Pace())
    assert arrivals[-1].at >= 60


def test_an_answer_goes_before_the_bulk_that_waits() -> None:
    bulk = [Message(0, chat, bulk=True) for chat in range(1, 201)]
    asked = Message(2.0, 999)
    arrivals = play([*bulk, asked], Pace())
    assert next(one.at for one in arrivals if one.chat == 999) < 2.1


def test_messages_to_one_chat_keep_their_order() -> None:
    arrivals = play([Message(0, 7, count=1 + number % 3) for number in range(6)], Pace())
    assert [one.order for one in arrivals] == sorted(one.order for one in arrivals)


def test_a_chat_that_waits_does_not_hold_up_others() -> None:
    arrivals = play([Message(0, 7), Message(0, 7), Message(0, 8)], Pace())
    assert [one.chat for one in arrivals] == [7, 8, 7]


def gone_at(pace: Pace, now: float) -> list[int | str | None]:
    """The chats of the tickets that go now and, once spaced, right after."""
    gone: list[int | str | None] = []
    while tickets := pace.release(now):
        for ticket in tickets:
            pace.answered(ticket, now)
            gone.append(ticket.chat)
        now += 0.031
    return gone


def test_told_to_wait_stops_that_chat_only() -> None:
    pace = Pace()
    pace.hold(7, 5, now=0)
    for chat in (7, 8):
        pace.join(chat)
    assert gone_at(pace, 0.0) == [8]
    assert pace.held_for(7, 1.0) == 4.0
    assert pace.held_for(8, 1.0) == 0.0
    assert pace.wake_at(1.0) == 5.0
    assert gone_at(pace, 5.0) == [7]


def test_a_second_chat_told_to_wait_stops_everything() -> None:
    pace = Pace()
    pace.hold(7, 5, now=0)
    pace.hold(8, 6, now=0.5)
    pace.join(9)
    assert gone_at(pace, 1.0) == []
    assert pace.held_for(9, 1.0) == pytest.approx(5.5)
    assert gone_at(pace, 6.5) == [9]


def test_two_chats_told_to_wait_one_after_the_other_stop_only_themselves() -> None:
    pace = Pace()
    pace.hold(7, 1, now=0)
    pace.hold(8, 1, now=2)
    assert pace.held_for(9, 2.0) == 0.0


def test_nothing_is_free_until_the_answer_has_come() -> None:
    pace = Pace(Limits(total=1))
    pace.join(1)
    pace.join(2)
    (first,) = pace.release(0.0)
    assert pace.release(50.0) == []
    assert pace.wake_at(50.0) is None
    pace.answered(first, 60.0)
    assert pace.wake_at(60.0) == 61.0


def test_who_leaves_the_line_takes_no_slot() -> None:
    pace = Pace()
    ticket = pace.join(1)
    pace.join(1)
    pace.leave(ticket)
    pace.leave(ticket)
    assert [one.chat for one in pace.release(0.0)] == [1]


def test_chats_long_quiet_are_forgotten() -> None:
    pace = Pace(Limits(total=10**9))
    now = 0.0
    for chat in range(5_000):
        pace.join(chat)
        now += 2.0
        for ticket in pace.release(now):
            pace.answered(ticket, now)
    assert len(pace._chats) < 1_100


def test_beside_a_broadcast_answers_find_room_and_go_at_once() -> None:
    broadcast = [Message(0.0, chat, bulk=True) for chat in range(300)]
    asked = [1.51, 2.013, 2.02, 3.1, 4.444]
    answers = [Message(at, 1_000 + number) for number, at in enumerate(asked)]
    arrivals = play([*broadcast, *answers], Pace())
    came = [one.at for one in arrivals if one.chat is not None and one.chat >= 1_000]
    assert came[0] <= asked[0] + 2 / 30, "nobody had asked before"
    assert came[1:] == asked[1:]
    assert most_in([one.at for one in arrivals], 1.0) <= 30


def test_while_nobody_asks_a_broadcast_has_all_of_the_pace() -> None:
    first = Message(0.0, 1_000)
    broadcast = [Message(0.0, chat, bulk=True) for chat in range(600)]
    arrivals = [one.at for one in play([first, *broadcast], Pace())]
    quiet = [at for at in arrivals if 6.0 < at <= 16.0]
    assert len(quiet) == 300
    assert sum(1.0 < at <= 4.0 for at in arrivals) == 3 * 28, "two slots are left free after somebody asked"


def test_of_few_slots_none_is_left_free() -> None:
    pace = Pace(Limits(total=2))
    arrivals = play([Message(0.0, 9), *(Message(0.0, chat, bulk=True) for chat in range(5))], pace)
    assert [one.at for one in arrivals][-1] < 2.6
