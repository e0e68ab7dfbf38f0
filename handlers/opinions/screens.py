"""How it went: why not better, and how many said what."""

from collections.abc import Mapping

from handlers.opinions.buttons import Explain
from handlers.reply import Screen
from handlers.wording import names
from handlers.wording.layout import button, column, page
from locales import Words
from storage.feedback.opinions import REASONS, VERDICTS


def why_screen(request: int, t: Words) -> Screen:
    """What could have gone better."""
    rows = column(button(reason_words(reason, t), Explain(request, reason)) for reason in REASONS)
    return Screen(page(t("Thank you. What could have gone better?")), rows)


def reason_words(reason: str, t: Words) -> str:
    """A reason in words."""
    words = {
        "slow": t("It took too long"),
        "often": t("I had to come several times"),
        "unclear": t("It was not clear what to do"),
        "unfriendly": t("I was not treated well"),
    }
    return words[reason]


def opinion_lines(found: Mapping[str, int], t: Words) -> list[str]:
    """What families say, for the head; nothing of what few of them say."""
    said = [f"{names.verdict(one, t)} {found[one]}" for one in VERDICTS if one in found]
    why = [f"{reason_words(one, t)} {found[one]}" for one in REASONS if one in found]
    lines = [t("Families say: {said}", said=" · ".join(said))] if said else []
    return [*lines, *([t("What could be better: {said}", said=" · ".join(why))] if why else [])]
