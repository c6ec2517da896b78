"""Broken lines made whole: fixed widths, columns cut in two, jump lines in the way (invented texts)."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.lines import paragraphs_of
from parsing.text import normalise

LEAD = (
    "本报讯（记者 田小禾）3月5日上午，柳河区召开街巷整治推进会，区长郭一帆主持会议并讲话，"
    "会议听取了去年背街小巷整治情况汇报，2024年完成整治41.5公里，同比增长12.4%。"
    "与会人员还就今年的安排提出了建议，散会后大家到清风里社区看了新修的步道。"
)


def paragraphs(page: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs_of(normalise(page))]


def set_in_column(text: str, width: int, indent: str = "\u3000\u3000") -> str:
    """A paragraph in lines of so many characters, the first set in by two."""
    first, rest = text[: width - 2], text[width - 2 :]
    return "\n".join([indent + first, *(rest[i : i + width] for i in range(0, len(rest), width))])


@pytest.mark.parametrize("indent", ["\u3000\u3000", "    "])
@pytest.mark.parametrize("width", [17, 24, 25, 31])
def test_lines_of_a_fixed_width_are_one_paragraph(width: int, indent: str) -> None:
    page = "\n".join([set_in_column(LEAD, width, indent)] * 3)
    assert paragraphs(page) == [normalise(LEAD)] * 3


def test_a_width_in_which_digits_count_half_is_measured_so() -> None:
    lines, line, used = [], "", 2.0
    for character in LEAD:
        used += 0.5 if character.isascii() else 1
        line += character
        if used >= 22:
            lines.append(line)
            line, used = "", 0
    page = "\n".join(["\u3000\u3000" + lines[0], *lines[1:], line])
    assert paragraphs(f"{page}\n{page}") == [normalise(LEAD)] * 2


def test_a_short_headline_line_stays_by_itself_in_a_column() -> None:
    page = "街巷整治推进会召开\n郭一帆主持\n" + "\n".join([set_in_column(LEAD, 24)] * 2)
    assert paragraphs(page)[:2] == ["街巷整治推进会召开", "郭一帆主持"]


def test_a_line_cut_short_goes_on_where_the_sentence_does() -> None:
    assert paragraphs("会议指出，今年前两个月\n全区新设企业412家，\n其中科技企业占四成。") == [
        "会议指出，今年前两个月全区新设企业412家，其中科技企业占四成。"
    ]


def test_a_mark_that_begins_no_line_is_carried_over() -> None:
    page = "居民说，路灯亮了以后，晚上接孩子踏实多了\n。”他又说。"
    assert paragraphs(page) == ["居民说，路灯亮了以后，晚上接孩子踏实多了。”他又说。"]


@pytest.mark.parametrize(
    "between",
    ["新桥小学挂牌", "图为新桥小学校门。 本报记者 方小舟摄", "新桥小学挂牌\n\n揭牌仪式举行"],
)
def test_a_sentence_goes_on_behind_what_a_column_puts_between(between: str) -> None:
    page = (
        f"会议听取了汇报，研究了下一步工作，要求各街道把背街小巷整\n\n{between}\n\n治抓到实处，让居民满意。"
    )
    assert "会议听取了汇报，研究了下一步工作，要求各街道把背街小巷整治抓到实处，让居民满意。" in paragraphs(
        page
    )


@pytest.mark.parametrize(
    "new", ["本报讯 3月5日，新桥小学挂牌。", "●3月6日，河东路停水。", "问：怎么报名？", "一、报名时间"]
)
def test_nothing_is_joined_to_what_begins_anew(new: str) -> None:
    first = "会议听取了汇报，研究了下一步工作，要求各街道把背街小巷整"
    assert paragraphs(f"{first}\n\n{new}") == [first, new]


def test_a_sentence_that_goes_on_upon_another_page_takes_no_foreign_half() -> None:
    first = "会议听取了汇报，研究了下一步工作，要求各街道把背街小巷整"
    other = "柳河的水清了，两岸种上了海棠，居民天天来散步。"
    page = f"{first}（下转第3版）\n\n柳河水清\n\n{other}"
    assert paragraphs(page) == [first, "（下转第3版）", "柳河水清", other]


def test_jump_lines_are_cut_off_the_text_that_they_are_printed_with() -> None:
    assert paragraphs("（上接A01版）街灯一串一串亮起来，夜市开了。（转3版）") == [
        "（上接A01版）",
        "街灯一串一串亮起来，夜市开了。",
        "（转3版）",
    ]


def test_a_credit_on_a_line_of_its_own_belongs_to_its_caption() -> None:
    assert paragraphs("▲图为志愿者在清风里社区检查消防栓。\n田小禾摄\n\n本报讯 区里停电。")[0].endswith(
        "田小禾摄"
    )


def test_rows_of_a_table_stay_rows() -> None:
    page = "各镇投资情况，单位为亿元\n镇名 项目 投资\n柳河镇 21 9.6\n新桥镇 17 8.8"
    assert paragraphs(page)[-2:] == ["柳河镇 21 9.6", "新桥镇 17 8.8"]


@given(st.integers(0, 400), st.integers(0, 400), st.randoms(use_true_random=False))
def test_every_character_is_kept_once_however_a_page_is_cut_and_shuffled(
    start: int, end: int, random: Random
) -> None:
    lines = "\n".join([set_in_column(LEAD, 24), "", "街巷整治（下转第3版）", "图为步道。田小禾摄"] * 2).split(
        "\n"
    )
    random.shuffle(lines)
    page = normalise("\n".join(lines)[start:end])
    kept = sorted(at for paragraph in paragraphs_of(page) for at in paragraph.strand.at)
    assert len(kept) == len(set(kept))
    assert {at for at, c in enumerate(page) if not c.isspace()} <= set(kept)


@pytest.mark.parametrize(
    "headline", ["柳河大桥通车", "会前看“账本” 会后进“楼门”", "柳河区召开推进会：三件事年内办完，件件有人管"]
)
def test_a_headline_stays_out_of_a_paragraph_that_ends_at_the_edge(headline: str) -> None:
    full = LEAD[: 24 * 3 - 3] + "。"
    page = "\n".join([set_in_column(LEAD, 24), set_in_column(full, 24), headline, set_in_column(LEAD, 24)])
    assert normalise(headline) in paragraphs(page)


def test_a_sentence_that_ends_at_the_edge_parts_no_paragraph() -> None:
    full, rest = LEAD[: 24 * 2 - 3] + "。", LEAD[LEAD.index("与会") :] * 2
    page = "\n".join([set_in_column(LEAD, 24), set_in_column(full + rest, 24)])
    assert paragraphs(page) == [normalise(LEAD), normalise(full + rest)]
