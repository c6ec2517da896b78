"""The walks of CONTRIBUTING.md that add to the reader, each taken on a copy of its package.

Where one of these needs more than its one file or its one line, something is in the wrong place.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from parsing.district import load_district

ROOM = Path(__file__).parents[2] / "parsing"
PROGRAM = """
import json, sys
from datetime import date
from parsing.dates import find_dates
from parsing.district import load_district
from parsing.reader import read_page

text, district = sys.argv[1:]
issue = date(2024, 4, 8)
reading = read_page(text, district=load_district(district), issued_on=issue)
dates = find_dates(text, issue)
print(json.dumps({
    "mentions": [
        [m.type, m.rule, m.trigger, m.subject, str(m.when.start), list(m.actors), list(m.areas), m.confidence]
        for m in reading.mentions
    ],
    "dropped": [[item.rule, item.gate] for item in reading.dropped],
    "dates": [[item.text, item.kind, str(item.when.start), str(item.when.end)] for item in dates],
}))
"""


class House:
    """A copy of the package that a walk may change; each reading is made by a new process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOM, folder / "parsing", ignore=shutil.ignore_patterns("__pycache__"))

    def write(self, name: str, text: str) -> None:
        """One new file."""
        path = self.folder / "parsing" / name
        assert not path.exists()
        path.write_text(text, "utf-8")

    def add(self, name: str, behind: str, text: str) -> None:
        """Text put behind words that stand once in a file."""
        path = self.folder / "parsing" / name
        before = path.read_text("utf-8")
        assert before.count(behind) == 1
        path.write_text(before.replace(behind, behind + text), "utf-8")

    def read(self, text: str, district: str = "丰台区") -> Any:
        told = subprocess.run(
            [sys.executable, "-c", PROGRAM, text, district],
            cwd=self.folder,
            env={"PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout)

    def mentions(self, text: str, district: str = "丰台区") -> Any:
        return self.read(text, district)["mentions"]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_trigger_is_one_word_in_a_list(house: House) -> None:
    text = "4月2日，丰台区青松图书馆开卷迎客。"
    assert ("launch.subject", "开卷迎客") not in [tuple(m[1:3]) for m in house.mentions(text)]
    house.add("lexicon/events.toml", "\nopening = [", '"开卷迎客", ')
    found = [tuple(m[:5]) for m in house.mentions(text)]
    assert found == [("launch", "launch.subject", "开卷迎客", "丰台区青松图书馆", "2024-04-02")]


def test_a_date_form_is_one_entry(house: House) -> None:
    text = "莲花池书市将于花季举办。"
    assert house.read(text)["dates"] == []
    house.add(
        "date_forms.py",
        "FORMS: tuple[Form, ...] = (\n",
        """    Form("花", fixed(re.compile("花季"), DateKind.MONTH, lambda anchor: Period(
        date(anchor.this_year, 4, 1), date(anchor.this_year, 4, 30), Precision.MONTH
    ) if anchor.this_year else NO_PERIOD)),
""",
    )
    reading = house.read(text)
    assert reading["dates"] == [["花季", "month", "2024-04-01", "2024-04-30"]]
    assert [(m[0], m[4]) for m in reading["mentions"]] == [("activity", "2024-04-01")]


DISTRICT = """
name = "青石区"
short = "青石"
city = "远山市"

[[area]]
name = "柳湾街道"
aliases = ["柳湾"]
"""


def test_a_district_is_one_file(house: House) -> None:
    house.write("districts/qingshi.toml", DISTRICT)
    for name in ("青石区", "青石", "qingshi"):
        (mention,) = house.mentions("4月2日，柳湾街道召开安全生产工作会议。", name)
        assert mention[5:7] == [["柳湾街道"], ["柳湾街道"]]


def test_a_district_may_lie_in_a_folder_of_one_s_own(tmp_path: Path) -> None:
    (tmp_path / "qingshi.toml").write_text(DISTRICT, "utf-8")
    assert load_district("青石", folder=tmp_path).areas_in("柳湾的早市")[0].name == "柳湾街道"


RULE = '''"""Markets that gather, in the words of the walk."""

from collections.abc import Iterator

from parsing.candidates import Candidate, Story, whole
from parsing.clauses import Clause
from parsing.model import EventType


def markets(story: Story, clause: Clause) -> Iterator[Candidate]:
    """A candidate where a clause says that a market has gathered."""
    at = clause.masked.find("大集聚起来")
    if at > 0:
        start, end = whole(clause)
        at += clause.start
        yield Candidate(
            EventType.KIND, "markets.gathered", "聚起来", clause, start, end, at, "大集", strength=0.8
        )
'''
MARKET = "4月2日，丰台区长辛店大集聚起来了。"


def add_rule(house: House, kind: str) -> None:
    house.write("rules/markets.py", RULE.replace("KIND", kind))
    launches = "from parsing.rules.launches import launches\n"
    house.add("rules/__init__.py", launches, "from parsing.rules.markets import markets\n")
    house.add("rules/__init__.py", "RULES: tuple[Rule, ...] = (\n", "    markets,\n")


def test_a_rule_is_one_function_and_one_entry(house: House) -> None:
    add_rule(house, "ACTIVITY")
    reading = house.read(MARKET)
    # The judge knows activities, and whether it believes this one is its own affair.
    told = [mention[1] for mention in reading["mentions"]] + [rule for rule, _ in reading["dropped"]]
    assert "markets.gathered" in told


def test_a_gate_is_one_function_and_one_entry(house: House) -> None:
    text = "4月2日，丰台区召开月度工作点评会。"
    assert len(house.mentions(text)) == 1
    house.add(
        "gates.py",
        "\nGATES: tuple[Gate, ...] = (\n",
        '    Gate("monthly", ALL, lambda _, c: "monthly" if "月度" in c.subject else None, binds=True),\n',
    )
    reading = house.read(text)
    assert (reading["mentions"], reading["dropped"]) == ([], [["occasion.holding", "monthly"]])


def test_an_event_type_is_one_member_and_its_rule(house: House) -> None:
    house.add("model.py", '    NOTICE = "notice"\n', '    MARKET = "market"\n')
    add_rule(house, "MARKET")
    # No page is labelled with it yet: what its rule is sure of counts, dated and held by whom as ever.
    (mention,) = house.mentions(MARKET)
    assert mention[:5] == ["market", "markets.gathered", "聚起来", "大集", "2024-04-02"]
    assert mention[7] == 0.8
    # All that the judge knows it knows as before, and any gate turns the new one down.
    assert [m[0] for m in house.mentions("4月2日，丰台区召开月度工作点评会。")] == ["meeting"]
    refused = house.read("王少峰强调，要让丰台区大集聚起来。")
    assert refused["mentions"] == []
    assert refused["dropped"] == [["markets.gathered", "speech"]]
