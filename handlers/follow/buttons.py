"""Notices of a number: the buttons by which one follows it, and chooses what to hear, and where they are offered."""

from handlers.callbacks import Callback, added
from handlers.reply import Button, Rows
from handlers.wording import layout, names
from handlers.wording.layout import button, column
from locales import Words
from storage.news.cards import CONCERNS, EVERY_STAGE
from storage.records import LookUp
from storage.workflow import Workflow


class FollowNumber(Callback, code="f"):
    """Tell me of each step of a number."""

    number: str


class TypeProof(Callback, code="fq"):
    """Tell me of a number, of whose pickup code these digits are typed."""

    number: str
    typed: str = ""


class Decide(Callback, code="fa"):
    """Whoever asked is told of a number from now on, or not."""

    asker: int
    allowed: int


class NameNumber(Callback, code="fn"):
    """How do I give a number a name of my own? `asked` on the card that says so: back to the card of the number."""

    number: str
    asked: int = added()


class GiveName(Callback, code="fg"):
    """From now on this chat calls a number so. Older keyboards have it; none is made any more, for it carries what a
    person wrote.
    """

    number: str
    name: str


class ChooseNews(Callback, code="fk"):
    """Tell me every stage of all that I follow, or what concerns me; below the card of a number, if it names one."""

    number: str
    news: str


class UnfollowNumber(Callback, code="u"):
    """Tell me no more of a number; of none, if it is empty. `listed` if it stands in the list of them."""

    number: str = ""
    listed: int = added()


def bell(workflow: Workflow, look: LookUp, t: Words) -> tuple[Button, ...]:
    """The button that starts or stops notices; none where nothing will happen any more."""
    plain = names.is_mourned(workflow, look.documents)
    if look.followed:
        return (button(layout.ringing("🔕", t("Stop updates"), plain=plain), UnfollowNumber(look.number)),)
    if all(workflow.ends(one.stage) for one in look.documents):
        return ()
    return (button(layout.ringing("🔔", t("Tell me"), plain=plain), FollowNumber(look.number)),)


def choice(news: str, t: Words, number: str = "") -> Rows:
    """What else somebody may choose to hear than what they are told: what concerns them, until they chose."""
    labels = {CONCERNS: t("Tell me what concerns me"), EVERY_STAGE: t("Tell me every stage")}
    return column(button(label, ChooseNews(number, key)) for key, label in labels.items() if key != (news or CONCERNS))


def promised(news: str, t: Words) -> str:
    """What is told to whoever chose that, or has not chosen yet."""
    if news == EVERY_STAGE:
        return t("You are told at every stage.")
    return t("You are told what concerns you. The message with your number always shows the latest.")
