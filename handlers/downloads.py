"""Files that people send, fetched from Telegram. The address of a file holds the token: nobody may see it."""

import logging

from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from handlers.obtaining import NotReadError
from messages.replies import Unread

logger = logging.getLogger(__name__)

_TOO_BIG = "file is too big"  # Telegram has no code for it, only its words


async def download(bot: ExtBot[None], file_id: str) -> bytes:
    """The bytes of a file.

    Raises:
        NotReadError: Telegram does not give it.
    """
    try:
        file = await bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())
    except BadRequest as error:
        too_big = _TOO_BIG in error.message.lower()
        raise NotReadError(Unread.TOO_LARGE if too_big else Unread.NOT_GIVEN) from None
    except TelegramError as error:
        logger.warning("a file could not be fetched from Telegram: %s", type(error).__name__)
        raise NotReadError(Unread.NOT_GIVEN) from None
