"""`make quality`: how well unseen pages are read, written to docs/quality.md; or scores of your own folders.

`python -m training.quality FOLDER...` reads labelled pages of your own (NAME.txt, NAME.gold.json).
Without a folder each folder of `training/pages` is left out in turn; the page says what else is measured.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from parsing.judge.model import load_judge
from parsing.model import PUSHED, EventType
from parsing.tagger import load_tagger
from training.fit import folders, part
from training.folds import Result, curve, groups, left_out, result
from training.labels import PAGES, SAMPLES
from training.measures import BINS, Hits, Measures, merged
from training.scoring import Score, Tally

ROOT = Path(__file__).parents[1]
HEADER = (
    "| pages | F1 | P | R | date | subject | actors F1 | people F1 | whole | false /1000 | headline |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)
PLAIN = "plain-"
COMPARED = ("district-east", "dense")  # read without the name model too, with all of their groups
CURVE = ("district-east", "plain-centre")
# No rule was made, and no lexicon filled, with sight of these.
UNSEEN = ("dry", "gazettes", "lists", "offices", "wires", "plain-hills", "plain-river")
SHOWN = 40


def main(arguments: Sequence[str]) -> None:
    """Print scores of folders, or make the page."""
    tagger = load_tagger()
    if arguments:
        _say(HEADER)
        for folder in map(Path, arguments):
            _say(_row(folder.name, result(part(folder, tagger).pages, load_judge())))
        return
    parts = {folder.name: part(folder, tagger) for folder in folders() if folder != SAMPLES}
    outcome = left_out(parts)
    for name, told in outcome.items():
        _say(_row(name, told))
    own = load_judge()
    tuned = {name: result(each.pages, own) for name, each in parts.items()}
    held = result(part(PAGES, tagger).pages, own)
    learned = curve(parts, CURVE, (0.25, 0.5, 0.75, 1.0))
    untagged = {folder.name: part(folder, None) for folder in folders() if folder != SAMPLES}
    nameless = left_out(untagged, [group for group in groups(list(parts)) if set(group) & set(COMPARED)])
    (ROOT / "docs" / "quality.md").write_text(
        _page(outcome, tuned, held, nameless, learned), encoding="utf-8"
    )


def _page(
    outcome: Mapping[str, Result],
    tuned: Mapping[str, Result],
    held: Result,
    nameless: Mapping[str, Result],
    learned: Sequence[tuple[float, Sequence[Result]]],
) -> str:
    usual = [name for name in outcome if not name.startswith(PLAIN)]
    plain = [name for name in outcome if name.startswith(PLAIN)]
    rows = [_row(name, outcome[name]) for name in (*usual, *plain)]
    for title, names in (("**usual words**", usual), ("**plain words**", plain)):
        unseen = [name for name in names if name in UNSEEN]
        rows.append(_row(title, _together(outcome, names)))
        rows.append(_row("- unseen by rules too", _together(outcome, unseen)))
    measures = merged([each.measures for each in outcome.values()])
    gaps = [
        f"| {name} | {tuned[name].score.overall.f1:.3f} | {outcome[name].score.overall.f1:.3f} "
        f"| {tuned[name].score.overall.f1 - outcome[name].score.overall.f1:.3f} |"
        for name in outcome
    ]
    pushed = [
        f"| {title} | {hits.share:.3f} | {hits.right} | {hits.wrong} |"
        for title, names in (("usual words", usual), ("plain words", plain))
        for hits in [merged([outcome[n].measures for n in names]).pushed(PUSHED)]
    ]
    models = []
    for title, names in (("usual words", usual), ("plain words", plain)):
        read = [name for name in names if name in nameless]
        both = [_together(results, read).score.overall for results in (outcome, nameless)]
        scores = [getattr(tally, field) for field in ("f1", "people_f1", "actors_f1") for tally in both]
        models.append(f"| {title} ({len(read)} folders) | " + " | ".join(f"{s:.3f}" for s in scores) + " |")
    template = (Path(__file__).parent / "quality.template.md").read_text("utf-8")
    return template.format(
        header=HEADER,
        rows="\n".join(rows),
        held=_row("tests/pages", held),
        types_usual=_types([outcome[name].score for name in usual]),
        types_plain=_types([outcome[name].score for name in plain]),
        gaps="\n".join(gaps),
        calibration=_calibration(measures),
        pushed="\n".join(pushed),
        floor=PUSHED,
        gates=_gates(measures),
        rules=_hits(measures.by_rule),
        triggers=_hits(measures.by_trigger),
        models="\n".join(models),
        curve="\n".join(
            f"| {share:.0%} | " + " | ".join(f"{told.score.overall.f1:.3f}" for told in results) + " |"
            for share, results in learned
        ),
    )


def _together(outcome: Mapping[str, Result], names: Sequence[str]) -> Result:
    """Several folders as one."""
    results = [outcome[name] for name in names]
    score = Score(characters=sum(each.score.characters for each in results))
    for each in results:
        for kind, tally in each.score.by_type.items():
            score.by_type[kind].add(tally)
    return Result(score, merged([each.measures for each in results]))


def _row(name: str, told: Result) -> str:
    tally, measures = told.score.overall, told.measures
    headline = measures.headlines_right / measures.headlines if measures.headlines else 1.0
    values = (
        tally.f1, tally.precision, tally.recall, tally.date, tally.subject,
        tally.actors_f1, tally.people_f1, tally.whole, told.score.alarms_per_1000, headline,
    )  # fmt: skip
    return f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |"


def _types(scores: Sequence[Score]) -> str:
    lines = []
    for kind in EventType:
        total = Tally()
        for score in scores:
            total.add(score.by_type[kind.value])
        values = (total.f1, total.precision, total.recall, total.date, total.subject, total.actors_f1)
        lines.append(
            f"| {kind.value} | {total.hits + total.misses} | " + " | ".join(f"{v:.3f}" for v in values) + " |"
        )
    return "\n".join(lines)


def _calibration(measures: Measures) -> str:
    lines = []
    for index, low in enumerate(BINS[:-1]):
        hits = measures.by_confidence.get(index)
        if hits is not None:
            high = min(BINS[index + 1], 1.0)
            counted = hits.right + hits.wrong
            lines.append(f"| {low:.1f}-{high:.1f} | {counted} | {hits.share:.3f} | {hits.optional} |")
    return "\n".join(lines)


def _gates(measures: Measures) -> str:
    names = sorted({gate for gate, _ in measures.gates})
    return "\n".join(
        f"| {name} | {measures.gates[name, False]} | {measures.gates[name, True]} |" for name in names
    )


def _hits(table: Mapping[str, Hits]) -> str:
    lines = []
    ranked = sorted(table.items(), key=lambda pair: -(pair[1].right + pair[1].wrong + pair[1].optional))
    for name, hits in ranked[:SHOWN]:
        lines.append(f"| {name} | {hits.right} | {hits.wrong} | {hits.optional} | {hits.share:.2f} |")
    return "\n".join(lines)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
