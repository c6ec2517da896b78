"""An article without a usable answer is told as unread, and does not keep the others from being read."""

import pytest

from parsing.compare import compare
from parsing.reader import read_page
from sources.second_reader.errors import AnswerError, SecondReaderError
from tests.sources.second_reader.conftest import MakeReader
from tests.sources.second_reader.test_reading import ISSUED, MEETING, OPENING, PAGE
from tests.support.fakemodel import FakeModel, Reply, completion, refused

BAD_ANSWERS = [
    Reply(body=b"<html>hello</html>"),
    Reply(body=b'{"choices": []}'),
    Reply(body=b"[" * 100_000),
    completion('{"events": [{"type": "meet'),
    completion("[" * 100_000),
    completion([MEETING]),
    completion({"happenings": []}),
    completion({"events": [MEETING] * 201}),
    completion(""),
    completion({"events": [MEETING]}, finish_reason="length"),
    completion({"events": [MEETING]}, finish_reason="content_filter"),
    completion("x", message={"content": None, "refusal": "I cannot help with that."}),
    refused(400, "risky", "data_inspection_failed"),
    refused(400, "bad request"),
]


@pytest.mark.parametrize("reply", BAD_ANSWERS, ids=range(len(BAD_ANSWERS)))
def test_an_article_without_a_usable_answer_is_unread_and_the_others_are_read(
    make_reader: MakeReader, fake_model: FakeModel, reply: Reply
) -> None:
    fake_model.script.append(reply)
    fake_model.events = [OPENING]
    first = read_page(PAGE, issued_on=ISSUED)
    second = make_reader()(PAGE, outline=first)
    assert [mention.type for mention in second.mentions] == ["launch"]
    assert [article.id for article, _ in second.unread] == ["a1"]
    assert second.unread[0][1]
    found = compare(first, second)
    assert {mention.article for mention in found.unread} == {"a1"}, "nobody read it: no disagreement"
    assert not found.only_first


def test_a_refusal_says_what_the_model_said(make_reader: MakeReader, fake_model: FakeModel) -> None:
    fake_model.script.append(completion("", message={"content": None, "refusal": "I\ncannot."}))
    assert make_reader()(PAGE).unread[0][1] == "模型拒绝读这一篇 · the model declined (I cannot.)"


def test_a_page_of_which_nothing_was_read_has_no_second_reading(
    make_reader: MakeReader, fake_model: FakeModel
) -> None:
    fake_model.script += [completion("no"), completion("no")]
    with pytest.raises(AnswerError, match="no JSON"):
        make_reader()(PAGE)


def test_after_three_useless_answers_in_a_row_the_page_is_given_up(
    make_reader: MakeReader, fake_model: FakeModel
) -> None:
    page = "".join(f"第{n}街道办活动\n\n本报讯 4月{n}日，第{n}街道举办文化活动。\n\n" for n in range(1, 8))
    outline = read_page(page)
    assert len(outline.articles) > 4
    fake_model.script += [completion({"events": []})] + [completion("no")] * 9
    with pytest.raises(SecondReaderError):
        make_reader()(page, outline=outline)
    assert len(fake_model.asked) == 4


def test_texts_that_the_model_declines_do_not_end_the_page(
    make_reader: MakeReader, fake_model: FakeModel
) -> None:
    page = "".join(f"第{n}街道办活动\n\n本报讯 4月{n}日，第{n}街道举办文化活动。\n\n" for n in range(1, 8))
    outline = read_page(page)
    fake_model.script += [completion("", finish_reason="content_filter")] * 5
    reading = make_reader()(page, outline=outline)
    assert len(reading.unread) == 5
    assert len(reading.articles) == len(outline.articles) - 5
