"""The keys for a pickup code, in the chat of a family."""

from handlers.follow.buttons import TypeProof
from handlers.lookup.buttons import ShowStatus
from handlers.reply import Screen
from handlers.wording.layout import bold, button, grouped, page
from locales import Words
from storage.counter.pickup import DIGITS

DOT = "·"


def proof_screen(number: str, typed: str, t: Words) -> Screen:
    """Ten keys for the code; it may be written as an answer to this message, too."""
    code = " ".join(typed.ljust(DIGITS, DOT))
    keys = [button(digit, TypeProof(number, typed + digit)) for digit in "1234567890"]
    rows = [tuple(keys[i : i + 3]) for i in (0, 3, 6)]
    last = (button(t("Erase"), TypeProof(number, typed[:-1])), keys[9], button(t("Back"), ShowStatus(number)))
    asked = t("Tap the 4 digits of the pickup code on the slip. Then you see everything, and are told.")
    return Screen(page(bold(grouped(number)), asked, t("Pickup code: {code}", code=code)), (*rows, last))
