"""What the endpoint answered, checked: only events that the page proves are taken."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from parsing.model import Article, EventType, Mention, Period, Precision, Reading, Stage
from sources.second_reader.errors import AnswerError, RefusalError
from sources.second_reader.locate import PageText

RULE = "second-reader"
CONFIDENCE = 0.6  # of what a model tells; the page holds its words, but no rule says why
MOST_EVENTS = 200  # of one answer
_YEARS_BACK, _YEARS_AHEAD = 100, 15  # of the issue date, between which a page tells days
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Rejected:
    """An event, or a name in one, that the model told and the page does not bear out.

    `gate` is schema, type, evidence, date or name; `told` the words of the model at fault, cut to a line.
    """

    article: str
    gate: str
    reason: str
    told: str


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Envelope(BaseModel):
    choices: list[_Choice] = Field(min_length=1)


class _Usage(BaseModel):
    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(ge=0)


class _Event(BaseModel):
    """One event, of the right types but not yet believed."""

    model_config = ConfigDict(strict=True)

    type: str
    evidence: str
    subject: str = Field(min_length=1, max_length=200)
    actors: list[str] = Field(max_length=50)
    people: list[str] = Field(max_length=50)
    place: str | None
    date_start: str | None
    date_end: str | None
    precision: str
    stage: str | None


def usage_of(data: bytes) -> tuple[int, int] | None:
    """The tokens in and out that a response tells; None where it tells none that can be."""
    try:
        usage = _Usage.model_validate(json.loads(data)["usage"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return usage.prompt_tokens, usage.completion_tokens


def content_of(data: bytes) -> str:
    """The text that the model wrote.

    Raises:
        RefusalError: it declined, or a filter of the endpoint held its answer back.
        AnswerError: the response is no chat completion, or its text was cut off.
    """
    try:
        choice = _Envelope.model_validate_json(data).choices[0]
    except ValidationError as error:
        raise AnswerError(f"回答不是聊天补全的格式 · no chat completion ({_first(error)})") from None
    if choice.message.refusal or choice.finish_reason == "content_filter":
        said = choice.message.refusal or "content_filter"
        raise RefusalError(f"模型拒绝读这一篇 · the model declined ({_line(said)})")
    if choice.finish_reason == "length":
        raise AnswerError(
            "回答太长被截断，请调小 QUWEN_SECOND_READER_MAX_CHARACTERS"
            " · the answer was cut off; lower QUWEN_SECOND_READER_MAX_CHARACTERS"
        )
    if not choice.message.content:
        raise AnswerError("回答是空的 · the answer is empty")
    return choice.message.content


def events_of(
    content: str, article: Article, page: PageText, outline: Reading
) -> tuple[list[Mention], list[Rejected]]:
    """The events of an answer about `article` that the page bears out, and what was rejected and why.

    A name that is not in the page is taken out of its event; anything else that is wrong, the event itself.

    Raises:
        AnswerError: the answer is not JSON, or not an object with a list `events`.
    """
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise AnswerError(f"回答不是 JSON · the answer is no JSON ({_line(content)})") from None
    events = told.get("events") if isinstance(told, dict) else None
    if not isinstance(events, list) or len(events) > MOST_EVENTS:
        raise AnswerError("回答里没有可用的 events 列表 · the answer has no usable list of events")
    mentions: list[Mention] = []
    rejected: list[Rejected] = []
    for event in events:
        try:
            mention, names = _mention(event, article, page, outline)
        except _RejectedError as error:
            rejected.append(Rejected(article.id, error.gate, error.reason, _line(error.told)))
        else:
            mentions.append(mention)
            rejected += [
                Rejected(article.id, "name", "原文没有这个名字 · not in the page", _line(name))
                for name in names
            ]
    return mentions, rejected


class _RejectedError(Exception):
    def __init__(self, gate: str, reason: str, told: str) -> None:
        super().__init__(reason)
        self.gate, self.reason, self.told = gate, reason, told


def _mention(event: Any, article: Article, page: PageText, outline: Reading) -> tuple[Mention, list[str]]:
    """The mention, and the names that were taken out of it."""
    try:
        told = _Event.model_validate(event)
    except ValidationError as error:
        raise _RejectedError("schema", _first(error), _shown(event)) from None
    if told.type not in list(EventType):
        raise _RejectedError("type", "没有这一类 · no such type", told.type)
    found = page.find(told.evidence, article.start, article.end)
    if found is None:
        raise _RejectedError("evidence", "原文没有这句话 · not verbatim in the page", told.evidence)
    evidence, start, end = found
    when = _period(told, outline.issued_on)
    if told.stage is not None and told.stage not in list(Stage):
        raise _RejectedError("schema", "没有这个阶段 · no such stage", told.stage)
    district = outline.district or ""
    names = [*told.actors, *told.people, *([told.place] if told.place else [])]
    unknown = [name for name in names if not page.names(name) and name != district]
    mention = Mention(
        article=article.id,
        type=EventType(told.type),
        evidence=evidence,
        start=start,
        end=end,
        subject=" ".join(told.subject.split()) or evidence,
        when=when,
        rule=RULE,
        trigger="",
        confidence=CONFIDENCE,
        actors=_known(told.actors, unknown),
        people=_known(told.people, unknown),
        place=told.place if told.place and told.place not in unknown else None,
        stage=Stage(told.stage) if told.stage and told.type == EventType.LAUNCH else None,
        context=page.sentence(start, end),
    )
    return mention, list(dict.fromkeys(unknown))


def _period(told: _Event, issued_on: date | None) -> Period:
    days = f"{told.date_start} – {told.date_end}"
    if told.precision not in list(Precision):
        raise _RejectedError("schema", "没有这种精度 · no such precision", told.precision)
    precision = Precision(told.precision)
    if told.date_start is None and told.date_end is None:
        return Period(precision=Precision.RECENT if precision is Precision.RECENT else Precision.NONE)
    if told.date_start is None or told.date_end is None:
        raise _RejectedError("date", "只有一头的日期 · only one end is told", days)
    if precision in (Precision.RECENT, Precision.NONE):
        raise _RejectedError("date", "说没有日期，却写了日期 · days where none is told", days)
    try:
        start, end = (_day(day) for day in (told.date_start, told.date_end))
        when = Period(start, end, precision)
    except ValueError:
        raise _RejectedError("date", "没有这样的日期 · no such date", days) from None
    low, high = (issued_on.year - _YEARS_BACK, issued_on.year + _YEARS_AHEAD) if issued_on else (1900, 2100)
    if start.year < low or end.year > high:
        raise _RejectedError("date", "离出版日期太远 · too far from the issue date", days)
    return when


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _known(names: list[str], unknown: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip() and name not in unknown))


def _first(error: ValidationError) -> str:
    """The first thing wrong, without the value: it may be long."""
    wrong = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(map(str, wrong["loc"]))
    return f"{place}: {wrong['msg']}" if place else str(wrong["msg"])


def _shown(event: Any) -> str:
    evidence = event.get("evidence") if isinstance(event, dict) else None
    return evidence if isinstance(evidence, str) else json.dumps(event, ensure_ascii=False)


def _line(text: str, most: int = 80) -> str:
    line = " ".join(text.encode("utf-8", "replace").decode().split())  # JSON can hold half a character
    return line if len(line) <= most else f"{line[: most - 1]}…"
