"""Whether a text of the district file can be read by people and does no harm, and when two texts read alike."""

import re
import unicodedata

from storage.numbers import find, mask

# Controls, what turns the direction of writing, line breaks, and signs that no font has: a reader sees none of them.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # Javanese script and emoji need them
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800"  # letters that are blank
_USUAL = re.compile(r"[A-Za-z][A-Za-z0-9 .,:;!?(){}'&+–-]*")  # nothing of it needs a closer look
_COMMAND = re.compile(r"(?:^|(?<=\s))/\w+")
MONEY = re.compile(
    r"\b(transfer\w*|rekening|(?:di|mem)?bayar\w*|pembayaran|uang|pulsa|dhuwit|arta|rp\.?\s*\d|idr|money|pay(?:ment|ing)?|"
    r"bank|otp|pin|password|kata sandi|sandi|kode (?:otp|verifikasi|rahasia|akses)|verification code|secret code)\b",
    re.IGNORECASE,
)
_SITE = r"\b[\w-]+\.[^\W\d_]{2,}"
_MARKUP = re.compile(r"</?\w[^>]*>|&#?\w+;|\*\*|__|`|\]\(")
_LINK = re.compile(r"(?:^|(?<=[^\w.]))@\w+|\w+://")
# What a telephone makes a link of.
LINK = re.compile(f"{_LINK.pattern}|{_SITE}")


def readable(text: str) -> str:
    """The text as it is. Raises ValueError with what to mend, if people would not see what stands in it."""
    if _USUAL.fullmatch(text):
        return text
    if hidden := next(filter(_is_hidden, text), None):
        raise ValueError(
            f"holds a sign that nobody sees, U+{ord(hidden):04X}; remove it and write the text in one line"
        )
    if text.strip() and not any(unicodedata.category(sign)[0] in "LN" for sign in text):
        raise ValueError(f"'{cut(text, 20)}' holds no letter; write a text that can be read aloud")
    if command := _COMMAND.search(text):
        raise ValueError(f"'{cut(command[0], 20)}' would be a command to tap; write it without its /")
    if link := _LINK.search(text):
        raise ValueError(f"'{cut(link[0], 20)}' would be a link to tap; write plain words")
    return text


def harmless(text: str) -> str:
    """The text as it is. Raises ValueError with what to mend, if it might be from those who pretend to be us."""
    if found := MONEY.search(text):
        raise ValueError(f"'{found[0]}' speaks of money, an account or a code, for which nobody is asked; leave it out")
    if found := LINK.search(text):
        raise ValueError(f"'{cut(found[0], 20)}' would be a link to tap; write plain words, a blank behind each stop")
    if found := _MARKUP.search(text):
        raise ValueError(f"'{cut(found[0], 20)}' is shown as it stands, not as a form of letters; write plain words")
    if find(mask(text)).nik:
        raise ValueError("holds 16 digits, perhaps a NIK; leave them out")
    return text


def _is_hidden(sign: str) -> bool:
    return sign in _FILLERS or (unicodedata.category(sign) in _HIDDEN and sign not in _JOINERS)


def cut(text: str, most: int = 60) -> str:
    """The beginning of a text that may be very long."""
    return text if len(text) <= most else f"{text[:most]}…"


def visible(text: str) -> str:
    """A line as a terminal may show it: what is hidden is told by its number."""
    return "".join(f"<U+{ord(sign):04X}>" if _is_hidden(sign) else sign for sign in text)


def alike(text: str) -> str:
    """The same for texts that a reader cannot tell apart: by case, blanks, joiners or how Unicode spells a letter."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in folded if not sign.isspace() and sign not in _JOINERS)
