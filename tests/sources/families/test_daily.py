"""Days of articles that a list names without one."""

from datetime import date, datetime, time

from sources.families.daily import MOST_ASKED, Dating
from sources.refs import ArticleRef, SourceArticle

NEW, DAY, OLD = date(2024, 3, 8), date(2024, 3, 7), date(2024, 2, 29)


def asked_for(since: date | None, days: list[date | None]) -> tuple[list[date], int]:
    """The days that are found for articles of these days, and how many were asked; None is no day."""
    asked: list[str] = []

    def read(reference: ArticleRef) -> SourceArticle | None:
        asked.append(reference.url)
        day = days[int(reference.url)]
        return SourceArticle(
            reference.url, "", (), published_at=datetime.combine(day, time()) if day else None
        )

    found = Dating(read, since).dated(ArticleRef(str(number)) for number in range(len(days)))
    assert all(one.published_on == day for day, one in found)
    return [day for day, _ in found], len(asked)


def test_no_more_are_asked_once_some_in_a_row_are_older() -> None:
    assert asked_for(DAY, [NEW, DAY, OLD, OLD, OLD, OLD]) == ([NEW, DAY, OLD, OLD, OLD], 5)
    assert asked_for(None, [NEW, DAY, OLD, OLD, OLD]) == ([NEW, DAY, OLD, OLD], 4)


def test_an_old_one_between_others_ends_nothing() -> None:
    days: list[date | None] = [OLD, OLD, DAY, OLD, OLD, DAY, None, DAY]
    assert asked_for(DAY, days) == ([day for day in days if day], len(days))


def test_there_is_a_limit_to_asking() -> None:
    assert asked_for(DAY, [NEW] * (MOST_ASKED + 9)) == ([NEW] * MOST_ASKED, MOST_ASKED)
    assert asked_for(DAY, [None] * (MOST_ASKED + 9)) == ([], MOST_ASKED)


def test_days_that_the_list_tells_are_not_asked_for() -> None:
    def read(reference: ArticleRef) -> SourceArticle | None:
        raise AssertionError(reference)

    listed = [ArticleRef("a", published_on=OLD), ArticleRef("b", published_on=NEW)]
    assert Dating(read, DAY).dated(listed) == [(OLD, listed[0]), (NEW, listed[1])]
