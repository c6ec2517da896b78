"""The arithmetic of the benchmarks: no time is asserted."""

import pytest

from tests.bench.figures import Goal, Row, Spread, interleaved, shown
from tests.bench.texts import all_pages, of_size, without_punctuation


def test_a_speed_is_an_amount_over_each_time() -> None:
    assert Spread((2.0, 4.0)).of(100).values == (50, 25)


def test_a_ratio_is_taken_within_each_round() -> None:
    slow_in_the_second = Spread((1.0, 10.0, 1.0)).to(Spread((2.0, 20.0, 4.0)))
    assert slow_in_the_second.values == (0.5, 0.5, 0.25)
    assert slow_in_the_second.middle == 0.5


def test_actions_take_turns() -> None:
    done: list[str] = []

    def action(name: str) -> float:
        done.append(name)
        return len(done)

    first, second = interleaved(2, lambda: action("a"), lambda: action("b"))
    assert done == ["a", "b", "a", "b"]
    assert (first.values, second.values) == ((1, 3), (2, 4))


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (Goal(0.5), 0.5, True),
        (Goal(0.5), 0.49, False),
        (Goal(300, most=True), 300, True),
        (Goal(300, most=True), 301, False),
    ],
)
def test_a_goal_is_reached_from_its_side(goal: Goal, value: float, met: bool) -> None:
    assert goal.met(value) is met


def test_a_row_shows_median_ends_and_whether_the_goal_is_met() -> None:
    speed = Row("reading", Spread((51_234.0, 60_000.0, 49_000.0)), "characters/s", Goal(50_000))
    assert str(speed) == "| reading | 51,200 characters/s | 49,000–60,000 | 3 | ≥ 50,000 | yes |"
    ratio = Row("a : b", Spread((0.61,)), goal=Goal(0.5, most=True))
    assert str(ratio) == "| a : b | 0.61 | 0.61–0.61 | 1 | ≤ 0.50 | **no** |"
    assert str(Row("c", Spread((1.0,)), "s")) == "| c | 1.00 s | 1.00–1.00 | 1 |  |  |"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.123, "0.12"), (12.5, "12.50"), (138.4, "138"), (1234.5, "1,230")],
)
def test_numbers_have_the_digits_that_mean_something(value: float, text: str) -> None:
    assert shown(value) == text


def test_text_has_the_size_asked_for_and_no_broken_character() -> None:
    assert len(of_size("丰台", 7).encode()) in (6, 7)
    assert of_size("丰台", 8) == "丰台\n\n"
    assert 99_998 <= len(of_size(all_pages(), 100_000).encode()) <= 100_000
    with pytest.raises(ValueError, match="nothing"):
        of_size("", 10)


def test_text_without_punctuation_has_letters_and_digits_only() -> None:
    assert without_punctuation("4月2日，“丰台” \n 召开。") == "4月2日丰台召开"
    assert without_punctuation(all_pages()).isalnum()
