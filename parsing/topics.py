"""The topic of a passage: in a report that goes through streets and towns one by one, whose turn it is."""

import re

from parsing.bodies import leading_body
from parsing.candidates import Story

_TOPIC = re.compile(
    r"(?:街道|街|镇|乡|苏木|地区|街办|管委会|区|县|开发区|社区|村|局|委|公司|集团|学校|医院)$"
)
_RELATIVE = re.compile(r"^(?:区|市|县|镇|街道|村|社区|乡)(?![^，]{0,3}(?:街道|镇|村|社区))")
_FALLS_BACK = re.compile(r"^(?:会上|会议|对于|此外|记者|据|近年来|“)")


def topics(story: Story) -> dict[int, str]:
    """For each clause (by its index) the body that its passage is about, where one was set.

    A topic is set by a full body name at the head of a sentence or segment and holds within the paragraph;
    relative names (镇社区卫生服务中心, 街道侨联) belong to it and set none.
    """
    found: dict[int, str] = {}
    for paragraph in story.paragraphs:
        current: str | None = None
        segment = -1
        for clause in paragraph.clauses:
            if clause.segment != segment:
                segment = clause.segment
                if _FALLS_BACK.match(clause.text):
                    current = None if clause.text.startswith(("会上", "会议", "对于", "“")) else current
                leading = leading_body(clause.text, story.district)
                if leading is not None and _sets_topic(leading.name, clause.text):
                    current = leading.name
            if current is not None:
                found[clause.index] = current
    return found


def _sets_topic(name: str, text: str) -> bool:
    if not _TOPIC.search(name) or _RELATIVE.match(name) or len(name) < 3:
        return False
    after = text[text.find(name) + len(name) :]
    return bool(after) and after[0] not in "、和的与"
