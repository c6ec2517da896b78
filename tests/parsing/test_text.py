"""Text that is too long for one piece is cut where it breaks best, and nothing of it is lost."""

import pytest

from parsing.text import pieces


def test_long_text_is_cut_behind_a_stop_where_there_is_one() -> None:
    text = "甲" * 300 + "。" + "乙" * 300 + "，" + "丙" * 900
    cut = pieces(text, 500)
    assert "".join(cut) == text
    assert max(map(len, cut)) <= 500
    assert cut[0].endswith("。")
    assert cut[1].endswith("，")


@pytest.mark.parametrize(("text", "cut"), [("", []), ("甲", ["甲"]), ("甲乙丙", ["甲乙", "丙"])])
def test_short_text_is_one_piece(text: str, cut: list[str]) -> None:
    assert pieces(text, 2) == cut
