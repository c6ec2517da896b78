"""Of labelled pairs of reports, how many are joined, left or asked about: the floors of docs/joining.md."""

import pytest

from storage.database import Database
from tests.pairs.scoring import as_labelled, pairs_of, reader, score

# half: most left apart, most asked about; look at no held pair to mend a rule
LABELLED = {"dev": (0.14, 0.26), "held": (0.09, 0.20)}


@pytest.mark.parametrize("half", LABELLED)
def test_labelled_reports_are_joined_and_look_alikes_are_not(sqlite_database: Database, half: str) -> None:
    left, asked = LABELLED[half]
    tally = score(sqlite_database, pairs_of(half), as_labelled)
    assert tally.wrongly_joined == 0
    assert tally.left <= left
    assert tally.asked <= asked
    assert tally.states_right == tally.states > 10


def test_look_alikes_stay_apart_as_they_are_read(sqlite_database: Database) -> None:
    tally = score(sqlite_database, pairs_of("dev"), reader())
    assert tally.wrongly_joined == 0
    assert tally.left <= 0.27
    assert tally.asked <= 0.26
