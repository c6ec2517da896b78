"""A filter as a value that can be kept, compared and named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.model import EventType
from storage.filters import EventFilter

FILTERS = st.builds(
    EventFilter,
    types=st.lists(st.sampled_from(EventType), unique=True).map(sorted).map(tuple),
    areas=st.lists(st.sampled_from(["王佐镇", "云岗街道"]), unique=True).map(sorted).map(tuple),
    words=st.lists(st.text("停水'\"\\ \n", min_size=1), unique=True).map(sorted).map(tuple),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
)


@given(FILTERS)
def test_it_comes_back_from_its_text(flt: EventFilter) -> None:
    assert EventFilter.from_json(flt.to_json()) == flt


@given(FILTERS, FILTERS)
def test_equal_filters_and_only_they_have_one_key(one: EventFilter, other: EventFilter) -> None:
    assert (one.key == other.key) == (one == other)
    assert len(one.key) == 10
    assert one.key.isascii()


def test_the_order_of_words_does_not_matter() -> None:
    assert EventFilter(words=("停", "水")).key == EventFilter(words=("水", "停")).key


@pytest.mark.parametrize(
    "text", ["", "[]", "1", "null", '{"types":["wedding"]}', '{"since":"yesterday"}', '{"x":1}']
)
def test_what_is_no_filter_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        EventFilter.from_json(text)


def test_other_days_leave_the_rest() -> None:
    flt = EventFilter(types=(EventType.AWARD,), words=("奖",))
    since, until = date(2024, 4, 1), date(2024, 4, 7)
    assert flt.within(since, until) == EventFilter((EventType.AWARD,), (), ("奖",), since, until)
