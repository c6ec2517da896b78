"""Logging, set up once: as text or an object a line, and no token, key or password in either."""

import json
import logging
import math
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from bot.settings import Settings

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_HIDDEN = "[token]"
# Any token, not only ours: digits, a colon, a long run of the URL-safe alphabet; after /bot in any form.
_TOKEN = re.compile(r"(?<=/bot)\d+(?::|%3A)[^/\s\"']+|(?<!\d)\d{5,}(?::|%3A)[A-Za-z0-9_-]{20,}")
_QUIET = ("httpx", "httpcore", "apscheduler", "alembic")
# What ends a line for some reader, moves a terminal's cursor or turns the direction of the text: a line must
# not be able to forge another.
_CONTROLS = {
    code: f"\\u{code:04x}"
    for code in (*range(32), *range(127, 160), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_LINE_BREAK = {ord("\n"): "\\n"}

_LEAST_SECRET = 8  # characters
_DEEPEST = 4  # levels of an extra field that are kept as they are

_secrets: set[str] = set()


def set_up_logs(
    level: str = "INFO", form: str = "text", *, token: str | None = None, stream: TextIO | None = None
) -> None:
    """Write what is logged of at least `level` to `stream` (stderr), as `form` says: text or json.

    `token` and anything like one are hidden. Calling it again replaces what an earlier call set up.
    """
    hide(token)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter(_TEXT))
    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old.formatter, TextFormatter | JsonFormatter):
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def set_up_logs_by(settings: "Settings") -> None:
    """The same by the settings, whose secrets are hidden since they were read."""
    set_up_logs(settings.log_level, settings.log_format)


def are_objects() -> bool:
    """Whether logs are written as JSON now."""
    return any(isinstance(handler.formatter, JsonFormatter) for handler in logging.getLogger().handlers)


def hide(secret: str | None) -> None:
    """From now on replace this secret wherever lines are redacted; a short one, such as "none", is none."""
    if secret and len(secret) >= _LEAST_SECRET:
        _secrets.update((secret, repr(secret)[1:-1], json.dumps(secret)[1:-1]))  # also as others may show it


def redact(text: str) -> str:
    """`text` with the token and everything that looks like one replaced."""
    for secret in sorted(_secrets, key=len, reverse=True):  # one may be the beginning of another
        text = text.replace(secret, _HIDDEN)
    return _TOKEN.sub(_HIDDEN, text)


class TextFormatter(logging.Formatter):
    """A record as usual, redacted. Only its first line begins at the margin, so that none can be forged."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the lines of a traceback below it."""
        said = {"message": _message(record), "asctime": self.formatTime(record)}
        first = redact(self.formatMessage(logging.makeLogRecord({**record.__dict__, **said})))
        further = redact("\n".join(filter(None, (_error(self, record), record.stack_info))))
        lines = [first.translate(_CONTROLS | _LINE_BREAK), *further.splitlines()]
        return "\n  ".join(line.translate(_CONTROLS) for line in lines)


class JsonFormatter(logging.Formatter):
    """A record as one object on one line: time, level, logger, message, error and stack where there are,
    and the `extra` fields, all redacted.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line. An extra field that has a name of ours gets an underscore behind it."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if error := _error(self, record):
            told["error"] = error
        if record.stack_info:
            told["stack"] = record.stack_info
        for name, value in record.__dict__.items():
            if name not in _OF_EVERY_RECORD:
                told[f"{name}_" if name in told else name] = value
        return json.dumps(_plain(told), ensure_ascii=False).translate(_CONTROLS)


_OF_EVERY_RECORD = {*logging.makeLogRecord({}).__dict__, "message", "asctime"}


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # logging itself would then write the arguments to stderr as they are
        return f"{record.msg!r} cannot be filled in with {record.args!r}"


def _error(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    return formatter.formatException(record.exc_info)


def _plain(value: object, depth: int = 0) -> object:
    """A value as JSON can hold it, redacted; what is nested too deeply is left out."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping | list | tuple | set | frozenset):
        if depth > _DEEPEST:
            return "…"
        if isinstance(value, Mapping):
            return {redact(str(name)): _plain(each, depth + 1) for name, each in value.items()}
        return [_plain(each, depth + 1) for each in value]
    if isinstance(value, float) and math.isfinite(value):
        return value
    try:
        return redact(str(value))
    except Exception as error:
        return f"not to be shown ({type(error).__name__})"
