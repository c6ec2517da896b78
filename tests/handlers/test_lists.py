"""Type commands, searching, turning pages and opening cards."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from parsing.model import EventType
from storage.review_queue import decide, in_review
from tests.handlers.desk import BOB, BOBS, NOON, Desk, labels, text_of
from tests.support.readings import Happening, on


def award(number: int, **fields: object) -> Happening:
    given = {
        "subject": f"第{number}号荣誉",
        "evidence": f"西庄店村获评第{number}号荣誉",
        "when": on(date(2024, 3, 1) + timedelta(days=number)),
        "actors": ("西庄店村",),
        "areas": ("王佐镇",),
        **fields,
    }
    return Happening(EventType.AWARD, **given)  # type: ignore[arg-type]


MEETING = Happening(
    EventType.MEETING,
    "月度工作点评会",
    "4月2日,丰台区召开月度工作点评会",
    on(date(2024, 4, 2)),
    areas=("云岗街道",),
)
ROADWORKS = Happening(
    EventType.NOTICE, "夜间单向通行", "莲花池东路4月22日起夜间单向通行", on(date(2024, 4, 22))
)


async def test_a_type_command_lists_only_its_type(desk: Desk) -> None:
    desk.publish(award(1), MEETING)
    shown = await desk.ask("/awards")
    assert "第1号荣誉" in text_of(shown)
    assert "点评会" not in text_of(shown)


async def test_an_area_a_period_and_words_narrow_a_type_command(desk: Desk) -> None:
    desk.publish(award(1), award(2, areas=("云岗街道",)), award(3, when=on(date(2024, 4, 3))))
    assert "第2号荣誉" not in text_of(await desk.ask("/awards 王佐"))
    april = text_of(await desk.ask("/awards 4月 王佐镇"))
    assert ("第3号荣誉" in april, "第1号荣誉" in april) == (True, False)
    assert "第1号荣誉" in text_of(await desk.ask("/awards 第1号"))


async def test_pages_turn_in_place_and_back(desk: Desk) -> None:
    desk.publish(*(award(number) for number in range(1, 24)))
    first = await desk.ask("/awards")
    assert "第23号荣誉" in text_of(first)
    (second,) = await desk.press(first, "下一页")
    assert second.message_id == first.message_id
    assert "第13号荣誉" in text_of(second)
    (third,) = await desk.press(second, "下一页")
    assert "第1号荣誉" in text_of(third)
    (again,) = await desk.press(third, "上一页")
    assert "第13号荣誉" in text_of(again)
    assert len(desk.calls("sendMessage")) == 1


async def test_a_card_opens_in_the_place_of_its_list_and_leads_back(desk: Desk) -> None:
    desk.publish(award(1), award(2))
    shown = await desk.ask("/awards")
    listed = text_of(shown)
    (card,) = await desk.press(shown, "2")
    assert "西庄店村获评第1号荣誉" in text_of(card)
    assert "丰台报" in text_of(card)
    (back,) = await desk.press(card, "返回")
    assert text_of(back) == listed
    assert len(desk.calls("sendMessage")) == 1


async def test_an_event_is_shown_by_its_number_however_it_is_typed(desk: Desk) -> None:
    desk.publish(award(1))
    (card,) = await desk.press(await desk.ask("/awards"), "1")
    number = text_of(card).rsplit("编号", 1)[1].split()[0]
    assert "第1号荣誉" in text_of(await desk.ask(f"/event #{number.upper()}"))


async def test_a_wrong_number_is_told_and_a_missing_one_asked_for(desk: Desk) -> None:
    assert "zzzz" in text_of(await desk.ask("/event zzzz"))
    assert "/event" in text_of(await desk.ask("/event"))


async def test_plain_words_are_a_search_that_understands_types_and_areas(desk: Desk) -> None:
    desk.publish(award(1), MEETING)
    shown = text_of(await desk.ask("王佐镇的获奖"))
    assert ("第1号荣誉" in shown, "点评会" in shown) == (True, False)
    assert "点评会" in text_of(await desk.ask("/search 点评"))


async def test_words_that_were_misunderstood_are_searched_for_as_they_stand(desk: Desk) -> None:
    desk.publish(Happening(EventType.LAUNCH, "活动中心", "王佐镇文体活动中心开放", areas=()))
    assert "活动中心" in text_of(await desk.ask("/search 王佐镇 活动"))


async def test_search_without_words_asks_for_them(desk: Desk) -> None:
    assert "/search" in text_of(await desk.ask("/search"))


async def test_nothing_found_offers_the_nearest_that_exists(desk: Desk) -> None:
    desk.publish(MEETING)
    shown = await desk.ask("/meetings 云岗 上周 停水")
    assert "停水" in text_of(shown)
    assert "点评会" in text_of(shown)
    opened = await desk.press(shown, "看这一件")
    assert "丰台区召开月度工作点评会" in text_of(opened[0])


async def test_an_empty_database_still_answers(desk: Desk) -> None:
    for command in ("/awards", "/upcoming", "/recent", "/search 停水", "/digest", "停水"):
        assert text_of(await desk.ask(command)).strip()


async def test_buttons_narrow_and_widen_a_list(desk: Desk) -> None:
    desk.publish(award(1), award(2, areas=("云岗街道",)))
    shown = await desk.ask("/awards 王佐镇")
    (wider,) = await desk.press(shown, "全区")
    assert "第2号荣誉" in text_of(wider)
    assert wider.message_id == shown.message_id


async def test_upcoming_lists_what_is_ahead_and_recent_what_has_been(desk: Desk) -> None:
    desk.publish(MEETING, ROADWORKS)
    ahead = text_of(await desk.ask("/upcoming"))
    assert ("单向通行" in ahead, "点评会" in ahead) == (True, False)
    assert "单向通行" not in text_of(await desk.ask("/upcoming 3"))
    assert "点评会" in text_of(await desk.ask("/recent 30天"))


@pytest.mark.parametrize("words", ["soon", "0", "9999", "-3", "14 停水"])
async def test_days_that_cannot_be_read_are_asked_for_again(desk: Desk, words: str) -> None:
    assert "/upcoming 14" in text_of(await desk.ask(f"/upcoming {words}"))


async def test_buttons_of_an_old_message_work_after_a_restart(desk: Desk) -> None:
    desk.publish(*(award(number) for number in range(1, 13)))
    shown = await desk.ask("/awards 王佐镇")
    restarted = Desk(desk.database, now=NOON)
    await restarted.application.initialize()
    data = next(b["callback_data"] for b in shown.buttons if "下一页" in b["text"])
    sent = await restarted.ask("/help")  # any message of ours to press under
    (turned,) = await restarted.press(sent, data=data)
    assert "第1号荣誉" in text_of(turned)
    await restarted.application.shutdown()


async def test_a_page_beyond_the_end_is_the_last_one(desk: Desk) -> None:
    desk.publish(*(award(number) for number in range(1, 13)))
    shown = await desk.ask("/awards")
    data = next(b["callback_data"] for b in shown.buttons if "下一页" in b["text"])
    (turned,) = await desk.press(shown, data=data.rsplit(":", 1)[0] + ":5000")
    assert "第1号荣誉" in text_of(turned)


async def test_pressing_the_same_page_twice_changes_nothing_and_fails_nowhere(desk: Desk) -> None:
    desk.publish(*(award(number) for number in range(1, 13)))
    shown = await desk.ask("/awards")
    data = next(b["callback_data"] for b in shown.buttons if "下一页" in b["text"])
    assert await desk.press(shown, data=data)
    assert await desk.press(shown, data=data) == []
    assert len(desk.calls("answerCallbackQuery")) == 2


async def test_hostile_text_is_shown_as_it_stands(desk: Desk) -> None:
    desk.publish(award(1, subject="<b>&lt;奖</b>", evidence="西庄店村获评<b>&lt;奖</b><script>"))
    shown = await desk.ask("/awards")
    (card,) = await desk.press(shown, "1")
    assert "<b>&lt;奖</b><script>" in text_of(card)
    assert "<script>" not in card.html


async def test_answers_follow_the_language_of_the_chat(desk: Desk) -> None:
    desk.publish(MEETING)
    shown = await desk.ask("/meetings", chat=BOBS, user=BOB)
    assert not any("关注" in label for label in labels(shown))
    assert "Meeting" in text_of(shown)


async def test_what_is_to_be_verified_is_listed_with_a_mark_and_its_card_says_why(desk: Desk) -> None:
    ahead = replace(ROADWORKS, confidence=0.6)
    desk.publish(award(1, confidence=0.7), award(2), ahead)
    for asked in ("/awards", "/recent 60", "/search 第1号荣誉"):
        lines = text_of(await desk.ask(asked)).split("\n")
        (marked,) = [line for line in lines if "第1号荣誉" in line and "西庄店村" in line]
        assert marked.endswith("待核实"), asked
        assert not any("待核实" in line for line in lines if "第2号荣誉" in line)
    assert "待核实" in text_of(await desk.ask("/upcoming"))
    (card,) = await desk.press(await desk.ask("/search 第1号荣誉"), "1")
    assert "待核实（把握还不够，暂不进摘要）" in text_of(card)
    digest = text_of(await desk.ask("/digest"))
    assert ("第1号荣誉" in digest, "单向通行" in digest) == (False, False)


async def test_what_was_rejected_is_in_no_list_and_its_card_says_so(desk: Desk) -> None:
    desk.publish(award(1, confidence=0.7), award(2), replace(ROADWORKS, confidence=0.6))
    shown = await desk.ask("/search 第1号荣誉")
    with desk.database.session() as session:
        waiting = [detail.event.id for detail in in_review(session)]
        decide(session, reject=waiting, today=desk.now.date())
    for asked in ("/awards", "/recent 60", "/search 荣誉", "/upcoming", "/upcoming 30", "第1号"):
        said = text_of(await desk.ask(asked))
        assert ("西庄店村获评第1号" in said, "单向通行" in said) == (False, False), asked
    (card,) = await desk.press(shown, "1")
    assert "已撤下" in text_of(card)
