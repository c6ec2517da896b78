"""From what was handed in to what it tells: whose it is, and of which day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers.handed import Form, Handed
from handlers.obtaining import UNKNOWN_SOURCE, NotReadError, Obtained, obtain, read_again
from messages.replies import Unread
from parsing.model import Reading
from parsing.reader import read_page
from sources.fetching.errors import (
    BlockedError,
    BusyError,
    FetchError,
    ForbiddenError,
    MissingError,
    TooLargeError,
)
from sources.fetching.fetcher import Fetched, Validators
from storage.intake import DatedBy
from tests.sources.families.pdfs import Word, pdf

URL = "https://www.gov.example/a.html"
STORY = "4月2日，丰台区召开月度工作点评会，区委书记秦海川出席会议并讲话，部署了下一阶段的任务。"
ARTICLE = f"<html><title>点评会</title><h1>点评会召开</h1><div id='zoom'><p>{STORY}</p></div></html>".encode()
MOMENT = datetime(2024, 4, 5, 17, tzinfo=UTC)  # already the 6th in Beijing


class Desk:
    """A reader that fetches what it is given."""

    names = ("丰台报", "丰台时报")

    def __init__(self, answer: bytes | FetchError = b"") -> None:
        self.answer = answer
        self.read_with: list[date | None] = []

    def source_of(self, url: str) -> str | None:
        return "丰台时报" if "paper.example" in url else None

    def fetch(self, url: str) -> Fetched:
        if isinstance(self.answer, FetchError):
            raise self.answer
        return Fetched(url, self.answer, Validators())

    def read(self, text: str, *, issued_on: date | None) -> Reading:
        self.read_with.append(issued_on)
        return read_page(text, issued_on=issued_on)


def got(handed: Handed, data: bytes = b"", desk: Desk | None = None) -> Obtained:
    return obtain(handed, data, desk or Desk(), "Asia/Shanghai")


def file(name: str = "page.txt", **told: Any) -> Handed:
    return Handed(Form.FILE, "f", name=name, **told)


@pytest.mark.parametrize(
    ("handed", "text", "expected"),
    [
        (file("page.txt"), STORY, UNKNOWN_SOURCE),
        (file("丰台报20240408.txt"), STORY, "丰台报"),
        (file("page.txt"), f"丰台时报 2024年4月8日\n{STORY}", "丰台时报"),
        (file("丰台报20240408.txt", note="丰台时报"), STORY, "丰台时报"),
        (file("丰台报20240408.txt", note="云岗社区报", is_asked=True), STORY, "云岗社区报"),
        (file("page.txt", note="请看看这个"), STORY, UNKNOWN_SOURCE),
        (file("page.txt", channel="丰台消息"), STORY, "丰台消息"),
        (file("丰台报20240408.txt", channel="丰台消息"), STORY, "丰台报"),
        (Handed(Form.POST, f"丰台报 摘要\n{STORY}", channel="丰台消息"), "", "丰台消息"),
        (Handed(Form.POST, STORY), "", UNKNOWN_SOURCE),
    ],
)
def test_it_is_of_whom_the_surest_hint_names(handed: Handed, text: str, expected: str) -> None:
    assert got(handed, text.encode()).intake.source == expected


def test_a_link_is_of_the_known_source_or_of_its_site() -> None:
    for url, expected in (("https://paper.example/a.html", "丰台时报"), (URL, "gov.example")):
        found = got(Handed(Form.LINK, url), desk=Desk(ARTICLE)).intake
        assert (found.source, found.url, found.title) == (expected, url, "点评会召开")


@pytest.mark.parametrize(
    ("handed", "text", "day", "by"),
    [
        (file(), STORY, None, DatedBy.UNKNOWN),
        (file(posted_at=MOMENT), STORY, date(2024, 4, 6), DatedBy.POST),
        (file(posted_at=MOMENT), f"丰台报 2024年4月8日 星期一\n{STORY}", date(2024, 4, 8), DatedBy.PRINTED),
        (file("2024-04-07_02.txt"), f"丰台报 2024年4月8日 星期一\n{STORY}", date(2024, 4, 7), DatedBy.NAME),
        (file("2024-04-07_02.txt", note="2024.4.9"), STORY, date(2024, 4, 9), DatedBy.TOLD),
    ],
)
def test_it_is_of_the_day_that_the_surest_hint_tells(
    handed: Handed, text: str, day: date | None, by: DatedBy
) -> None:
    found = got(handed, text.encode())
    assert (found.intake.issued_on, found.intake.dated_by) == (day, by)
    assert [reading.issued_on for reading in found.readings] == [day]


def page(*lines: str) -> list[Word]:
    return [Word(50, 1300 - 20 * at, 10, line) for at, line in enumerate((*lines, *[STORY] * 4))]


def test_a_page_that_prints_no_day_is_of_that_of_the_others_also_when_read_again() -> None:
    found = got(file("page.pdf"), pdf(page(), page("丰台报 2024年4月8日 星期一 第02版")))
    assert [reading.issued_on for reading in found.readings] == [date(2024, 4, 8)] * 2
    assert found.intake.dated_by is DatedBy.PRINTED
    assert list(read_again(found.intake, Desk())) == list(found.readings)


def test_a_given_day_is_given_again() -> None:
    found = got(file("2024-04-07_02.txt"), STORY.encode())
    again = Desk()
    assert list(read_again(found.intake, again)) == list(found.readings)
    assert again.read_with == [date(2024, 4, 7)]


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (MissingError("x"), Unread.MISSING),
        (BlockedError("x"), Unread.BLOCKED),
        (BusyError("x"), Unread.BUSY),
        (ForbiddenError("x"), Unread.FORBIDDEN),
        (TooLargeError("x"), Unread.TOO_LARGE),
        (FetchError("x"), Unread.UNREACHABLE),
    ],
)
def test_a_link_that_is_not_given_says_why(error: FetchError, why: Unread) -> None:
    with pytest.raises(NotReadError) as told:
        got(Handed(Form.LINK, URL), desk=Desk(error))
    assert told.value.why is why
