"""The token never appears in a log, however it gets there."""

import io
import json
import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from bot import cli, exits
from bot import logs as bot_logs
from bot.logs import hide, redact, set_up_logs, set_up_logs_by
from bot.settings import Settings

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


@pytest.fixture
def objects(log: io.StringIO) -> io.StringIO:
    """The same, as JSON."""
    set_up_logs("DEBUG", "json", token=TOKEN, stream=log)
    return log


def handle(record: logging.LogRecord) -> None:
    """Give a record to our handler alone."""
    (ours,) = (one for one in logging.getLogger().handlers if type(one.formatter).__module__ == "bot.logs")
    ours.handle(record)


def told(objects: io.StringIO) -> list[dict[str, Any]]:
    """The objects that were written, one a line as every reader of lines sees them."""
    return [json.loads(line) for line in objects.getvalue().splitlines()]


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


def test_a_message_cannot_forge_another_line(log: io.StringIO) -> None:
    logger = logging.getLogger("quwen.test")
    logger.info("chat %s", "王\n2024-04-08 09:00:00,000 ERROR quwen: forged\x1b[2J\u2028x\u202e")
    logger.error("failed", exc_info=ValueError("first\n2024-04-08 09:00:00,000 ERROR quwen: forged\x1b[2J"))
    lines = log.getvalue().splitlines()
    assert [line for line in lines if not line.startswith("  ")] == [lines[0], lines[1]]
    assert lines[0].endswith("forged\\u001b[2J\\u2028x\\u202e")
    assert lines[-1] == "  2024-04-08 09:00:00,000 ERROR quwen: forged\\u001b[2J"


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_does_not_fit_its_arguments_is_told_redacted(log: io.StringIO, form: str) -> None:
    set_up_logs("INFO", form, token=TOKEN, stream=log)
    record = logging.makeLogRecord({"msg": "%d of %s", "args": (TOKEN,), "levelname": "INFO"})
    handle(record)
    assert "'%d of %s' cannot be filled in with ('[token]',)" in log.getvalue()


def test_as_json_a_record_is_one_object_on_one_line(objects: io.StringIO) -> None:
    record = logging.makeLogRecord(
        {"name": "quwen.jobs", "levelname": "WARNING", "msg": "甲\n乙\u2028丙\x85丁"}
    )
    record.created = 1712538000.25
    handle(record)
    (line,) = told(objects)
    assert line == {
        "time": "2024-04-08T01:00:00.250+00:00",
        "level": "WARNING",
        "logger": "quwen.jobs",
        "message": "甲\n乙\u2028丙\x85丁",
    }


def test_as_json_an_error_is_a_string_and_extras_are_fields(objects: io.StringIO) -> None:
    logger = logging.getLogger("quwen.test")
    extra = {"chat": 7, "level": "mine", "deep": {"a": [1.5, None, float("nan")]}}
    try:
        int(f"first\nrefused: {TOKEN}")
    except ValueError:
        logger.exception("failed", extra=extra)
    logger.info("fine", stack_info=True, exc_info=True)
    failed, fine = told(objects)
    assert failed["error"].startswith("Traceback")
    assert failed["error"].endswith(r"int() with base 10: 'first\nrefused: [token]'")
    assert (failed["chat"], failed["level"], failed["level_"]) == (7, "ERROR", "mine")
    assert failed["deep"] == {"a": [1.5, None, "nan"]}
    assert "error" not in fine
    assert "stack_info=True" in fine["stack"]


class Broken:
    """Cannot be shown."""

    def __str__(self) -> str:
        raise RuntimeError(TOKEN)


def test_as_json_no_secret_is_in_any_field(objects: io.StringIO) -> None:
    hide('open"sesame\\王')
    circle: dict[str, Any] = {TOKEN: {"x": (f"/bot{TOKEN}/getMe", b"1")}, "password": 'open"sesame\\王'}
    circle["again"] = circle
    told_whole = str(SimpleNamespace(password='open"sesame\\王'))
    extra = {
        "circle": circle,
        "text": told_whole,
        "broken": Broken(),
        "url": httpx.URL(f"https://example.org/{TOKEN}"),
    }
    logging.getLogger("quwen.test").info("%s", TOKEN, extra=extra, stack_info=True)
    assert "sesame" not in objects.getvalue()
    (line,) = told(objects)
    assert line["message"] == "[token]"
    assert line["circle"]["password"] == "[token]"
    assert line["circle"]["[token]"] == {"x": ["/bot[token]/getMe", "b'1'"]}
    assert line["broken"] == "not to be shown (RuntimeError)"


def test_logs_are_written_as_the_settings_say(log: io.StringIO) -> None:
    set_up_logs_by(Settings(log_format="JSON", log_level="ERROR"))
    assert bot_logs.are_objects()
    assert logging.getLogger().level == logging.ERROR


def test_a_command_that_fails_says_so_as_json_where_logs_are(
    objects: io.StringIO, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUWEN_ZONE", "Nowhere")
    assert cli.run(["status"]) == exits.USAGE
    monkeypatch.setattr("bot.commands.status.load_settings", lambda: 1 / 0)
    assert cli.run(["status"]) == exits.FAILED
    wrong, fault = told(objects)
    assert (wrong["level"], wrong["message"][:19]) == ("CRITICAL", "QUWEN_ZONE is wrong")
    assert "error" not in wrong
    assert fault["error"].endswith("ZeroDivisionError: division by zero")
    assert capsys.readouterr().err == ""
