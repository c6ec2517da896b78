"""Storing pages: all or nothing, each page once, each happening once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from parsing.model import NO_PERIOD, EventType, Mention, Reading
from storage.base import Row
from storage.database import Database
from storage.events import find_events
from storage.filters import EventFilter
from storage.ingest import PageInfo, store_reading
from storage.tables_events import ActorRow, EventRow, EventTextRow
from storage.tables_news import ArticleRow, MentionRow, PageRow, SourceRow
from storage.views import EventView, IngestReport
from tests.storage.pages import AWARD, FIGURE, ISSUED, MEETING, NOW, PAGE, PAPER, store
from tests.support.readings import on, page_telling


def count(session: Session, table: type[Row]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_page_is_stored_with_all_its_events(database: Database) -> None:
    with database.session() as session:
        report = store(session, MEETING, AWARD, FIGURE)
    assert not report.page_known
    assert (report.articles, report.mentions) == (3, 3)
    assert [event.subject for event in report.new] == ["月度工作点评会", "首都文明村镇", "社会消费品零售总额"]
    assert report.merged == ()
    assert report.new[0] == EventView(
        id=report.new[0].id,
        type=EventType.MEETING,
        subject="月度工作点评会",
        when=on(date(2024, 4, 2)),
        reported_on=ISSUED,
        source="丰台报",
        actors=("丰台区",),
        people=("王少峰", "苏军"),
        place="河西五街镇",
        areas=("王佐镇",),
        confidence=0.9,
        evidence="4月2日，丰台区召开月度工作点评会",
    )


def test_the_page_itself_is_kept_whole(database: Database) -> None:
    text, reading = page_telling(MEETING, issued_on=ISSUED)
    with database.session() as session:
        store(session, MEETING)
    with database.session(write=False) as session:
        row = session.scalars(select(PageRow)).one()
        assert row.text == text
        assert (row.number, row.url, row.title, row.file_name) == ("02", PAGE.url, "要闻", PAGE.file_name)
        assert (row.issued_on, row.issued_on_source, row.district) == (ISSUED, "given", "丰台区")
        assert row.read_on == date(2024, 4, 10)
        assert row.read_at == NOW
        article = session.scalars(select(ArticleRow)).one()
        assert text[article.start : article.end].endswith(reading.articles[0].text)
        mention = session.scalars(select(MentionRow)).one()
        assert text[mention.start : mention.end] == mention.evidence
        assert mention.fields["actors"] == ["丰台区"]


def test_the_same_page_twice_changes_nothing(database: Database) -> None:
    with database.session() as session:
        first = store(session, MEETING, AWARD)
    text, reading = page_telling(MEETING, AWARD, issued_on=ISSUED)
    with database.session() as session:
        again = store_reading(
            session, reading, text=text.replace("\n", "\r\n\r\n"), source=PAPER, page=PAGE, now=NOW
        )
        assert again == IngestReport(page_known=True)
        assert count(session, PageRow) == 1
        assert count(session, MentionRow) == 2
        ids = {event.id for event in find_events(session, EventFilter()).events}
        assert ids == {event.id for event in first.new}


def test_a_page_that_fails_leaves_nothing_behind(database: Database) -> None:
    text, reading = page_telling(MEETING, AWARD, issued_on=ISSUED)
    broken = replace(reading, mentions=(reading.mentions[0], replace(reading.mentions[1], article="a9")))

    def attempt() -> None:
        with database.session() as session:
            store_reading(session, broken, text=text, source=PAPER, page=PAGE, now=NOW)

    with pytest.raises(KeyError):
        attempt()
    with database.session(write=False) as session:
        for table in (SourceRow, PageRow, ArticleRow, MentionRow, EventRow, EventTextRow):
            assert count(session, table) == 0, table


def test_without_an_issue_date_the_day_of_reading_counts(database: Database) -> None:
    with database.session() as session:
        event = store(session, replace(AWARD, when=NO_PERIOD), issued_on=None).new[0]
        assert event.reported_on is None
        read = date(2024, 4, 10)
        assert find_events(session, EventFilter(since=read, until=read)).total == 1
        assert find_events(session, EventFilter(until=read - timedelta(1))).total == 0


def test_an_event_keeps_its_id_in_a_database_made_anew(
    sqlite_database: Database, postgres_database: Database
) -> None:
    ids = []
    for database in (sqlite_database, postgres_database):
        with database.session() as session:
            ids.append([event.id for event in store(session, MEETING, AWARD, FIGURE).new])
    assert ids[0] == ids[1]


def test_a_page_without_any_event_is_stored(database: Database) -> None:
    with database.session() as session:
        report = store_reading(
            session,
            page_telling(issued_on=None)[1],
            text="没有什么事",
            source=PAPER,
            page=PageInfo("empty.txt"),
            now=NOW,
        )
        assert report == IngestReport(page_known=False)
        assert count(session, PageRow) == 1


def test_hostile_text_is_stored_as_it_is_as_far_as_can_be(database: Database) -> None:
    nasty = replace(
        MEETING,
        subject="<b>会议</b>\x00'; DROP TABLE event; --",
        evidence="召开\x00<script>会议\ud800" * 3000,
        actors=("长" * 5000, "\x00", " "),
        people=("甲\x00乙",),
    )
    with database.session() as session:
        event = store(session, nasty).new[0]
        assert event.subject == "<b>会议</b>'; DROP TABLE event; --"
        assert event.actors == ("长" * 200,)
        assert event.people == ("甲乙",)
        assert find_events(session, EventFilter(words=("<script>会",))).total == 1


def test_names_are_shared_between_events(database: Database) -> None:
    with database.session() as session:
        store(session, AWARD, replace(AWARD, subject="首都文明单位", evidence="王佐镇获评首都文明单位"))
        assert count(session, ActorRow) == 3


def test_a_mention_of_no_article_that_is_there_is_an_error(sqlite_database: Database) -> None:
    text, reading = page_telling(MEETING, issued_on=ISSUED)
    lost: tuple[Mention, ...] = (replace(reading.mentions[0], article="nowhere"),)
    other: Reading = replace(reading, mentions=lost)
    with pytest.raises(KeyError), sqlite_database.session() as session:
        store_reading(session, other, text=text, source=PAPER, page=PAGE, now=NOW)
