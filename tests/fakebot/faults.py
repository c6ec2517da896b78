"""Trouble on command: server errors, refusals, cut connections, slow answers."""

from dataclasses import dataclass, field

from tests.fakebot.refusals import Json, MisuseError, RefusedError, too_many_requests

# What each kind does; "after" means that the request was carried out although the bot never learns it.
KINDS = {
    "ok": "no trouble, for scripts",
    "500": "answered 500, not carried out",
    "502": "answered 502, not carried out",
    "429": "answered 429 with retry_after, not carried out",
    "html_502": "answered 502 with the page of a proxy, not carried out",
    "says": "answered with `status` and `body`, not carried out",
    "says_after": "answered with `status` and `body`, carried out",
    "reset_before": "connection cut, not carried out",
    "reset_after": "connection cut, carried out",
    "closed": "connection closed in good order without an answer, not carried out",
    "slow": "carried out, answered `delay` seconds later",
    "slow_before": "carried out and answered after `delay` seconds; never, where the bot hangs up before",
}
PROXY_PAGE = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


@dataclass(slots=True)
class Fault:
    """Strikes the next `times` calls (or all) of a method, after `skip` calls; or follows a script."""

    id: int
    kind: str
    method: str = "*"
    times: int | None = None
    skip: int = 0
    chat_id: int | None = None
    delay: float = 1.0
    retry_after: int = 1
    status: int = 200
    body: str = ""
    sequence: list[str] = field(default_factory=list)
    scripted: bool = False
    struck: int = 0

    def spoken(self, kind: str) -> tuple[int, str] | None:
        """The status and text that are answered as they are, if this kind has them."""
        if kind == "html_502":
            return 502, PROXY_PAGE
        return (self.status, self.body) if kind.startswith("says") else None

    def refusal(self, kind: str) -> RefusedError | None:
        """The answer instead of a result, if this kind has one."""
        if kind == "429":
            return too_many_requests(self.retry_after)
        return {
            "500": RefusedError(500, "Internal Server Error"),
            "502": RefusedError(502, "Bad Gateway"),
        }.get(kind)


class Faults:
    def __init__(self) -> None:
        self.rules: list[Fault] = []

    def add(
        self,
        kind: str = "ok",
        method: str = "*",
        *,
        times: int | None = None,
        skip: int = 0,
        chat_id: int | None = None,
        delay: float = 1.0,
        retry_after: int = 1,
        status: int = 200,
        body: str = "",
        sequence: list[str] | None = None,
    ) -> int:
        for name in (kind, *(sequence or ())):
            if name not in KINDS:
                raise MisuseError(f"no fault {name!r}; there are {', '.join(KINDS)}")
        rule = Fault(len(self.rules) + 1, kind, method.lower(), times, skip, chat_id, delay, retry_after)
        rule.status, rule.body = status, body
        rule.sequence, rule.scripted = list(sequence or ()), sequence is not None
        self.rules.append(rule)
        return rule.id

    def strike(self, method: str, params: Json) -> tuple[Fault, str] | None:
        """The rule that strikes this call and how, or None."""
        for rule in self.rules:
            if rule.method not in ("*", method.lower()):
                continue
            if rule.chat_id is not None and str(rule.chat_id) != str(params.get("chat_id")):
                continue
            if rule.skip:
                rule.skip -= 1
                continue
            if rule.scripted:
                if not rule.sequence:
                    continue
                kind = rule.sequence.pop(0)
            elif rule.times is not None and rule.struck >= rule.times:
                continue
            else:
                kind = rule.kind
            if kind == "ok":
                return None
            rule.struck += 1
            return rule, kind
        return None
