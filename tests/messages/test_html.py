from hypothesis import given, settings

from messages import plain
from messages.html import TEXT_LIMIT, render
from messages.layout import shorten, units
from messages.tree import Bold, Button, Heading, Item, Link, Message, Paragraph, Quote, Text, inlines
from tests.messages import strategies
from tests.messages.telegram import read, utf16


@given(strategies.messages)
@settings(max_examples=120)
def test_telegram_would_accept_every_part_of_any_message(message: Message) -> None:
    for part in render(message):
        read(part)


def test_hostile_html_stays_text() -> None:
    nasty = '<a href="https://evil.example">&lt;b&gt;</a><script>'
    [part] = render(Message((Heading(inlines(nasty)), Quote(inlines(Bold(nasty))))))
    assert read(part) == f"{nasty}\n{nasty}"


def test_a_link_may_only_lead_to_a_web_page() -> None:
    line = inlines(Link("坏", "javascript:alert(1)"), Link("好", 'https://a.example/?a=1&b="2"'))
    [part] = render(Message((Paragraph(line),)))
    assert part.html == "坏好"
    [part] = render(Message((Paragraph(inlines(Link("好", "https://a.example/?a=1&b=2"))),)))
    assert part.html == '<a href="https://a.example/?a=1&amp;b=2">好</a>'


def test_a_long_message_is_split_between_items_and_keeps_each_once_in_order() -> None:
    lines = [f"第{number}件😀" + "字" * 300 for number in range(60)]
    parts = render(Message(tuple(Item(inlines(line), n) for n, line in enumerate(lines, 1))))
    said = [line for part in parts for line in read(part).split("\n")]
    assert len(parts) > 1
    assert said == [f"{n}. {line}" for n, line in enumerate(lines, 1)]


def test_a_part_is_filled_to_the_limit_in_utf_16_units_and_not_beyond() -> None:
    whole = Message((Paragraph(inlines("😀" * 1024)), Paragraph(inlines("😀" * 1023))))
    assert [utf16(read(part)) for part in render(whole)] == [TEXT_LIMIT]
    one_more = Message((*whole.blocks, Item(inlines("字"))))
    assert [utf16(read(part)) for part in render(one_more)] == [TEXT_LIMIT, 1]


def test_a_heading_goes_with_the_block_after_it() -> None:
    long = Paragraph(inlines("字" * 4080))
    first, second = render(
        Message((long, Heading(inlines("获奖")), Heading(inlines("其一")), Item(inlines("字" * 20))))
    )
    assert "获奖" not in read(first)
    assert read(second) == "获奖\n其一\n" + "字" * 20


def test_a_block_too_long_alone_is_shortened_and_its_tags_stay_whole() -> None:
    [part] = render(Message((Heading(inlines("头")), Quote(inlines("字" * 10, Bold("😀" * 5000))))))
    text = read(part)
    assert text.endswith("😀…")
    assert TEXT_LIMIT - 2 < utf16(text) <= TEXT_LIMIT
    assert part.html.endswith("…</b></blockquote>")


def test_more_than_a_hundred_marks_are_spread_over_parts() -> None:
    parts = render(Message(tuple(Item((Bold("甲"), Text("乙"))) for _ in range(150))))
    assert sum(read(part).count("甲") for part in parts) == 150
    crowded = Message((Paragraph(tuple(Bold("甲") for _ in range(150))),))
    assert [read(part) for part in render(crowded)] == ["甲" * 150]


def test_the_keyboard_is_under_the_last_part_without_buttons_to_unsafe_addresses() -> None:
    keyboard = ((Button("开", data="n"), Button("坏", url="javascript:x")), (Button("坏", url="file:///x"),))
    first, last = render(
        Message((Paragraph(inlines("字" * 4000)), Paragraph(inlines("字" * 4000))), keyboard)
    )
    assert first.keyboard == ()
    assert last.keyboard == ((Button("开", data="n"),),)


def test_an_empty_message_is_still_one_that_can_be_sent() -> None:
    assert [part.html for part in render(Message((Paragraph(inlines(" ", "\x00")),)))] == ["…"]


def test_characters_that_would_turn_the_text_around_are_left_out() -> None:
    [part] = render(Message((Paragraph(inlines("前\u202e后\x07\ufeff")),)))
    assert part.html == "前后"


def test_shortening_never_cuts_a_character_or_leaves_a_joiner() -> None:
    assert shorten("😀😀😀", 4) == "😀…"
    assert shorten("👨\u200d👩\u200d👧", 5) == "👨…"
    assert shorten("三个字", 3) == "三个字"
    assert units(shorten("长" * 99, 10)) == 10


def test_plain_text_shows_where_links_lead_and_marks_quotations() -> None:
    message = Message(
        (
            Heading(inlines("头")),
            Quote(inlines("甲\n乙", Link("原文", "https://a.example"))),
            Item(inlines("丙"), 1),
        )
    )
    assert plain.render(message) == "头\n│ 甲\n│ 乙原文（https://a.example）\n1. 丙"
