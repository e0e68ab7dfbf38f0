"""How a screen is laid out: escaped text, buttons, rows, and what fits."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from html import escape
from math import ceil
from typing import TypeVar

from handlers.callbacks import Callback
from handlers.reply import Button, Rows, Screen
from locales import Words

T = TypeVar("T")
_BOLD, _PLAIN = "\ue000", "\ue001"
_TAGS = {_BOLD: "<b>", _PLAIN: "</b>"}
NO_BREAK = "\u00a0"
_WITHIN_A_NUMBER = re.compile(
    r" (?:(?<=\d )|(?<=\d\) ))(?=\d|[A-Z][a-z][a-z]\b)"  # a space first: whatever is none is passed over at once
)  # 5631 8591 5492, (0285) 123456, 24 Nov
GAP = "\f"  # a line that stays empty
ROOM = 3000  # of the 4096 characters of a message: the rest is for notes
TAILS = 20
ROWS = 8  # lines on a page that is turned
MANY = 2 * ROWS  # what stands on a page two by two, or has to stand together
LINE = 34  # characters of a paper on a button: with its tick, 36
NARROW = 36  # characters of a line of a message, on 320 pixels
LABEL = 40  # characters of a button that stands alone, on 320 pixels


def bold(text: str) -> str:
    """Bold, once the page is made."""
    return f"{_BOLD}{text}{_PLAIN}"


def page(*lines: str) -> str:
    """Lines as HTML: the one place where text is escaped, and numbers and dates are kept from being broken across
    lines. Empty lines at the ends and None-like lines are dropped.
    """
    text = escape("\n".join(filter(None, lines)).replace("\n\f\n", "\n\n").strip(), quote=False)
    text = _WITHIN_A_NUMBER.sub(NO_BREAK, text)
    for mark, tag in _TAGS.items():
        text = text.replace(mark, tag)
    return text


def fitting(blocks: Sequence[Sequence[str]], t: Words, gap: str = GAP) -> list[str]:
    """The lines of as many blocks as a message has room for, with a gap between them, and how many more there are.

    Of a first block that is too long by itself, as many lines.
    """
    lines: list[str] = []
    for i, block in enumerate(blocks):
        more = [*filter(None, (gap if i else "", *block))]
        if sum(map(len, lines + more)) + len(lines + more) > ROOM:
            if not lines and len(block) > 1:
                return listed(block, t)
            return [*lines, and_more(len(blocks) - i, t)]
        lines += more
    return lines


def and_more(n: int, t: Words) -> str:
    """The line for what is not shown; nothing if all is."""
    return t("… and {n} more", n=n) if n > 0 else ""


def listed(lines: Iterable[str], t: Words) -> list[str]:
    """As many of these lines as a message has room for, and how many more there are."""
    return fitting([[line] for line in lines], t, gap="")


def button(label: str, callback: Callback) -> Button:
    """A button. What matters most stands first in its label: a narrow phone would cut it, so we say where."""
    if len(label) > LABEL:
        label = label[: LABEL - 1].rstrip(" ·") + "…"
    return Button(label, callback.pack())


def either(whole: str, brief: str) -> str:
    """What stands on a button: the whole, or in brief what would be cut."""
    return whole if len(whole) <= LABEL else capital(brief)


def joined(parts: Sequence[str]) -> str:
    """`⏸ 12 · Power cut · Tlogopakis`: as many parts as fit on a button, each of them whole; the first two always, if
    need be closer together.
    """
    if len(f"{parts[0]} · {parts[1]}") > LABEL:
        return f"{parts[0]}: {parts[1]}"
    shown = list(parts[:2])
    for part in parts[2:]:
        shown += [part] if len(" · ".join([*shown, part])) <= LABEL else []
    return " · ".join(shown)


def card(lines: Sequence[str], rows: Iterable[tuple[Button, ...]], back: Callback, t: Words) -> Screen:
    """A question or a list that was opened from another card: what it is about, in bold; what is asked or told; a
    button for each answer; and last the way back.
    """
    return Screen(page(bold(lines[0]), *lines[1:]), (*rows, (button(t("Back"), back),)))


def ringing(bell: str, label: str, *, plain: bool) -> str:
    """A label with its bell; none where somebody died."""
    return label if plain else f"{bell} {label}"


def column(buttons: Iterable[Button]) -> Rows:
    """Buttons one below the other."""
    return tuple((one,) for one in buttons)


def abreast(buttons: Sequence[Button]) -> Rows:
    """Buttons two by two, as no name of a village fits a third of a narrow phone; one that is longer stands alone."""
    rows: list[tuple[Button, ...]] = []
    for one in buttons:
        if rows and len(rows[-1]) == 1 and all(len(each.label) <= LABEL // 2 for each in (*rows[-1], one)):
            rows[-1] = (*rows[-1], one)
        else:
            rows.append((one,))
    return tuple(rows)


def capital(phrase: str) -> str:
    """A phrase at the head of a line; the rest of it stays as it is."""
    return phrase[:1].upper() + phrase[1:]


def small(phrase: str) -> str:
    """A phrase that stands alone elsewhere, inside a sentence. What begins with an abbreviation or a sum of money stays
    as it is.
    """
    return phrase if phrase[1:2].isupper() or phrase[2:3].isdigit() else phrase[:1].lower() + phrase[1:]


def tails(numbers: Iterable[str]) -> str:
    """Numbers by their last four digits, as people at a counter name them; the first of very many."""
    last = [f"…{number[-4:]}" for number in numbers]
    return ", ".join(last[:TAILS]) + (" …" if len(last) > TAILS else "")


def paged(items: Sequence[T], number: int, each: int = ROWS) -> tuple[Sequence[T], int, int]:
    """The items of a page, its number and the last one's, from 0. A number that is too high means the last."""
    last = max(ceil(len(items) / each), 1) - 1
    number = min(max(number, 0), last)
    return items[number * each : number * each + each], number, last


def turning(number: int, last: int, to: Callable[[int], Callback]) -> Rows:
    """The row that turns the page; none if there is but one."""
    if last == 0:
        return ()
    places = (("◀", max(number - 1, 0)), (f"{number + 1}/{last + 1}", number), ("▶", min(number + 1, last)))
    return (tuple(button(label, to(place)) for label, place in places),)


def keypad(typed: str, to: Callable[[str], Callback], back: Callback, t: Words) -> Rows:
    """Ten keys, each of which adds a digit to what is `typed`; one that takes the last away; and the way back."""
    keys = [button(digit, to(typed + digit)) for digit in "1234567890"]
    last = (button(t("Erase"), to(typed[:-1])), keys[9], button(t("Back"), back))
    return (*(tuple(keys[i : i + 3]) for i in (0, 3, 6)), last)


def every(n: int, t: Words) -> str:
    """What stands on a button above so many, and means them all."""
    return t("Both") if n == 2 else t("All {n}", n=n)  # noqa: PLR2004  # a pair has a word


def file_name(ends: str, *parts: str) -> str:
    """slip-resi-563185915492.pdf: the name of a file that is sent, in words of its reader and letters of ASCII."""
    plain = unicodedata.normalize("NFKD", " ".join(parts)).encode("ascii", "ignore").decode().lower()
    return f"{'-'.join(re.findall('[a-z0-9]+', plain))}.{ends}"


def blanks(typed: str, digits: int) -> str:
    """What is typed of so many digits, and a dot for each that is not."""
    return " ".join(typed.ljust(digits, "·"))


def grouped(number: str) -> str:
    """4-4-4, as it stands on a slip: `5631 8591 5492`."""
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
