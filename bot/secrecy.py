"""What of the settings may stand in no line that anybody reads."""

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urlsplit

if TYPE_CHECKING:
    from bot.settings import Settings


def secrets_of(settings: "Settings") -> Iterator[str]:
    """The token, the keys, and the passwords of addresses, these as they are and as addresses hold them."""
    for secret in (settings.token, settings.webhook_secret, settings.second_reader_key):
        if secret is not None:
            yield secret.get_secret_value()
    if settings.token is not None:
        yield settings.token.get_secret_value().partition(":")[2]  # the number before is no secret
    for address in (settings.database_url, settings.second_reader_url):
        yield from passwords_of(address)


def passwords_of(address: str) -> Iterator[str]:
    """The passwords in an address, as they are and as addresses hold them."""
    with suppress(ValueError):  # no address: whoever opens it says so, and shows nothing of it
        parts = urlsplit(address.strip())
        for password in (parts.password, *parse_qs(parts.query).get("password", ())):
            if password:
                plain = unquote(password)
                yield from (password, plain, quote(plain, safe=""), quote(plain, safe=" +"))
