"""Two readings of one page: what both tell is surer, what they tell apart is listed for a person."""

from dataclasses import replace
from datetime import date

import pytest

from parsing.compare import Difference, Verdict, compare, confirmed
from parsing.model import NO_PERIOD, Article, Dropped, EventType, Mention, Reading, Stage
from tests.support.readings import Happening, on, page_telling

DAY = date(2024, 4, 2)
MEETING = Happening(
    EventType.MEETING,
    "月度工作点评会",
    "丰台区召开月度工作点评会",
    on(DAY),
    actors=("丰台区",),
    people=("王少峰",),
    confidence=0.8,
)
AWARD = Happening(EventType.AWARD, "“首都文明村镇”", "王佐镇获评“首都文明村镇”", actors=("王佐镇",))


def reading(*happenings: Happening) -> Reading:
    return page_telling(*happenings, issued_on=date(2024, 4, 8))[1]


def changed(first: Reading, **change: object) -> Reading:
    """The same reading, with the first mention told otherwise."""
    mention = replace(first.mentions[0], **change)  # type: ignore[arg-type]  # any field of a mention
    return replace(first, mentions=(mention, *first.mentions[1:]))


def without(first: Reading, number: int) -> Reading:
    return replace(first, mentions=tuple(one for index, one in enumerate(first.mentions) if index != number))


def test_what_both_tell_alike_is_confirmed_and_a_little_surer() -> None:
    first = reading(MEETING, AWARD)
    found = compare(first, first)
    assert not found.disagreements
    assert found.verdict(first.mentions[0]) == (Verdict.CONFIRMED, ())
    assert [mention.confidence for mention in confirmed(first, found).mentions] == [0.85, 0.95]


def test_confidence_never_falls_and_never_comes_to_certainty() -> None:
    first = changed(reading(MEETING), confidence=0.995)
    assert confirmed(first, compare(first, first)).mentions[0].confidence == 0.995
    first = changed(first, confidence=0.97)
    assert confirmed(first, compare(first, first)).mentions[0].confidence == 0.99


def test_what_only_one_finds_is_listed_by_its_place_and_changes_nothing() -> None:
    both = reading(MEETING, AWARD)
    first, second = without(both, 1), without(both, 0)
    found = compare(first, second)
    assert found.agreed == ()
    assert [(one.verdict, one.mention.type) for one in found.disagreements] == [
        (Verdict.ONLY_FIRST, EventType.MEETING),
        (Verdict.ONLY_SECOND, EventType.AWARD),
    ]
    assert confirmed(first, found) == first


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"subject": "年度总结表彰活动"}, "subject", ("月度工作点评会", "年度总结表彰活动")),
        ({"when": NO_PERIOD}, "when", ("2024-04-02", None)),
        ({"when": on(DAY, date(2024, 4, 3))}, "when", ("2024-04-02", "2024-04-02/2024-04-03")),
        ({"actors": ("方庄街道",)}, "actors", ("丰台区", "方庄街道")),
        ({"people": ("王少峰", "初军威")}, "people", ("王少峰", "王少峰、初军威")),
        ({"type": EventType.ACTIVITY}, "type", ("meeting", "activity")),
    ],
)
def test_a_field_told_otherwise_is_named_with_both_values(
    change: dict[str, object], field: str, said: tuple[str | None, str | None]
) -> None:
    first = reading(MEETING)
    found = compare(first, changed(first, **change))
    assert found.agreed[0].differing == (Difference(field, *said),)
    assert found.disagreements[0].verdict is Verdict.DIFFERS
    assert found.verdict(first.mentions[0])[0] is Verdict.DIFFERS
    assert confirmed(first, found) == first, "what they tell apart gets no surer"


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "丰台区月度工作点评会"},
        {"subject": "《月度工作点评会》"},
        {"actors": ("北京市丰台区",)},
        {"actors": ()},
        {"people": ()},
        {"place": "区政府"},
        {"evidence": "召开月度工作点评会"},
        {"confidence": 0.1},
    ],
)
def test_the_same_in_other_words_and_what_one_leaves_out_is_no_disagreement(
    change: dict[str, object],
) -> None:
    first = reading(MEETING)
    assert compare(first, changed(first, **change)).disagreements == ()


def test_stages_are_compared_where_both_tell_one() -> None:
    first = reading(Happening(EventType.LAUNCH, "丽泽车站工程", "丽泽车站工程开工", stage=Stage.START))
    assert not compare(first, changed(first, stage=None)).disagreements
    assert compare(first, changed(first, stage=Stage.OPENING)).agreed[0].differing[0].field == "stage"


def test_evidence_is_the_same_from_half_of_the_shorter_on() -> None:
    first = reading(MEETING)
    start, end = first.mentions[0].start, first.mentions[0].end
    half = changed(first, start=end - 6, end=end + 6)
    less = changed(first, start=end - 5, end=end + 7)
    assert len(compare(first, half).agreed) == 1
    assert len(compare(first, less).disagreements) == 2
    assert end - start == 12


def test_three_honours_in_one_clause_find_their_likes() -> None:
    words = "佃起村获评甲级示范村、乙等卫生村、丙类文明村"
    first = reading(Happening(EventType.AWARD, "甲级示范村", words))
    one = first.mentions[0]
    named = [replace(one, subject=subject) for subject in ("甲级示范村", "乙等卫生村", "丙类文明村")]
    found = compare(replace(first, mentions=tuple(named)), replace(first, mentions=tuple(reversed(named))))
    assert len(found.agreed) == 3
    assert not found.disagreements


def test_two_happenings_of_one_clause_are_not_taken_for_each_other() -> None:
    first = reading(MEETING)
    other = changed(first, type=EventType.AGREEMENT, subject="战略合作框架协议")
    assert len(compare(first, other).disagreements) == 2


def test_the_same_told_again_elsewhere_is_no_finding_of_its_own() -> None:
    first = changed(reading(MEETING, AWARD), also=("点评会4月2日召开",))
    again = replace(first.mentions[0], article="a2", evidence="点评会4月2日召开", start=900, end=910, also=())
    second = replace(first, mentions=(*first.mentions, again))
    assert compare(first, second).disagreements == ()
    only_again = replace(first, mentions=(again, first.mentions[1]))
    assert compare(first, only_again).disagreements == (), "found by its other place"


def test_what_was_not_read_is_neither_confirmed_nor_doubted() -> None:
    first = reading(MEETING, AWARD)
    second = replace(without(first, 0), articles=first.articles[1:])
    found = compare(first, second)
    assert found.unread == first.mentions[:1]
    assert not found.disagreements
    assert found.verdict(first.mentions[0])[0] is Verdict.UNREAD
    assert confirmed(first, found).mentions[0] == first.mentions[0]


def test_a_finding_that_the_first_dropped_comes_with_the_reason() -> None:
    both = reading(MEETING, AWARD)
    lost = both.mentions[0]
    dropped = Dropped(
        lost.article, lost.type, lost.evidence, lost.start, lost.end, "occasion", "召开", "speech", "要…"
    )
    found = compare(replace(without(both, 0), dropped=(dropped,)), both)
    assert found.disagreements[0].dropped == dropped


def test_a_mention_that_was_not_compared_has_no_verdict() -> None:
    first = reading(MEETING)
    found = compare(first, first)
    with pytest.raises(KeyError):
        found.verdict(reading(AWARD).mentions[0])


def test_empty_readings_have_nothing_to_tell() -> None:
    assert compare(reading(), reading()).disagreements == ()


def test_no_finding_is_lost_or_counted_twice() -> None:
    """Every mention of either reading is in exactly one place of the comparison."""
    article = Article("a1", None, 1, "", 0, 100)

    def mention(start: int, kind: EventType) -> Mention:
        return Mention(
            "a1", kind, "x" * 10, start, start + 10, f"某{start // 20}次活动", NO_PERIOD, "r", "", 0.7
        )

    kinds = (EventType.MEETING, EventType.ACTIVITY, EventType.AWARD)
    ours = tuple(mention(start, kinds[start % 3]) for start in range(0, 90, 7))
    theirs = tuple(mention(start, kinds[start % 3]) for start in range(3, 90, 9))
    first = replace(reading(), articles=(article,), mentions=ours)
    found = compare(first, replace(first, mentions=theirs))
    assert found.agreed
    assert sorted(
        mention.start for mention in (*(pair.first for pair in found.agreed), *found.only_first)
    ) == sorted(mention.start for mention in ours)
    seconds = [pair.second.start for pair in found.agreed]
    assert len(set(seconds)) == len(seconds)
    assert not set(seconds) & {mention.start for mention in found.only_second}
