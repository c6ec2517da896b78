import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages import replies
from messages.callbacks import (
    Adjust,
    Change,
    DigestRest,
    Follow,
    ListKind,
    ListMode,
    ListPage,
    OpenEvent,
    Part,
    SubscriptionEdit,
    area_of_code,
    parse,
)
from messages.card import certainty, event_card
from messages.digest import EVENTS_WANTED, weekly_digest
from messages.html import render
from messages.i18n import translator
from messages.lists import clamp_offset, event_list
from messages.tree import Message
from parsing.model import PUSHED, EventType
from storage.filters import EventFilter
from storage.review import Review
from storage.views import EventDetail, EventPage, EventView
from tests.messages import samples, strategies
from tests.messages.golden import CASES
from tests.messages.samples import AREAS, TODAY, detail, digest, page, subscription
from tests.messages.telegram import read

ZH, EN = translator("zh"), translator("en")


def actions(message: Message) -> list[object]:
    return [parse(button.data) for row in message.keyboard for button in row if button.data]


def text(message: Message) -> str:
    return "\n".join(map(read, render(message)))


@pytest.mark.parametrize("name", CASES)
def test_every_message_can_be_sent_and_every_button_is_understood(name: str) -> None:
    for t in (ZH, EN):
        message = CASES[name](t)
        assert text(message)
        assert None not in actions(message)


@pytest.mark.parametrize("name", CASES)
def test_english_messages_have_no_chinese_wording_left(name: str) -> None:
    english, chinese = text(CASES[name](EN)), text(CASES[name](ZH))
    wording = {line for line in chinese.split("\n") if re.search("[：。]", line)}
    assert not wording & set(english.split("\n"))


@given(strategies.pages(), strategies.filters, st.sampled_from(ListKind), st.integers(0, 365))
@settings(max_examples=60)
def test_a_list_of_any_events_is_one_message(
    shown: EventPage, flt: EventFilter, kind: ListKind, days: int
) -> None:
    for t in (ZH, EN):
        message = event_list(shown, flt=flt, mode=ListMode(kind, days), today=TODAY, t=t)
        [part] = render(message)
        read(part)
        opened = [a.public_id for a in actions(message) if isinstance(a, OpenEvent)]
        assert opened == [event.id for event in shown.events]


@given(strategies.details)
@settings(max_examples=60)
def test_a_card_of_any_event_is_one_message(some: EventDetail) -> None:
    for t in (ZH, EN):
        [part] = render(event_card(some, today=TODAY, t=t))
        assert some.event.id in read(part)


@given(st.lists(strategies.events, max_size=12), strategies.pages(), strategies.days)
@settings(max_examples=40)
def test_a_digest_of_any_events_can_be_sent(some: list[EventView], coming: EventPage, today: date) -> None:
    for part in render(weekly_digest(digest(*some, coming=coming, today=today), ZH)):
        read(part)


@given(strategies.filters, strategies.filters, strategies.events, strategies.long_words)
@settings(max_examples=40)
def test_any_question_without_an_answer_is_answered(
    flt: EventFilter, other: EventFilter, event: EventView, words: str
) -> None:
    said = [replies.event_not_found(words, ZH), replies.unknown_command(words, ZH)]
    said.append(replies.bad_argument("awards", words, ZH))
    said.append(replies.nothing_found(flt, mode=ListMode(), today=TODAY, t=ZH, nearest=(other, event)))
    for message in said:
        [part] = render(message)
        assert len(read(part)) < 600
        assert actions(message)


def test_a_list_says_how_many_there_are_and_turns_its_pages() -> None:
    flt = EventFilter(types=(EventType.AWARD,))
    middle = page(*[samples.AWARD] * 10, total=37, offset=10)
    message = event_list(middle, flt=flt, mode=ListMode(), today=TODAY, t=ZH)
    assert "共 37 件，这里是第 11—20 件" in text(message)
    assert [a.offset for a in actions(message) if isinstance(a, ListPage)] == [0, 20]
    assert max(len(row) for row in message.keyboard) <= 5
    last = event_list(
        page(*[samples.AWARD] * 7, total=37, offset=30), flt=flt, mode=ListMode(), today=TODAY, t=ZH
    )
    assert [a.offset for a in actions(last) if isinstance(a, ListPage)] == [20]


def test_a_card_opened_from_a_list_leads_back_to_its_page() -> None:
    flt = EventFilter(words=("停水",))
    mode = ListMode(ListKind.UPCOMING, 30)
    listed = event_list(page(samples.AWARD, total=21, offset=20), flt=flt, mode=mode, today=TODAY, t=ZH)
    [opened] = [a for a in actions(listed) if isinstance(a, OpenEvent)]
    assert opened.back == ListPage(flt.key, mode, 20)
    assert actions(event_card(detail(samples.AWARD), today=TODAY, t=ZH, back=opened.back))[0] == opened.back


def test_a_list_offers_what_is_wider_and_never_drops_the_only_condition_left() -> None:
    def offered(flt: EventFilter) -> set[Change]:
        message = event_list(page(samples.AWARD), flt=flt, mode=ListMode(), today=TODAY, t=ZH)
        return {a.change for a in actions(message) if isinstance(a, Adjust)}

    assert offered(EventFilter()) == set()
    assert offered(EventFilter(types=(EventType.AWARD,))) == set()
    assert offered(EventFilter(words=("停水",))) == set()
    assert offered(EventFilter((EventType.AWARD,), ("青松街道",))) == {Change.ANY_AREA, Change.ANY_TYPE}
    assert offered(EventFilter(since=date(2024, 4, 1))) == {Change.ANY_TIME}


def test_only_what_a_subscription_can_hold_is_offered_to_follow() -> None:
    def follows(flt: EventFilter) -> bool:
        message = event_list(page(samples.AWARD), flt=flt, mode=ListMode(), today=TODAY, t=ZH)
        return any(isinstance(a, Follow) for a in actions(message))

    assert follows(EventFilter(areas=("青松街道",)))
    assert not follows(EventFilter(areas=("青松街道",), words=("停水",)))
    assert not follows(EventFilter())


def test_an_old_button_leads_to_the_last_page_of_a_list_that_became_shorter() -> None:
    assert [clamp_offset(offset, 37) for offset in (-5, 0, 15, 30, 40, 10**15)] == [0, 0, 10, 30, 30, 30]
    assert clamp_offset(40, 0) == 0


def test_a_quotation_that_is_long_folds() -> None:
    long = replace(samples.proof(samples.AWARD), evidence="字" * 200, context="")
    [part] = render(event_card(detail(samples.AWARD, long), today=TODAY, t=ZH))
    assert "<blockquote expandable>" in part.html
    [part] = render(event_card(detail(samples.AWARD), today=TODAY, t=ZH))
    assert "<blockquote>" in part.html


@pytest.mark.parametrize(
    ("review", "confidence", "word"),
    [
        (Review.CLEAR, PUSHED, "确定"),
        (Review.ACCEPTED, 0.5, "确定"),
        (Review.CLEAR, 0.79, "较可能"),
        (Review.OPEN, 0.79, "待核实"),
        (Review.REJECTED, 1.0, "已撤下"),
    ],
)
def test_certainty_is_said_in_words_that_agree_with_the_review(
    review: Review, confidence: float, word: str
) -> None:
    assert certainty(review, confidence, ZH) == word
    event = replace(samples.AWARD, review=review, confidence=confidence)
    last = text(event_card(detail(event), today=TODAY, t=ZH)).strip().split("\n")[-1]
    assert last.startswith(word)
    assert ("摘要" in last) == (review is Review.OPEN)


def test_a_list_marks_what_is_still_to_be_verified_and_nothing_else() -> None:
    for state in Review:
        shown = page(replace(samples.AWARD, review=state))
        for t, mark in ((ZH, "待核实"), (EN, "to be verified")):
            message = event_list(shown, flt=EventFilter(), mode=ListMode(), today=TODAY, t=t)
            assert (mark in text(message)) == (state is Review.OPEN)


def test_a_full_week_fits_one_message_with_a_button_for_the_rest() -> None:
    full = {each: page(*[replace(samples.AWARD, type=each)] * EVENTS_WANTED, total=40) for each in EventType}
    coming = page(*[samples.ACTIVITY] * EVENTS_WANTED, total=12)
    message = weekly_digest(digest(happened=full, coming=coming), ZH)
    [part] = render(message)
    said = read(part)
    assert "前 3 件，共 40 件" in said
    assert "还有 6 件" in said
    assert said.index("即将") < said.index("👥")
    rest = [a for a in actions(message) if isinstance(a, DigestRest)]
    assert rest[-1] == DigestRest(digest().filter_key, None)
    assert rest[0].type is EventType.MEETING


def test_few_types_get_more_room() -> None:
    eight = page(*[samples.AWARD] * EVENTS_WANTED, total=8)
    message = weekly_digest(digest(happened={EventType.AWARD: eight}), ZH)
    assert text(message).count("首都文明村镇") == 8
    assert [a.type for a in actions(message) if isinstance(a, DigestRest)] == [None]


def test_an_empty_week_is_one_line() -> None:
    message = weekly_digest(digest(newspapers=()), ZH)
    assert text(message) == "丰台一周 · 4月1日—7日：没有新消息。"


def test_a_digest_in_a_channel_has_no_buttons() -> None:
    assert weekly_digest(digest(samples.AWARD), ZH, buttons=False).keyboard == ()
    assert weekly_digest(digest(), ZH, buttons=False).keyboard == ()


def test_the_area_keyboard_shows_each_area_once_and_what_is_chosen() -> None:
    chosen = subscription(areas=(AREAS[0], AREAS[12]))
    seen: list[str | None] = []
    for number in range(2):
        message = replies.areas_keyboard(chosen, areas=AREAS, t=ZH, page=number)
        for row in message.keyboard:
            for button in row:
                action = parse(button.data)
                if isinstance(action, SubscriptionEdit) and action.part is Part.AREA:
                    name = area_of_code(action.value, AREAS)
                    assert button.text.startswith("✓ ") == (name in chosen.areas)
                    seen.append(name)
    assert seen == list(AREAS)
    assert replies.area_page(AREAS[12], AREAS) == 1
    assert replies.area_page("没有的街道", AREAS) == 0


def test_the_area_keyboard_of_a_district_without_areas_still_leads_back() -> None:
    assert actions(replies.areas_keyboard(subscription(), areas=(), t=ZH, page=3))


def test_subscribing_while_paused_offers_to_resume() -> None:
    message = replies.subscribed(
        subscription(state="paused"), today=TODAY, t=ZH, district="丰台", created=False
    )
    assert SubscriptionEdit(7, Part.RESUME) in actions(message)
    assert "暂停" in text(message)


def test_a_command_with_a_slip_finds_its_neighbour() -> None:
    assert "/meetings" in text(replies.unknown_command("/meeting 上周", ZH))
    assert "/help" in text(replies.unknown_command("/qqqqq", ZH))
