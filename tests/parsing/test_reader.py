"""The reader as a whole: what it promises for any page, and the parts that a page's layout touches."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsing.articles import drafts
from parsing.clauses import Speech, paragraphs
from parsing.district import load_district
from parsing.layout import BlockKind, blocks
from parsing.model import EventType, Reading, Stage
from parsing.reader import read_page
from parsing.text import joined, normalise, strand, verbatim

FENGTAI = load_district("丰台区")
ISSUE = date(2024, 4, 8)
SAMPLE = (Path(__file__).resolve().parents[2] / "bot/samples/fengtai-2026-03-16.txt").read_text("utf-8")


def read(text: str) -> Reading:
    return read_page(text, district=FENGTAI, issued_on=ISSUE)


def told(text: str) -> list[tuple[EventType, str]]:
    return [(mention.type, mention.subject) for mention in read(text).mentions]


_PIECES = st.sampled_from(
    [
        *"，。；：、“”《》（）\n 的了在",
        "4月2日",
        "召开",
        "会议",
        "获评",
        "“示范社区”",
        "丰台区",
        "将于",
        "增长5%",
        "王少峰",
        "停水",
        "启用",
        "公园",
        "本报讯",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_no_text_makes_it_raise_and_evidence_is_verbatim(text: str) -> None:
    flat = text.replace("\n", "")
    assert all(mention.evidence and mention.evidence in flat for mention in read(text).mentions)


@pytest.mark.parametrize("cut", range(0, len(SAMPLE), 331))
def test_a_page_cut_anywhere_is_still_read(cut: int) -> None:
    for piece in (SAMPLE[cut:], SAMPLE[:cut]):
        flat = piece.replace("\n", "")
        assert all(m.evidence in flat and m.evidence in m.context for m in read(piece).mentions)


def test_a_page_without_any_event_is_an_empty_reading() -> None:
    assert read("春天来了，河边的柳树绿了。").mentions == ()
    assert read("").articles == ()


def test_every_dropped_candidate_names_its_gate_and_reason() -> None:
    dropped = read("王少峰强调，要加快推进丽泽车站工程开工。").dropped
    assert dropped
    assert all(item.gate and item.reason for item in dropped)


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("4月2日，丰台区召开月度工作点评会。", EventType.MEETING, "月度工作点评会"),
        ("4月2日，区委书记王少峰会见远山集团董事长路军一行。", EventType.VISIT, "远山集团董事长路军"),
        ("4月2日，区委书记王少峰调研养老服务工作。", EventType.INSPECTION, "养老服务工作"),
        ("4月2日，丰台区青松图书馆建成开放。", EventType.LAUNCH, "丰台区青松图书馆"),
        ("怪村获评“首都文明村”。", EventType.AWARD, "“首都文明村”"),
        ("4月2日，区政府与远山集团签署战略合作协议。", EventType.AGREEMENT, "战略合作协议"),
        ("4月2日，区卫健委印发《丰台区托育服务办法》。", EventType.RELEASE, "丰台区托育服务办法"),
        ("第三届莲花池书市将于4月20日在莲花池公园举办。", EventType.ACTIVITY, "第三届莲花池书市"),
        ("一季度，全区社会消费品零售总额同比增长5.1%。", EventType.FIGURE, "社会消费品零售总额"),
        ("因管线检修，4月12日8时至16时青塔街道部分小区停水。", EventType.NOTICE, "青塔街道部分小区停水"),
    ],
)
def test_each_type_is_found_with_its_subject(text: str, kind: EventType, subject: str) -> None:
    assert told(text) == [(kind, subject)]


@pytest.mark.parametrize(
    "text",
    [
        "王少峰强调，要加快项目开工，召开专题会议研究。",
        "怪村未获评“首都文明村”。",
        "区生态环境局定期召开研判会。",
        "签约项目落地率持续提升。",
        "希望双方探索更多合作项目。",
        "力争全年社会消费品零售总额增长5%。",
    ],
)
def test_wishes_denials_and_habits_are_no_events(text: str) -> None:
    assert told(text) == []


def test_the_noun_decides_the_type_not_the_verb() -> None:
    assert told("4月2日，“花间”标准化试点项目启动会在丰台召开。")[0][0] is EventType.LAUNCH
    assert told("4月2日，丰台区召开新闻发布会。")[0][0] is EventType.RELEASE
    assert told("4月2日，丰台区举办春季招聘会。")[0][0] is EventType.ACTIVITY


def test_a_list_of_honours_is_one_event_each() -> None:
    found = told("佃起村荣获“首都文明村”“北京市美丽乡村”称号。")
    assert [kind for kind, _ in found] == [EventType.AWARD, EventType.AWARD]


def test_a_finished_project_carries_its_stage() -> None:
    (mention,) = read("宛平街道完成晓月苑地区电力改造工程。").mentions
    assert mention.stage is Stage.COMPLETION
    assert mention.actors == ("宛平街道",)
    assert mention.areas == ("宛平街道",)


def test_an_honour_is_not_dated_by_the_meeting_at_which_the_paper_heard_of_it() -> None:
    found = read("记者从4月2日召开的乡村振兴推进会上了解到：佃起村获评“首都文明村”。").mentions
    award = next(mention for mention in found if mention.type is EventType.AWARD)
    assert award.when.start is None


def test_a_sentence_cut_by_a_column_is_joined_over_a_blank_line() -> None:
    page = "本报讯 4月2日，丰台区召开点评会。会上通报了接诉即办情况,持续整治环\n\n境秩序,垃圾分类良好。"
    assert [block.kind for block in blocks(normalise(page))] == [BlockKind.BODY]


def test_a_headline_after_its_body_goes_back_to_it() -> None:
    page = (
        "本报讯 日前，动画短片《小青树》获评全国优秀科普作品。\n\n『全国优秀科普作品』称号 我区短片喜获\n\n"
        "本报讯 日前，花卉交易试点项目启动会召开。\n\n花卉交易试点项目启动"
    )
    first, second = drafts(blocks(normalise(page)))
    assert first.headline == "我区短片喜获 “全国优秀科普作品”称号"
    assert second.headline == "花卉交易试点项目启动"


def test_a_demand_lasts_to_the_end_of_its_paragraph() -> None:
    (paragraph,) = paragraphs([strand("王少峰强调，要抓落实。项目已经开工。", 0)], [])
    assert [clause.speech for clause in paragraph.clauses] == [
        Speech.REPORT,
        Speech.DEMANDED,
        Speech.DEMANDED,
    ]


def test_evidence_never_spans_text_that_stands_between() -> None:
    page = "前半句话\n图片说明\n后半"
    broken = joined((strand(page[:4], 0), strand(page[10:], 10)))
    assert broken.text == "前半句话后半"
    assert verbatim(page, broken) == ("前半句话", 0, 4)
