from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.callbacks import (
    Action,
    Adjust,
    Ask,
    Change,
    Confirm,
    DigestRest,
    Follow,
    Keep,
    ListKind,
    ListMode,
    ListPage,
    OpenEvent,
    PairSay,
    PairWord,
    Part,
    Run,
    SetLanguage,
    Subscribe,
    SubscriptionEdit,
    TakeIn,
    Target,
    Tend,
    TendWord,
    adjusted,
    area_code,
    area_of_code,
    build,
    parse,
)
from messages.tree import Button
from parsing.model import EventType
from storage.filters import EventFilter

_keys = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=10, max_size=10)
_short = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=16)
_names = st.from_regex("[a-z0-9][a-z0-9-]{0,39}", fullmatch=True)  # of sources
_numbers = st.integers(0, 10**15 - 1)
_types = st.sampled_from(EventType)
_modes = st.builds(ListMode, st.sampled_from(ListKind), st.integers(0, 9999))
_lists = st.builds(ListPage, _keys, _modes, _numbers)
_changes = st.sampled_from([change for change in Change if change is not Change.TYPE])
actions: st.SearchStrategy[Action] = st.one_of(
    _lists,
    st.builds(OpenEvent, _short, st.none() | _lists),
    st.builds(Adjust, _keys, _modes, _changes),
    st.builds(Adjust, _keys, _modes, st.just(Change.TYPE), _types),
    st.builds(DigestRest, _keys, st.none() | _types),
    st.just(Subscribe()),
    st.builds(Follow, st.sampled_from(Target), _short, st.booleans()),
    st.builds(SubscriptionEdit, _numbers, st.sampled_from(Part), st.just("") | _short),
    st.builds(TakeIn, _numbers, st.booleans()),
    st.builds(Confirm, st.sampled_from(Ask), _numbers),
    st.just(Keep()),
    st.builds(SetLanguage, st.sampled_from(["zh", "en"])),
    st.builds(PairWord, _numbers, st.sampled_from(PairSay)),
    st.builds(Run, st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=32)),
    st.builds(Tend, _names, _numbers, st.sampled_from(TendWord)),
)


@given(actions)
def test_every_action_fits_a_button_and_comes_back_from_it(action: Action) -> None:
    data = build(action)
    assert len(data.encode()) <= 64
    assert parse(data) == action


@given(st.one_of(st.text(max_size=80), st.binary(max_size=20), st.none(), st.integers()))
def test_any_data_is_read_without_an_error(data: object) -> None:
    parse(data)


@given(actions, st.integers(0, 63), st.characters())
def test_damaged_data_is_read_without_an_error(action: Action, at: int, char: str) -> None:
    data = build(action)
    parse(data[:at] + char + data[at + 1 :])


@pytest.mark.parametrize(
    "data",
    ["", "x", "l:abcdefghij:z:0", "l:abcdefghij:l:-1", "e:", "w:abcdefghij:l:o:", "w:abcdefghij:l:a:award",
     "i:1:d", "i::s", "s:1:zz:", "s:٣:r:", "c:u:", "p:1:x", "p::s", "d:abcdefghij:nonsense", "g:english",
     "l:abcdefghij:l:0\n", "e:k7f2:"],
)  # fmt: skip
def test_data_that_is_not_ours_is_no_action(data: str) -> None:
    assert parse(data) is None


def test_an_action_that_a_button_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="no button can say"):
        build(OpenEvent("编号"))
    with pytest.raises(ValueError, match="no button can say"):
        build(Follow(Target.AREA, "a" * 60))


def test_a_button_has_a_label_and_one_thing_to_do() -> None:
    for wrong in ({"data": "x", "url": "https://a.example"}, {}, {"data": "字" * 22}, {"data": ""}):
        with pytest.raises(ValueError, match=r"button|callback data"):
            Button("看", **wrong)
    with pytest.raises(ValueError, match="label"):
        Button(" ", data="n")


def test_adjusting_changes_one_side_of_a_filter_only() -> None:
    flt = EventFilter((EventType.AWARD,), ("青松街道",), ("停水",), date(2024, 4, 1), date(2024, 4, 7))
    touched = {
        Change.ANY_AREA: {"areas"},
        Change.ANY_TYPE: {"types"},
        Change.ANY_WORDS: {"words"},
        Change.ANY_TIME: {"since", "until"},
    }
    for change, sides in touched.items():
        changed = adjusted(flt, change)
        assert {f.name for f in fields(flt) if getattr(flt, f.name) != getattr(changed, f.name)} == sides
    assert adjusted(flt, Change.TYPE, EventType.NOTICE).types == (EventType.NOTICE,)


def test_an_area_is_found_again_by_its_code_wherever_it_stands() -> None:
    names = [f"第{n}街道" for n in range(500)]
    assert len({area_code(name) for name in names}) == 500
    assert area_of_code(area_code("第7街道"), reversed(names)) == "第7街道"
    assert area_of_code("zzzzzzzz", names) is None
