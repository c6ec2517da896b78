"""From blocks to articles: whose headline is whose, and what makes an article (invented pages)."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsing.articles import drafts
from parsing.jumps import page_of
from parsing.layout import BlockKind, blocks
from parsing.text import normalise
from tests.parsing.drafts import BRIDGE, CLINIC, SCHOOL, headlines, read


def kinds(page: str) -> list[BlockKind]:
    return [block.kind for block in blocks(normalise(page))]


# Where a headline stands


def test_headlines_above_their_bodies() -> None:
    assert headlines("柳河大桥建成通车", BRIDGE, "新桥小学举办读书节", SCHOOL) == [
        "柳河大桥建成通车",
        "新桥小学举办读书节",
    ]


def test_headlines_behind_their_bodies() -> None:
    assert headlines(BRIDGE, "柳河大桥建成通车", SCHOOL, "新桥小学举办读书节") == [
        "柳河大桥建成通车",
        "新桥小学举办读书节",
    ]


def test_one_headline_behind_among_others_above() -> None:
    page = ("柳河大桥建成通车", BRIDGE, SCHOOL, "新桥小学举办读书节", "社区卫生站添了儿童口腔诊区", CLINIC)
    assert headlines(*page) == ["柳河大桥建成通车", "新桥小学举办读书节", "社区卫生站添了儿童口腔诊区"]


def test_a_headline_in_the_middle_of_its_body_parts_it_not() -> None:
    second = "桥面设有双向四条车道，两侧步道种了海棠。"
    (draft,) = read(BRIDGE, "柳河大桥建成通车", second)
    assert draft.headline == "柳河大桥建成通车"
    assert [part.text for part in draft.body] == [normalise(BRIDGE), second]


def test_pieces_at_both_ends_of_a_body_are_one_headline() -> None:
    assert headlines("柳河大桥", BRIDGE, "建成通车", "新桥小学举办读书节", SCHOOL)[0] == "柳河大桥 建成通车"


def test_an_article_without_dateline_has_its_own_headline() -> None:
    plain = "清风里的早市开了。摊主们天不亮就来，菜上还带着露水。"
    assert headlines("柳河大桥建成通车", BRIDGE, "清风里的早市", plain) == [
        "柳河大桥建成通车",
        "清风里的早市",
    ]


def test_headlines_set_closely_by_their_body_belong_to_it() -> None:
    page = f"{BRIDGE}\n两岸不再绕行\n\n{SCHOOL}\n书香满校园"
    assert [d.headline for d in drafts(blocks(normalise(page)))] == ["两岸不再绕行", "书香满校园"]


def test_a_headline_that_stands_at_a_foreign_body_is_fetched() -> None:
    page = (BRIDGE, SCHOOL, "柳河大桥建成通车", "新桥小学举办读书节", "社区卫生站添了儿童口腔诊区", CLINIC)
    assert headlines(*page) == ["柳河大桥建成通车", "新桥小学举办读书节", "社区卫生站添了儿童口腔诊区"]


def test_a_page_without_headlines_has_articles_without() -> None:
    assert headlines(BRIDGE, SCHOOL) == [None, None]


# Lists, notices, jumps


def test_items_of_a_list_have_its_headline_each() -> None:
    page = ("便民提示", "●3月6日8时至18时，河东路停水。", "●3月7日，新桥街单向通行。")
    found = read("柳河大桥建成通车", BRIDGE, *page)
    assert [draft.headline for draft in found] == ["柳河大桥建成通车", "便民提示", "便民提示"]
    assert [draft.listed for draft in found] == [False, True, True]
    assert all(draft.is_notice for draft in found[1:])


def test_numbered_points_of_an_article_stay_in_it() -> None:
    page = ("新桥小学招生通告", "现将有关事项通知如下：", "1.报名时间为6月1日。", "2.请带户口簿。")
    (draft,) = read(*page)
    assert draft.headline == "新桥小学招生通告"


def test_headed_items_are_articles() -> None:
    page = ("■ 停水通知", "河东路3月6日停水，请提前储水。", "■ 停电通知", "新桥街3月7日停电，请关好电器。")
    assert headlines(*page) == ["■ 停水通知", "■ 停电通知"]


def test_who_signs_a_notice_heads_nothing() -> None:
    page = (
        "停水通知",
        "河东路3月6日停水，请提前储水。",
        "柳河供水有限公司",
        "新桥街封闭施工",
        "新桥街将封闭施工，请绕行。",
    )
    assert headlines(*page) == ["停水通知", "新桥街封闭施工"]


def test_a_second_report_goes_under_the_headline_of_the_first() -> None:
    again = "又讯 3月6日，大桥两端的公交站启用。"
    assert headlines("柳河大桥建成通车", BRIDGE, again, "新桥小学举办读书节", SCHOOL) == [
        "柳河大桥建成通车",
        "柳河大桥建成通车",
        "新桥小学举办读书节",
    ]


def test_what_goes_on_from_another_page_is_an_article_of_its_own() -> None:
    page = ("柳河大桥建成通车", BRIDGE, "（上接01版）", "老人们说，从前过河要等渡船，如今抬脚就到。")
    first, second = read(*page)
    assert (first.continued, second.continued) == (False, True)


def test_both_halves_of_an_article_are_joined_where_both_pages_are_there() -> None:
    page = (
        "柳河时报 2026年3月9日 星期一 第01版",
        "柳河大桥建成通车",
        BRIDGE + "老人们说，从前过河要等渡船，一等就是半个钟头，如今",
        "（下转第3版）",
        "新桥小学举办读书节",
        SCHOOL,
        "柳河时报 2026年3月9日 星期一 第03版",
        "（上接第1版）",
        "抬脚就到。大桥两端的公交站也已启用。",
    )
    first, second = read(*page)
    assert (first.headline, second.headline) == ("柳河大桥建成通车", "新桥小学举办读书节")
    assert first.body[-1].text.endswith("如今抬脚就到。大桥两端的公交站也已启用。")


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("（下转第3版）", "3"),
        ("（上接A02版）", "A2"),
        ("（紧接第一版）", "1"),
        ("02 要闻", "2"),
        ("柳河时报", None),
    ],
)
def test_the_page_that_a_line_names(text: str, page: str | None) -> None:
    assert page_of(text) == page


def test_halves_of_different_articles_are_not_joined() -> None:
    page = (
        "柳河大桥建成通车",
        BRIDGE,
        "（下转第3版）",
        "（上接01版）",
        "早市的摊主们天不亮就来，菜上还带着露水。",
    )
    first, second = read("柳河时报 2026年3月9日 星期一 第02版", *page)
    assert [part.text for part in first.body] == [normalise(BRIDGE)]
    assert second.continued


def test_contents_and_furniture_make_no_articles() -> None:
    page = (
        "柳河时报",
        "2026年3月9日 星期一 第02版 要闻",
        "导读",
        "柳河两岸春耕忙……03版",
        "柳河大桥建成通车",
        BRIDGE,
        "责编：田小禾 版式：方小舟",
        "扫码关注柳河融媒公众号",
        "广告",
        "02",
    )
    (draft,) = read(*page)
    assert draft.headline == "柳河大桥建成通车"
    assert [part.text for part in draft.body] == [normalise(BRIDGE)]


def test_captions_stay_out_of_bodies() -> None:
    page = ("柳河大桥建成通车", BRIDGE, "图为柳河大桥。 本报记者 田小禾摄", "新桥小学举办读书节", SCHOOL)
    first, second = read(*page)
    assert [part.text for part in first.captions + second.captions] == [page[2]]


def test_rows_of_a_table_are_paragraphs_of_their_article() -> None:
    page = "各镇投资进度\n\n镇名 项目 投资\n柳河镇 21 9.6\n新桥镇 17 8.8\n\n统计部门说，进度快于去年。"
    (draft,) = drafts(blocks(normalise(page)))
    assert draft.headline == "各镇投资进度"
    assert [part.text for part in draft.body][1:3] == ["柳河镇 21 9.6", "新桥镇 17 8.8"]


def test_the_frame_of_a_web_page_is_left_out() -> None:
    page = (
        "首页 > 新闻中心 > 柳河要闻 > 正文\n柳河区召开街巷整治推进会\n"
        "发布时间：2026-03-06 09:12 来源：柳河融媒 浏览次数：318 字号：[ 大 中 小 ]\n\n"
        "3月5日，柳河区召开街巷整治推进会，部署今年工作。\n\n"
        "编辑：田小禾 审核：方小舟\n【打印】 【关闭】\n上一篇：没有了"
    )
    (draft,) = drafts(blocks(normalise(page)))
    assert draft.headline == "柳河区召开街巷整治推进会"
    assert len(draft.body) == 1


@pytest.mark.parametrize(
    "top",
    [
        "新河文化 微刊 2019年1月11日",
        "第16期（总第207期） 新河区党政办编印 2024年8月16日",
        "新河区卫生健康局 健康服务专栏\n〔第38期〕 2024年9月27日",
        "新河区政策服务台｜第15问",
        "外事之窗 新河区外事办公室 新河日报社 合办",
        "新河区人力资源局 >> 就业服务 >> 一月一单",
        "新河区公安局 新河半程马拉松组委会",
    ],
)
def test_the_head_of_a_site_or_bulletin_is_no_headline(top: str) -> None:
    assert headlines(f"{top}\n柳河大桥建成通车\n\n{BRIDGE}") == ["柳河大桥建成通车"]


def test_rows_of_a_timetable_are_no_headlines() -> None:
    rows = "3月5日　周四　13:30　文化广场　零工专场\n东门至云秀路　　5:00—9:30"
    assert kinds(f"招聘会排期\n\n{rows}") == [BlockKind.HEADLINE, BlockKind.BODY, BlockKind.BODY]


def test_several_items_of_a_web_list_are_parted_at_their_dates() -> None:
    item = "{}\n2026-03-0{} 来源：柳河融媒\n\n{}天气转暖，居民出门散步的多了起来。"
    page = "\n\n".join(
        item.format(head, n, head[:2]) for n, head in enumerate(("东湖夜跑开跑", "西山步道开放"), 1)
    )
    assert [draft.headline for draft in drafts(blocks(normalise(page)))] == ["东湖夜跑开跑", "西山步道开放"]


# Whatever the page


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 300), st.integers(0, 400), st.randoms(use_true_random=False))
def test_a_page_cut_or_shuffled_never_raises_and_loses_no_body(start: int, end: int, random: Random) -> None:
    lines = [
        BRIDGE,
        SCHOOL,
        "柳河大桥",
        "建成通车",
        "便民提示",
        "●河东路停水。",
        "镇名 项目 投资",
        "柳河镇 21 9.6",
    ]
    lines += [
        "（下转第3版）",
        "图为大桥。田小禾摄",
        "□ 舒海声",
        "＊ ＊ ＊",
        "记者手记",
        "2026-03-06 来源：融媒",
    ]
    lines += ["：", "”", "12", "■ 停电"]
    random.shuffle(lines)
    page = normalise(random.choice(["\n", "\n\n"]).join(lines)[start:end])
    found = drafts(blocks(page))
    told = {at for draft in found for part in [*draft.body, *draft.captions] for at in part.at}
    bodies = [block for block in blocks(page) if block.kind is BlockKind.BODY]
    assert {at for body in bodies for at in body.strand.at} <= told
    assert all(draft.headline is None or draft.headline.strip() for draft in found)
