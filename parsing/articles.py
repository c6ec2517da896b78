"""Blocks into articles: where one begins and ends, and which headline belongs to which body."""

import re

from parsing.dealing import Slot, deal
from parsing.draft import Draft
from parsing.furniture import DATELINE, has_symbol, is_bullet, is_signature
from parsing.jumps import join_halves, note_jumps, page_of
from parsing.layout import Block, BlockKind

# A word, a colon, a phrase: 账本：一份饭的成本从哪里来. 南口镇：… names whom an article is about.
_SECTION_HEADING = re.compile(r"^\S{1,3}(?<![镇乡村区县市街])：\S")

__all__ = ["Draft", "drafts"]


def drafts(blocks: list[Block]) -> list[Draft]:
    """The articles of a page, in the order of their bodies."""
    found, slots = _parted(blocks)
    if not found:
        return _without_body(slots[0])
    needs: list[float | None] = [_needs(draft, slot) for draft, slot in zip(found, slots, strict=False)]
    dealt = deal(slots, [_text(draft) for draft in found], needs)
    for index, draft in enumerate(found):
        above, below = dealt[index]
        draft.headlines = [line.strand for line in above + below]
        draft.behind = bool(below)
    note_jumps(found, slots)
    return join_halves(_put_together(found, slots))


def _text(draft: Draft) -> str:
    return "".join(part.text for part in draft.body)


def _needs(draft: Draft, slot: Slot) -> float | None:
    """How sorely an article wants a headline of its own; None for the further items of a list."""
    if draft.listed and not slot.parts:
        return None
    if draft.body[0].text.startswith("又讯"):
        return 0.1
    if draft.has_dateline:
        return 1.0
    return 0.3 if draft.listed or draft.continued else 0.8


def _parted(blocks: list[Block]) -> tuple[list[Draft], list[Slot]]:
    """Bodies, and what stands before each and after the last: one slot more than bodies."""
    found: list[Draft] = []
    slots = [Slot()]
    page: str | None = None
    for index, block in enumerate(blocks):
        slot = slots[-1]
        before = blocks[index - 1] if index else None
        match block.kind:
            case BlockKind.MASTHEAD:
                page = page_of(block.text) or page
            case BlockKind.BODY if not _is_caption(blocks, index, slot, found):
                last = found[-1] if found else None
                slot.closes_with_gap = block.gap
                if (
                    last is None
                    or slot.parts
                    or DATELINE.match(block.text)
                    or _begins_list(block, before, last)
                ):
                    found.append(_new_draft(block, slot))
                    slots.append(Slot())
                elif last.listed and is_bullet(block.text):
                    found.append(Draft(body=[block.strand], listed=True))
                    slots.append(Slot())
                else:
                    last.body.append(block.strand)
                found[-1].jump.page = found[-1].jump.page or page
                found[-1].captions += slot.captions
                slot.captions.clear()
            case BlockKind.CAPTION | BlockKind.BODY:
                if (
                    not block.gap
                    and slot.parts
                    and slot.parts[-1].kind is BlockKind.HEADLINE
                    and slot.parts[-1].gap
                ):
                    slot.captions.append(slot.parts.pop().strand)  # the title of a picture
                slot.captions.append(block.strand)
            case BlockKind.HEADLINE if _signs(block, slot, found):
                continue
            case _:
                slot.parts.append(block)
    if found:
        found[-1].captions += slots[-1].captions
    return found, slots


def _new_draft(block: Block, slot: Slot) -> Draft:
    return Draft(body=[block.strand], continued=slot.continues, listed=is_bullet(block.text))


def _begins_list(block: Block, before: Block | None, last: Draft) -> bool:
    """Whether an item with a printer's symbol opens a list of its own rather than going on with an article."""
    if last.listed or not has_symbol(block.text) or last.body[-1].text[-1] in "：；":
        return False
    return before is not None and before.kind is BlockKind.CAPTION


def _signs(block: Block, slot: Slot, found: list[Draft]) -> bool:
    """Whether a line under a notice is the body that signs it."""
    return bool(found) and not slot.parts and not found[-1].has_dateline and is_signature(block.text)


def _is_caption(blocks: list[Block], index: int, slot: Slot, found: list[Draft]) -> bool:
    """Whether a short sentence under headlines is the words below a picture, not the body.

    Such a sentence is followed by the body, or by the words of the next picture.
    """
    text = blocks[index].text
    plain = len(text) <= 26 and text.endswith("。") and text.count("。") == 1 and not is_bullet(text)
    if not plain or (found and not slot.heads) or re.search(r"\d|本报讯|日|记者", text):
        return False
    if slot.captions and blocks[index - 1].strand is slot.captions[-1]:
        return True
    return any(block.kind in (BlockKind.BODY, BlockKind.CAPTION) for block in blocks[index + 1 : index + 2])


def _without_body(slot: Slot) -> list[Draft]:
    """A page of nothing but short sentences or headlines: then they are what it tells."""
    heads = [head.strand for head in slot.heads]
    if slot.captions:
        return [Draft(headlines=heads, body=slot.captions)]
    return [Draft(headlines=heads[:1], body=heads[1:] or heads[:1])] if heads else []


def _put_together(found: list[Draft], slots: list[Slot]) -> list[Draft]:
    """Parts of one article joined; items of a list and 又讯 put under the headline they belong to."""
    sections = _sections(found, slots)
    whole: list[Draft] = []
    for draft, slot in zip(found, slots, strict=False):
        last = whole[-1] if whole else None
        if last and (_goes_on(draft, slot) or (id(draft) in sections and not last.has_dateline)):
            last.body += draft.body
            last.captions += draft.captions
            continue
        if draft.listed and draft.headlines:
            draft.section = " ".join(line.text for line in draft.headlines)
        elif draft.listed and last and last.listed and not slot.parts:
            draft.section, draft.under = last.section, last.headline
        elif last and draft.body[0].text.startswith("又讯") and not draft.headlines:
            draft.under = last.headline
        whole.append(draft)
    return whole


def _sections(found: list[Draft], slots: list[Slot]) -> set[int]:
    """Parts of a feature under headings of one form (位置：差一百米; 账本：一份饭的成本), by identity."""
    heads = [head.text for slot in slots for head in slot.heads]
    if sum(bool(_SECTION_HEADING.match(head)) for head in heads) < 2:
        return set()
    return {
        id(draft)
        for draft in found
        if len(draft.headlines) == 1
        and not (draft.has_dateline or draft.listed or draft.continued)
        and _SECTION_HEADING.match(draft.headlines[0].text)
    }


def _goes_on(draft: Draft, slot: Slot) -> bool:
    """Whether a body goes on with the article above: what stood between was that one's headline."""
    between = {block.kind for block in slot.parts}
    return (
        not draft.headlines
        and not draft.has_dateline
        and not draft.listed
        and not draft.continued
        and between <= {BlockKind.HEADLINE, BlockKind.BYLINE, BlockKind.JUMP_LINE}
    )
