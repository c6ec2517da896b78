"""Elements as lines, and links that lead somewhere."""

import pytest

from sources.html import blocks_of, document, lines_of, link


def lines(markup: str) -> list[str]:
    body = document(markup.encode()).body
    assert body is not None
    return lines_of(body)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>甲<b>乙</b><a>丙</a>", ["甲乙丙"]),
        ("甲<br>乙<div>丙</div>丁", ["甲", "乙", "丙", "丁"]),
        ("<p>甲乙\n   丙丁 a\n b", ["甲乙丙丁 a b"]),  # a line end of the source is no space in Chinese
        ("<p>　　甲。　　乙。", ["甲。", "乙。"]),
        ("<p>甲<!--乙--><script>丙</script><style>丁</style><i style='DISPLAY: none'>戊</i>", ["甲"]),
        ("<table><tr><td><p>甲</p><p>乙</p><td>丙<tr><td>丁</table>", ["甲 乙 丙", "丁"]),
        ("<table><tr><td>甲<td><table><tr><td>乙<td>丙</table></table>", ["甲", "乙 丙"]),
    ],
)
def test_blocks_and_rows_are_lines(markup: str, expected: list[str]) -> None:
    assert lines(markup) == expected


def test_a_line_knows_whether_it_is_centred_and_behind_a_picture() -> None:
    page = document("<center>甲<p><img></p>乙</center><p>丙<img>丁</p><p align=center>戊</p>".encode())
    assert page.body is not None
    assert [tuple(block) for block in blocks_of(page.body)] == [
        ("甲", True, False),
        ("乙", True, True),
        ("丙丁", False, False),
        ("戊", True, True),
    ]


def test_a_page_deeper_than_browsers_go_is_empty() -> None:
    assert lines("<div>" * 400 + "甲") == ["甲"]
    assert lines("<div>" * 600 + "甲") == []


@pytest.mark.parametrize(
    "href", [None, "", "#top", "javascript:void(0)", "mailto:a@paper.example", "http://[", "http://a℀b/"]
)
def test_what_leads_nowhere_is_no_link(href: str | None) -> None:
    assert link(href, "http://paper.example/a/") is None
