"""The README shows what the demo prints today."""

from tests.docs.transcript import demo, kept


def test_the_readme_shows_what_the_demo_prints() -> None:
    assert kept() == demo(), "stale: run `make transcript`"
