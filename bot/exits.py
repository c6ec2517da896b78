"""Exit statuses, and which errors are told in one line instead of a traceback."""

import sys
from collections.abc import Iterator

OK = 0
FAILED = 1  # the work could not be done
USAGE = 2  # it was asked wrongly: an option, an argument, a setting
INTERRUPTED = 130
PIPE_CLOSED = 141  # the reader of our output went away, as `head` does

_EXPECTED = (  # module, class, exit status. Named, not imported: `quwen --help` must stay light
    ("bot.settings", "SettingsError", USAGE),
    ("parsing.district", "UnknownDistrict", USAGE),
    ("bot.web_server", "CannotListen", FAILED),
    ("storage.errors", "DatabaseError", FAILED),
    ("sources.files", "SourceError", FAILED),
    ("sources.second_reader.errors", "SecondReaderError", FAILED),
    ("telegram.error", "InvalidToken", FAILED),
    ("telegram.error", "Conflict", FAILED),
    ("telegram.error", "NetworkError", FAILED),
)
_ADVICE = {
    "InvalidToken": "Telegram refused the token: check QUWEN_TOKEN (from @BotFather) and QUWEN_BOT_API_URL",
    "Conflict": "another bot is running with this token: stop it, or take another token",
    "NetworkError": "the Bot API cannot be reached (see QUWEN_BOT_API_URL)",
    "TimedOut": "the Bot API does not answer (see QUWEN_BOT_API_URL)",
}


def explain(error: BaseException) -> tuple[str, int] | None:
    """The line to show and the exit status for an error that is expected, else None."""
    for kind, status in _loaded():
        if isinstance(error, kind):
            said = " ".join(str(error).split())
            advice = _ADVICE.get(type(error).__name__)
            return (f"{advice}: {said}" if advice else said), status
    return None


def _loaded() -> Iterator[tuple[type[BaseException], int]]:
    # An error can only be of a class whose module has been imported already.
    for module, name, status in _EXPECTED:
        kind = getattr(sys.modules.get(module), name, None)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            yield kind, status
