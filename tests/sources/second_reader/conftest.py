"""A second reader before a model on this machine, with a clock that only moves when somebody sleeps."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sources.second_reader.budget import Budget, Limits
from sources.second_reader.endpoint import Access, Endpoint
from sources.second_reader.reader import SecondReader
from tests.support.fakemodel import FakeModel, fake_model

__all__ = ["fake_model"]

KEY = "sk-sesame-0123456789"
NOON = datetime(2026, 3, 16, 4, tzinfo=UTC)  # in Beijing


class Clock:
    """Now, and the seconds that were slept."""

    def __init__(self) -> None:
        self.now = NOON
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


MakeReader = Callable[..., SecondReader]


@pytest.fixture
def make_reader(fake_model: FakeModel, clock: Clock, ledger: Path) -> Iterator[MakeReader]:
    """Makes readers: `make_reader(retries=0, limits=Limits(…), max_characters=100, timeout=0.2)`."""
    with ExitStack() as stack:

        def make(
            *,
            retries: int = 2,
            limits: Limits = Limits(1_000_000),  # noqa: B008
            max_characters: int = 6_000,
            timeout: float = 5.0,
            key: str = KEY,
            url: str = "",
        ) -> SecondReader:
            access = Access(url or fake_model.url, "small-1", key, timeout=timeout, retries=retries)
            budget = Budget(ledger, limits, zone="Asia/Shanghai", clock=clock)
            endpoint = stack.enter_context(Endpoint(access, budget, clock=clock, sleep=clock.sleep))
            return SecondReader(endpoint, max_characters=max_characters)

        yield make
