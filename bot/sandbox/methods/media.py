"""Photos, documents, voices, and getting files back."""

from bot.sandbox.args import Json, whole
from bot.sandbox.entities import formatted
from bot.sandbox.errors import bad
from bot.sandbox.files import DOWNLOAD_BYTES, Stored
from bot.sandbox.methods.messages import CAPTION_LENGTH, Envelope
from bot.sandbox.pictures import dimensions
from bot.sandbox.world import Ask

ID_LENGTH = 8  # shorter ones cannot be file ids


def send_photo(ask: Ask) -> Json:
    return _send(ask, "photo")


def send_document(ask: Ask) -> Json:
    return _send(ask, "document")


def send_voice(ask: Ask) -> Json:
    return _send(ask, "voice")


def _send(ask: Ask, kind: str) -> Json:
    stored = ask.world.files.asked(kind, ask.params, ask.files, ask.world.settings)
    caption, entities = formatted(ask.params, "caption", entities_name="caption_entities")
    envelope = Envelope(ask)
    if len(caption) > CAPTION_LENGTH:
        raise bad("message caption is too long")
    content: Json = {kind: shown(stored, whole(ask.params, "duration"))}
    if caption:
        content["caption"] = caption
    if entities:
        content["caption_entities"] = entities
    return envelope.send(content)


def shown(stored: Stored, seconds: int = 0) -> Json | list[Json]:
    """A file as it stands in a message; of a voice it is told how long it plays."""
    if stored.kind == "photo":
        width, height = dimensions(stored.file.body) or (0, 0)
        return [{**stored.json(), "width": width, "height": height}]
    if stored.kind == "voice":
        return {**stored.json(), "duration": seconds, "mime_type": stored.file.type}
    return {**stored.json(), "file_name": stored.file.name, "mime_type": stored.file.type}


def get_file(ask: Ask) -> Json:
    id_ = ask.params.get("file_id", "")
    if not id_:
        raise bad("file_id not specified")
    if len(id_) < ID_LENGTH:
        raise bad("invalid file_id")
    stored = ask.world.files.get(id_)
    if stored is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(stored.file.body) > DOWNLOAD_BYTES:
        raise bad("file is too big")
    return {**stored.json(), "file_path": stored.path}
