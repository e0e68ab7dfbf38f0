"""What a person writes into one chat."""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.args import File, Json
from bot.sandbox.entities import finished
from bot.sandbox.methods.media import shown
from bot.sandbox.people import Bot, Message, User, header, quoted
from bot.sandbox.sight import Sight, Unable

START_PAYLOAD = 64


class Pen(Sight):
    """One person writing. Methods return what they caused, at once; nothing waits for a bot."""

    def say(self, text: str, reply_to: int | None = None, born: float | None = None) -> Message:
        """Send a text. `born`: when it was written, unix seconds, if not now."""
        text, entities = finished(text, [])
        content: Json = {"text": text}
        if entities:
            content["entities"] = entities
        return self.write(content, reply_to, born)

    def start(self, payload: str = "") -> Message:
        """Press Start, perhaps through a deep link."""
        return self.say(f"/start {payload}".rstrip())

    def open(self, link: str) -> Message | None:
        """Follow a link; one to this chat's bot presses Start with its payload."""
        parts = urlsplit(link)
        bot = self.chat.bot
        if (
            bot is None
            or parts.netloc not in ("t.me", "telegram.me")
            or parts.path.strip("/").lower() != bot.username.lower()
        ):
            return None
        payload = parse_qs(parts.query).get("start", [""])[0]
        return self.start(payload if len(payload) <= START_PAYLOAD and is_payload(payload) else "")

    def photo(self, body: bytes, caption: str = "", name: str = "photo.jpg") -> Message:
        stored = self.world.files.put("photo", File(name, body, "image/jpeg"))
        return self.write({"photo": shown(stored), **captioned(caption)})

    def album(self, bodies: Sequence[bytes]) -> list[Message]:
        """Several photos at once: a message each."""
        id_ = str(self.world.now())
        stored = [self.world.files.put("photo", File("photo.jpg", body, "image/jpeg")) for body in bodies]
        return [self.write({"photo": shown(one), "media_group_id": id_}) for one in stored]

    def document(self, body: bytes, name: str, type_: str = "application/octet-stream", caption: str = "") -> Message:
        stored = self.world.files.put("document", File(name, body, type_))
        return self.write({"document": shown(stored), **captioned(caption)})

    def sticker(self, emoji: str = "👍") -> Message:
        stored = self.world.files.put("sticker", File("sticker.webp", b"RIFF....WEBP" + emoji.encode(), "image/webp"))
        about: Json = {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
        return self.write({"sticker": {**stored.json(), **about}})

    def voice(self, seconds: int = 3) -> Message:
        stored = self.world.files.put("voice", File("voice.ogg", b"OggS" + bytes(seconds), "audio/ogg"))
        return self.write({"voice": {**stored.json(), "duration": seconds, "mime_type": "audio/ogg"}})

    def contact(self, phone: str, of: User | None = None) -> Message:
        """Share a contact, one's own unless another is named."""
        whose = of or self.person
        return self.write({"contact": {"phone_number": phone, "first_name": whose.first_name, "user_id": whose.id}})

    def location(self, latitude: float, longitude: float) -> Message:
        return self.write({"location": {"latitude": latitude, "longitude": longitude}})

    def write(self, content: Json, reply_to: int | None = None, born: float | None = None) -> Message:
        """Send anything that is a message's content in the Bot API."""
        chat = self.chat
        if chat.blocked or self.person.deactivated:
            raise Unable("this person has blocked the bot or is gone")
        chat.started = True
        born = self.world.clock.now() if born is None else born
        body = {**header(chat, self.person.json(), int(born)), **content}
        if reply_to in chat.messages:
            body["reply_to_message"] = quoted(chat.messages[reply_to])
        message = self.world.post(chat, self.person.id, body)
        self._announce("channel_post" if chat.type == "channel" else "message", message, born)
        return message

    def edit(self, message: int | Message, text: str) -> Message:
        """Change an own message."""
        mine = self.message(message)
        text, entities = finished(text, [])
        now = self.world.now()
        body = {**mine.body, "text": text, "edit_date": now}
        body.pop("entities", None)
        if entities:
            body["entities"] = entities
        self.world.replace(self.chat, mine, body)
        self._announce("edited_channel_post" if self.chat.type == "channel" else "edited_message", mine, now)
        return mine

    def delete(self, message: int | Message) -> None:
        """Delete for everyone; a bot is not told."""
        self.world.remove(self.chat, self.message(message).id)

    def _announce(self, kind: str, message: Message, born: float) -> None:
        for bot in self.world.readers(self.chat):
            if self.chat.private or self._reaches(bot, message):
                self.world.update(bot, kind, message.body, f"chat {self.chat.id}", born)

    def _reaches(self, bot: Bot, message: Message) -> bool:
        """In groups a bot with privacy on sees commands, replies to itself and service messages only."""
        replied = message.body.get("reply_to_message", {}).get("from", {}).get("id")
        plain = bot.privacy and self.chat.type != "channel" and self.chat.members.get(bot.id) == "member"
        return not plain or message.text.startswith("/") or f"@{bot.username}" in message.text or replied == bot.id


def captioned(caption: str) -> Json:
    text, entities = finished(caption, [])
    return {"caption": text, **({"caption_entities": entities} if entities else {})} if text else {}


def is_payload(payload: str) -> bool:
    return payload.replace("_", "").replace("-", "").isalnum() and payload.isascii()
