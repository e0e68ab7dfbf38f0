"""Updates as odd as Telegram may ever send them, drawn from the shapes of the Bot API, and a few that it never would.

odd = Oddities(random.Random(7), phones, numbers)
fact = odd.update()           # {"message": {…}}, without its update_id
every_field(odd)              # each kind of update, with each of its fields alone and with all but that one
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any

from bot.sandbox import Window
from bot.sandbox.args import Json
from handlers import COMMANDS, callbacks
from tests.telegram.shapes import MEMBERS, PLAIN, TYPES, UNIONS

DEEP = 3  # from here on only what is required
NOW, IN_2100, BEYOND = 1_795_482_600, 4_102_444_800, 2**53
DATES = (0, 1, NOW, NOW, IN_2100, 2**31 - 1, 2**31)
NUMBERS = (0, 1, -1, 3, 16, 4096, 2**31, -(2**31), BEYOND + 1, -BEYOND - 1, 2**62)
STRANGERS = (BEYOND, 2**62, 2**40)  # from here on a thousand people of whom this Telegram knows nothing
LANGUAGES = ("id", "jv", "en", "in", "id-ID", "zh-hans-x-very-long", "", "\ud800", "\x00", "EN")
STRANGE = (
    "",
    " ",
    "\n\n\n",
    "x" * 4096,
    "\N{FIRE}" * 2048,
    "\N{RIGHT-TO-LEFT OVERRIDE}gnat\N{POP DIRECTIONAL FORMATTING}",
    "a\u200bb\u200d\u2060\ufeffc",
    "\ud83d",
    "\udd25\ud83d x",
    "\x00",
    "nul\x00nul",
    "<b>&amp;</b> <script>",
    "e" + "\u0301" * 500,
    "\N{FAMILY}\u200d\N{WOMAN}\U0001f3ff",
    "9" * 400,
    "0x10 1e309 -0 ½ ² ① ٣٤٥ ൫൬",
    "%s %d {text} {0} \\u0000 ${x}",
    "'; drop table inbox; --",
    "\u2028\u2029\x85\x0b\x0c\x1b[31m",
    "/",
    "/ start",
    "//status",
    "/status@another_bot",
    "/start@jekduk_bot " + "A" * 64,
    "/start ../../etc/passwd",
    "/undang head",
    "/cari " + "1" * 3000,
)
BETWEEN = (" ", "-", "", "/", "\u200b", "\u202e", "\n", " . ", "\ud800", "\x00", "\N{FIRE}")
SCRIPTS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "0123456789")
NIKS = ("3326015708950002", "3326156412110003")
CARDS = 10  # messages on a phone at whose buttons somebody looks
# The kinds that come to us, as often as they should; of ten updates two are of any kind.
KINDS = ("message", "message", "message", "callback_query", "callback_query", "edited_message", "my_chat_member")
CHATS = ("private", "group", "supergroup", "channel")


@dataclass(slots=True)
class Oddities:
    """Chance, the phones of people whom the sandbox knows, and receipt numbers that are filed."""

    dice: random.Random
    phones: Sequence[Window]
    numbers: Sequence[str]
    is_broken: bool = False  # whether the last update has a shape that Telegram never sends

    def update(self) -> Json:
        """The next one, of any kind."""
        self.is_broken = False
        draw = self.dice.random()
        kind = self.dice.choice(KINDS) if draw < 0.8 else self.dice.choice([*TYPES["Update"]][1:])
        fact = self.of_kind(kind)
        if draw > 0.99:
            return {f"{kind}_of_tomorrow": fact}
        if draw > 0.98:
            self.dice.choice([*_objects(fact)])["of_tomorrow"] = [{"id": None}]
        if 0.95 < draw < 0.98:
            self._break(fact)
        return {kind: fact}

    def of_kind(self, kind: str, wanted: Callable[[str], bool] | None = None) -> Json:
        """An update of one kind, perhaps with some optional fields only; from somebody, if that kind comes to us."""
        type_ = TYPES["Update"][kind].kind
        fact: Json = self.thing(type_, 1, wanted)
        if self.dice.random() < 0.9 and kind in KINDS:
            self._from_somebody(kind, fact, self.dice.choice(self.phones))
        return fact

    # By shape

    def value(self, kind: str, name: str, depth: int) -> Any:
        """Anything of this kind; the name of the field says what a number or a text may be about."""
        if options := UNIONS.get(kind) or (tuple(kind.split("|")) if "|" in kind else ()):
            plain = next((one for one in options if one in PLAIN), options[-1])
            return self.value(self.dice.choice(options) if depth < DEEP else plain, name, depth + 1)
        if kind.startswith("["):
            return [
                self.value(kind[1:-1], name, depth + 1)
                for _ in range(self.dice.choice((0, 1, 1, 2) if depth < DEEP else (0,)))
            ]
        match kind:
            case "int":
                return self.dice.choice(DATES if name.endswith("date") else NUMBERS)
            case "str":
                return self._word(name)
            case "bool" | "true":
                return self.dice.random() < 0.5
            case "float":
                return self.dice.choice((0.0, -7.05, 109.6, 1e308))
        return self.thing(kind, depth)

    def thing(self, type_: str, depth: int, wanted: Callable[[str], bool] | None = None) -> Json:
        """One of this type, with what it must have and a few of the things that it may have."""
        optional = [name for name, field in TYPES[type_].items() if not field.required]
        some = self.dice.sample(optional, min(len(optional), self.dice.choice((0, 0, 1, 2, 4)))) if depth < DEEP else []
        taken = [name for name in optional if wanted(name)] if wanted else some
        made = {name: self.value(one.kind, name, depth + 1) for name, one in TYPES[type_].items()
                if one.required or name in taken}  # fmt: skip
        if status := next((status for status, kind in MEMBERS.items() if kind == type_), ""):
            made["status"] = status
        return made

    def _word(self, name: str) -> str:
        if name == "type":
            return self.dice.choice((*CHATS, "bot_command"))
        word = self.dice.choice(LANGUAGES if name == "language_code" else STRANGE)
        return word[:40] if name.endswith("id") else word

    # By people

    def _from_somebody(self, kind: str, fact: Json, phone: Window) -> None:
        """As from a private chat; one in ten of somebody whom this Telegram does not know."""
        chat = phone.chat.id if self.dice.random() < 0.9 else self.dice.choice(STRANGERS) + self.dice.randrange(1000)
        person = {"id": chat, "is_bot": False, "language_code": self._word("language_code")}
        fact["from"] = self.thing("User", DEEP) | person
        place = self.thing("Chat", DEEP) | {"id": chat, "type": "private"}
        if kind == "callback_query":
            self._tap(fact, place, phone)
            return
        fact["chat"] = place
        if kind != "my_chat_member" and self.dice.random() < 0.9:
            self._say(fact)

    def _tap(self, fact: Json, place: Json, phone: Window) -> None:
        """A button that is on the phone, or data that is on none."""
        cards = islice(phone.chat.newest_first(), CARDS)
        shown = [
            key["callback_data"] for card in cards for row in card.buttons for key in row if "callback_data" in key
        ]
        fact |= {"message": self.thing("Message", DEEP) | {"chat": place}, "id": str(self.dice.getrandbits(60))}
        fact["data"] = self.dice.choice(shown) if shown and self.dice.random() < 0.5 else self._data()
        fact.pop("inline_message_id", None)

    def _say(self, fact: Json) -> None:
        words = self._text()
        name, entities = self.dice.choice((("text", "entities"), ("text", "entities"), ("caption", "caption_entities")))
        fact[name] = words
        fact.pop(entities, None)
        if words.startswith("/"):
            length = self.dice.choice((len(words.split()[0]), len(words.split()[0]), 1, 4096, 0))
            fact[entities] = [{"type": "bot_command", "offset": 0, "length": length}]

    def _text(self) -> str:
        draw = self.dice.random()
        if draw < 0.3:
            return self.dice.choice(STRANGE)
        number = self._spelled(self.dice.choice(self.numbers))
        if draw < 0.5:
            return number
        if draw < 0.6:
            return self._spelled(self.dice.choice(NIKS)) + self.dice.choice(("", " " + number))
        command = "/" + self.dice.choice([name for one in COMMANDS for name in one.names])
        return f"{command}{self.dice.choice(BETWEEN)}{self.dice.choice((number, '', self.dice.choice(STRANGE)))}"[:4096]

    def _spelled(self, digits: str) -> str:
        script, between = self.dice.choice(SCRIPTS), self.dice.choice(BETWEEN)
        return between.join("".join(script[int(one)] for one in digits[i : i + 4]) for i in range(0, len(digits), 4))

    def _data(self) -> str:
        """A button of ours with anything in it, or a text that no button of ours is."""
        kind = self.dice.choice([*callbacks.kinds().values(), None])
        if kind is None:
            return self.dice.choice(STRANGE)[:64]
        values = [
            self._word("")[:8] if one.type is str else self.dice.choice((*NUMBERS, *DATES)) for one in fields(kind)
        ]
        try:
            return kind(*values).pack()
        except (ValueError, TypeError):
            return self.dice.choice(("x", kind.code, kind.code + ":" * len(values)))

    # What Telegram never sends

    def _break(self, fact: Json) -> None:
        """One value of another type, or gone."""
        self.is_broken = True
        where = self.dice.choice([*_objects(fact)])
        if where:
            name = self.dice.choice([*where])
            where[name] = self.dice.choice(([], {}, "x", 2**70, -1, None, 0.5, True, [[]]))
            if self.dice.random() < 0.3:
                del where[name]


def _objects(value: Any) -> Iterator[Json]:
    """A value's objects, however deep."""
    if isinstance(value, dict):
        yield value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inside:
        yield from _objects(one)


def every_field(odd: Oddities) -> Iterator[Json]:
    """Each kind of update with each of its optional fields alone, and with all of them but that one."""
    for kind, of in [*TYPES["Update"].items()][1:]:
        for name in (name for name, one in TYPES[of.kind].items() if not one.required):
            for wanted in (name.__eq__, name.__ne__):
                yield {kind: odd.of_kind(kind, wanted)}
