"""Articles that go on upon another page: both halves joined where both are in the text.

Mostly one page is read, and the other half is not there; then each half is an article of its own. A text of
several pages has mastheads that number them, or a continuation that repeats its headline.
"""

from collections.abc import Sequence

from parsing.dealing import Slot
from parsing.draft import Draft
from parsing.furniture import JUMP_BEFORE, JUMP_PAGE, PAGE_LABEL
from parsing.layout import Block, BlockKind
from parsing.text import bigrams, joined

_SAME = 0.6  # so much of a continuation's headline is the first half's
_FAR = 60  # articles between two halves, at most
_ENDS = "。！？”）"


def page_of(text: str) -> str | None:
    """The page that a masthead or a jump line names: 第02版 is 2, A03版 is A3."""
    if found := JUMP_PAGE.search(text):
        return f"{found[1]}{int(found[2])}" if found[2] else str("一二三四五六七八九十".index(found[3]) + 1)
    if PAGE_LABEL.match(text) and (digits := [word for word in text.split() if word.isdecimal()]):
        return str(int(digits[-1]))
    return None


def note_jumps(drafts: Sequence[Draft], slots: Sequence[Slot]) -> None:
    """Note in each draft from which page it comes and onto which it goes."""
    for draft, before, after in zip(drafts, slots, slots[1:], strict=False):
        draft.jump.origin = next((page_of(jump.text) for jump in _jumps(before, back=True)), None)
        draft.jump.onto = next((page_of(jump.text) for jump in _jumps(after, back=False)), None)


def join_halves(drafts: list[Draft]) -> list[Draft]:
    """The drafts with each second half put behind its first half and taken out of the list."""
    whole: list[Draft] = []
    for draft in drafts:
        first = next(
            (other for other in whole[-_FAR:] if draft.continued and _are_halves(other, draft)), None
        )
        if first is None:
            whole.append(draft)
            continue
        if first.body[-1].text[-1] not in _ENDS:  # the jump line stood inside a sentence
            first.body[-1] = joined((first.body[-1], draft.body[0]))
            first.body += draft.body[1:]
        else:
            first.body += draft.body
        first.captions += draft.captions
        first.headlines = first.headlines or draft.headlines
        first.jump.onto = draft.jump.onto
    return whole


def _jumps(slot: Slot, *, back: bool) -> list[Block]:
    lines = [block for block in slot.parts if block.kind is BlockKind.JUMP_LINE]
    return [block for block in lines if bool(JUMP_BEFORE.search(block.text)) == back]


def _are_halves(first: Draft, second: Draft) -> bool:
    if first.jump.onto is None or second.jump.origin is None:
        return False
    if first.jump.page is not None and second.jump.page is not None:
        return (first.jump.page, first.jump.onto) == (second.jump.origin, second.jump.page)
    # No page is numbered: the headline is repeated.
    own, other = (bigrams("".join(line.text for line in draft.headlines)) for draft in (first, second))
    return bool(other) and len(own & other) >= _SAME * len(other)
