"""What the outbox keeps of a message."""

import json

from messages.html import Rendered


def payload_of(part: Rendered, *, silent: bool = False) -> str:
    """A rendered part as the outbox keeps it."""
    keyboard = [
        [
            {"text": button.text, **({"url": button.url} if button.url else {"data": button.data})}
            for button in row
        ]
        for row in part.keyboard
    ]
    return json.dumps({"html": part.html, "keyboard": keyboard, "silent": silent}, ensure_ascii=False)
