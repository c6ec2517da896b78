"""What tests of adapters share: a site on this machine, and a client that hurries."""

from collections.abc import Iterator

import pytest

from sources.fetching.fetcher import Fetcher, Tls
from sources.fetching.pace import Pace
from tests.sources.site import Site, site


@pytest.fixture
def server() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(agent="Quwen", pace=Pace(gap=0.0, jitter=0.0), tls=Tls.HTTP, private=True) as made:
        yield made
