"""Entries of sources: those that come along, and those that are wrong."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from sources.catalog import CatalogError, load_catalog, sources_of

ENTRY = '[[source]]\nid = "hexi"\nname = "河西时报"\ndistrict = "河西区"\nadapter = "founder"\nbase = "http://paper.example/hexi"\n'


def test_the_ready_entries_can_be_used() -> None:
    found = load_catalog()
    assert found["fengtai"].district == "丰台区"
    assert {"fengtai-gov", "chaoyang-gov", "beijing-wanbao"} <= found.keys()
    assert len(found) >= 9
    for source in found.values():
        source.adapter()


def test_the_entries_shown_in_comments_can_be_used() -> None:
    ready = files("sources").joinpath("catalog.toml").read_text(encoding="utf-8")
    shown = re.findall(r"^# (\[\[source\]\]|\w+ = .*)$", ready, re.MULTILINE)
    found = sources_of("\n".join(shown), "comments")
    assert {source.family for source in found.values()} == {"files", "generic"}


def test_a_file_of_ones_own_adds_and_replaces(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("\ufeff" + ENTRY + ENTRY.replace('"hexi"', '"fengtai"', 1), encoding="utf-8")
    found = load_catalog(own)
    assert found["hexi"].name == found["fengtai"].name == "河西时报"
    assert "miyun" in found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[source]", "not TOML"),
        ("sources = 1", r"nothing but \[\[source\]\]"),
        ("source = 1", r"nothing but \[\[source\]\]"),
        ("source = [1]", r"write \[\[source\]\]"),
        ("[[source]]", "source 1 lacks id"),
        (ENTRY.replace('id = "hexi"', 'id = "河西"'), "small letters"),
        (ENTRY.replace('name = "河西时报"', 'name = " "'), "lacks name"),
        (ENTRY.replace('"founder"', '"found"'), "no adapter 'found'; known: .*founder"),
        (ENTRY + 'tls = "none"', "tls is 'none'; give strict, legacy or http"),
        (ENTRY + 'profil = "nbs"', "profil is not known; known: .*profile"),
        (ENTRY + 'profile = "x"', "profile is wrong .*give classic, nbs, xiangyu or catalogue"),
        (ENTRY.replace("base =", "# base ="), "base is missing; give addresses"),
        (ENTRY.replace("founder", "generic").replace("base =", "# base ="), "urls is wrong .*urls or list"),
        (ENTRY + ENTRY, "two sources with the id 'hexi'"),
    ],
)
def test_a_wrong_entry_says_what_to_do(text: str, told: str) -> None:
    with pytest.raises(CatalogError, match=told) as error:
        sources_of(text, "own.toml")
    assert str(error.value).startswith("own.toml")
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="cannot be read"):
        load_catalog(tmp_path / "none.toml")
