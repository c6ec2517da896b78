"""A page in, a reading out: the whole pipeline, every decision of it logged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby, islice
from operator import attrgetter
from typing import Protocol

from parsing import articles, merge
from parsing.bodies import find_bodies
from parsing.candidates import Candidate, Story
from parsing.casting.pool import spots_of
from parsing.clauses import paragraphs, portions
from parsing.dates import find_dates, find_dates_of
from parsing.district import District, generic_district
from parsing.issue_date import find_issue_date, infer_year
from parsing.judge.model import Judge, load_judge
from parsing.judge.verdict import verdicts
from parsing.layout import blocks
from parsing.merge import Finding
from parsing.model import Article, Dropped, EventType, IssueDateSource, Mention, Period, Reading
from parsing.people import find_people_of
from parsing.phrasing.model import Seeker
from parsing.roles import actors_of, areas_of, people_of, place_of
from parsing.rules import RULES
from parsing.schedule import schedule
from parsing.subjects import subject_of
from parsing.tagger import Tagger
from parsing.text import joined, normalise, verbatim
from parsing.topics import topics


class PageReader(Protocol):
    """Whatever reads a page: `read_page`, or another reader to compare it with."""

    def __call__(
        self, text: str, *, district: District | None = None, issued_on: date | None = None
    ) -> Reading:
        """Read one page."""


def read_page(
    text: str,
    *,
    district: District | None = None,
    issued_on: date | None = None,
    tagger: Tagger | None = None,
    judge: Judge | None = None,
) -> Reading:
    """Read one page of a newspaper or site.

    `text` is the page as its text layer gives it. `district` tells streets, towns and how the paper names
    itself; `issued_on` the day of the issue, which else is read from the page, or at least its year inferred.
    `tagger` is a name model; without one people and bodies are found by rules alone. `judge` decides what is
    believed; without one it is the project's own. Never raises for any text.
    """
    prepared = prepare(text, district=district, issued_on=issued_on, tagger=tagger)
    return decide(text, prepared, judge or load_judge())


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page made ready for judging: its articles, each with what the rules propose in it."""

    district: District
    issued_on: date | None
    source: IssueDateSource
    year: int | None
    stories: tuple[tuple[Story, list[Candidate]], ...]  # an endless article is several with one id


def prepare(
    text: str,
    *,
    district: District | None = None,
    issued_on: date | None = None,
    tagger: Tagger | None = None,
) -> Prepared:
    """All of `read_page` that comes before judging."""
    district = district or generic_district(None)
    plain = normalise(text)
    source, year, month = IssueDateSource.GIVEN, None, None
    if issued_on is None:
        printed = find_issue_date(plain)
        guess = None if printed else infer_year(plain)
        issued_on = printed[0] if printed else None
        year, month = (guess.year, guess.month) if guess else (None, None)
        source = (
            IssueDateSource.PRINTED
            if printed
            else IssueDateSource.INFERRED
            if year is not None
            else IssueDateSource.UNKNOWN
        )
    stories = _stories(plain, district, issued_on, (year, month), tagger)
    return Prepared(
        district, issued_on, source, year, tuple((story, list(_proposals(story))) for story in stories)
    )


def decide(text: str, prepared: Prepared, judge: Judge) -> Reading:
    """Judge what was proposed, fill in the fields, and join what tells the same happening."""
    issued_on, district = prepared.issued_on, prepared.district
    dropped: list[Dropped] = []
    findings: list[Finding] = []
    for story, proposals in prepared.stories:
        findings += _findings(text, story, proposals, judge, dropped)
    kept, repeats = merge.merged(findings)
    for repeat, original in repeats:
        reason = f"tells again: {original.candidate.subject}"
        dropped.append(_dropped(text, repeat.story, repeat.candidate, "repeat", reason))
    return Reading(
        issued_on=issued_on,
        issued_on_source=prepared.source,
        year=issued_on.year if issued_on else prepared.year,
        district=district.name or None,
        articles=tuple(
            _article(list(parts), order)
            for order, (_, parts) in enumerate(groupby((s for s, _ in prepared.stories), attrgetter("id")), 1)
        ),
        mentions=tuple(_mention(text, finding) for finding in kept),
        dropped=tuple(dropped),
    )


def _stories(
    plain: str,
    district: District,
    issued_on: date | None,
    inferred: tuple[int | None, int | None],
    tagger: Tagger | None,
) -> list[Story]:
    drafts = [
        (f"a{number}", draft, part)
        for number, draft in enumerate(articles.drafts(blocks(plain)), 1)
        for part in portions(draft.body, draft.captions)
    ]
    split = [paragraphs(*part) for _, _, part in drafts]
    texts = [p.text for parts in split for p in parts]
    tagged = tagger.tag(texts) if tagger else [None] * len(texts)
    people = iter(find_people_of(texts, tagged))
    bodies = (find_bodies(text, tags, district) for text, tags in zip(texts, tagged, strict=True))
    words = (
        frozenset(accumulate((len(word) for word, _ in tags), initial=0))
        for tags in tagged
        if tags is not None
    )
    stories: list[Story] = []
    for (name, draft, _), parts in zip(drafts, split, strict=True):
        story = Story(
            id=name,
            draft=draft,
            district=district,
            paragraphs=parts,
            dates=find_dates_of([p.text for p in parts], issued_on, year=inferred[0], month=inferred[1]),
            people=list(islice(people, len(parts))),
            bodies=list(islice(bodies, len(parts))),
            titled=find_dates(draft.headline or "", issued_on, year=inferred[0], month=inferred[1]),
            words=list(islice(words, len(parts))),
        )
        story.topics = topics(story)
        stories.append(story)
    return stories


def _proposals(story: Story) -> Iterator[Candidate]:
    for clause in story.clauses:
        for rule in RULES:
            yield from rule(story, clause)


def _findings(
    page: str, story: Story, proposals: list[Candidate], judge: Judge, dropped: list[Dropped]
) -> list[Finding]:
    """The candidates of an article that are believed, with their fields filled in."""
    believed: list[Candidate] = []
    dates: dict[int, tuple[Period, str | None]] = {}
    for claim, verdict in verdicts(story, proposals, judge):
        candidate = verdict.candidate
        candidate.confidence, candidate.reasons = verdict.confidence, verdict.reasons
        if verdict.refusal is not None:
            dropped.append(_dropped(page, story, candidate, verdict.refusal.gate, verdict.refusal.reason))
        elif claim is not None:
            believed.append(candidate)
            dates[id(candidate)] = claim.when, claim.date_text
    kept, lost = merge.strongest(believed)
    for candidate, winner in lost:
        dropped.append(
            _dropped(page, story, candidate, "one clause, one type", f"{winner.type.value} by {winner.rule}")
        )
    findings: list[Finding] = []
    parties: tuple[str, ...] = ()
    spots = spots_of(story) if kept else []
    seeker = Seeker(judge.phrasing, story, kept) if judge.phrasing is not None else None
    for candidate in kept:
        candidate.subject = subject_of(story, candidate)
        if seeker is not None:
            candidate.subject = seeker.subject_of(candidate, candidate.subject)
        actors = actors_of(story, candidate, parties)
        people = people_of(story, candidate)
        if judge.cast is not None:
            actors = judge.cast.actors_of(story, candidate, spots, actors)
            people = judge.cast.people_of(story, candidate, spots, people)
        if candidate.type is EventType.VISIT and not parties:
            parties = actors
        findings.append(Finding(story, candidate, *dates[id(candidate)], people, actors))
    return findings


def _article(parts: list[Story], order: int) -> Article:
    draft = parts[0].draft
    told = [p.strand for story in parts for p in story.paragraphs if not p.caption]
    body = joined(told or [draft.body[0]], "\n")
    return Article(
        id=parts[0].id,
        headline=draft.headline,
        page_order=order,
        text=body.text,
        start=min(body.at, default=0),
        end=max(body.at, default=0) + 1,
    )


def _mention(page: str, finding: Finding) -> Mention:
    story, candidate = finding.story, finding.candidate
    paragraph = story.paragraphs[candidate.clause.paragraph]
    evidence, start, end = verbatim(page, paragraph.strand[candidate.start : candidate.end])
    low, high = paragraph.sentence(candidate.clause)
    context, _, _ = verbatim(page, paragraph.strand[low : min(high + 1, len(paragraph.text))])
    place = place_of(story, candidate)
    hours = schedule(story, candidate)
    return Mention(
        article=story.id,
        type=candidate.type,
        evidence=evidence,
        start=start,
        end=end,
        subject=candidate.subject,
        when=finding.when,
        rule=candidate.rule,
        trigger=candidate.trigger,
        confidence=round(min(candidate.confidence, 0.99), 2),
        actors=finding.actors,
        people=finding.people,
        place=place,
        reasons=candidate.reasons,
        stage=candidate.stage,
        areas=areas_of(story, candidate, finding.actors, place),
        context=context if evidence in context else evidence,
        date_text=finding.date_text,
        also=tuple(
            verbatim(page, story.paragraphs[other.clause.paragraph].strand[other.start : other.end])[0]
            for other in finding.also
            if other.clause.paragraph < len(story.paragraphs)
        ),
        recurrence=hours.recurrence,
        time_start=hours.time_start,
        time_end=hours.time_end,
    )


def _dropped(page: str, story: Story, candidate: Candidate, gate: str, reason: str) -> Dropped:
    piece = story.paragraphs[candidate.clause.paragraph].strand[candidate.start : candidate.end]
    evidence, start, end = verbatim(page, piece)
    return Dropped(
        story.id, candidate.type, evidence, start, end, candidate.rule, candidate.trigger, gate, reason
    )
