"""What is handed in by hand waits for a word, and is stored once."""

from dataclasses import replace

from sqlmodel import Session

from parsing.model import Reading
from storage.database import Database
from storage.events import find_events, get_event
from storage.filters import EventFilter
from storage.intake import (
    DROPPED,
    STORED,
    WAITING,
    DatedBy,
    Intake,
    IntakePage,
    drop_intake,
    get_intake,
    keep_intake,
    preview_intake,
    store_intake,
)
from storage.overview import overview
from tests.storage.following import chat
from tests.storage.pages import AWARD, FIGURE, ISSUED, MEETING, NOW, PAPER, SITE, store
from tests.support.readings import Happening, page_telling

CHAT, OTHER = 1, 2
ZONE = "Asia/Shanghai"


def handed(*pages: tuple[Happening, ...], source: str = SITE.name) -> tuple[Intake, list[Reading]]:
    read = [page_telling(*happenings, issued_on=ISSUED) for happenings in pages]
    intake = Intake(
        pages=tuple(IntakePage(text, f"{number:02}") for number, (text, _) in enumerate(read, 1)),
        source=source,
        file_name="2024-04-08.pdf",
        url="https://paper.example/2024-04-08.pdf",
        title="第02版",
        issued_on=ISSUED,
        dated_by=DatedBy.NAME,
    )
    return intake, [reading for _, reading in read]


def keep(session: Session, intake: Intake) -> int:
    chat(session, CHAT)
    return keep_intake(session, intake, chat_id=CHAT, now=NOW)


def events(session: Session) -> int:
    return find_events(session, EventFilter()).total


def test_it_comes_back_as_it_was_kept_and_only_to_its_own_chat(database: Database) -> None:
    intake, _ = handed((MEETING,), (AWARD,))
    with database.session() as session:
        number = keep(session, intake)
        chat(session, OTHER)
    with database.session(write=False) as session:
        kept = get_intake(session, number, chat_id=CHAT)
        assert kept is not None
        assert (kept.state, kept.intake) == (WAITING, intake)
        assert get_intake(session, number, chat_id=OTHER) is None
        assert get_intake(session, number + 1, chat_id=CHAT) is None


def test_storing_keeps_the_proof_and_happens_once(database: Database) -> None:
    intake, readings = handed((MEETING,), (AWARD,))
    with database.session() as session:
        number = keep(session, intake)
        report = store_intake(session, number, readings, chat_id=CHAT, now=NOW, zone=ZONE)
        assert report is not None
        assert (report.pages, report.known, report.articles) == (2, 0, 2)
        assert [event.subject for event in report.new] == ["月度工作点评会", "首都文明村镇"]
        again = store_intake(session, number, readings, chat_id=CHAT, now=NOW, zone=ZONE)
        assert again is None
        assert (events(session), overview(session).pages) == (2, 2)
        detail = get_event(session, report.new[1].id)
        assert detail is not None
        (proof,) = detail.proofs
        assert (proof.source, proof.issued_on, proof.page_number) == (SITE.name, ISSUED, "02")
        assert proof.url == intake.url
        kept = get_intake(session, number, chat_id=CHAT)
        assert kept is not None
        assert (kept.state, kept.intake.pages) == (STORED, ())


def test_nobody_else_stores_or_drops_it(database: Database) -> None:
    intake, readings = handed((MEETING,))
    with database.session() as session:
        number = keep(session, intake)
        assert store_intake(session, number, readings, chat_id=OTHER, now=NOW, zone=ZONE) is None
        assert not drop_intake(session, number, chat_id=OTHER)
        assert events(session) == 0


def test_what_was_dropped_is_not_stored_any_more(database: Database) -> None:
    intake, readings = handed((MEETING,))
    with database.session() as session:
        number = keep(session, intake)
        assert drop_intake(session, number, chat_id=CHAT)
        assert not drop_intake(session, number, chat_id=CHAT)
        assert store_intake(session, number, readings, chat_id=CHAT, now=NOW, zone=ZONE) is None
        kept = get_intake(session, number, chat_id=CHAT)
        assert kept is not None
        assert (kept.state, kept.intake.pages) == (DROPPED, ())


def test_a_preview_tells_what_storing_would_do_and_changes_nothing(database: Database) -> None:
    intake, readings = handed((MEETING, AWARD), (FIGURE,))
    with database.session() as session:
        store(session, MEETING)
        before = overview(session)
        report = preview_intake(session, intake, readings, now=NOW, zone=ZONE)
        assert [event.subject for event in report.new] == ["首都文明村镇", "社会消费品零售总额"]
        assert [event.subject for event in report.merged] == ["月度工作点评会"]
        assert overview(session) == before
        stored = store_intake(session, keep(session, intake), readings, chat_id=CHAT, now=NOW, zone=ZONE)
        assert stored == report


def test_the_same_event_on_two_pages_of_one_intake_is_one_new_event(database: Database) -> None:
    again = replace(MEETING, evidence="丰台区4月2日开了月度工作点评会")
    intake, readings = handed((MEETING,), (again,))
    with database.session() as session:
        report = preview_intake(session, intake, readings, now=NOW, zone=ZONE)
        assert (len(report.new), len(report.merged)) == (1, 0)


def test_pages_that_are_stored_already_are_counted(database: Database) -> None:
    with database.session() as session:
        store(session, MEETING)
        known, readings = handed((MEETING,), source=PAPER.name)
        report = preview_intake(session, known, readings, now=NOW, zone=ZONE)
        assert report.all_known
        assert (report.new, report.merged) == ((), ())
        partly, readings = handed((MEETING,), (AWARD,), source=PAPER.name)
        report = preview_intake(session, partly, readings, now=NOW, zone=ZONE)
        assert (report.pages, report.known, len(report.new)) == (2, 1, 1)
        assert not report.all_known
