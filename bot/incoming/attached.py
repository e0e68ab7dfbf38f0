"""What stands in a message besides what was written: in what it quotes or answers, behind a word that is a link, in a
contact, a place, a poll or a list, in the name of a file. Of all that the receipt numbers are kept, and that there was
a NIK.
"""

import re
from collections.abc import Iterator
from typing import Any

from storage.numbers import EXAMPLE, MASK, find, mask

SENT = ("contact", "venue", "poll", "checklist", "rich_message")  # whoever sends one has written it, or means it
ENTITIES = ("entities", "caption_entities")
ANSWERED = ("reply_to_message", "external_reply")  # here, or in another chat
PARTS = frozenset({*SENT, *ANSWERED, "quote", "document"})
OF_A_MACHINE = ("id", "vcard")  # ends of the names of what nobody reads
# As a slip is named. What is named after the moment in which it was made has more digits, or something between them.
_IN_A_NAME = re.compile(r"(?<!\d)\d{12}(?!\d)")


def digits(message: dict[str, Any]) -> str:
    """The receipt numbers, a line each, and the mark of a NIK that was sent; nothing if there are none.

    Not the example: it stands in messages of ours, and is nobody's.
    """
    sent = [masked for part in SENT for text in _texts(message.get(part)) if (masked := mask(text))]
    found = [number for text in (*_referred(message), *sent) for number in find(text).good if number != EXAMPLE]
    return "\n".join([*found, *([MASK] if any(find(text).nik for text in sent) else [])])


def _referred(message: dict[str, Any]) -> Iterator[str]:
    quoted = mask((message.get("quote") or {}).get("text", ""))  # perhaps the line with one of the numbers in it
    others = () if find(quoted).good else [message.get(name) or {} for name in ANSWERED]
    yield quoted
    for answered in others:
        yield mask(answered.get("text") or answered.get("caption") or "")
        yield from (mask(text) for part in SENT for text in _texts(answered.get(part)))
    for one in (message, *others):
        yield " ".join(_IN_A_NAME.findall(one.get("document", {}).get("file_name", "")))
    for entity in (one for name in ENTITIES for one in message.get(name, ())):
        if entity["type"] == "text_link":  # a word with an address behind it, such as that of a slip
            yield mask(entity.get("url", ""))


def _texts(part: object) -> Iterator[str]:
    """What can be read in a part of a message. Pieces of one text, such as a word in bold, are put together."""
    match part:
        case str():
            yield part
        case list() if any(isinstance(one, str) for one in part):
            yield "".join(text for one in part for text in _texts(one))
        case list():
            for one in part:
                yield from _texts(one)
        case dict():
            for name, one in part.items():
                if not name.endswith(OF_A_MACHINE):
                    yield from _texts(one)
