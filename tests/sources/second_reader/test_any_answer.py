"""Whatever a model answers, the page decides: evidence is the page's own words, and nothing breaks."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from parsing.reader import read_page
from sources.second_reader.answer import content_of, events_of, usage_of
from sources.second_reader.errors import AnswerError
from sources.second_reader.locate import PageText
from tests.sources.second_reader.test_reading import ISSUED, MEETING, PAGE

OUTLINE = read_page(PAGE, issued_on=ISSUED)
TEXT = PageText(PAGE)

_odd = st.text(alphabet=st.characters(exclude_categories=()), max_size=8)
_piece = st.builds(
    lambda start, length: PAGE[start : start + length], st.integers(0, len(PAGE)), st.integers(0, 40)
)
_day = st.sampled_from(["2024-04-02", "2024-02-30", "0000-01-01", "9999-12-31", "2024-4-2", ""])
_values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _odd, _piece, _day, st.lists(_odd))
_events = st.fixed_dictionaries({name: st.one_of(st.just(value), _values) for name, value in MEETING.items()})
_json = st.recursive(_values, lambda some: st.lists(some) | st.dictionaries(_odd, some), max_leaves=8)


@settings(max_examples=200, deadline=None)
@given(st.lists(_events | _json, max_size=4))
def test_each_event_is_a_mention_with_the_words_of_the_page_or_is_told_as_rejected(events: list[Any]) -> None:
    article = OUTLINE.articles[0]
    mentions, rejected = events_of(json.dumps({"events": events}), article, TEXT, OUTLINE)
    assert len(mentions) + sum(one.gate != "name" for one in rejected) == len(events)
    for mention in mentions:
        assert PAGE[mention.start : mention.end].replace("\n", "") == mention.evidence
        assert mention.evidence in mention.context
        assert (mention.when.start is None) == (mention.when.precision in ("recent", "none"))
        assert all(TEXT.names(name) for name in mention.people)
    for one in rejected:
        (one.reason + one.told).encode()


_choices = st.fixed_dictionaries(
    {"message": st.dictionaries(st.sampled_from(["content", "refusal"]), _json), "finish_reason": _values}
)
_responses = st.fixed_dictionaries(
    {
        "choices": st.lists(_choices | _json, max_size=2),
        "usage": st.dictionaries(st.sampled_from(["prompt_tokens", "completion_tokens"]), _values),
    }
)


@settings(max_examples=200, deadline=None)
@given(_responses | _json | st.binary(max_size=30))
def test_any_response_is_an_answer_or_no_answer(told: Any) -> None:
    data = told if isinstance(told, bytes) else json.dumps(told).encode()
    used = usage_of(data)
    assert used is None or min(used) >= 0
    try:
        events_of(content_of(data), OUTLINE.articles[0], TEXT, OUTLINE)
    except AnswerError as error:
        str(error).encode()
