"""What is said of pages that were handed in."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages import replies
from messages.callbacks import OpenEvent, TakeIn, parse
from messages.html import render
from messages.i18n import translator
from messages.tree import Message
from sources.documents import Why
from storage.intake import DatedBy, Intake, IntakePage
from storage.views import EventView, IntakeReport
from tests.messages import strategies
from tests.messages.samples import TODAY
from tests.messages.telegram import read

ZH, EN = translator("zh"), translator("en")

intakes = st.builds(
    Intake,
    pages=st.just((IntakePage("停水"),)),
    source=strategies.long_words,
    file_name=strategies.long_words,
    title=st.none() | strategies.long_words,
    issued_on=st.just(date(2024, 4, 8)),
    dated_by=st.sampled_from([each for each in DatedBy if each is not DatedBy.UNKNOWN]),
)
some_events = st.lists(strategies.events, max_size=8).map(tuple)


def actions(message: Message) -> list[object]:
    return [parse(button.data) for row in message.keyboard for button in row]


@given(intakes, some_events, some_events)
@settings(max_examples=40)
def test_what_was_found_in_any_page_is_one_message(
    intake: Intake, new: tuple[EventView, ...], merged: tuple[EventView, ...]
) -> None:
    report = IntakeReport(pages=1, known=0, articles=3, new=new, merged=merged)
    for t in (ZH, EN):
        found = replies.intake_found(report, intake, 7, today=TODAY, t=t)
        [part] = render(found)
        read(part)
        asked = [TakeIn(7, store=True), TakeIn(7, store=False)]
        assert actions(found) == (asked if new or merged else [])
        stored = replies.intake_stored(report, intake, today=TODAY, t=t)
        [part] = render(stored)
        read(part)
        opened = [a.public_id for a in actions(stored) if isinstance(a, OpenEvent)]
        assert opened == [event.id for event in (*new, *merged)[:10]]


@pytest.mark.parametrize("why", Why)
def test_every_reason_of_a_document_has_its_words(why: Why) -> None:
    for t in (ZH, EN):
        assert replies.unread(replies.Unread(why.value), t, name="page.pdf").blocks
