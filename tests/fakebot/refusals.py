"""How the fake says no: to the bot as Telegram does, to a test in plain words."""

from typing import Any

Json = dict[str, Any]


class RefusedError(Exception):
    """An answer with `ok: false`.

    `breach` names the rule that the bot broke; it stays empty where the state of a chat or the traffic is
    the cause, which no bot can know beforehand.
    """

    def __init__(
        self, code: int, description: str, *, breach: str = "", parameters: Json | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.breach = breach
        self.parameters = parameters

    def body(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


class MisuseError(Exception):
    """A control operation that makes no sense, such as pressing a button that is not there."""


def bad_request(text: str, *, breach: str = "", **parameters: Any) -> RefusedError:
    return RefusedError(400, f"Bad Request: {text}", breach=breach, parameters=parameters or None)


def forbidden(text: str) -> RefusedError:
    return RefusedError(403, f"Forbidden: {text}")


def too_many_requests(seconds: int) -> RefusedError:
    text = f"Too Many Requests: retry after {seconds}"
    return RefusedError(429, text, parameters={"retry_after": seconds})
