"""Numbers that people read in the documents are those of the code."""

import re

from parsing.model import PUSHED
from tests.docs.transcript import ROOT


def test_the_readmes_tell_from_which_confidence_an_event_is_sure() -> None:
    for name in ("README.md", "README.zh-CN.md", "docs/decisions.md"):
        text = (ROOT / name).read_text("utf-8")
        told = set(re.findall(r"(?:confidence(?: below)?|不到) (0\.\d+)", text))
        assert told == {f"{PUSHED}"}, name
