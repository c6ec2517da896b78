"""Logging, set up once, in which no token and no key appears."""

import logging
import re
import sys
from typing import TextIO

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_HIDDEN = "[token]"
# Any token, not only ours: digits, a colon, a long run of the URL-safe alphabet; after /bot in any form.
_TOKEN = re.compile(r"(?<=/bot)\d+(?::|%3A)[^/\s\"']+|(?<!\d)\d{5,}(?::|%3A)[A-Za-z0-9_-]{20,}")
_QUIET = ("httpx", "httpcore", "apscheduler", "alembic")

_LEAST_SECRET = 8  # characters

_secrets: set[str] = set()


def set_up_logs(level: str = "INFO", *, token: str | None = None, stream: TextIO | None = None) -> None:
    """Send log lines of at least `level` to `stream` (stderr), with `token` and anything like one hidden.

    Calling it again replaces what an earlier call set up.
    """
    hide(token)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter(_FORMAT))
    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old.formatter, RedactingFormatter):
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def hide(secret: str | None) -> None:
    """From now on replace this secret wherever lines are redacted; a short one, such as "none", is none."""
    if secret and len(secret) >= _LEAST_SECRET:
        _secrets.add(secret)


class RedactingFormatter(logging.Formatter):
    """Formats a record as usual (message, arguments, exception, stack), then hides tokens in the whole."""

    def format(self, record: logging.LogRecord) -> str:
        """The line (or lines) to write, redacted."""
        return redact(super().format(record))


def redact(text: str) -> str:
    """`text` with the token and everything that looks like one replaced."""
    for secret in _secrets:
        text = text.replace(secret, _HIDDEN)
    return _TOKEN.sub(_HIDDEN, text)
