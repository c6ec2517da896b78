"""The program as it is, but for a pace fifty times and signs of life ten times as fast.

python -m tests.faults.hurried run (or worker): so that a broadcast amid kills takes seconds.
"""

import pytest

from bot import cli, scheduler
from storage import processes
from tests.journeys.stage import at_speed

SIGNS_FASTER = 10


def hurry() -> None:
    """Make time short for this process."""
    at_speed(pytest.MonkeyPatch())
    for name in ("BEAT", "ALONE", "GONE", "SETTLED"):
        setattr(processes, name, getattr(processes, name) / SIGNS_FASTER)
    for name in ("DELIVER_EVERY", "LEAD_EVERY"):
        setattr(scheduler, name, getattr(scheduler, name) / SIGNS_FASTER)


if __name__ == "__main__":
    hurry()
    cli.main()
