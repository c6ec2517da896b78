"""Days and times as pages print them."""

from datetime import datetime

import pytest

from sources.stamps import first_stamp


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-08 09:30:15 2024-03-09", "2024-03-08 09:30"),
        ("发布日期：2024年3月8日", "2024-03-08 00:00"),
        ("2024/3/8T9:05", "2024-03-08 09:05"),
        ("2023-02-30，改为2023.03.01", "2023-03-01 00:00"),
        ("2024-03-08 24:00", "2024-03-08 00:00"),
    ],
)
def test_the_first_day_that_exists_counts(text: str, moment: str) -> None:
    assert first_stamp(text) == datetime.fromisoformat(moment)


@pytest.mark.parametrize("text", ["", "03-08", "12024-03-08", "2024-03-081", "电话2024-13-01"])
def test_other_numbers_are_no_days(text: str) -> None:
    assert first_stamp(text) is None
