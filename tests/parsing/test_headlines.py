"""How a headline reads: its pieces in order, without what is none of it (invented pages)."""

import pytest

from tests.parsing.drafts import BRIDGE, headlines, read


@pytest.mark.parametrize(
    ("lines", "reads"),
    [
        (("建成通车", "柳河大桥"), "柳河大桥 建成通车"),
        (("柳河大桥", "建成通车"), "柳河大桥 建成通车"),
        (("建成通车 柳河大桥",), "柳河大桥 建成通车"),
        (("两岸不再绕行，", "柳河大桥通车了"), "两岸不再绕行， 柳河大桥通车了"),
        (("的最后一公里", "大桥打通回家路上"), "大桥打通回家路上 的最后一公里"),
    ],
)
def test_pieces_of_a_headline_read_in_natural_order(lines: tuple[str, ...], reads: str) -> None:
    assert headlines(BRIDGE, *lines)[0] == reads
    assert headlines(*lines, BRIDGE)[0] == reads


def test_the_object_stands_behind_its_verb() -> None:
    body = "本报讯 近日，清风里社区荣获全市“书香社区”称号，社区有七个书屋。"
    assert headlines("“书香社区”称号", "清风里社区荣获", body) == ["清风里社区荣获 “书香社区”称号"]


def test_where_it_happened_stands_first() -> None:
    body = "本报讯 近日，全市青少年棋类大赛落幕，柳河学子获得三枚金牌。"
    assert headlines(body, "柳河学子 全市棋类大赛上", "摘金夺银") == ["全市棋类大赛上 柳河学子 摘金夺银"]


def test_of_long_lines_the_headline_is_chosen() -> None:
    body = "本报讯 3月5日，柳河区召开接诉即办工作调度会，研究诉求办理。"
    page = (
        "柳河区召开接诉即办工作调度会暨民生实事推进会议",
        "郭一帆逐一点评七个街镇今年以来的诉求办理成绩",
        body,
    )
    assert headlines(*page) == [page[0]]
    assert headlines(page[1], page[0], body) == [page[0]]


def test_a_subhead_of_who_was_there_is_left_out() -> None:
    assert headlines("柳河大桥建成通车", "郭一帆出席并讲话", BRIDGE) == ["柳河大桥建成通车"]


@pytest.mark.parametrize("column", ["记者手记", "【时评】", "·微言·", "运河之声", "短 评", "读者来信"])
def test_a_column_name_is_no_headline_where_there_is_one(column: str) -> None:
    assert (
        headlines(BRIDGE, column, "桥通了，路更宽", "清早走上大桥，风从河面上来，心里敞亮。")[1]
        == "桥通了，路更宽"
    )


@pytest.mark.parametrize(
    "author", ["□ 舒海声", "鲁谷川", "范 进 山", "本报评论员", "本报记者 周倩", "读者 桂先生"]
)
def test_an_author_is_no_headline(author: str) -> None:
    assert headlines("桥通了路更宽", author, "清早走上大桥，风从河面上来，心里敞亮。") == ["桥通了路更宽"]


def test_sections_of_a_feature_are_one_article() -> None:
    page = (
        "长者饭堂叫好之后如何叫座",
        "本报记者 田小禾",
        "上午十一点，柳河街道的一家长者饭堂门口已经有人排队，师傅正在摆菜。",
        "位置：差一百米",
        "区民政局的数据显示，全区建成长者饭堂五十三家，分布并不均匀。",
        "账本：一份饭的成本",
        "翻开饭堂的账本，米面油和水电样样都在涨，差额靠补贴来填平。",
    )
    (draft,) = read(*page)
    assert (draft.headline, len(draft.body)) == (page[0], 3)


def test_what_a_dash_adds_belongs_to_the_headline() -> None:
    body = "旧桥搬过三次家，每一次都有人拍照。"
    page = ("桥上的钟停了", "——一座天桥和它的三次搬家", body)
    assert headlines(*page) == ["桥上的钟停了 ——一座天桥和它的三次搬家"]
