"""The token never appears in a log, however it gets there."""

import io
import logging
from collections.abc import Iterator

import httpx
import pytest

from bot.logs import hide, redact, set_up_logs

TOKEN = "123456789:AAbbCCdd-sesame_0123456789012345"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the logs would write to stderr; the loggers are put back as they were."""
    loggers = [logging.getLogger(name) for name in (None, "httpx", "httpcore", "apscheduler", "alembic")]
    before = [(logger, logger.level, logger.handlers[:]) for logger in loggers]
    stream = io.StringIO()
    set_up_logs("DEBUG", token=TOKEN, stream=stream)
    yield stream
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers


def test_message_arguments_and_traceback_are_redacted(log: io.StringIO) -> None:
    logger = logging.getLogger("quwen.test")
    logger.info("token %s", TOKEN)
    logger.info({"url": f"https://api.telegram.org/bot{TOKEN}/getMe"})
    try:
        int(f"refused: {TOKEN}")
    except ValueError:
        logger.exception("failed")
    assert log.getvalue().count("[token]") == 3
    assert "sesame" not in log.getvalue()
    assert "Traceback" in log.getvalue()


async def test_requests_logged_by_httpx_are_redacted(log: io.StringIO) -> None:
    logging.getLogger("httpx").setLevel(logging.INFO)
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(200))) as client:
        await client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert "HTTP Request: GET https://api.telegram.org/bot[token]/getMe" in log.getvalue()
    assert "sesame" not in log.getvalue()


async def test_httpx_is_quiet_unless_asked(log: io.StringIO) -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(200))) as client:
        await client.get("https://api.telegram.org/")
    assert "HTTP" not in log.getvalue()


def test_a_secret_told_later_is_hidden_too_but_no_everyday_word(log: io.StringIO) -> None:
    hide("sk-sesame-key")
    hide("none")
    logging.getLogger("quwen.test").info("sk-sesame-key and none")
    assert "[token] and none" in log.getvalue()


def test_setting_up_twice_writes_once(log: io.StringIO) -> None:
    again = io.StringIO()
    set_up_logs("INFO", stream=again)
    logging.getLogger("quwen.test").warning("once")
    assert log.getvalue() == ""
    assert again.getvalue().count("once") == 1


@pytest.mark.parametrize(
    "text",
    [
        "https://api.telegram.org/bot7:short/getMe",
        "/file/bot99999999:AAAA-bbbb_cccc0123456789/photo.jpg",
        "the token 99999999:AAAA-bbbb_cccc0123456789 is refused",
        "bot99999999%3AAAAA-bbbb_cccc0123456789",
    ],
)
def test_what_looks_like_any_token_is_hidden(text: str) -> None:
    assert "[token]" in redact(text)
    assert "AAAA" not in redact(text)
    assert "short" not in redact(text)


@pytest.mark.parametrize(
    "text", ["at 12:30:00", "sqlite:///var/quwen.db", "2024-04-08T09:00", "ratio 10000:1"]
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert redact(text) == text
