"""Words of an article without what surrounds them."""

import pytest

from sources.cleaning import authors_of, body, kind_of_title, number_of, parts, plain


def test_a_line_has_plain_spaces_and_digits_and_keeps_its_punctuation() -> None:
    assert plain("\u3000\u3000４月２日，\xa0\u200b“Ａ区”：开工\ufeff") == "4月2日， “A区”：开工"


def test_an_indent_inside_a_line_begins_a_paragraph() -> None:
    text = "\u3000\u3000本报讯 甲地开工。\u3000\u3000乙地竣工。\n丙地\u3000开园。\n\n"
    assert parts(text) == ["本报讯 甲地开工。", "乙地竣工。", "丙地 开园。"]


@pytest.mark.parametrize(
    "line",
    [
        "3上一版",
        "下一版4",
        "3 上一篇 下一篇 4",
        "上一期 下一期",
        "XFTB008",
        "责任编辑：李明",
        "[责任编辑: 李明]",
        "（原标题：开工了）",
        "主办：某区人民政府办公室",
        "网站标识码：0000000000",
        "京ICP备00000000号 京公网安备 00000000000000号",
        "扫一扫在手机打开当前页",
        "打印本页 关闭窗口",
        "新闻热线：010-00000000",
    ],
)
def test_what_surrounds_an_article_is_dropped(line: str) -> None:
    assert body(["开工仪式举行。", line]).paragraphs == ("开工仪式举行。",)


@pytest.mark.parametrize(
    "line",
    [
        "编辑出版大会召开。",
        "上一版规划在去年批准。",
        "3月8日，区里召开会议。",
        "默认的规则变了。",
        "责任田分到户。",
    ],
)
def test_words_of_an_article_stay(line: str) -> None:
    assert body([line]).paragraphs == (line,)


def test_a_code_of_production_goes_and_its_sentence_stays() -> None:
    assert body(["让居民受益。XFTB008"]).paragraphs == ("让居民受益。",)


def test_captions_are_told_from_paragraphs() -> None:
    found = body(["图为活动现场。", "居民在春游。", "▲ 志愿者在清扫。"])
    assert (found.paragraphs, found.captions) == (("居民在春游。",), ("图为活动现场。", "▲ 志愿者在清扫。"))


@pytest.mark.parametrize("line", ["（下转第三版）", "(下转03版)", "会议还指出，（下转3版）"])
def test_a_line_that_goes_on_elsewhere_tells_where_and_stays(line: str) -> None:
    found = body([line])
    assert found.continues_on == "03"
    assert found.paragraphs == (line,)


def test_a_line_that_comes_from_elsewhere_tells_where() -> None:
    found = body(["（上接第一版）会议要求，各街道要落实。"])
    assert (found.continued_from, found.continues_on) == ("01", None)


@pytest.mark.parametrize(
    ("printed", "number"),
    [("3", "03"), ("12", "12"), ("A02", "A02"), ("三", "03"), ("十", "10"), ("十二", "12")],
)
def test_pages_are_numbered_in_two_digits(printed: str, number: str) -> None:
    assert number_of(printed) == number


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("本报讯（记者 王小明 通讯员 欧阳娜娜）昨天，开工。", ("王小明", "欧阳娜娜")),
        ("本报讯 (记者王小明、李丽)昨天，开工。", ("王小明", "李丽")),
        ("■ 本报记者 王小明", ("王小明",)),
        ("昨天，记者走访了小区。", ()),
        ("记者从区里获悉，小区停水。", ()),
    ],
)
def test_a_byline_names_authors(line: str, names: tuple[str, ...]) -> None:
    assert authors_of([line]) == names


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("公告", "notice"),
        ("遗 失 声 明", "notice"),
        ("广告", "advertisement"),
        ("", "advertisement"),
        ("公告栏换新", None),
    ],
)
def test_titles_that_papers_print_over_notices_and_advertisements(title: str, kind: str | None) -> None:
    assert kind_of_title(title) == kind
