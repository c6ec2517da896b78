"""Another program with our token: told apart, told once, and over."""

import pytest

from bot.rivalry import QUIET, Rival, Rivalry

ASKS = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
PUSHED = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
    "first"
)


class Seconds:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def rivalry(seconds: Seconds) -> Rivalry:
    return Rivalry(seconds)


@pytest.mark.parametrize(
    ("words", "rival", "advice"),
    [(ASKS, Rival.ASKS, "stop one of them"), (PUSHED, Rival.IS_PUSHED, "takes the webhook off")],
)
def test_the_two_conflicts_are_told_apart_and_each_once(
    rivalry: Rivalry, caplog: pytest.LogCaptureFixture, words: str, rival: Rival, advice: str
) -> None:
    assert [rivalry.clash(words) for _ in range(100)] == [True, *[False] * 99]
    assert rivalry.rival is rival
    (told,) = caplog.records
    assert told.levelname == "ERROR"
    assert advice in told.getMessage()


def test_one_that_turns_into_the_other_is_told_again(
    rivalry: Rivalry, caplog: pytest.LogCaptureFixture
) -> None:
    rivalry.clash(ASKS)
    rivalry.clash(PUSHED)
    assert len(caplog.records) == 2


def test_who_asks_is_gone_only_after_a_while_for_both_get_answers_in_between(
    rivalry: Rivalry, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for _ in range(20):
        rivalry.clash(ASKS)
        seconds.now += QUIET / 2
        rivalry.heard()
    assert rivalry.rival is Rival.ASKS
    assert len(caplog.records) == 1
    seconds.now += QUIET
    rivalry.heard()
    assert rivalry.rival is None
    assert "any more" in caplog.messages[-1]
    rivalry.heard()
    assert len(caplog.records) == 2


def test_a_webhook_is_gone_as_soon_as_a_request_is_answered(rivalry: Rivalry) -> None:
    rivalry.clash(PUSHED)
    rivalry.heard()
    assert rivalry.rival is None
