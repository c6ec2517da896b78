"""A source without a site: what it shows stands in memory."""

from collections.abc import Mapping, Sequence
from datetime import date

from sources.adapter import Get
from sources.refs import ArticleRef, IssueRef, PageRef, SourceArticle
from tests.sources.paper import Story


class Shelf:
    """Issues of one page each, by day; an error in place of a story is raised when it is asked for.

    Without `linked` no issue leads to the one before it. `asked` are the days and addresses asked for.
    """

    def __init__(
        self,
        issues: Mapping[date, Sequence[Story | Exception]],
        *,
        grows: bool = False,
        linked: bool = True,
    ) -> None:
        self.issues = dict(issues)
        self.grows, self.linked = grows, linked
        self.asked: list[str] = []

    def latest(self, get: Get, *, today: date) -> IssueRef | None:
        days = [day for day in self.issues if day <= today]
        return self._issue(max(days)) if days else None

    def issue_on(self, get: Get, day: date) -> IssueRef | None:
        self.asked.append(str(day))
        return self._issue(day) if day in self.issues else None

    def before(self, get: Get, issue: IssueRef) -> IssueRef | None:
        days = [day for day in self.issues if day < issue.day]
        return self._issue(max(days)) if days and self.linked else None

    def pages(self, get: Get, issue: IssueRef) -> list[PageRef]:
        return [PageRef(issue.url, "01", "要闻")]

    def articles(self, get: Get, page: PageRef) -> list[ArticleRef]:
        day = date.fromisoformat(page.url.rpartition("/")[2])
        return [
            ArticleRef(f"{page.url}/{number}", f"第{number}条", day)
            for number in range(1, len(self.issues[day]) + 1)
        ]

    def article(self, get: Get, reference: ArticleRef, page: PageRef) -> SourceArticle | None:
        self.asked.append(reference.url)
        assert reference.published_on is not None
        number = int(reference.url.rpartition("/")[2])
        story = self.issues[reference.published_on][number - 1]
        if isinstance(story, Exception):
            raise story
        return SourceArticle(reference.url, story[0], (story[1].strip(),), page_number=page.number)

    def _issue(self, day: date) -> IssueRef:
        return IssueRef(day, f"https://paper.example/{day}")
