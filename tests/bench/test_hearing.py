"""The pure parts of the benchmarks of hearing: no time is asserted."""

import json
from math import inf

import pytest

from tests.bench.answers import percentile, quantile
from tests.bench.doors import PATH, SECRET, request


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (0.001, 1), (1.0, 100)])
def test_a_percentile_is_a_value_that_was_measured(share: float, value: int) -> None:
    assert percentile(list(range(100, 0, -1)), share) == value


def test_a_quantile_lies_within_its_bucket() -> None:
    buckets = {0.01: 90.0, 0.05: 100.0, inf: 100.0}
    assert quantile(buckets, 0.9) == 0.01
    assert quantile(buckets, 0.95) == pytest.approx(0.03)
    assert quantile(buckets, 0.45) == pytest.approx(0.005)
    assert quantile({0.01: 1.0, inf: 2.0}, 0.99) == 0.01, "beyond the last bound nothing is known"


def test_a_push_has_the_secret_and_an_update_of_its_number() -> None:
    head, _, body = request(7).partition(b"\r\n\r\n")
    assert head.startswith(f"POST {PATH} ".encode())
    assert SECRET.encode() in head
    assert f"Content-Length: {len(body)}".encode() in head
    assert json.loads(body)["update_id"] == 7
