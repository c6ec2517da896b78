"""What people see stays as it is, unless it is changed on purpose.

After a change of wording, write the files again with `python -m tests.messages.golden` and read the
difference in `git diff tests/messages/golden`: it is what users will notice.
"""

import pytest

from tests.messages.golden import CASES, FOLDER, seen


@pytest.mark.parametrize("name", CASES)
def test_a_message_reads_as_in_its_golden_file(name: str) -> None:
    assert seen(name) == (FOLDER / f"{name}.txt").read_text("utf-8")


def test_every_golden_file_belongs_to_a_message() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(CASES)
