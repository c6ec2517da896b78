"""What the benchmarks of the store are filled with, on few rows: no time is asserted."""

import pytest

from storage.checking import check_store
from storage.events import find_events
from storage.filters import EventFilter
from storage.subscriptions import due
from tests.bench.storing_bulk import bulk_into, temporary_stores
from tests.bench.storing_events import p95
from tests.bench.storing_fill import AN_HOUR, FILTERS, FIRST_DUE, count_on, events
from tests.bench.storing_fill import due as due_ones
from tests.bench.storing_texts import LAST_DAY, made_events, pieces, words_that_do_not, words_that_occur


def test_events_are_made_in_the_order_of_their_days_and_always_the_same() -> None:
    made = list(made_events(200))
    assert made == list(made_events(200))
    assert [event.day for event in made] == sorted(event.day for event in made)
    assert made[-1].day == LAST_DAY
    assert len({event.lines for event in made}) == 200


def test_words_that_do_not_occur_are_in_no_text_and_the_others_are() -> None:
    texts = ["\n".join(event.lines) for event in made_events(3000)]
    absent, present = words_that_do_not(range(1, 5), 3), words_that_occur(range(1, 5), 3)
    assert sorted(map(len, absent)) == sorted(map(len, present)) == sorted([1, 2, 3, 4] * 3)
    assert not [word for word in absent if any(word in text for text in texts)]
    assert all(any(word in piece for piece in pieces()) for word in present)
    assert any(any(word in text for text in texts) for word in present)


def test_a_store_filled_in_bulk_is_as_one_filled_by_reading() -> None:
    word = next(iter(made_events(1))).lines[0][:2]
    with temporary_stores() as stores:
        for store in stores:
            bulk = bulk_into(store.url)
            events(bulk, 100)
            due_ones(bulk, 50)
            bulk.finish()
            count_on(store)
            assert check_store(store.database).sound, store.name
            with store.database.session() as session:
                page = find_events(session, EventFilter(words=(word,)))
                assert page.total == sum(word in "\n".join(event.lines) for event in made_events(100))
                early = due(session, FIRST_DUE - AN_HOUR, 1000)
                assert len({one.filter.key for one in early}) == len(early) == FILTERS
                assert len(due(session, FIRST_DUE, 1000)) == FILTERS + 50


def test_the_ninety_fifth_of_a_hundred() -> None:
    assert p95([float(number) for number in range(101)]) == pytest.approx(95)
