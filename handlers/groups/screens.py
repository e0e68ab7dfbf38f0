"""What is said in a village's group."""

from collections.abc import Mapping

from handlers.reply import Button, Rows, Screen
from handlers.wording import layout, names
from handlers.wording.layout import bold, page
from handlers.wording.links import bot_link
from locales import Words, dates
from storage.workflow import Workflow

SMALL = 3  # families below which neighbours would know whose papers they are


def counts_screen(
    workflow: Workflow, village: str, found: Mapping[str, set[int]], bot: str, t: Words, now: int
) -> Screen | None:
    """How many families' papers lie ready, and how many others are under way; of few of them nothing. None if that is
    all. What is small is counted with nothing else, or subtracting would tell it.
    """
    ready = {stage: found[stage] for stage, one in workflow.stages.items() if one.ready and stage in found}
    ready = {stage: families for stage, families in ready.items() if len(families) >= SMALL}
    others = set[int]().union(*found.values()).difference(*ready.values())
    lines = [
        t.n("{n} family: {place}", "{n} families: {place}", len(families), place=layout.small(place))
        for stage, families in ready.items()
        for place in [names.stage_now(workflow, stage, village, t.lang).partition(". ")[0]]
    ]
    if len(others) >= SMALL:
        lines.append(t("Under way: papers of {n} families.", n=len(others)))
    if not lines:
        return None
    name, day = names.village_name(workflow, village), dates.day(now, now, workflow.zone, t.lang)
    head = bold(t("Jek-Duk · {village} village · {day}", village=name, day=day))
    return Screen(page(head, *lines), private(bot, t))


def linked_screen(workflow: Workflow, village: str, bot: str, t: Words) -> Screen:
    """The group is a village's."""
    name = names.village_name(workflow, village)
    return Screen(
        page(
            t("This is the group of {village} village now.", village=name),
            t(
                "On working mornings counts of {n} families or more are posted here, never a name or a number. "
                "To end it: /lepas.",
                n=SMALL,
            ),
        ),
        private(bot, t),
    )


def unlinked_screen(t: Words) -> Screen:
    """The group is no village's any more."""
    return Screen(page(t("Nothing is posted here any more. To begin again: /desa.")))


def which_screen(t: Words) -> Screen:
    """It is not clear which village's group it is."""
    return Screen(page(t("Which village? Write it behind the command: /desa Tlogopakis.")))


def unsigned_screen(t: Words) -> Screen:
    """Nobody knows whether who wrote it may do that."""
    return Screen(
        page(
            t(
                "Please write it again in your own name, not as an anonymous admin or a channel: "
                "whoever writes it has to be known."
            )
        )
    )


def hello_screen(bot: str, t: Words) -> Screen:
    """The bot was added to a group."""
    return Screen(page(t("A village officer or the head writes /desa to have counts posted here.")), private(bot, t))


def hint_screen(bot: str, t: Words) -> Screen:
    """Whatever is asked in a group."""
    return Screen(page(t("Please ask in private: here everybody would read the answer.")), private(bot, t))


def private(bot: str, t: Words) -> Rows:
    """The way to the private chat, without a number in it."""
    return ((Button(t("Ask in private"), url=bot_link(bot)),),)
