"""Articles for tests of single steps, with candidates as an open rule proposes them: without a holder."""

from array import array

from parsing.articles import Draft
from parsing.bodies import find_bodies
from parsing.candidates import Candidate, Story
from parsing.clauses import paragraphs
from parsing.dates import find_dates
from parsing.district import District, load_district
from parsing.model import EventType
from parsing.people import find_people_of
from parsing.text import Strand, normalise
from parsing.topics import topics

FENGTAI = load_district("丰台区")


def story_of(text: str, headline: str = "", district: District = FENGTAI) -> Story:
    """An article of which each line is a paragraph."""
    lines = [Strand(line, array("i", range(len(line)))) for line in normalise(text).split("\n")]
    heads = [Strand(headline, array("i", range(len(headline))))] if headline else []
    parts = paragraphs(lines, [])
    texts = [p.text for p in parts]
    story = Story(
        id="a1",
        draft=Draft(headlines=heads, body=lines),
        district=district,
        paragraphs=parts,
        dates=[find_dates(text, None) for text in texts],
        people=find_people_of(texts, [None] * len(texts)),
        bodies=[find_bodies(text, None, district) for text in texts],
    )
    story.topics = topics(story)
    return story


def candidate_at(story: Story, kind: EventType, words: str) -> Candidate:
    """A candidate on the clause that holds `words`."""
    clause = next(c for c in story.clauses if words in c.text)
    return Candidate(kind, "open", "", clause, clause.start, clause.end, clause.start, words)
