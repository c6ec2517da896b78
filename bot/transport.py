"""Carries requests to the Bot API over several small pools of connections.

For every request httpx's pool walks all of its connections, and for each idle one all of them again
(https://github.com/encode/httpx/issues/3215): what a request costs grows with their square. A few pools of a
few connections each carry as many requests at once for a fraction of that; `make bench` compares them.
"""

import sys
from importlib.util import find_spec
from typing import Any

import httpx
from telegram.request import BaseRequest, HTTPXRequest, RequestData

SMALL = 4  # connections of a pool

# httpcore asks four times a request for a package that need not be installed, and Python looks for it in
# every folder each time: a fifth of what a request costs. Told that there is none, it does not look.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]


class SmallPools(BaseRequest):
    """As many `HTTPXRequest`s as `at_once` requests need; each request goes by the least busy one."""

    def __init__(self, *, at_once: int, **options: Any) -> None:
        """`options` are those of `HTTPXRequest`, the same for all."""
        tls = httpx.create_ssl_context()  # made once: reading all certificates takes its time
        pools = -(-max(1, at_once) // SMALL)
        self._pools = [
            HTTPXRequest(connection_pool_size=SMALL, httpx_kwargs={"verify": tls}, **options)
            for _ in range(pools)
        ]
        self._busy = [0] * pools

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer, where a request does not tell."""
        return self._pools[0].read_timeout

    async def initialize(self) -> None:
        """Open all pools."""
        for pool in self._pools:
            await pool.initialize()

    async def shutdown(self) -> None:
        """Close all pools."""
        for pool in self._pools:
            await pool.shutdown()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """Send a request; the status and the body of the answer."""
        least = self._busy.index(min(self._busy))
        self._busy[least] += 1
        try:
            return await self._pools[least].do_request(url, method, request_data, *args, **timeouts)
        finally:
            self._busy[least] -= 1
