import asyncio
import contextlib
import socket

import httpx
import pytest

from tests.support.network import NetworkGuard, NetworkRefusedError, guarded, is_local


@pytest.fixture
def expected(network_guard: NetworkGuard) -> "list[str]":
    """What these tests try to reach; the test itself takes note of it."""
    return network_guard.refused


def test_a_connection_to_a_foreign_address_is_refused_and_remembered(expected: list[str]) -> None:
    with socket.socket() as sock, pytest.raises(NetworkRefusedError, match=r"192\.0\.2\.1"):
        sock.connect(("192.0.2.1", 80))
    assert expected == ["192.0.2.1"]
    expected.clear()


def test_names_are_not_even_looked_up(expected: list[str]) -> None:
    with pytest.raises(NetworkRefusedError, match=r"api\.telegram\.org"):
        socket.getaddrinfo("api.telegram.org", 443)
    assert expected == ["api.telegram.org"]
    expected.clear()


def test_code_that_swallows_the_refusal_still_fails_its_test(expected: list[str]) -> None:
    failing = pytest.raises(pytest.fail.Exception, match=r"tried to reach example\.org")
    with failing, guarded(), contextlib.suppress(OSError):
        socket.create_connection(("example.org", 80))
    expected.clear()  # the guard of this test stands behind the one looked at


async def test_asynchronous_clients_are_refused_too(expected: list[str]) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("http://192.0.2.1/")
    with pytest.raises(NetworkRefusedError):
        await asyncio.open_connection("example.org", 80)
    assert expected == ["192.0.2.1", "example.org"]
    expected.clear()


def test_datagrams_are_refused_too(expected: list[str]) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(NetworkRefusedError):
        sock.sendto(b"?", ("192.0.2.53", 53))
    assert expected == ["192.0.2.53"]
    expected.clear()


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "", None])
def test_loopback_is_local(host: str | None) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "0.0.0.0", "fe80::1%eth0", "localhost.example.org", "example.org"]
)
def test_all_else_is_not_local(host: str) -> None:
    assert not is_local(host)
