"""/read, and pages by hand: an operator sends a file, a link or a forwarded post, and says if to store it."""

import asyncio
import logging

from handlers.ask import Answer, Ask, Question, alert, in_place
from handlers.handed import Form, Handed
from handlers.obtaining import NotReadError, Obtained, obtain, read_again
from handlers.permissions import operators_only
from handlers.requests import READ
from messages import replies
from messages.callbacks import Action, TakeIn
from messages.replies import Unread
from messages.tree import Message
from sources.documents import MAX_BYTES
from storage.intake import (
    WAITING,
    Intake,
    drop_intake,
    get_intake,
    keep_intake,
    preview_intake,
    store_intake,
)

logger = logging.getLogger(__name__)


async def read(ask: Ask) -> Message | Answer:
    """Read what is handed in, show what was found, and keep it until a button says what to do."""
    if not ask.is_private:
        return replies.hand_in_private(ask.t)
    handed = ask.handed
    if not ask.is_operator:
        if handed is not None and handed.form is Form.PICTURE:
            return Answer()  # nobody asked anything; an album would be answered again and again
        return replies.hand_in_refused(ask.t)
    if handed is None:
        return replies.hand_in_how(ask.t)
    try:
        async with ask.house.reading:
            found = await _obtain(ask, handed)
    except NotReadError as error:
        name = handed.content if handed.form is Form.LINK else handed.name
        return replies.unread(error.why, ask.t, name=name)
    run, now, zone = ask.house.database.run, ask.now, ask.house.settings.zone
    report = await run(preview_intake, found.intake, found.readings, now=now, zone=zone)
    number = 0
    if report.new or report.merged:
        number = await run(keep_intake, found.intake, chat_id=ask.chat.id, now=now)
    return replies.intake_found(
        report,
        found.intake,
        number,
        today=ask.today,
        t=ask.t,
        pictures=found.pictures,
        more_pages=found.more_pages,
    )


async def take_in(ask: Ask) -> Answer:
    """Store what waits under this number, or leave it. Twice tapped is stored once."""
    if not isinstance(ask.action, TakeIn):
        return alert(replies.gone_button(ask.t))
    number, database = ask.action.number, ask.house.database
    kept = await database.read(get_intake, number, chat_id=ask.chat.id)
    if kept is None or kept.state != WAITING:
        return alert(replies.intake_gone(kept.state if kept else None, ask.t))
    done = await (_store if ask.action.store else _drop)(ask, number, kept.intake)
    if done is None:  # another tap was quicker
        kept = await database.read(get_intake, number, chat_id=ask.chat.id)
        return alert(replies.intake_gone(kept.state if kept else None, ask.t))
    return in_place(done)


async def _obtain(ask: Ask, handed: Handed) -> Obtained:
    data = b""
    match handed.form:
        case Form.PICTURE:
            raise NotReadError(Unread.PICTURE)
        case Form.FILE:
            if handed.size is not None and handed.size > MAX_BYTES:
                raise NotReadError(Unread.TOO_LARGE)
            if ask.download is None:
                raise NotReadError(Unread.NOT_GIVEN)
            data = await ask.download(handed.content)
    return await asyncio.to_thread(obtain, handed, data, ask.house.reader, ask.house.settings.zone)


async def _store(ask: Ask, number: int, intake: Intake) -> Message | None:
    house = ask.house
    async with house.reading:
        readings = await asyncio.to_thread(read_again, intake, house.reader)
    report = await house.database.run(
        store_intake, number, readings, chat_id=ask.chat.id, now=ask.now, zone=house.settings.zone
    )
    if report is None:
        return None
    logger.info("intake %s is stored: %s new, %s merged", number, len(report.new), len(report.merged))
    return replies.intake_stored(report, intake, today=ask.today, t=ask.t)


async def _drop(ask: Ask, number: int, intake: Intake) -> Message | None:
    if not await ask.house.database.run(drop_intake, number, chat_id=ask.chat.id):
        return None
    return replies.intake_dropped(intake, today=ask.today, t=ask.t)


COMMANDS: dict[str, Question] = {READ: read}
BUTTONS: dict[type[Action], Question] = {TakeIn: operators_only(take_in)}
