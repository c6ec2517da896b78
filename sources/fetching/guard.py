"""Addresses that a page may not make this machine fetch: its own network, other schemes."""

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpx

from sources.fetching.errors import FetchError, ForbiddenError

_LAST_PORT = 65_535
Address = IPv4Address | IPv6Address
# A host's name -> its addresses; raises OSError where it is not known.
Resolve = Callable[[str], Iterable[str]]


def addresses_of(host: str) -> list[str]:
    """The addresses of a host, as the system finds them."""
    return [str(where[0]) for *_, where in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


def check_address(url: str, *, plain_http: bool, private: bool, resolve: Resolve = addresses_of) -> None:
    """Look an address over before it is asked for anything.

    `plain_http` allows addresses without TLS, `private` those of this machine and its network.

    Raises:
        ForbiddenError: no scheme, host or network that may be fetched.
        FetchError: its host is not known.
    """
    try:
        parts = httpx.URL(url)  # as the client reads it: two readers may see two hosts in one address
    except (ValueError, httpx.InvalidURL) as error:
        raise ForbiddenError(f"{url[:200]} is not an address") from error
    if (
        parts.scheme not in ("http", "https")
        or not parts.host
        or parts.userinfo
        or (parts.port or 0) > _LAST_PORT
    ):
        raise ForbiddenError(f"{url[:200]} is not the address of a page: give http(s)://HOST/…")
    if parts.scheme == "http" and not plain_http:
        raise ForbiddenError(f'{url[:200]} has no TLS; a source whose site has none says tls = "http"')
    if private:
        return
    for address in _known_addresses(parts.host, resolve):
        check_peer(address, url)


def check_peer(address: str, url: str) -> None:
    """The same for the machine that did answer: a name may have changed its meaning in between.

    Raises:
        ForbiddenError: it is of a private network.
    """
    if not is_public(ip_address(address.split("%")[0])):
        raise ForbiddenError(f"{url[:200]} leads to {address}, which is no public address")


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet; one that is wrapped in IPv6 counts as what it wraps."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def _known_addresses(host: str, resolve: Resolve) -> list[str]:
    try:
        return [str(ip_address(host))]
    except ValueError:
        pass
    try:
        return list(resolve(host))
    except (OSError, UnicodeError) as error:
        raise FetchError(f"the host {host} is not known") from error
