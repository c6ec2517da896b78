"""No test reaches beyond this machine: whoever tries is refused, and the test fails."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


class NetworkRefusedError(OSError):
    """A test tried to leave the machine."""


class NetworkGuard:
    """Lets connections to loopback addresses and unix sockets pass, and remembers all others."""

    def __init__(self) -> None:
        self.refused: list[str] = []

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Stand before each way out of Python's socket module, until `patch` is undone."""
        for name in ("connect", "connect_ex"):
            self._stand_before_socket(patch, name, -1)
        self._stand_before_socket(patch, "sendto", -1)
        look_up = socket.getaddrinfo

        def getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
            self.check(host)
            return look_up(host, *args, **options)

        patch.setattr(socket, "getaddrinfo", getaddrinfo)

    def check(self, host: Any) -> None:
        """Let a host pass.

        Raises:
            NetworkRefusedError: it is not this machine.
        """
        name = host.decode() if isinstance(host, bytes) else host
        if not is_local(name):
            self.refused.append(str(name))
            raise NetworkRefusedError(f"tests stay on this machine, but one tried to reach {name}")

    def _stand_before_socket(self, patch: pytest.MonkeyPatch, name: str, position: int) -> None:
        through = getattr(socket.socket, name)

        def guarded(sock: socket.socket, *args: Any) -> Any:
            address = args[position]
            if sock.family in (socket.AF_INET, socket.AF_INET6):
                self.check(address[0])
            return through(sock, *args)

        patch.setattr(socket.socket, name, guarded)


def is_local(host: str | None) -> bool:
    """Whether a host name or address means this machine; None and "" do, as for a server that listens."""
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


@contextmanager
def guarded() -> Iterator[NetworkGuard]:
    """Stand guard, and at the end fail the test that tried, even if the code under test took it calmly."""
    guard = NetworkGuard()
    with pytest.MonkeyPatch.context() as patch:
        guard.install(patch)
        yield guard
    if guard.refused:
        pytest.fail(f"tried to reach {', '.join(guard.refused)}: tests stay on this machine")


@pytest.fixture(autouse=True)
def network_guard() -> Iterator[NetworkGuard]:
    """On for every test."""
    with guarded() as guard:
        yield guard
