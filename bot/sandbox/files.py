"""Uploaded files: kept under a file_id for as long as there is room, and measured if they are pictures."""

import hashlib
import mimetypes
from dataclasses import dataclass

from bot.sandbox.args import File, Files, Json, Params
from bot.sandbox.errors import Refusal, bad
from bot.sandbox.pictures import dimensions
from bot.sandbox.settings import Settings

SIDES_MOST, RATIO_MOST = 10_000, 20
PHOTO_BYTES = 10 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
KIND_PREFIX = {"photo": "AgAC", "document": "BQAC", "sticker": "CAAC", "voice": "AwAC"}
TITLE = {"photo": "Photo", "document": "Document", "sticker": "Sticker", "voice": "VoiceNote"}


@dataclass(frozen=True, slots=True)
class Stored:
    """One file as the server has it."""

    id: str
    unique_id: str
    kind: str
    path: str
    file: File

    def json(self) -> Json:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.file.body)}


class Store:
    """All files of all bots. The oldest make room for the newest."""

    def __init__(self, settings: Settings) -> None:
        self._room = settings.files_kept_bytes
        self._size = 0
        self._files: dict[str, Stored] = {}
        self._paths: dict[str, Stored] = {}

    def put(self, kind: str, file: File) -> Stored:
        digest = hashlib.sha256(kind.encode() + file.body).hexdigest()
        number = len(self._paths)
        suffix = mimetypes.guess_extension(file.type) or ""
        path = f"{kind}s/file_{number}{'.' + file.name.rsplit('.', 1)[1] if '.' in file.name else suffix}"
        stored = Stored(f"{KIND_PREFIX[kind]}{digest[:40]}{number}", digest[40:56], kind, path, file)
        self._files[stored.id] = self._paths[path] = stored
        self._size += len(file.body)
        self._make_room()
        return stored

    def _make_room(self) -> None:
        while self._size > self._room and len(self._files) > 1:
            oldest = self._files.pop(next(iter(self._files)))
            self._paths[oldest.path] = Stored(
                oldest.id, oldest.unique_id, oldest.kind, oldest.path, File(oldest.file.name, b"")
            )
            self._size -= len(oldest.file.body)

    def get(self, id_: str) -> Stored | None:
        return self._files.get(id_)

    def at(self, path: str) -> Stored | None:
        """By the path getFile told; None also when it has been forgotten."""
        stored = self._paths.get(path)
        return stored if stored and stored.id in self._files else None

    def asked(self, kind: str, params: Params, files: Files, settings: Settings) -> Stored:
        """The file a send call means: uploaded with it, or known by its id."""
        named = params.get(kind, "")
        upload = files.get(named.removeprefix("attach://")) if named.startswith("attach://") else files.get(kind)
        if upload is None and not named:
            raise bad(f"there is no {kind} in the request")
        if upload is None:
            return self._known(kind, named)
        check_upload(kind, upload, settings)
        return self.put(kind, upload)

    def _known(self, kind: str, named: str) -> Stored:
        if named.startswith(("http://", "https://")):
            raise bad("WEBPAGE_CURL_FAILED")
        stored = self.get(named)
        if stored is None:
            raise bad("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
        if stored.kind != kind:
            raise bad(f"can't use file of type {TITLE[stored.kind]} as {TITLE[kind]}")
        return stored


def check_upload(kind: str, upload: File, settings: Settings) -> None:
    size = len(upload.body)
    if not size:
        raise bad("file must be non-empty")
    if size > settings.guesses.upload_bytes:
        raise Refusal(413, "Request Entity Too Large")
    if kind == "photo":
        if size > PHOTO_BYTES:
            raise bad(f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes")
        measured = dimensions(upload.body)
        if measured is None:
            raise bad("IMAGE_PROCESS_FAILED")
        if sum(measured) > SIDES_MOST or max(measured) > RATIO_MOST * min(measured):
            raise bad("PHOTO_INVALID_DIMENSIONS")
