"""The request that polls for updates, and what happens when Telegram refuses the token while we serve."""

from collections.abc import Callable
from http import HTTPStatus

from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, HTTPXRequest, RequestData

_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


class PollingRequest(HTTPXRequest):
    """Calls `on_refused` whenever the token is refused.

    To the library it says that the server is not available: a refused token would end its polling without a
    word to us, and then spoil its stopping.
    """

    def __init__(self, *, connect_timeout: float, read_timeout: float) -> None:
        super().__init__(connection_pool_size=1, connect_timeout=connect_timeout, read_timeout=read_timeout)
        self.on_refused: Callable[[], None] | None = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make the request; see `on_refused`."""
        code, payload = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        if code in _REFUSED and self.on_refused is not None:
            self.on_refused()
            return HTTPStatus.SERVICE_UNAVAILABLE, payload
        return code, payload
