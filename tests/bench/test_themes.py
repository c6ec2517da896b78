"""What is asked of the benchmarks is found, and the document has a section for each theme."""

from collections.abc import Iterator

import pytest

from tests.bench import themes
from tests.bench.__main__ import document
from tests.bench.figures import Row, Spread
from tests.bench.themes import THEMES, NoSuchThemeError, chosen, rows_of, theme


def one() -> Iterator[Row]:
    yield Row("one", Spread((1.0,)))


def two() -> Iterator[Row]:
    yield Row("two", Spread((2.0,)))


class Played:
    NOTE = "Words.\n"
    PARTS = (one, two)


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes, "THEMES", {"first": "First", "second": "Second"})
    monkeypatch.setattr(themes, "theme", lambda _: Played)


@pytest.mark.usefixtures("played")
def test_no_name_means_all_and_the_order_is_ours() -> None:
    assert chosen([]) == [("first", []), ("second", [])]
    assert chosen(["second", "first.two", "first.one"]) == [("first", ["two", "one"]), ("second", [])]


@pytest.mark.usefixtures("played")
def test_parts_can_be_measured_alone() -> None:
    assert [row.what for row in rows_of("first", [])] == ["one", "two"]
    assert [row.what for row in rows_of("first", ["two"])] == ["two"]


@pytest.mark.usefixtures("played")
def test_what_there_is_not_is_told_with_what_there_is() -> None:
    with pytest.raises(NoSuchThemeError, match="no theme 'third'; there are first, second"):
        chosen(["third"])
    with pytest.raises(NoSuchThemeError, match="no part 'three' of first; there are one, two"):
        list(rows_of("first", ["three"]))


@pytest.mark.parametrize("name", THEMES)
def test_each_theme_has_words_and_parts(name: str) -> None:
    module = theme(name)
    assert module.NOTE.strip()
    assert module.PARTS


def test_the_document_has_a_section_for_each_theme() -> None:
    text = document("a machine", {name: [f"| {name} |"] for name in THEMES})
    assert "on a machine." in text
    for name, title in THEMES.items():
        assert f"## {title}\n" in text
        assert f"| {name} |" in text
        assert theme(name).NOTE.strip() in text
