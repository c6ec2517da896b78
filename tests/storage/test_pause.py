"""The operator's pause: nothing is claimed, nothing begins, and all of it is there afterwards."""

from storage.database import Database
from storage.outbox import begin_sending, claim
from storage.pause import Pause, pause_of, pause_sending, resume_sending
from tests.storage.following import HOUR, MONDAY, NOW, follower, queue


def test_a_pause_keeps_its_beginning_and_takes_the_last_reason(database: Database) -> None:
    with database.session() as session:
        assert pause_of(session) is None
        assert pause_sending(session, "读错了\n一期", NOW) == Pause(NOW, "读错了\n一期")
        assert pause_sending(session, "", NOW + HOUR) == Pause(NOW, "读错了\n一期")
        assert pause_sending(session, "还没好", NOW + HOUR) == Pause(NOW, "还没好")
        assert resume_sending(session) == Pause(NOW, "还没好")
        assert pause_of(session) is None
        assert resume_sending(session) is None


def test_while_paused_nothing_is_claimed_and_nothing_claimed_begins(database: Database) -> None:
    with database.session() as session:
        for number in (1, 2):
            queue(session, follower(session, number))
        (taken,) = claim(session, MONDAY, worker="w", limit=1)
        pause_sending(session, "", MONDAY)
        assert begin_sending(session, [taken.id], worker="w", now=MONDAY) == set()
        assert claim(session, MONDAY, worker="w") == []
        resume_sending(session)
        assert begin_sending(session, [taken.id], worker="w", now=MONDAY) == {taken.id}
        assert len(claim(session, MONDAY, worker="w")) == 1
