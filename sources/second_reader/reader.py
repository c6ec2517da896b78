"""The second reader: asks about article by article, and out comes a reading like the built-in reader's."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from parsing.compare import bare
from parsing.district import District
from parsing.model import Article, Mention, Reading
from parsing.reader import read_page
from sources.second_reader.answer import Rejected, events_of
from sources.second_reader.endpoint import Endpoint
from sources.second_reader.errors import AnswerError, EndpointError, LimitReachedError, RefusalError
from sources.second_reader.locate import PageText
from sources.second_reader.question import pieces, question

MOST_FAILURES = 3  # articles in a row without a usable answer: then the page is given up


@dataclass(frozen=True, slots=True)
class SecondReading(Reading):
    """A reading whose `articles` are those that were read, with all that was not taken and why."""

    rejected: tuple[Rejected, ...] = ()
    unread: tuple[tuple[Article, str], ...] = ()  # articles without a usable answer, each with the reason


class SecondReader:
    """Reads pages as `read_page` does, by asking a model.

    Texts go out in pieces of at most `max_characters`. Once the endpoint is found not to answer, or the day's
    budget is used up, it is not asked again: every later page is given up at once with the same reason.
    """

    def __init__(self, endpoint: Endpoint, *, max_characters: int) -> None:
        self._endpoint = endpoint
        self._max_characters = max_characters
        self._gave_up: EndpointError | LimitReachedError | None = None

    def __call__(
        self,
        text: str,
        *,
        district: District | None = None,
        issued_on: date | None = None,
        outline: Reading | None = None,
        progress: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> SecondReading:
        """Read one page.

        `outline` is a reading of the same page that tells its articles, issue date and district; without one
        the built-in reader makes it. `progress` is told after each article how many are done, of how many.

        Raises:
            SecondReaderError: the page has no second reading: the endpoint does not answer, the day's budget
                is used up, or no article got a usable answer. What was read of it is not worth keeping.
        """
        if self._gave_up is not None:
            raise self._gave_up
        outline = outline or read_page(text, district=district, issued_on=issued_on)
        page = PageText(text)
        mentions: list[Mention] = []
        rejected: list[Rejected] = []
        read: list[Article] = []
        unread: list[tuple[Article, str]] = []
        failures = 0
        for done, article in enumerate(outline.articles, start=1):
            try:
                found, wrong = self._article(article, page, outline)
            except (EndpointError, LimitReachedError) as error:
                self._gave_up = error
                raise
            except AnswerError as error:
                unread.append((article, str(error)))
                failures = 0 if isinstance(error, RefusalError) else failures + 1
                if failures >= MOST_FAILURES:
                    raise
            else:
                failures = 0
                read.append(article)
                mentions += found
                rejected += wrong
            progress(done, len(outline.articles))
        if unread and not read:
            raise AnswerError(unread[0][1])
        return SecondReading(
            issued_on=outline.issued_on,
            issued_on_source=outline.issued_on_source,
            district=outline.district,
            articles=tuple(read),
            mentions=tuple(_each_once(mentions)),
            year=outline.year,
            rejected=tuple(rejected),
            unread=tuple(unread),
        )

    def _article(
        self, article: Article, page: PageText, outline: Reading
    ) -> tuple[list[Mention], list[Rejected]]:
        mentions: list[Mention] = []
        rejected: list[Rejected] = []
        for piece in pieces(article.text or article.headline or "", self._max_characters):
            body = question(
                district=outline.district,
                issued_on=outline.issued_on,
                headline=article.headline,
                text=piece,
            )
            found, wrong = events_of(self._endpoint.ask(body), article, page, outline)
            mentions += found
            rejected += wrong
        return mentions, rejected


def _each_once(mentions: list[Mention]) -> list[Mention]:
    """One happening, one mention: what is told again goes to `also` of the first that tells it."""
    kept: dict[tuple[object, ...], Mention] = {}
    for mention in mentions:
        what = (mention.type, bare(mention.subject), mention.when.start, mention.when.end)
        first = kept.setdefault(what, mention)
        if mention.evidence not in (first.evidence, *first.also):
            kept[what] = replace(first, also=(*first.also, mention.evidence))
    return list(kept.values())
