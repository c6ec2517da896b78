"""One issue: its articles named, fetched one by one, judged, and stored together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from rapidfuzz import fuzz

from jobs.collecting.asking import SpentError
from jobs.collecting.desk import Desk
from jobs.collecting.health import (
    EARLIER,
    LOCKED,
    NEEDS_OCR,
    SOUND,
    Verdict,
    judge_articles,
    judge_events,
    verdict_of,
)
from parsing.model import PUSHED, Mention, Reading
from sources.cleaning import kind_of_title
from sources.fetching.errors import (
    BlockedError,
    BusyError,
    FetchError,
    LockedError,
    MissingError,
    NeedsOcrError,
)
from sources.look import flaws_of
from sources.page_text import page_text
from sources.refs import ArticleRef, IssueRef, Kind, PageRef, SourceArticle
from sources.saved import read_article, read_reference, saved_article, saved_reference
from storage.ingest import PageInfo, SourceInfo, store_reading
from storage.ledger import Issue, IssueState, last_issues, note_issue, open_issue
from storage.ledger_articles import (
    ArticleState,
    IssueArticle,
    articles_of,
    leave_out,
    name_articles,
    note_fetched,
    note_stored,
    note_unfetched,
)
from storage.source_states import SourceState

PUT_UP_WITHIN = timedelta(hours=3)  # after this what is missing of an issue is not waited for
MOST_ARTICLES = 3000  # of one issue; pages that name more are a trap
_SAME_HEADLINE = 60.0  # of 100: the second half of a story often has a shorter one
_DOUBTFUL = PUSHED - 0.01
_EMPTY = Verdict(SourceState.DEGRADED, "its pages name no article")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an issue stands after a run, and what its source is for it."""

    issue: Issue
    verdict: Verdict
    stored: int = 0  # articles, in this run
    new: int = 0  # events that nobody had told before


def read_issue(desk: Desk, reference: IssueRef) -> Outcome:
    """Bring an issue as far as it goes: what is done already is not done again.

    Raises:
        BlockedError, BusyError: the site does not want to be read, or not now.
        FetchError: its pages cannot be listed.
        StoppedError: the run is to end; the ledger knows how far it came.
    """
    with desk.session() as session:
        issue = open_issue(session, desk.source.id, reference.day, reference.url, desk.clock())
    if issue.state is IssueState.HELD:
        return Outcome(issue, verdict_of(issue))
    lacking = _name(desk, reference, issue)
    lacking = _fetch(desk, reference, issue) or lacking
    with desk.session() as session:
        articles = articles_of(session, issue.id)
    if lacking and not _is_settled(desk, issue):
        return _noted(desk, issue, IssueState.PARTIAL, Verdict(SourceState.PARTIAL, lacking))
    if issue.accepted_by is None:
        verdict = judge_articles(articles) if articles or not lacking else _EMPTY
        if verdict is not SOUND:
            return _noted(desk, issue, IssueState.HELD, verdict)
    return _store(desk, issue, articles)


def _name(desk: Desk, reference: IssueRef, issue: Issue) -> str:
    """Name the articles of an issue; returns what is lacking, in words, "" if nothing is."""
    if issue.listed_at is not None and issue.accepted_by is not None:
        return ""  # taken as it is
    pages = desk.adapter.pages(desk.asking.listing, reference)
    named = [(page, _named_on(desk, page)) for page in pages]
    references = [
        (article.url, saved_reference(article, page)) for page, articles in named for article in articles
    ]
    if len(references) > MOST_ARTICLES:
        raise FetchError(f"{reference.url} leads to {len(references)} articles: no issue has as many")
    with desk.session() as session:
        name_articles(session, issue.id, references, pages=len(pages), now=desk.clock())
    if not references:
        return "nothing is on its pages yet"
    empty = sum(not articles for _, articles in named)
    return f"{empty} of {len(pages)} pages are empty" if empty else ""


def _named_on(desk: Desk, page: PageRef) -> list[ArticleRef]:
    """The articles of a page; none where it is not there, or not yet."""
    try:
        return desk.adapter.articles(desk.asking.listing, page)
    except MissingError:
        return []


def _fetch(desk: Desk, reference: IssueRef, issue: Issue) -> str:
    """Fetch what was named; returns what is lacking, in words."""
    with desk.session() as session:
        wanted = articles_of(session, issue.id, ArticleState.NAMED, ArticleState.FAILED)
    missed = ""
    for one in wanted:
        desk.go_on()
        try:
            article, page = read_reference(one.reference)
            found = desk.adapter.article(desk.asking.article, article, page)
        except (BlockedError, BusyError, SpentError):
            raise
        except LockedError:
            _keep(desk, one, None, LOCKED)
        except NeedsOcrError:
            _keep(desk, one, None, NEEDS_OCR)
        except FetchError as error:
            missed = missed or str(error)
            why = "its page does not exist" if isinstance(error, MissingError) else str(error)
            with desk.session(begun=True) as session:
                note_unfetched(session, one.id, why, desk.clock())
        else:
            flaws = () if found is None and _may_be_empty(article) else flaws_of(found, reference)
            _keep(desk, one, found, *flaws)
        desk.progress(one.url)
    return missed


def _may_be_empty(article: ArticleRef) -> bool:
    """Whether an address with nothing to read is no flaw: a picture, or an advertisement by its title."""
    return article.headline is None or kind_of_title(article.headline) == Kind.ADVERTISEMENT


def _keep(desk: Desk, one: IssueArticle, found: SourceArticle | None, *flaws: str) -> None:
    told = saved_article(found) if found is not None else None
    with desk.session(begun=True) as session:
        note_fetched(session, one.id, told, flaws, desk.clock())


def _is_settled(desk: Desk, issue: Issue) -> bool:
    """Whether nothing more of an issue is waited for."""
    now = desk.clock()
    return issue.day < desk.today - timedelta(days=1) or now - issue.found_at >= PUT_UP_WITHIN


@dataclass(frozen=True, slots=True)
class _Read:
    """Articles that make one page of the store, and what was read of them."""

    ids: tuple[int, ...]
    articles: tuple[SourceArticle, ...]
    text: str
    reading: Reading


def _store(desk: Desk, issue: Issue, articles: Sequence[IssueArticle]) -> Outcome:
    told = [
        (one.id, read_article(one.told)) for one in articles if one.state is ArticleState.FETCHED and one.told
    ]
    empty = [key for key, article in told if not page_text([article]).strip()]
    read = [_read(desk, issue, group) for group in _whole([one for one in told if one[0] not in empty])]
    if issue.accepted_by is None:
        with desk.session() as session:
            earlier = last_issues(
                session, issue.source, limit=EARLIER, state=IssueState.READ, before=issue.day
            )
        count, mentions = len(told), sum(len(one.reading.mentions) for one in read)
        verdict = judge_events(count + issue.articles, mentions + issue.mentions, earlier)
        if verdict is not SOUND:
            return _noted(desk, issue, IssueState.HELD, verdict)
    new = 0
    for one in read:
        new += _store_page(desk, issue, one)
    with desk.session() as session:
        leave_out(session, empty)
    outcome = _noted(desk, issue, IssueState.READ, SOUND)
    return Outcome(outcome.issue, SOUND, sum(len(one.ids) for one in read), new)


def _read(desk: Desk, issue: Issue, group: Sequence[tuple[int, SourceArticle]]) -> _Read:
    articles = tuple(article for _, article in group)
    text = page_text(articles)
    reading = desk.read(text, district=desk.source.district, issued_on=issue.day)
    if any(article.is_doubtful for article in articles):
        reading = replace(reading, mentions=tuple(map(_held_back, reading.mentions)))
    return _Read(tuple(key for key, _ in group), articles, text, reading)


def _held_back(mention: Mention) -> Mention:
    """A mention in a text that was cut out by guessing: it waits in review, however sure the reader is."""
    return replace(mention, confidence=min(mention.confidence, _DOUBTFUL))


def _store_page(desk: Desk, issue: Issue, one: _Read) -> int:
    first = one.articles[0]
    source = SourceInfo(desk.source.name, kind=desk.source.family)
    page = PageInfo(
        file_name=first.url.rpartition("/")[2] or first.url,
        number=first.page_number,
        url=first.url,
        title=first.page_name,
    )
    with desk.session() as session:
        report = store_reading(
            session, one.reading, text=one.text, source=source, page=page, now=desk.clock(), zone=desk.zone
        )
        note_stored(session, issue.id, one.ids, report.mentions)
    return len(report.new)


def _whole(told: Sequence[tuple[int, SourceArticle]]) -> Iterator[list[tuple[int, SourceArticle]]]:
    """The articles, each with the part of it that stands on another page: 下转第2版, 上接第1版."""
    rest = list(told)
    while rest:
        key, article = rest.pop(0)
        group = [(key, article)]
        while (more := next((one for one in rest if _goes_on(group[-1][1], one[1])), None)) is not None:
            rest.remove(more)
            group.append(more)
        yield group


def _goes_on(first: SourceArticle, second: SourceArticle) -> bool:
    if Kind.PAGE in (first.kind, second.kind) or not (first.continues_on and second.continued_from):
        return False
    pages = ((first.continues_on, second.page_number), (second.continued_from, first.page_number))
    if any(told and printed and _number(told) != _number(printed) for told, printed in pages):
        return False
    return fuzz.partial_ratio(first.headline, second.headline) >= _SAME_HEADLINE


def _number(page: str) -> str:
    return page.lstrip("0")


def _noted(desk: Desk, issue: Issue, state: IssueState, verdict: Verdict) -> Outcome:
    held_as = verdict.state if state is IssueState.HELD else None
    with desk.session() as session:
        noted = note_issue(session, issue.id, state, verdict.why, desk.clock(), held_as=held_as)
    return Outcome(noted, verdict)
