"""Search finds every substring, on both databases, whatever signs are in it."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select, text
from sqlmodel import Session, col

from storage.database import Database
from storage.events import find_events
from storage.filters import EventFilter
from storage.search import MAX_LINE, grams, has_words, searchable, write_texts
from storage.tables_events import EventRow, EventTextRow
from storage.tables_news import SourceRow
from storage.text import fold

SIGNS = "区区委会议开aAbＡ1１.,%_'\"\\*&|!():<>-→．\u3000 \n\t🎉𠀀ßé"
TEXTS = st.lists(st.text(SIGNS, max_size=12), min_size=1, max_size=6)
WORDS = st.lists(st.text(SIGNS, min_size=1, max_size=4), min_size=1, max_size=3)


class UndoneError(Exception):
    """Raised to take back what an example wrote."""


def store(session: Session, texts: Sequence[str]) -> list[int]:
    source = SourceRow(name="丰台报", kind="files")
    session.add(source)
    session.flush()
    day = date(2024, 4, 8)
    rows = [
        EventRow(
            public_id=f"e{number}",
            type="meeting",
            subject="会议",
            precision="none",
            told_on=day,
            first_day=day,
            last_day=day,
            confidence=1,
            source_id=source.id or 0,
        )
        for number in range(len(texts))
    ]
    session.add_all(rows)
    session.flush()
    ids = [row.id or 0 for row in rows]
    for key, written in zip(ids, texts, strict=True):
        write_texts(session, {key: searchable([written])})
    return ids


def found(session: Session, *words: str) -> list[int]:
    condition = has_words(session, words)
    assert condition is not None
    return [key for key in session.scalars(select(col(EventRow.id)).where(condition).order_by("id")) if key]


def truth(session: Session, *words: str) -> list[int]:
    """The answer by looking at every text."""
    rows = session.execute(select(col(EventTextRow.event_id), col(EventTextRow.text)).order_by("event_id"))
    return [key for key, held in rows if all(fold(word) in held for word in words)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(TEXTS, WORDS)
def test_it_answers_as_if_it_looked_at_every_text(
    database: Database, texts: list[str], words: list[str]
) -> None:
    def example() -> None:
        with database.session() as session:
            store(session, texts)
            if any(fold(word) for word in words):
                assert found(session, *words) == truth(session, *words)
            raise UndoneError

    with pytest.raises(UndoneError):
        example()


def test_words_of_one_to_four_characters_are_found_anywhere(database: Database) -> None:
    with database.session() as session:
        first, second = store(session, ["丰台区召开月度工作点评会", "停水通知"])
        for word in ("丰", "会", "点评", "度工", "评会", "工作点", "月度工作"):
            assert found(session, word) == [first], word
        assert found(session, "水") == [second]
        assert found(session, "水停") == []
        assert found(session, "区", "会") == [first]
        assert found(session, "区", "水") == []


def test_width_and_case_do_not_matter(database: Database) -> None:
    with database.session() as session:
        (only,) = store(session, ["ＡＩ产业园２０２４年启用"])
        assert found(session, "ai产业园2024") == found(session, "Ａi") == [only]


def test_a_word_does_not_reach_over_two_fields(database: Database) -> None:
    with database.session() as session:
        (only,) = store(session, [""])
        write_texts(session, {only: searchable(["王佐镇", "镇政府"])})
        assert found(session, "镇政府") == found(session, "王佐镇") == [only]
        assert found(session, "佐镇镇") == found(session, "镇镇") == []


def test_a_changed_text_is_found_by_its_new_words_only(database: Database) -> None:
    with database.session() as session:
        (only,) = store(session, ["停水通知"])
        write_texts(session, {only: searchable(["停电通知"])})
        assert found(session, "停电") == [only]
        assert found(session, "停水") == found(session, "水") == []
        write_texts(session, {only: searchable(["停电通知"])})
        write_texts(session, {only: ""})
        assert found(session, "停") == []


@pytest.mark.parametrize(
    "word",
    [
        "' OR 1=1 --",
        '"',
        '" OR "x',
        "NEAR(停 水)",
        "停*",
        "grams:停",
        "停 & 水",
        "!停",
        "停:*",
        "\\'",
        "-停",
        "%",
        "_",
        "NOT",
    ],
)
def test_signs_of_query_languages_are_plain_text(database: Database, word: str) -> None:
    with database.session() as session:
        ids = store(session, ["停水", "停水停电", word])
        assert found(session, word) == [ids[2]]


def test_no_word_left_is_no_condition(database: Database) -> None:
    with database.session() as session:
        assert has_words(session, []) is None
        assert has_words(session, [" ", "\x00", "\ud800"]) is None


def test_thousands_of_words_and_endless_ones_are_answered(database: Database) -> None:
    with database.session() as session:
        many = "".join(chr(0x4E00 + number) for number in range(1500))
        (only,) = store(session, [many])
        assert found(session, *many) == [only]
        assert found(session, *many, "停水") == []
        assert found(session, many[:MAX_LINE]) == [only]
        assert found(session, "停水" * MAX_LINE) == []


def test_the_index_is_used(database: Database) -> None:
    index = "VIRTUAL TABLE INDEX" if database.kind == "sqlite" else "ix_event_text_grams"
    with database.session() as session:
        store(session, [f"第{number}号停水通知" for number in range(400)])
        session.execute(text("ANALYZE"))
        if database.kind == "postgresql":
            # Some hundred rows are as fast to read one by one; what matters is that the index can answer.
            session.execute(text("SET LOCAL enable_seqscan = off"))
            session.execute(text("SET LOCAL enable_indexscan = off"))
        condition = has_words(session, ["第77号"])
        assert condition is not None
        query = select(col(EventRow.id)).where(condition)
        asked: list[tuple[str, object]] = []
        note = lambda *arguments: asked.append((arguments[2], arguments[3]))  # noqa: E731
        event.listen(session.connection(), "before_cursor_execute", note)
        assert len(session.scalars(query).all()) == 1
        explain = "EXPLAIN QUERY PLAN " if database.kind == "sqlite" else "EXPLAIN "
        statement, values = asked[0]
        plan = session.connection().exec_driver_sql(explain + statement, values).all()  # type: ignore[arg-type]
        assert index in str(plan)


def test_a_rare_word_is_found_before_anything_is_sorted(database: Database) -> None:
    """Else a planner that takes it for frequent walks back over all events."""
    with database.session() as session:
        store(session, ["停水通知", "停水通知", "停水通知", "召开会议"])
        asked: list[str] = []
        event.listen(session.connection(), "before_cursor_execute", lambda *told: asked.append(str(told[2])))
        page = find_events(session, EventFilter(words=("停水",)), limit=2)
        assert (page.total, [found.id for found in page.events]) == (3, ["e2", "e1"])
        assert [query for query in asked if "ORDER BY" in query and "gram" in query] == []
        asked.clear()
        assert find_events(session, EventFilter(words=("停电",))).total == 0
        assert len(asked) == 1


def test_a_text_is_capped_and_says_nothing_twice() -> None:
    assert searchable(["停水", "停水 ", "", "停电"]) == "停水\n停电"
    assert len(searchable(["停" * 100_000])) == MAX_LINE
    assert grams("停水了") == ["停水", "水了", "了"]
    assert grams("") == []
