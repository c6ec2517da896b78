"""Requests to the Bot API are spread over small pools, and none waits beside an idle one."""

import asyncio
import subprocess
import sys
from typing import Any

import pytest
from telegram.error import NetworkError

from bot import transport
from bot.transport import SMALL, SmallPools

ADDRESS = "https://api.example/bot1:a/getMe"


class Pool:
    """Answers when it is told to."""

    made: list["Pool"]

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.open: list[asyncio.Future[tuple[int, bytes]]] = []
        self.asked: list[tuple[Any, ...]] = []
        self.steps: list[str] = []
        self.read_timeout = options.get("read_timeout")
        Pool.made.append(self)

    async def initialize(self) -> None:
        self.steps.append("initialize")

    async def shutdown(self) -> None:
        self.steps.append("shutdown")

    async def do_request(self, *told: Any, **timeouts: Any) -> tuple[int, bytes]:
        self.asked.append((*told, timeouts))
        self.open.append(asyncio.get_running_loop().create_future())
        return await self.open[-1]


@pytest.fixture(autouse=True)
def played(monkeypatch: pytest.MonkeyPatch) -> None:
    Pool.made = []
    monkeypatch.setattr(transport, "HTTPXRequest", Pool)


async def begin(request: SmallPools, count: int) -> list[asyncio.Task[tuple[int, bytes]]]:
    tasks = [asyncio.ensure_future(request.do_request(ADDRESS, "POST")) for _ in range(count)]
    await asyncio.sleep(0)
    return tasks


def under_way() -> list[int]:
    return [sum(not one.done() for one in pool.open) for pool in Pool.made]


@pytest.mark.parametrize(
    ("at_once", "pools"), [(0, 1), (1, 1), (SMALL, 1), (SMALL + 1, 2), (50, -(-50 // SMALL))]
)
def test_there_is_a_connection_for_each_request(at_once: int, pools: int) -> None:
    SmallPools(at_once=at_once, read_timeout=7.0)
    assert len(Pool.made) == pools
    assert {pool.options["connection_pool_size"] for pool in Pool.made} == {SMALL}
    assert len({id(pool.options["httpx_kwargs"]["verify"]) for pool in Pool.made}) == 1


async def test_the_least_busy_pool_is_asked_and_no_more_at_once_than_it_has_room_for() -> None:
    request = SmallPools(at_once=3 * SMALL)
    tasks = await begin(request, 3 * SMALL)
    assert under_way() == [SMALL] * 3
    Pool.made[1].open[0].set_result((200, b"1"))
    assert await tasks[1] == (200, b"1")
    await begin(request, 1)
    assert under_way() == [SMALL] * 3
    assert len(Pool.made[1].open) == SMALL + 1
    for pool in Pool.made:
        for one in pool.open:
            if not one.done():
                one.set_result((200, b""))
    await asyncio.gather(*tasks)


async def test_a_failed_or_cancelled_request_leaves_its_place() -> None:
    request = SmallPools(at_once=2 * SMALL)
    failing, cancelled = await begin(request, 2)
    Pool.made[0].open[0].set_exception(NetworkError("gone"))
    with pytest.raises(NetworkError):
        await failing
    cancelled.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    tasks = await begin(request, 2)
    assert [len(pool.open) for pool in Pool.made] == [2, 2]
    for task in tasks:
        task.cancel()


async def test_what_is_asked_is_handed_on_as_it_is() -> None:
    request = SmallPools(at_once=SMALL + 1, read_timeout=7.0)
    assert request.read_timeout == 7.0
    await request.initialize()
    task = asyncio.ensure_future(request.do_request(ADDRESS, "POST", None, read_timeout=3.0))
    await asyncio.sleep(0)
    assert Pool.made[0].asked == [(ADDRESS, "POST", None, {"read_timeout": 3.0})]
    task.cancel()
    await request.shutdown()
    assert [pool.steps for pool in Pool.made] == [["initialize", "shutdown"]] * 2


def test_a_package_that_is_not_there_is_looked_for_once() -> None:
    code = (
        "import sys, importlib.util, bot.transport\n"
        "there = importlib.util.find_spec('sniffio') is not None\n"
        "class Asked:\n"
        "    @staticmethod\n"
        "    def find_spec(name, path=None, target=None):\n"
        "        raise SystemExit(name)\n"
        "sys.meta_path.insert(0, Asked)\n"
        "try:\n"
        "    import sniffio\n"
        "except ImportError:\n"
        "    assert not there\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
