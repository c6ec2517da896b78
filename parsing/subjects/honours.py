"""The honour that is received, with its contest; of a bare 入选 or 榜上有名 the list that tells it."""

import re
from collections.abc import Iterator

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.subjects import honour_words
from parsing.subjects.phrases import bare, beside, sentence_before, undated, unmodified


def honour(story: Story, candidate: Candidate) -> str | None:
    """The honour by its name; None where the candidate's own is as good."""
    clause = candidate.clause
    text = story.text(clause)[clause.start : clause.end]
    if candidate.rule == "open":
        found = _open(story, clause)
        return found and _with_contest(story, clause, found)
    if honour_words.BARE.search(text):
        return _listed(story, clause)
    return _with_contest(story, clause, _own(story, candidate))


def _own(story: Story, candidate: Candidate) -> str:
    """A rule's honour, without the body that gives it in front of its quotation marks."""
    name = candidate.subject
    quoted = re.search("“[^”]+”", name)
    if quoted and quoted.start() > 0 and candidate.subject_at is not None:
        giver = next(
            (b for b in story.bodies[candidate.clause.paragraph] if b.name == name[: quoted.start()]), None
        )
        if giver is not None and giver.kind not in ("district", "place", "named", "self"):
            return name[quoted.start() :]
    return name


def _open(story: Story, clause: Clause) -> str | None:
    words = bare(undated(story, clause))
    if honour_words.BARE.search(words):
        return _listed(story, clause)
    for pattern in (honour_words.BOARD, honour_words.VOTED, honour_words.GIVEN, honour_words.RECEIVES):
        if found := pattern.search(words):
            return _name(next(group for group in found.groups() if group))
    if won := _won(story, clause, words):
        return won
    if carried := honour_words.CARRIED.search(words):
        return _name(carried["honour"])
    for pattern in honour_words.LISTS:
        if found := pattern.search(words):
            return _name(found["honour"])
    return _listed(story, clause)


def _won(story: Story, clause: Clause, words: str) -> str | None:
    """The prize of a contest, in plain words: 在甲赛里压过别人，抱回|头奖."""
    contest = honour_words.CONTEST.search(words)
    clauses = [clause, *list(beside(story, clause, after=True))[:2]] if contest else [clause]
    for other in clauses:
        if prize := honour_words.PRIZE.search(story.text(other), other.start, other.end):
            return (_contest(contest["contest"]) if contest else "") + prize["prize"]
    return None


def _listed(story: Story, clause: Clause) -> str | None:
    """The list or the choice that a clause means, from its own words, its sentence, or the sentence before."""
    own = bare(undated(story, clause))
    if inside := honour_words.INSIDE_LIST.search(own):
        return _name(inside["honour"])
    for other in _around(story, clause):
        words = bare(undated(story, other))
        for pattern in honour_words.LISTS:
            if found := pattern.search(words):
                return _name(found["honour"])
        if board := honour_words.BOARD.search(words):
            return next(group for group in board.groups() if group)
        if (received := honour_words.RECEIVES.search(words)) and re.search(
            "[奖村镇区点位]$|”", received["honour"]
        ):
            return _name(received["honour"])
    return None


def _around(story: Story, clause: Clause) -> Iterator[Clause]:
    yield from beside(story, clause, before=True)
    yield from reversed(sentence_before(story, clause)[-3:])
    yield from list(beside(story, clause, after=True))[:2]


def _name(words: str) -> str:
    """An honour's name without who tells it and without 称号 and the like behind it."""
    name = unmodified(words, ranked=True)
    if led := honour_words.LED_BY.match(name):
        name = name[led.end() :]
    name = honour_words.BEFORE_NAME.sub("", name)
    plain = honour_words.TAIL.sub("", name)
    return plain if len(plain) >= 3 else name


def _with_contest(story: Story, clause: Clause, name: str) -> str:
    """A prize with the contest that its clause names, or the contest's prize from the clauses behind."""
    words = bare(undated(story, clause))
    prize = honour_words.PRIZE.fullmatch(name)
    contest = honour_words.CONTEST.search(words)
    if prize is not None:
        if contest is None:
            return prize["prize"]
        return _contest(contest["contest"]) + prize["prize"]
    if contest is not None and name.startswith(contest["contest"][-4:]):
        return name
    if contest is not None and not re.search("奖|牌|杯|名|冠军", name):
        for other in (clause, *list(beside(story, clause, after=True))[:2]):
            if told := honour_words.PRIZE.search(story.text(other), other.start, other.end):
                return _contest(contest["contest"]) + told["prize"]
    return name


def _contest(words: str) -> str:
    return honour_words.BEFORE_CONTEST.sub("", words).removesuffix("的")
