"""Text as Telegram stores it: marks read, links and commands found, edges trimmed (td/telegram/MessageEntity.cpp)."""

import json
import re

from bot.sandbox.args import Json, Params, utf16
from bot.sandbox.errors import bad
from bot.sandbox.html import TAGS, Html
from bot.sandbox.markdown import parse_markdown, parse_markdown_v2
from bot.sandbox.span import Span

RAW_BYTES = 32_768
MOST = 100

FOUND = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"]*[^\s<>\".,:;!?')\]]|\bt\.me/[\w/?=&-]*\w)"
    r"|(?P<email>\b[\w.+-]+@[\w-]+\.[A-Za-z]{2,}\b)"
    r"|(?P<bot_command>(?<![\w/<>.:@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/<>]))"
    r"|(?P<mention>(?<![\w/])@[A-Za-z]\w{3,31}\b)"
    r"|(?P<hashtag>(?<![\w/])#(?=\w*[^\W\d_])\w+)",
)
PLAIN = frozenset("code pre text_link text_mention custom_emoji".split())


def formatted(
    params: Params, name: str, mode_name: str = "parse_mode", entities_name: str = "entities"
) -> tuple[str, list[Json]]:
    """The visible text of a parameter and its entities, or a refusal in the order the server checks."""
    text = params.get(name, "")
    if not text:
        return "", []
    if len(text) * 4 > RAW_BYTES and len(text.encode()) > RAW_BYTES:
        raise bad("text is too long")
    mode = params.get(mode_name, "")
    given = [] if mode else _given(params.get(entities_name))
    visible, spans = parsed(text, mode)
    return finished(visible, given or [span.json(visible) for span in spans])


def parsed(text: str, mode: str) -> tuple[str, list[Span]]:
    match mode.lower():
        case "" | "none":
            return text, []
        case "html":
            return Html(text).read()
        case "markdown":
            return parse_markdown(text)
        case "markdownv2":
            return parse_markdown_v2(text)
    raise bad("unsupported parse_mode")


def finished(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Trimmed as the server trims, with the entities it finds by itself, at most 100."""
    text, entities = trimmed(text.replace("\r", ""), entities)
    if any(mark in text for mark in ("/", "@", "#")):
        entities = entities + found(text, entities)
    if len(entities) > 1:
        entities = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return text, entities[:MOST]


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    if not text or not (text[0].isspace() or text[-1].isspace()):
        return text, entities
    text = text.rstrip()
    first = min((entity["offset"] for entity in entities), default=len(text))
    cut = min(len(text) - len(text.lstrip(" \n")), first)
    text, end = text[cut:], utf16(text) - cut
    moved = [{**entity, "offset": entity["offset"] - cut} for entity in entities]
    clipped = [{**entity, "length": min(entity["length"], end - entity["offset"])} for entity in moved]
    return text, [entity for entity in clipped if entity["length"] > 0]


def found(text: str, known: list[Json]) -> list[Json]:
    """Commands, links, mentions and the like outside what is already marked as code or link."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in known if e["type"] in PLAIN]
    entities = []
    for match in FOUND.finditer(text):
        start, length = utf16(text[: match.start()]), utf16(match[0])
        if not any(start < end and begin < start + length for begin, end in taken):
            entities.append({"offset": start, "length": length, "type": str(match.lastgroup)})
    return entities


def _given(text: str | None) -> list[Json]:
    """Entities passed as JSON; unusable ones are dropped, as the server drops them."""
    if not text:
        return []
    try:
        given = json.loads(text)
    except ValueError:
        raise bad("can't parse entities JSON object") from None
    if not isinstance(given, list):
        raise bad("expected an Array of MessageEntity")
    kept = [
        entity
        for entity in given
        if isinstance(entity, dict) and entity.get("type") in {*TAGS.values(), "text_mention"}
    ]
    return [
        entity for entity in kept if isinstance(entity.get("offset"), int) and isinstance(entity.get("length"), int)
    ]
