"""A person's side of one chat: what they can press there, and whether they stay."""

from collections.abc import Callable

from bot.sandbox.args import Json
from bot.sandbox.keyboards import Rows
from bot.sandbox.pen import Pen
from bot.sandbox.people import Bot, Chat, Message, Tap, User, standing
from bot.sandbox.sight import Seen, Unable
from bot.sandbox.world import World

Which = int | Message | Seen | None


class Window(Pen):
    """One person in one chat, with everything they can do there. Nothing waits for a bot."""

    def tap(self, label: str, message: Which = None, times: int = 1) -> Tap | None:
        """Press the button with this label: exactly it, or the only one that contains it; the newest message counts.

        A callback button gives a Tap (of `times` presses the last), a link or a reply keyboard's button None.
        """
        found, button = self.button(label, message)
        if found is None:
            self.say(button["text"])
        elif "url" in button:
            self.open(button["url"])
        elif "callback_data" in button:
            return [self.forge(button["callback_data"], found) for _ in range(times)][-1]
        return None

    def button(self, label: str, message: Which = None) -> tuple[Message | None, Json]:
        """The button with this label and its message; no message if it is on the reply keyboard."""
        messages = [self.message(message)] if message is not None else list(self.chat.newest_first())
        exact, within = (lambda text: text == label), (lambda text: label in text)
        for fits in (exact, within):
            for candidate in messages:
                if button := only(candidate.buttons, fits):
                    return candidate, button
            keyboard = (self.chat.reply_keyboard or {}).get("keyboard", []) if message is None else []
            if button := only(keyboard, fits):
                return None, button
        shown = [button["text"] for candidate in messages[:3] for row in candidate.buttons for button in row]
        raise Unable(f"there is no button {label!r} here; there are {shown}")

    def tap_data(self, data: str, message: Which = None) -> Tap:
        """Press the button that carries this data on a keyboard that is shown now."""
        messages = [self.message(message)] if message is not None else self.chat.newest_first()
        for candidate in messages:
            if any(button.get("callback_data") == data for row in candidate.buttons for button in row):
                return self.forge(data, candidate)
        raise Unable("DATA_INVALID")

    def forge(self, data: str, message: Which = None) -> Tap:
        """Send a callback with any data, as a tampered client or a tap in flight during an edit would."""
        target = message.id if isinstance(message, Message | Seen) else message
        if target is None:
            target = self.last.id if self.last else 0
        bot = self.chat.bot or next(bot for bot in self.world.readers(self.chat))
        tap = Tap(str(self.world.random.getrandbits(62)), self.person, self.chat, target, data, self.world.clock.now())
        return self._send_tap(bot, tap)

    def resend_unanswered(self) -> list[Tap]:
        """What the app does by itself with taps that were never answered: send them again, with new ids."""
        repeated = []
        for tap in self.unanswered:
            tap.resent = True
            bot = self.chat.bot or next(bot for bot in self.world.bots.values() if tap.id in bot.taps)
            copy = Tap(
                str(self.world.random.getrandbits(62)),
                self.person,
                self.chat,
                tap.message_id,
                tap.data,
                self.world.clock.now(),
            )
            repeated.append(self._send_tap(bot, copy))
        return repeated

    def _send_tap(self, bot: Bot, tap: Tap) -> Tap:
        while len(bot.taps) >= self.world.settings.taps_kept:
            del bot.taps[next(iter(bot.taps))]
        bot.taps[tap.id] = tap
        message = self.chat.messages.get(tap.message_id)
        gone: Json = {"chat": self.chat.facts, "message_id": tap.message_id, "date": 0}
        instance = str(abs(hash((self.chat.id, bot.id))))
        query: Json = {"id": tap.id, "from": self.person.json(), "message": message.body if message else gone}
        self.world.update(
            bot, "callback_query", {**query, "chat_instance": instance, "data": tap.data}, f"tap {self.person.id}"
        )
        return tap

    # coming and going

    def block(self) -> None:
        """Block the bot; it is told by my_chat_member."""
        self._membership("member", "kicked")
        self._turn_blocked(blocked=True)

    def unblock(self) -> None:
        self._membership("kicked", "member")
        self._turn_blocked(blocked=False)

    def deactivate(self) -> None:
        """Delete the account. No bot is told."""
        self.person.deactivated = True

    def _turn_blocked(self, *, blocked: bool) -> None:
        self.chat.blocked = blocked
        self.world.tell("block", chat=self.chat, blocked=blocked)

    def _membership(self, old: str, new: str) -> None:
        bot = self.chat.bot
        if bot is None:
            raise Unable("only a private chat can be blocked")
        membership(self.world, bot, self.chat, self.person, old, new)


def membership(world: World, bot: Bot, chat: Chat, by: User, old: str, new: str) -> None:
    """Tell a bot that it stands differently in a chat."""
    fact: Json = {"chat": chat.facts, "from": by.json(), "date": world.now()}
    fact |= {"old_chat_member": standing(bot.json(), old), "new_chat_member": standing(bot.json(), new)}
    world.update(bot, "my_chat_member", fact, f"member {chat.id}")


def only(rows: Rows, fits: Callable[[str], bool]) -> Json | None:
    """The one button that fits, if exactly one does."""
    fitting = [button for row in rows for button in row if fits(button["text"])]
    return fitting[0] if len(fitting) == 1 else None
