"""Telegram's HTML as text."""

import pytest

from bot.console_text import html_to_text


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<b>获奖</b> &lt;1&gt; &amp; 2", "获奖 <1> & 2"),
        ('<a href="https://a.cn/?b=1&amp;c">原文</a>', "原文（https://a.cn/?b=1&c）"),
        ('<a href="https://a.cn">https://a.cn</a>', "https://a.cn"),
        ("前\n<blockquote expandable>一\n二</blockquote>\n后", "前\n│ 一\n│ 二\n后"),
        ("前<blockquote>一</blockquote>", "前\n│ 一"),
        ("一<b>二<i>三</i></b>四", "一二三四"),
    ],
)
def test_what_a_person_reads_is_kept(html: str, plain: str) -> None:
    assert html_to_text(html).plain == plain


def test_styles_stay_styles() -> None:
    spans = html_to_text("一<b>二<i>三</i></b>四").spans
    assert [(span.start, span.end, str(span.style)) for span in spans] == [
        (1, 2, "bold"),
        (2, 3, "bold italic"),
    ]
