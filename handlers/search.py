"""/search, and plain words: what is understood narrows the search, the other words are searched for."""

from handlers.arguments import literal_words, read_arguments
from handlers.ask import Ask, Question
from handlers.looking import look_up
from messages import replies
from messages.callbacks import ListKind, ListMode
from messages.tree import Message


async def search(ask: Ask) -> Message:
    """The events that a question in a few words asks for.

    获奖 长辛店 上周 is read as a type, an area and a period; where that finds nothing, every word is searched
    for as it stands.
    """
    literal = literal_words(ask.words)
    if literal.is_empty:
        return replies.word_missing("search", ask.t)
    asked = read_arguments(ask.words, ask.house.district, ask.today, types=True)
    return await look_up(ask, asked.filter, ListMode(ListKind.SEARCH), otherwise=literal.filter)


COMMANDS: dict[str, Question] = {"search": search}
