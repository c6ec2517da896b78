"""Text made comparable."""

from hypothesis import given
from hypothesis import strategies as st

from storage.public_ids import public_ids, read_public_id
from storage.text import bare, clean, fold, identity


def test_width_case_and_spaces_do_not_matter() -> None:
    assert fold("ＡＩ\u3000产业  园\n") == fold("ai 产业 园")
    assert bare("“丰台区”（2024）") == "丰台区2024"


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_same_page_with_other_line_breaks_is_the_same() -> None:
    one = identity("丰台报\r\n４月８日  \r\n\r\n要闻")
    assert one == identity("丰台报\n4月8日\n要闻\n")
    assert one != identity("丰台报\n4月9日\n要闻\n")
    assert len(one) == 64


def test_what_no_database_holds_is_taken_out() -> None:
    assert clean("停\x00水\ud800通\ue02c知") == "停水通知"


def test_ids_are_short_stable_and_cannot_be_misread() -> None:
    ids = public_ids("meeting 2024-04-02 区委召开会议")
    first = [next(ids) for _ in range(200)]
    again = public_ids("meeting 2024-04-02 区委召开会议")
    assert [next(again) for _ in range(200)] == first
    assert len(set(first)) > 190
    assert [len(name) for name in first] == sorted(len(name) for name in first)
    assert len(first[0]) == 4
    assert not set("".join(first)) & set("01ilo")
    assert all(not name.isalpha() and not name.isdigit() for name in first)


def test_an_id_is_read_as_people_type_it() -> None:
    assert read_public_id(" #K7F2 ") == "k7f2"
    assert read_public_id("ｋ７ ｆ２") == "k7f2"
    assert read_public_id("编号：") == ""
